"""A leader at the real window of an encrypted folder, who writes one word wherever words go.

``python -m tests.faults.kit.secretive FOLDER WORD --seed N [--stay]``; the passphrase stands on
standard input, for a folder that has one. Says on standard output what is done, and with --stay
goes on writing until it is killed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gemba.app.crash import catch_uncaught
from gemba.app.quiet_log import log_without_words
from gemba.app.session import Session
from gemba.app.start import App, make_qt
from tests.faults.kit.ground import a_photo

PATIENCE = 60.0


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("word")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stay", action="store_true")
    given = parser.parse_args()
    passphrase = sys.stdin.readline().rstrip("\n")
    app = App(make_qt(), given.folder, dark=False)
    app.theme.still = True
    log_without_words()
    catch_uncaught(lambda error: app.post(lambda: app.caught(error)))
    session = _open(app, passphrase)
    _write(session, given.word, given.seed)
    print("written", flush=True)
    if passphrase:
        assert app.locking.lock()
        print("locked", flush=True)
        session = _open(app, passphrase)
    _fail(app, given.word)
    session.workspace.backups.make()
    session.workspace.exports.data_to(given.folder / "all", private=True)
    print("done", flush=True)
    number = 0
    while given.stay:
        number += 1
        session.workspace.walks.capture(f"{given.word} once more, {number}")
        QCoreApplication.processEvents()
    session.window.close()
    app.locking.end_watching()
    app.tasks.close()


def _until(true: Callable[[], object]) -> None:
    deadline = monotonic() + PATIENCE
    while not true():
        assert monotonic() < deadline, "waited too long"
        # Lets the writing thread run as well.
        QCoreApplication.processEvents()
        sleep(0.001)


def _open(app: App, passphrase: str) -> Session:
    session = app.session or app.enter(app.own)
    if session is None:
        app.locking.try_passphrase(passphrase)
    else:
        session.start_opening()
    _until(lambda: app.session is not None and app.session.loaded)
    assert app.session is not None
    return app.session


def _write(session: Session, word: str, seed: int) -> None:
    """Leave the word in fields, names, titles, drafts, private notes, searches and photos."""
    work, window = session.workspace, session.window
    work.recorder.set_who(f"{word} who writes")
    sheet = work.sheets.begin(f"{word} is the problem", owner=f"{word} who writes")
    window.activateWindow()
    session.go.to("sheet", sheet=sheet.id, box="goal")
    page = window.page("sheet")
    _until(lambda: page.writing == "goal")  # type: ignore[attr-defined]
    QTest.keyClicks(QApplication.focusWidget(), f"{word} is the goal")
    talk = work.coaching.first_talk(f"{word} learner")
    work.coaching.write(talk.id, visit="1", private_note=f"{word} in private")
    walk = work.walks.plan(f"{word} is why I go", stops=work.walks.stops_from(f"{word} stop"))
    work.walks.start(walk.id)
    line = work.walks.begin_line(walk.id, work.walks.get(walk.id).stops[0].id)
    work.walks.keep(line.id, saw=f"{word} is what I saw")
    work.walks.add_photo(line.id, a_photo(seed), f"{word}.jpg")
    work.promises.make(f"{word} I promised", to=f"{word} person")
    work.recorder.remember("draft", f"{word} half a form")
    session.go.to("history", words=word)
    assert work.history.search(word)
    # What is taken away lies in the journal and the bin, and what is replaced in free pages.
    work.recorder.remove(*(hit.ref for hit in work.history.search(word)[:1]))
    session.go.to("sheet", sheet=sheet.id, box="goal")
    QGuiApplication.clipboard().setText(word)
    work.recorder.settle()


def _fail(app: App, word: str) -> None:
    """An error nobody catches, whose words quote what was typed."""
    app.caught(ValueError(f"cannot read {word!r}"))
    QCoreApplication.processEvents()


if __name__ == "__main__":
    main()
