"""The window and the passphrase: nothing before it, everything after it, nothing left behind."""

from __future__ import annotations

import gc
import re
import subprocess
import sys
import threading
import weakref
from pathlib import Path
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from gemba.app.absence import Absence
from gemba.app.gate import Gate
from gemba.app.session import Session
from gemba.app.start import App, asks_elsewhere
from gemba.domain.errors import GembaError
from gemba.domain.prose import Paragraph, read_paragraph
from gemba.services.passphrase import must_unlock, unlock
from gemba.services.samples import load_sample
from gemba.store.opening import open_store
from gemba.ui.pages.unlock import UnlockPage, caps_lock
from gemba.ui.tasks import CancelToken
from tests.app.conftest import PASSPHRASE
from tests.data.sounds import M4A

LONG = 30_000


def words_on(widget: QWidget) -> str:
    """Everything a window shows or says to assistive technology."""
    found = [widget.windowTitle()]
    for one in (widget, *widget.findChildren(QWidget)):
        found += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        if isinstance(one, QLabel | QLineEdit):
            found.append(one.text())
        if isinstance(one, QTextEdit):
            found.append(one.toPlainText())
    return "\n".join(found)


def gate_of(app: App) -> Gate:
    assert app.locking.gate is not None
    return app.locking.gate


def open_by_typing(app: App, qtbot: QtBot, passphrase: str = PASSPHRASE) -> Session:
    gate = gate_of(app)
    gate.activateWindow()
    gate.page.setFocus()
    # Keys of QTest know Latin letters only.
    gate.page.field.line.insert(passphrase)
    QTest.keyClick(gate.page.field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: app.session is not None and app.session.loaded, timeout=LONG)
    assert app.session is not None
    return app.session


def test_nothing_of_the_data_is_read_or_shown_before_the_passphrase(
    app: App, locked: Path, qtbot: QtBot
) -> None:
    assert app.enter(locked) is None
    gate = gate_of(app)
    assert app.session is None
    assert gate.windowTitle() == "Gemba"
    assert "Nora" not in words_on(gate)
    assert app.locking.window() is gate
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [gate]
    session = open_by_typing(app, qtbot)
    assert app.locking.gate is None
    assert session.window.isVisible()
    assert "Nora Whitfield" in words_on(session.window)


def test_a_wrong_passphrase_is_said_beside_the_field(app: App, locked: Path, qtbot: QtBot) -> None:
    app.enter(locked)
    page = gate_of(app).page
    for wrong in ("wrong", PASSPHRASE + " ", "x" * 100_000):
        page.field.line.setText(wrong)
        QTest.mouseClick(page.open, Qt.MouseButton.LeftButton)
        assert page.field.text() == "", "what was typed does not stay while it is tried"
        qtbot.waitUntil(page.open.isEnabled, timeout=LONG)
        assert page.field.said().startswith("That passphrase does not open this")
    QTest.mouseClick(page.open, Qt.MouseButton.LeftButton)
    assert page.field.said() == "Type your passphrase."
    assert app.session is None
    assert open_by_typing(app, qtbot).loaded


def test_what_is_typed_is_hidden_until_show_is_pressed(app: App, locked: Path) -> None:
    app.enter(locked)
    field = gate_of(app).page.field
    assert field.line.echoMode() == QLineEdit.EchoMode.Password
    QTest.mouseClick(field.show_it, Qt.MouseButton.LeftButton)
    assert field.line.echoMode() == QLineEdit.EchoMode.Normal
    assert field.show_it.text() == "Hide"
    field.empty()
    assert field.line.echoMode() == QLineEdit.EchoMode.Password


def test_caps_lock_is_said(app: App, locked: Path) -> None:
    app.enter(locked)
    field = gate_of(app).page.field

    def press(letter: str, *, shift: bool = False) -> QKeyEvent:
        modifiers = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        return QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()[0]), modifiers, letter)

    told = [caps_lock(press(*one)) for one in (("a",), ("A",), ("ß",), ("7",), ("é",), ("É",))]
    assert told == [False, True, False, None, False, True]
    assert caps_lock(press("A", shift=True)) is False
    assert caps_lock(press("a", shift=True)) is True
    QApplication.sendEvent(field.line, press("A"))
    assert field.caps.isVisible()
    QApplication.sendEvent(field.line, press("a"))
    assert not field.caps.isVisible()


def _held_with(word: str) -> list[str]:
    """Name whatever of Gemba's still holds a text with a word in it."""
    found = []
    for one in gc.get_objects():
        if isinstance(one, re.Pattern):
            found += [one.pattern] if word in str(one.pattern) else []
        elif str(type(one).__module__).startswith(("gemba.", "functools")):
            held = [text for text in gc.get_referents(one) if type(text) is str and word in text]
            found += [f"{type(one).__name__}: {held}"] if held else []
    return found


def _is_gone(window: QWidget | None) -> bool:
    return window is None or not shiboken6.isValid(window)


def _type_into_a_sheet(
    app: App, qtbot: QtBot, word: str = "zebra"
) -> tuple[UUID, weakref.ref[QWidget]]:
    """Type without waiting for a save; returns the sheet, and the window as long as it lives."""
    session = open_by_typing(app, qtbot)
    sheet = session.workspace.sheets.begin("Trays come back late", owner="Nora Whitfield")
    session.window.activateWindow()
    session.go.to("sheet", sheet=sheet.id, box="goal")
    page = session.window.page("sheet")
    qtbot.waitUntil(lambda: page.writing == "goal")
    QTest.keyClicks(QApplication.focusWidget(), f"{word} ")
    assert session.window.windowTitle() != "Gemba"
    # Whatever lies over the window goes with it.
    session.open_palette()
    QTest.keyClicks(QApplication.focusWidget(), word)
    told = QDialog(session.window)
    told.setWindowTitle(f"{word} in a dialog")
    told.show()
    return sheet.id, weakref.ref(session.window)


def test_locking_commits_what_is_typed_and_empties_the_window(
    app: App, locked: Path, qtbot: QtBot
) -> None:
    app.enter(locked)
    sheet, window = _type_into_a_sheet(app, qtbot, "okapi")
    QGuiApplication.clipboard().setText("okapi on the clipboard")
    assert app.locking.lock()
    gate = gate_of(app)
    assert app.locking.key is None
    assert app.session is None
    assert gate.windowTitle() == "Gemba"
    assert "okapi" not in words_on(gate)
    assert "okapi" not in QGuiApplication.clipboard().text()
    visible = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    assert visible == [gate]
    # Python may hold an empty shell a while longer; what it showed is gone with the window itself.
    qtbot.waitUntil(lambda: gc.collect() >= 0 and _is_gone(window()), timeout=LONG)
    qtbot.waitUntil(lambda: gc.collect() >= 0 and _held_with("okapi") == [], timeout=LONG)
    again = open_by_typing(app, qtbot)
    found = again.workspace.sheets.get(sheet).box("goal").text
    assert found.strip() == "okapi"
    assert again.window.current_key() == "sheet", "it goes on where it was"


def test_what_a_thread_reads_while_the_window_is_locked_is_forgotten_as_well(
    app: App, locked: Path, qtbot: QtBot
) -> None:
    app.enter(locked)
    _type_into_a_sheet(app, qtbot, "numbat")
    reading, locked_now = threading.Event(), threading.Event()

    def read(_token: CancelToken) -> Paragraph:
        reading.set()
        locked_now.wait(LONG / 1000)
        return read_paragraph("A numbat stands at the door.")

    assert app.session is not None
    app.tasks.run(app.session.window, read, lambda _read: None, lambda _error: None)
    assert reading.wait(LONG / 1000)
    read_paragraph("A kudu was read before.")
    assert app.locking.lock()
    qtbot.waitUntil(lambda: _held_with("kudu") == [], timeout=LONG)
    locked_now.set()
    qtbot.waitUntil(lambda: not app.tasks.busy, timeout=LONG)

    def nothing_is_left() -> None:
        gc.collect()
        assert _held_with("numbat") == []

    qtbot.waitUntil(nothing_is_left, timeout=LONG)


def test_the_folder_locks_after_the_chosen_minutes_and_not_before(
    app: App, locked: Path, qtbot: QtBot
) -> None:
    app.enter(locked)
    session = open_by_typing(app, qtbot)
    now = [0.0]
    absence = Absence(app.qt, app.locking.minutes, app.locking.lock, lambda: now[0])
    absence.start()
    assert app.locking.minutes() == 10
    now[0] = 599
    absence.look()
    assert app.locking.gate is None
    handle = session.window.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    now[0] = 1100
    absence.look()
    assert app.locking.gate is None, "a key a while ago counts"
    app.locking.set_minutes(0)
    session.workspace.recorder.settle()
    now[0] = 1e9
    absence.look()
    assert app.locking.gate is None, "never means never"
    app.locking.set_minutes(1)
    session.workspace.recorder.settle()
    absence.look()
    assert app.locking.gate is not None
    absence.deleteLater()


def test_a_second_start_brings_the_window_that_asks_forward(
    app: App, locked: Path, qtbot: QtBot
) -> None:
    assert not asks_elsewhere(locked)
    app.enter(locked)
    qtbot.waitUntil(lambda: asks_elsewhere(locked), timeout=LONG)
    gate_of(app).showMinimized()
    second = subprocess.run(
        [sys.executable, "-m", "gemba", "--data-dir", str(locked)],
        timeout=60,
        capture_output=True,
        check=False,
    )
    assert second.returncode == 0, second.stderr
    qtbot.waitUntil(lambda: not gate_of(app).isMinimized(), timeout=LONG)
    open_by_typing(app, qtbot)
    assert app.locking.lock()
    qtbot.waitUntil(lambda: asks_elsewhere(locked), timeout=LONG)
    gate_of(app).close()
    assert not asks_elsewhere(locked)


def test_a_plain_folder_never_locks(app: App, data_dir: Path, qtbot: QtBot) -> None:
    session = app.enter(data_dir)
    assert session is not None
    session.start_opening()
    qtbot.waitUntil(lambda: session.loaded, timeout=LONG)
    assert app.locking.minutes() == 0
    assert not app.locking.lock()


def test_the_passphrase_is_set_changed_and_removed_in_the_window(
    app: App, data_dir: Path, qtbot: QtBot
) -> None:
    with open_store(data_dir) as store:
        load_sample("discharge", store)
    session = app.enter(data_dir)
    assert session is not None
    session.start_opening()
    qtbot.waitUntil(lambda: session.loaded, timeout=LONG)
    people = session.workspace.people.names()
    app.locking.set_passphrase(PASSPHRASE)
    qtbot.waitUntil(lambda: app.session is not None and app.session.loaded, timeout=LONG)
    assert must_unlock(data_dir)
    assert app.session is not None
    assert app.session.workspace.people.names() == people
    with pytest.raises(GembaError):
        app.locking.change_passphrase("wrong", "another")
    app.locking.change_passphrase(PASSPHRASE, "another")
    assert unlock(data_dir, "another") == app.locking.key
    with pytest.raises(GembaError):
        app.locking.remove_passphrase("wrong")
    assert app.session.window.isVisible(), "a wrong passphrase closes nothing"
    app.locking.remove_passphrase("another")
    qtbot.waitUntil(lambda: app.session is not None and app.session.loaded, timeout=LONG)
    assert not must_unlock(data_dir)
    assert app.locking.key is None
    assert app.session.workspace.people.names() == people


def test_the_page_tells_nothing_in_the_title(qtbot: QtBot, app: App) -> None:
    page = UnlockPage(app.theme)
    qtbot.addWidget(page)
    assert page.page_title() == ""


def test_a_backup_comes_back_under_the_lock(app: App, locked: Path, qtbot: QtBot) -> None:
    app.enter(locked)
    session = open_by_typing(app, qtbot)
    session.workspace.people.person("Zoe Zander")
    point = session.workspace.backups.make()
    session.workspace.people.person("Yan Yilmaz")
    session.restore(point.name)
    qtbot.waitUntil(lambda: app.session not in (None, session), timeout=LONG)
    qtbot.waitUntil(lambda: app.session is not None and app.session.loaded, timeout=LONG)
    assert app.session is not None
    names = [name for _, name in app.session.workspace.people.names()]
    assert "Zoe Zander" in names
    assert "Yan Yilmaz" not in names
    assert must_unlock(locked)
    assert app.locking.lock()
    assert open_by_typing(app, qtbot).loaded


def test_the_sample_and_back_need_no_second_passphrase(
    app: App, locked: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    app.enter(locked)
    open_by_typing(app, qtbot)
    app.open_sample()
    qtbot.waitUntil(lambda: app.session is not None and app.session.loaded, timeout=LONG)
    assert app.session is not None
    assert app.session.sample
    assert app.session.key is None
    app.open_own()
    qtbot.waitUntil(lambda: app.session is not None and app.session.loaded, timeout=LONG)
    assert app.session.folder == locked
    app.open_sample()
    qtbot.waitUntil(lambda: app.session is not None and app.session.loaded, timeout=LONG)
    assert app.locking.lock(), "in the sample, too, the key is let go"
    assert app.locking.key is None
    assert open_by_typing(app, qtbot).folder == locked


def test_the_copy_that_a_player_was_lent_is_gone_while_it_is_locked(
    app: App, locked: Path, qtbot: QtBot
) -> None:
    left = locked / "listening" / "ab" / "memo.m4a"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"in plain, by a Gemba that was killed")
    app.enter(locked)
    assert not (locked / "listening").exists(), "before anybody types a passphrase"
    work = open_by_typing(app, qtbot).workspace
    seen = work.walks.capture("The pump sounds dry")
    work.memos.add(seen.id, M4A, "pump.m4a")
    copy = work.memos.lend(work.walks.observation(seen.id).memos[0])
    assert copy.is_relative_to(locked / "listening")
    assert app.locking.lock()
    assert gate_of(app).isVisible()
    assert not (locked / "listening").exists()
