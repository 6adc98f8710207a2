"""The window starts over a damaged folder, says what happened, and leads on by every way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.app.start import App, make_qt
from gemba.domain.errors import GembaError
from gemba.domain.promise import Promise
from gemba.services.samples import load_sample
from gemba.store.opening import open_store
from gemba.ui.pages.damage import DamagePage
from tests.fresh import lay_sample
from tests.sample_size import sample_size

PAGE = 4096


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return lay_sample(tmp_path / "data")


@pytest.fixture
def app(folder: Path, qtbot: QtBot) -> Iterator[App]:
    app = App(make_qt(), folder, dark=False)
    yield app
    if app.session is not None:
        app.session.window.close()
        app.session.close()
    app.tasks.close()


def wipe_first_page(folder: Path) -> None:
    path = folder / "gemba.db"
    path.write_bytes(bytes(PAGE) + path.read_bytes()[PAGE:])


def start(app: App, qtbot: QtBot) -> DamagePage:
    session = app.open(app.own)
    session.start_opening()
    qtbot.waitUntil(lambda: session.window.current_key() == "damage")
    page = session.window.page("damage")
    assert isinstance(page, DamagePage)
    qtbot.waitUntil(lambda: "ooking for" not in page.backups.text())
    return page


def press(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[arg-type]


def make_backup(folder: Path) -> str:
    from gemba.store.backup import make_backup as make
    from gemba.store.backup_files import BackupFolder

    with open_store(folder) as store:
        point = make(
            store,
            BackupFolder(folder / "backups"),
            made_at=datetime(2026, 11, 22, 10, 30, tzinfo=UTC),
            reason="by itself",
        )
    return point.name


def damages() -> list[tuple[str, str]]:
    return [
        ("first page", "no database of Gemba"),
        ("zeroed", "no database of Gemba"),
        ("half", "damaged"),
        ("foreign", "no database of Gemba"),
        ("empty", "empty"),
        ("gone", "missing"),
    ]


def hurt(folder: Path, how: str) -> bytes | None:
    path = folder / "gemba.db"
    data = path.read_bytes()
    bent: bytes | None = {
        "first page": bytes(PAGE) + data[PAGE:],
        "zeroed": bytes(len(data)),
        "half": data[: len(data) // 2],
        "foreign": b"%PDF-1.4 somebody else's file",
        "empty": b"",
        "gone": None,
    }[how]
    if bent is None:
        path.unlink()
    else:
        path.write_bytes(bent)
    return bent


@pytest.mark.parametrize(("how", "said"), damages())
def test_whatever_happened_the_window_starts_and_says_it(
    app: App, folder: Path, qtbot: QtBot, how: str, said: str
) -> None:
    bent = hurt(folder, how)
    page = start(app, qtbot)
    assert said in page.notice.words.text()
    assert str(folder / "gemba.db") in page.place.text()
    path = folder / "gemba.db"
    assert (path.read_bytes() if path.exists() else None) == bent
    for key in ("today", "walks", "sheets", "settings"):
        app.session.go.to(key)  # type: ignore[union-attr]
        assert app.session.window.current_key() == "damage"  # type: ignore[union-attr]


def test_a_backup_is_brought_back(app: App, folder: Path, qtbot: QtBot) -> None:
    make_backup(folder)
    bent = hurt(folder, "zeroed")
    page = start(app, qtbot)
    assert page.newest.isVisible()
    qtbot.waitUntil(page.newest.hasFocus)
    qtbot.keyClick(page.newest, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: app.session is not None and app.session.loaded)
    assert len(app.session.workspace.store.find(Promise)) == 6  # type: ignore[union-attr]
    assert app.session.window.current_key() == "today"  # type: ignore[union-attr]
    assert bent in [path.read_bytes() for path in (folder / "aside").iterdir()]


def test_what_can_be_read_is_saved_with_its_counts(app: App, folder: Path, qtbot: QtBot) -> None:
    wipe_first_page(folder)
    bent = (folder / "gemba.db").read_bytes()
    page = start(app, qtbot)
    assert "no backup" in page.backups.text()
    assert not page.newest.isVisible()
    press(qtbot, page.salvage)
    qtbot.waitUntil(page.go_on.isVisible)
    assert f"{sample_size()} records read whole" in page.saved.words.text()
    press(qtbot, page.go_on)
    qtbot.waitUntil(lambda: app.session is not None and app.session.loaded)
    assert len(app.session.workspace.store.find(Promise)) == 6  # type: ignore[union-attr]
    assert [path.read_bytes() for path in (folder / "aside").iterdir()] == [bent]


def test_what_is_lost_is_named(app: App, folder: Path, qtbot: QtBot) -> None:
    hurt(folder, "half")
    page = start(app, qtbot)
    press(qtbot, page.salvage)
    qtbot.waitUntil(page.go_on.isVisible)
    assert page.losses.rows()
    assert "lost" in page.saved.words.text()


def test_looking_changes_nothing_and_leads_back(app: App, folder: Path, qtbot: QtBot) -> None:
    wipe_first_page(folder)
    before = (folder / "gemba.db").read_bytes()
    page = start(app, qtbot)
    press(qtbot, page.look)
    qtbot.waitUntil(lambda: app.session is not None and app.session.loaded)
    session = app.session
    assert session is not None
    look = session.folder
    assert look != folder
    assert not session.workspace.store.writable
    assert len(session.workspace.store.find(Promise)) == 6
    assert session.window.sample_bar.isVisible()
    session.window.sample_left.emit()
    qtbot.waitUntil(lambda: app.session is not session)
    qtbot.waitUntil(lambda: app.session.window.current_key() == "damage")  # type: ignore[union-attr]
    assert not look.exists()
    assert (folder / "gemba.db").read_bytes() == before


def test_nothing_to_read_is_said_and_one_can_begin_empty(
    app: App, folder: Path, qtbot: QtBot
) -> None:
    bent = hurt(folder, "foreign")
    page = start(app, qtbot)
    press(qtbot, page.salvage)
    qtbot.waitUntil(lambda: "Nothing could be read" in page.notice.words.text())
    assert (folder / "gemba.db").read_bytes() == bent
    press(qtbot, page.anew)
    qtbot.waitUntil(lambda: app.session is not None and app.session.loaded)
    assert app.session.workspace.store.find(Promise) == []  # type: ignore[union-attr]
    assert [path.read_bytes() for path in (folder / "aside").iterdir()] == [bent]


def test_stopping_leaves_everything_and_the_ways_come_back(
    app: App, folder: Path, qtbot: QtBot
) -> None:
    wipe_first_page(folder)
    before = (folder / "gemba.db").read_bytes()
    page = start(app, qtbot)
    page._salvage()
    assert page.cancel.isVisible()
    assert not page.salvage.isVisible()
    press(qtbot, page.cancel)
    assert page.salvage.isVisible()
    qtbot.waitUntil(lambda: app.tasks.busy == 0)
    after = (folder / "gemba.db").read_bytes()
    # The work either stopped, or had ended when the word came: the old file is kept either way.
    assert before in [after, *(p.read_bytes() for p in (folder / "aside").glob("*"))]


def test_a_copy_beside_and_a_strange_journal_are_said(app: App, folder: Path, qtbot: QtBot) -> None:
    copy = folder / "gemba (conflicted copy).db"
    copy.write_bytes((folder / "gemba.db").read_bytes())
    session = app.open(folder)
    assert session.workspace.store.writable
    assert "gemba (conflicted copy).db" in session.window.banner.words.text()
    session.window.close()
    copy.unlink()
    (folder / "gemba.db-journal").write_bytes(b"Dear diary")
    session = app.open(folder)
    assert session.workspace.store.writable
    assert str(folder / "aside") in session.window.banner.words.text()


def test_a_torn_encrypted_folder_is_saved_and_stays_encrypted(
    app: App, folder: Path, qtbot: QtBot
) -> None:
    key = bytes(range(32))
    for path in [*folder.rglob("*")]:
        if path.is_file():
            path.unlink()
    with open_store(folder, key=key) as store:
        load_sample("discharge", store)
    wipe_first_page(folder)
    (folder / "gemba.key").write_bytes(b"{}")
    app.locking.key = key
    page = start(app, qtbot)
    press(qtbot, page.salvage)
    qtbot.waitUntil(page.go_on.isVisible)
    assert f"{sample_size()} records read whole" in page.saved.words.text()
    assert "2 photos found" in page.saved.words.text()
    press(qtbot, page.go_on)
    qtbot.waitUntil(lambda: app.session is not None and app.session.loaded)
    assert len(app.session.workspace.store.find(Promise)) == 6  # type: ignore[union-attr]
    assert b"Bed alarm" not in (folder / "gemba.db").read_bytes()


def test_a_newer_file_is_refused_untouched(app: App, folder: Path, qtbot: QtBot) -> None:
    path = folder / "gemba.db"
    newer = bytearray(path.read_bytes())
    newer[60:64] = (99).to_bytes(4, "big")
    path.write_bytes(newer)
    session = app.open(folder)
    with qtbot.captureExceptions() as caught:
        session.start_opening()
        qtbot.waitUntil(lambda: bool(caught))
    told = caught[0][1]
    assert isinstance(told, GembaError)
    assert told.key == "store.newer"
    assert not session.window.held
    assert path.read_bytes() == bytes(newer)
