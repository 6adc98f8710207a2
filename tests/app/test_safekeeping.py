"""Safety in the real window: the status bar, a restore in one click, and its undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.app.session import Session
from gemba.app.start import App
from gemba.ui.pages.safety import SafetyPage

PATIENCE = 20_000


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(qapp: QApplication, data_dir: Path, clock: Clock) -> Iterator[App]:
    made = App(qapp, data_dir, dark=False, now=clock)
    made.theme.still = True
    yield made
    if made.session is not None:
        made.session.window.close()
    made.tasks.close()
    qapp.focusChanged.disconnect(made.ring._moved)
    made.ring.deleteLater()
    qapp.setStyleSheet("")


def opened(app: App, qtbot: QtBot, folder: Path) -> Session:
    session = app.open(folder)
    session.start_opening()
    qtbot.waitUntil(lambda: session.loaded, timeout=PATIENCE)
    return session


def names(app: App) -> set[str]:
    assert app.session is not None
    return {name for _, name in app.session.workspace.people.names()}


def safety(app: App) -> SafetyPage:
    assert app.session is not None
    page = app.session.window.page("safety")
    assert isinstance(page, SafetyPage)
    return page


def test_the_status_bar_says_how_safe_it_is(
    app: App, qtbot: QtBot, data_dir: Path, clock: Clock
) -> None:
    session = opened(app, qtbot, data_dir)
    chip = session.window.status.safety
    assert chip.text() == "No backup yet"
    session.workspace.people.person("Marta")
    session.workspace.backups.tick()
    qtbot.waitUntil(lambda: "1 restore point" in chip.text(), timeout=PATIENCE)
    assert chip.text() == "Verified backup just now · 1 restore point"
    clock.time += timedelta(minutes=3)
    assert session._safe is not None
    session._safe.look()
    assert chip.text() == "Verified backup 3 min ago · 1 restore point"
    assert session.window.status.save_state.words.text() == "Saved 3 min ago"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert session.window.current_key() == "safety"
    assert session.window.windowTitle() == "Safety - Gemba"


def test_a_restore_in_one_click_and_its_undo(app: App, qtbot: QtBot, data_dir: Path) -> None:
    session = opened(app, qtbot, data_dir)
    session.workspace.people.person("Marta")
    session.workspace.backups.make()
    session.workspace.people.person("Ines")
    session.window.activateWindow()
    qtbot.waitUntil(session.window.isActiveWindow, timeout=PATIENCE)
    session.go.to("safety")
    page = safety(app)
    qtbot.waitUntil(lambda: bool(page.points.rows.rows()) and page.points.isEnabled())
    (row,) = page.points.rows.rows()
    qtbot.waitUntil(row.isVisible)
    row.setFocus(Qt.FocusReason.TabFocusReason)
    (bring,) = row.action_buttons()
    qtbot.mouseClick(bring, Qt.MouseButton.LeftButton)
    _new_session(app, qtbot, session)
    assert names(app) == {"Marta"}
    after = app.session
    assert after is not None
    assert after.window.current_key() == "safety"
    assert after.saying.notice.words.text() == "The state of Today, 09:30 is back."
    assert after.saying.can_undo()
    qtbot.mouseClick(after.saying.notice.button, Qt.MouseButton.LeftButton)
    _new_session(app, qtbot, after)
    assert names(app) == {"Marta", "Ines"}


def _new_session(app: App, qtbot: QtBot, before: Session) -> None:
    qtbot.waitUntil(
        lambda: app.session is not None and app.session is not before and app.session.loaded,
        timeout=PATIENCE,
    )
    qtbot.waitUntil(
        lambda: app.session is not None and app.session.saying.can_undo(), timeout=PATIENCE
    )


def test_a_restore_that_cannot_be_leaves_everything_open(
    app: App, qtbot: QtBot, data_dir: Path
) -> None:
    session = opened(app, qtbot, data_dir)
    session.workspace.people.person("Marta")
    name = session.workspace.backups.make().name
    session.workspace.people.person("Ines")
    (data_dir / "backups" / f"{name}.db").write_bytes(b"rotten")
    session.restore(name)
    qtbot.waitUntil(session.window.banner.isVisible, timeout=PATIENCE)
    assert "no longer what was written" in session.window.banner.words.text()
    assert app.session is session
    assert names(app) == {"Marta", "Ines"}
    session.workspace.people.person("Writing goes on")


def test_what_is_written_while_the_restore_is_prepared_is_undone_to(
    app: App, qtbot: QtBot, data_dir: Path
) -> None:
    session = opened(app, qtbot, data_dir)
    work = session.workspace
    work.people.person("Marta")
    name = work.backups.make().name
    session.restore(name)
    # The thread of the backups does one thing after the other, and this one hears of it later.
    work.backups.look().result()
    work.people.person("Typed meanwhile")
    _new_session(app, qtbot, session)
    assert names(app) == {"Marta"}
    after = app.session
    assert after is not None
    qtbot.mouseClick(after.saying.notice.button, Qt.MouseButton.LeftButton)
    _new_session(app, qtbot, after)
    assert names(app) == {"Marta", "Typed meanwhile"}


def test_closing_while_a_restore_is_prepared_changes_nothing(
    app: App, qtbot: QtBot, data_dir: Path
) -> None:
    session = opened(app, qtbot, data_dir)
    session.workspace.people.person("Marta")
    name = session.workspace.backups.make().name
    session.workspace.people.person("Ines")
    session.restore(name)
    session.window.close()
    after = opened(app, qtbot, data_dir)
    assert names(app) == {"Marta", "Ines"}
    assert not (data_dir / "restoring").exists()
    assert after.workspace.store.check().sound
