"""A single record that the disk altered is named beside its cause; all others stay usable."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.app.session import Session
from gemba.app.start import App, make_qt
from gemba.domain.changes import Ref
from gemba.domain.promise import Promise
from gemba.store.backup import make_backup
from gemba.store.backup_files import BackupFolder
from gemba.store.opening import open_store
from gemba.ui.pages.hurt import HurtPage
from gemba.ui.widgets import Label
from tests.fresh import lay_sample

WRITTEN = "Bed alarm in bay 4 mended, and somebody who reads reports on Sundays"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = lay_sample(tmp_path / "data")
    with open_store(folder) as store:
        make_backup(
            store,
            BackupFolder(folder / "backups"),
            made_at=datetime(2026, 11, 22, 10, 30, tzinfo=UTC),
            reason="by itself",
        )
    return folder


def spoil(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "gemba.db")) as connection, connection:
        for statement in statements:
            assert connection.execute(statement).rowcount >= 1


_PATIENT = 60_000
"""Milliseconds for the process that looks through everything, on a machine at its limit."""
ALTER = "UPDATE promise SET text = replace(text, 'Bed', 'Bad') WHERE text LIKE 'Bed alarm%'"


@pytest.fixture
def app(folder: Path, qtbot: QtBot) -> Iterator[App]:
    app = App(make_qt(), folder, dark=False)
    yield app
    if app.session is not None:
        app.session.window.close()
        app.session.close()
    app.tasks.close()


def opened(app: App, qtbot: QtBot) -> Session:
    session = app.open(app.own)
    session.start_opening()
    qtbot.waitUntil(lambda: session.loaded, timeout=_PATIENT)
    return session


def hurt_page(session: Session, qtbot: QtBot) -> HurtPage:
    page = session.window.page("hurt")
    assert isinstance(page, HurtPage)
    qtbot.waitUntil(lambda: bool(page.buttons), timeout=_PATIENT)
    return page


def press(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[arg-type]


def test_it_is_named_on_today_and_brought_back_as_it_was_written(
    app: App, folder: Path, qtbot: QtBot
) -> None:
    spoil(folder, ALTER)
    session = opened(app, qtbot)
    today = session.window.page("today")
    assert today.hurt.isVisible()  # type: ignore[attr-defined]
    assert not any("Bad alarm" in row.words.strong for row in today.promises.rows())  # type: ignore[attr-defined]
    assert len(today.promises.rows()) == 3  # type: ignore[attr-defined]
    today.hurt.acted.emit()  # type: ignore[attr-defined]
    assert session.window.current_key() == "hurt"
    page = hurt_page(session, qtbot)
    assert any("altered: Bad alarm" in label.text() for label in page.findChildren(Label))
    assert "as you last wrote it" in page.buttons[0].text()
    press(qtbot, page.buttons[0])
    texts = [one.text for one in session.workspace.store.find(Promise)]
    assert WRITTEN in texts
    assert session.workspace.store.check().rows_sound
    assert session.workspace.store.search("alarm")
    session.go.to("today")
    assert not today.hurt.isVisible()  # type: ignore[attr-defined]


def test_without_its_history_it_comes_from_a_backup(app: App, folder: Path, qtbot: QtBot) -> None:
    spoil(folder, ALTER, "DELETE FROM journal WHERE after LIKE '%Bed alarm%'")
    session = opened(app, qtbot)
    session.go.to("hurt")
    page = hurt_page(session, qtbot)
    assert "backup of" in page.buttons[0].text()
    press(qtbot, page.buttons[0])
    assert WRITTEN in [one.text for one in session.workspace.store.find(Promise)]


def test_its_own_page_leads_to_what_can_be_done(app: App, folder: Path, qtbot: QtBot) -> None:
    with open_store(folder) as store:
        ref = next(Ref("promise", one.id) for one in store.find(Promise) if one.text == WRITTEN)
    spoil(folder, ALTER)
    session = opened(app, qtbot)
    session.go.open(ref)
    assert session.window.current_key() == "hurt"
    hurt_page(session, qtbot)
    # The others stay usable: the list leaves it out and says so.
    assert len(session.workspace.promises.open()) == 3
    assert session.window.banner.isVisible()


def test_the_look_after_the_start_names_what_no_page_shows(
    app: App, folder: Path, qtbot: QtBot
) -> None:
    spoil(folder, "UPDATE area SET name = name || '!' WHERE name = 'Ward 4'")
    session = opened(app, qtbot)
    assert session._watch is not None
    session._watch.look()
    qtbot.waitUntil(session.window.banner.isVisible, timeout=_PATIENT)
    assert "altered" in session.window.banner.words.text()


def test_a_torn_file_found_later_leads_to_the_three_ways(
    app: App, folder: Path, qtbot: QtBot
) -> None:
    path = folder / "gemba.db"
    session = opened(app, qtbot)
    bent = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as connection:
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'margin_note'"
        ).fetchone()[0]
    session.window.close()
    bent[(root - 1) * 4096 : (root - 1) * 4096 + 64] = bytes(64)
    path.write_bytes(bent)
    session = opened(app, qtbot)
    assert session._away is not None
    # Counting days would write, as long as nobody knows of the damage.
    session._away.close()
    assert session._watch is not None
    session._watch.look()
    told = session.window.banner.words
    qtbot.waitUntil(lambda: "damaged" in told.text(), timeout=_PATIENT)
    session.window.banner.acted.emit()
    qtbot.waitUntil(lambda: app.session is not None and app.session.window.held == "damage")
    assert path.read_bytes() == bytes(bent)
