"""The window while the disk refuses, after a bug of ours, and at a second start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.app.session import Session
from gemba.app.start import App
from gemba.domain.errors import NotFound
from gemba.domain.promise import Promise
from gemba.domain.sheet import Sheet
from gemba.store.lock import LOCK_NAME
from gemba.store.opening import open_store
from tests.fresh import lay_sample


def begin_sheet(session: Session, qtbot: QtBot) -> Sheet:
    sheet = session.workspace.sheets.begin("Trays come back late", owner="Ann")
    session.window.activateWindow()
    session.go.to("sheet", sheet=sheet.id, box="goal")
    qtbot.waitUntil(lambda: session.window.page("sheet").writing == "goal")
    return sheet


def test_a_folder_that_goes_and_comes_back(
    session: Session, qtbot: QtBot, data_dir: Path, tmp_path: Path
) -> None:
    sheet = begin_sheet(session, qtbot)
    banner = session.window.banner
    data_dir.rename(tmp_path / "pulled out")
    QTest.keyClicks(QApplication.focusWidget(), "All trays by May")
    qtbot.waitUntil(banner.isVisible, timeout=10_000)
    assert banner.words.text().startswith("Not saved yet: the folder")
    assert session.window.status.save_state.accessibleName().startswith("Not saved yet")
    # Work goes on as if nothing had happened.
    promise = session.workspace.promises.make("Ask about the trays", to="Ines")
    assert session.workspace.recorder.get(Promise, promise.id).text == "Ask about the trays"
    session.go.to("today")
    rows = session.window.page("today").promises.rows()
    assert "Ask about the trays" in rows[0].accessibleName()
    session.go.to("sheet", sheet=sheet.id)
    copy = tmp_path / "elsewhere"
    copy.mkdir()
    session._unsaved.copy_to(copy)
    qtbot.waitUntil(lambda: any(copy.iterdir()))
    qtbot.waitUntil(lambda: session.app.tasks.busy == 0)
    (saved,) = copy.iterdir()
    with open_store(saved) as store:
        assert store.find(Sheet)[0].box("goal").text == "All trays by May"
    (tmp_path / "pulled out").rename(data_dir)
    session.workspace.recorder.retry()
    qtbot.waitUntil(banner.isHidden)
    session.window.close()
    with open_store(data_dir) as store:
        assert store.get(Sheet, sheet.id).box("goal").text == "All trays by May"
        assert store.get(Promise, promise.id).text == "Ask about the trays"
        assert store.check().sound


def test_a_bug_of_ours_saves_what_was_typed_and_lets_one_go_on(
    app: App, session: Session, qtbot: QtBot, data_dir: Path, expected_logs: list[str]
) -> None:
    expected_logs.append("an error nobody caught")
    sheet = begin_sheet(session, qtbot)
    editor = QApplication.focusWidget()
    QTest.keyClicks(editor, "All trays")
    app.caught(RuntimeError("a slot failed"))
    assert session.window.banner.isVisible()
    reports = list((data_dir / "reports").glob("2*.txt"))
    assert len(reports) == 1
    session.workspace.recorder.settle()
    assert session.workspace.sheets.get(sheet.id).box("goal").text == "All trays"
    session.window.close()
    with open_store(data_dir) as store:
        assert store.get(Sheet, sheet.id).box("goal").text == "All trays"


START = [sys.executable, "-m", "gemba", "--data-dir"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_second_start_ends_at_once_and_the_first_goes_on(data_dir: Path) -> None:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    first = subprocess.Popen([*START, str(data_dir)], env=env)
    try:
        second = _until_it_ends(env, data_dir)
        assert second.returncode == 0
        assert first.poll() is None
        first.send_signal(signal.SIGTERM)
        assert first.wait(timeout=30) == 0
    finally:
        first.kill()
        first.wait()


def _until_it_ends(env: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Start a second time once the first window holds the folder and listens."""
    from gemba.app.one_window import bring_forward

    while not bring_forward(folder):
        pass
    return subprocess.run(
        [*START, str(folder)], env=env, timeout=30, check=False, text=True, capture_output=True
    )


def test_a_trouble_goes_once_the_leader_has_moved_on(session: Session) -> None:
    go, banner = session.go, session.window.banner
    go.trouble(NotFound("store.not_found", kind="walk", id="x"))
    assert banner.isVisible()
    go.to("walks")
    assert banner.isVisible()
    go.to("today")
    assert not banner.isVisible()
    session.window.show_banner("This stays until it is over.")
    go.to("walks")
    go.to("today")
    assert banner.isVisible()


def test_a_folder_that_cannot_be_written_is_read_and_says_so(
    app: App, qtbot: QtBot, data_dir: Path
) -> None:
    (lay_sample(data_dir) / LOCK_NAME).unlink(missing_ok=True)
    (data_dir / LOCK_NAME).mkdir()  # as where no file can be made, also for who may do all
    before = {path: path.read_bytes() for path in data_dir.rglob("*") if path.is_file()}
    session = app.open(data_dir)
    session.start_opening()
    store, banner = session.workspace.store, session.window.banner
    why = store.why_read_only
    assert why is not None
    assert banner.isVisible()
    assert banner.words.text() == session.words(why.key, **why.values)
    assert str(data_dir) in banner.words.text()
    # Where nothing can be kept, nothing is called saved.
    assert session.window.status.save_state.isHidden()
    sheet = session.workspace.sheets.all()[0]
    for page, what in (("sheet", {"sheet": sheet.id}), ("coaching", {}), ("today", {})):
        session.go.to(page, **what)
        qtbot.waitUntil(lambda: not app.tasks.busy)
        assert session.window.current_key() == page
        assert banner.isVisible()
    # Another trouble is said, and goes; this one stays for as long as it is so.
    session.go.trouble(NotFound("store.not_found", kind="walk", id="x"))
    assert str(data_dir) not in banner.words.text()
    for page in ("walks", "today"):
        session.go.to(page)
    assert banner.words.text() == session.words(why.key, **why.values)
    # What is typed all the same stays where it was typed, with a way to a copy elsewhere.
    session.open_capture()
    capture = session.over.capture
    assert capture is not None
    capture.saw.set_text("A trolley at the fire door")
    capture.keep.click()
    assert capture.isVisible()
    assert capture.saw.text() == "A trolley at the fire door"
    assert banner.words.text().startswith("Not saved yet")
    assert banner.link.text() == session.words("unsaved.copy")
    session.leave()
    assert {path: path.read_bytes() for path in data_dir.rglob("*") if path.is_file()} == before
