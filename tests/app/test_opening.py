"""What is asked for while the folder is still being opened behind the first picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.app.session import Session
from gemba.app.start import App
from gemba.services.workspace import Workspace

PATIENCE = 10_000


@pytest.fixture
def session(qapp: QApplication, qtbot: QtBot, data_dir: Path) -> Iterator[Session]:
    """A window whose folder is being opened, and taken over at the next turn of the window."""
    with opened(qapp, qtbot, data_dir) as session:
        yield session


@contextmanager
def opened(
    qapp: QApplication, qtbot: QtBot, folder: Path, *, look: bool = False
) -> Iterator[Session]:
    """Begin to open a folder, to look only where that is said, and close it afterwards."""
    app = App(qapp, folder, dark=False)
    app.theme.still = True
    session = app.open(folder, look=look)
    session.window.activateWindow()
    qtbot.waitUntil(session.window.isActiveWindow, timeout=PATIENCE)
    session.start_opening()
    yield session
    session.window.close()
    app.tasks.close()
    qapp.focusChanged.disconnect(app.ring._moved)
    app.ring.deleteLater()
    session.window.deleteLater()
    qapp.processEvents()
    qapp.setStyleSheet("")


def test_work_on_another_thread_waits_for_the_folder_and_leaves_the_window_alone(
    session: Session, qtbot: QtBot
) -> None:
    found: list[Workspace] = []
    thread = Thread(target=lambda: found.append(session.workspace))
    thread.start()
    thread.join()
    # Timers and widgets are made by the window's own thread, at its next turn.
    assert not session.loaded
    qtbot.waitUntil(lambda: session.loaded, timeout=PATIENCE)
    assert found == [session.workspace]


def test_a_word_may_be_looked_for_before_the_folder_is_open(session: Session, qtbot: QtBot) -> None:
    session.open_palette()
    palette = session.over.palette
    assert palette is not None
    QTest.keyClicks(palette.field.line, "bed")
    qtbot.waitUntil(lambda: session.loaded, timeout=PATIENCE)
    qtbot.waitUntil(lambda: session.app.tasks.busy == 0, timeout=PATIENCE)
    assert session.window.thread() is session._watch._timer.thread()  # type: ignore[union-attr]


def test_where_nothing_can_be_written_nothing_is_called_saved(
    qapp: QApplication, qtbot: QtBot, data_dir: Path
) -> None:
    for look in (False, True):
        with opened(qapp, qtbot, data_dir, look=look) as session:
            qtbot.waitUntil(lambda: session.loaded, timeout=PATIENCE)
            assert session.workspace.store.writable is not look
            assert session.window.status.save_state.isVisible() is not look
