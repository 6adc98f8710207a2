"""The settings' part about the passphrase: what it asks, what it refuses, and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.services.passphrase import (
    change_passphrase,
    check_new,
    must_unlock,
    remove_passphrase,
    set_passphrase,
    unlock,
)
from gemba.ui.pages.passphrase import PassphraseSection
from gemba.ui.theme import Theme
from gemba.words import Words
from tests.fresh import begin_folder

LEFT = Qt.MouseButton.LeftButton


class Desk:
    """The lock of a real folder, which no window holds open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.waits = 10
        self.locked = 0
        self.kept = False

    def forget(self) -> None:
        self.kept = False

    @property
    def set(self) -> bool:
        return must_unlock(self.folder)

    def minutes(self) -> int:
        return self.waits

    def set_minutes(self, minutes: int) -> None:
        self.waits = minutes

    def lock(self) -> bool:
        self.locked += 1
        return True

    def set_passphrase(self, passphrase: str) -> None:
        set_passphrase(self.folder, passphrase)

    def change_passphrase(self, old: str, new: str) -> None:
        change_passphrase(self.folder, old, new)

    def remove_passphrase(self, passphrase: str) -> None:
        remove_passphrase(self.folder, passphrase)


@pytest.fixture
def desk(data_dir: Path) -> Desk:
    return Desk(begin_folder(data_dir))


@pytest.fixture
def section(qtbot: QtBot, desk: Desk) -> PassphraseSection:
    made = PassphraseSection(Theme(False), desk=desk, words=Words())
    qtbot.addWidget(made)
    made.resize(680, 700)
    made.show()
    return made


def test_setting_asks_twice_and_refuses_what_is_none(
    section: PassphraseSection, desk: Desk, qtbot: QtBot
) -> None:
    assert not section.minutes.isVisible()
    qtbot.mouseClick(section.begin, LEFT)
    assert section.new.isVisible()
    assert not section.old.isVisible()
    qtbot.mouseClick(section.apply, LEFT)
    assert section.new.said() == "Write a passphrase."
    section.new.line.setText("x" * 1001)
    qtbot.mouseClick(section.apply, LEFT)
    assert "1000" in section.new.said()
    section.new.line.setText("go and see")
    section.again.line.setText("go and sea")
    qtbot.mouseClick(section.apply, LEFT)
    assert section.again.said() == "The two passphrases are not the same."
    assert not desk.set
    section.again.line.setText("go and see")
    qtbot.keyClick(section.again.line, Qt.Key.Key_Return)
    assert unlock(desk.folder, "go and see")


def test_changing_and_removing_ask_for_the_one_that_holds(
    section: PassphraseSection, desk: Desk, qtbot: QtBot
) -> None:
    desk.set_passphrase("old")
    section.show_now()
    qtbot.mouseClick(section.change, LEFT)
    for old, said in (("wrong", True), ("old", False)):
        section.old.line.setText(old)
        section.new.line.setText("new")
        section.again.line.setText("new")
        qtbot.mouseClick(section.apply, LEFT)
        assert bool(section.old.said()) is said
    assert unlock(desk.folder, "new")
    assert section.done.isVisible()
    assert section.new.text() == "", "nothing typed stays"
    qtbot.mouseClick(section.remove, LEFT)
    section.old.line.setText("old")
    qtbot.mouseClick(section.apply, LEFT)
    assert section.old.said().startswith("That passphrase does not open this")
    section.old.line.setText("new")
    qtbot.mouseClick(section.apply, LEFT)
    assert not desk.set


def test_minutes_and_lock_now(section: PassphraseSection, desk: Desk, qtbot: QtBot) -> None:
    desk.set_passphrase("old")
    desk.waits = 5
    section.show_now()
    assert section.minutes.value() == "5"
    section.minutes.chosen.emit("0")
    assert desk.waits == 0
    qtbot.mouseClick(section.now, LEFT)
    assert desk.locked == 1


def test_leaving_forgets_what_was_half_typed(
    section: PassphraseSection, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.mouseClick(section.begin, LEFT)
    section.new.line.setText("half")
    section.show_now()
    qtbot.mouseClick(section.begin, LEFT)
    assert section.new.text() == ""
    qtbot.mouseClick(section.cancel, LEFT)
    assert section.begin.isVisible()


def test_it_says_what_is_lost_and_what_is_not_covered(section: PassphraseSection) -> None:
    assert "lost passphrase is lost" in section.lost.text()
    for word in ("PDF", "memory", "swap", "names, sizes", "SSD"):
        assert word in section.limits.text()


def test_a_new_passphrase_may_be_anything_a_keyboard_gives() -> None:
    for passphrase in ("a", " ", "日本語", "🔑🔑", "x" * 1000, "'; DROP TABLE", "a\tb"):
        check_new(passphrase, passphrase)


def test_what_the_keyring_keeps_can_be_taken_from_it(
    qtbot: QtBot, section: PassphraseSection, desk: Desk
) -> None:
    desk.set_passphrase("long enough for it")
    desk.kept = True
    section.show_now()
    assert "keyring" in section.told.text()
    qtbot.mouseClick(section.forget, LEFT)
    assert not desk.kept
    assert section.forget.isHidden()
    assert "keyring" not in section.told.text()
    assert section.done.words.text() == "Gemba asks for the passphrase at each start again."
