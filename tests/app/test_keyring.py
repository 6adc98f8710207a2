"""The keyring of the system keeps the passphrase for whoever wants it, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gemba.app.start import App
from gemba.services import remembered
from gemba.services.passphrase import change_passphrase
from tests.app.conftest import PASSPHRASE

LONG = 30_000


class InMemory(KeyringBackend):
    """A keyring as a desktop has one, which forgets with the test."""

    priority = 5.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.broken = False

    def _open(self) -> None:
        if self.broken:
            raise KeyringError("nobody is signed in")

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._open()
        del self.kept[service, username]


@pytest.fixture
def held() -> Iterator[InMemory]:
    before: Any = keyring.get_keyring()
    made = InMemory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def opened(app: App, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: app.session is not None and app.session.loaded, timeout=LONG)


def test_whoever_asks_for_it_is_not_asked_at_the_next_start(
    app: App, locked: Path, qtbot: QtBot, held: InMemory
) -> None:
    app.enter(locked)
    assert app.locking.gate is not None
    page = app.locking.gate.page
    qtbot.waitUntil(page.keep.isVisible)
    assert not page.keep.isChecked()
    QTest.mouseClick(page.keep, Qt.MouseButton.LeftButton)
    assert page.kept_where.isVisible()
    page.field.line.insert(PASSPHRASE)
    QTest.keyClick(page.field.line, Qt.Key.Key_Return)
    opened(app, qtbot)
    qtbot.waitUntil(lambda: bool(held.kept))
    assert list(held.kept.values()) == [PASSPHRASE]


def test_a_start_opens_with_what_is_kept_and_a_lock_still_asks(
    app: App, locked: Path, qtbot: QtBot, held: InMemory
) -> None:
    remembered.remember(locked, PASSPHRASE)
    app.enter(locked)
    opened(app, qtbot)
    assert app.locking.kept
    assert app.locking.lock()
    assert app.locking.gate is not None
    assert app.session is None
    assert app.locking.gate.page.untouched


def test_it_is_kept_only_where_it_was_asked_for(
    app: App, locked: Path, qtbot: QtBot, held: InMemory
) -> None:
    app.enter(locked)
    assert app.locking.gate is not None
    page = app.locking.gate.page
    qtbot.waitUntil(page.keep.isVisible)
    page.field.line.insert(PASSPHRASE)
    QTest.keyClick(page.field.line, Qt.Key.Key_Return)
    opened(app, qtbot)
    assert not held.kept


def test_one_that_no_longer_fits_is_asked_for(
    app: App, locked: Path, qtbot: QtBot, held: InMemory
) -> None:
    remembered.remember(locked, PASSPHRASE)
    change_passphrase(locked, PASSPHRASE, "Another one for the ward")
    app.enter(locked)
    assert app.locking.gate is not None
    page = app.locking.gate.page
    qtbot.waitUntil(lambda: page.keep.isVisible() and page.open.isEnabled(), timeout=LONG)
    assert app.session is None
    assert page.field.said() == ""


def test_a_new_passphrase_takes_the_place_of_the_one_that_is_kept(
    app: App, locked: Path, qtbot: QtBot, held: InMemory
) -> None:
    remembered.remember(locked, PASSPHRASE)
    app.enter(locked)
    opened(app, qtbot)
    app.locking.change_passphrase(PASSPHRASE, "Another one for the ward")
    qtbot.waitUntil(lambda: "Another one for the ward" in held.kept.values())
    app.locking.forget()
    qtbot.waitUntil(lambda: not held.kept)


def test_without_a_keyring_nothing_is_offered(locked: Path, held: InMemory) -> None:
    held.broken = True
    assert not remembered.remember(locked, PASSPHRASE)
    assert remembered.recall(locked) is None
    remembered.forget(locked)
    keyring.set_keyring(keyring.backends.null.Keyring())
    assert not remembered.can_remember()
