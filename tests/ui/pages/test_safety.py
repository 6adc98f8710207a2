"""The safety page: what it says, and that each of its buttons does it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.domain.backup import SecondPlace
from gemba.domain.errors import Damaged
from gemba.services.recorder import SaveState
from gemba.services.workspace import Workspace
from gemba.ui.pages.safety import SafetyPage
from gemba.ui.pages.safety_words import ago, at_a_glance, in_short
from gemba.ui.theme import Theme
from gemba.ui.widgets.safety_chip import SafetyChip
from gemba.words import Words
from tests.ui.dialogs import answering
from tests.ui.pages.conftest import Clock


class Asked:
    """Which backups the page asked to bring back."""

    def __init__(self) -> None:
        self.names: list[str] = []


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def page(
    qtbot: QtBot, theme: Theme, workspace: Workspace, clock: Clock, asked: Asked
) -> SafetyPage:
    made = SafetyPage(
        theme,
        backups=workspace.backups,
        folder=workspace.store.folder,
        restore=asked.names.append,
        words=Words(),
        saved=lambda: workspace.recorder.state,
        now=clock,
    )
    qtbot.addWidget(made)
    made.resize(1000, 1400)
    made.show()
    made.arrive()
    qtbot.waitUntil(lambda: workspace.backups.safety.known)
    return made


def test_before_the_first_backup(page: SafetyPage) -> None:
    assert "There is no backup yet" in page.last.text()
    assert page.none.isVisible()
    assert not page.points.isVisible()
    assert not page.prove.isEnabled()
    assert not page.trouble.isVisible()
    assert page.page_title() == "Safety"


def test_back_up_now(qtbot: QtBot, page: SafetyPage, workspace: Workspace, clock: Clock) -> None:
    workspace.people.person("Marta")
    qtbot.mouseClick(page.make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page.points.rows.rows()) and page.make.isEnabled())
    assert "just now" in page.last.text()
    assert "1 record" in page.last.text()
    assert "Nothing has changed since." in page.last.text()
    (row,) = page.points.rows.rows()
    assert row.words.strong == "Today, 10:00"
    assert row.words.small == "when you asked · 1 record"
    clock.move(minutes=12)
    workspace.people.person("Ines")
    page.arrive()
    qtbot.waitUntil(lambda: "12 min ago" in page.last.text())
    qtbot.waitUntil(lambda: "Nothing has changed" not in page.last.text())


def test_proving_says_what_it_found(qtbot: QtBot, page: SafetyPage, workspace: Workspace) -> None:
    workspace.people.person("Marta")
    workspace.backups.make()
    qtbot.waitUntil(page.prove.isEnabled)
    qtbot.mouseClick(page.prove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.found.isVisible)
    said = page.found.words.text()
    assert said.startswith(
        "Proved just now: the backup of Today, 10:00 brings everything back as it"
    )
    assert "1 record, in " in said
    assert page.found.kind == "good"


def test_a_backup_that_rotted_is_not_called_good(
    qtbot: QtBot, page: SafetyPage, workspace: Workspace
) -> None:
    workspace.people.person("Marta")
    name = workspace.backups.make().name
    (workspace.store.folder / "backups" / f"{name}.db").write_bytes(b"rotten")
    qtbot.waitUntil(page.prove.isEnabled)
    qtbot.mouseClick(page.prove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.found.isVisible)
    assert page.found.kind == "stop"
    assert "does not bring everything back" in page.found.words.text()
    assert "no longer what was written" in page.found.words.text()


def test_a_restore_point_shows_what_it_holds_and_is_brought_back(
    qtbot: QtBot, page: SafetyPage, workspace: Workspace, asked: Asked
) -> None:
    workspace.people.person("Marta")
    name = workspace.backups.make("before import").name
    qtbot.waitUntil(lambda: bool(page.points.rows.rows()))
    (row,) = page.points.rows.rows()
    assert "before an import" in row.words.small
    row.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert page.points.preview.text().startswith("Today, 10:00: 1 person. Written last: person")
    assert "backed up first" in page.points.preview.text()
    qtbot.mouseClick(page.points.bring, Qt.MouseButton.LeftButton)
    assert asked.names == [name]


def test_one_click_on_a_row_is_enough(
    qtbot: QtBot, page: SafetyPage, workspace: Workspace, asked: Asked
) -> None:
    workspace.people.person("Marta")
    name = workspace.backups.make().name
    qtbot.waitUntil(lambda: bool(page.points.rows.rows()) and page.points.isEnabled())
    (row,) = page.points.rows.rows()
    row.setFocus(Qt.FocusReason.TabFocusReason)
    (button,) = row.action_buttons()
    assert button.text() == "Bring back"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.names == [name]


def test_only_a_few_show_until_all_are_asked_for(
    qtbot: QtBot, page: SafetyPage, workspace: Workspace
) -> None:
    workspace.people.person("Marta")
    for _ in range(7):
        workspace.backups.make()
    qtbot.waitUntil(lambda: page.points.more.text() == "Show all 7")
    assert len(page.points.rows.rows()) == 5
    qtbot.mouseClick(page.points.more, Qt.MouseButton.LeftButton)
    assert len(page.points.rows.rows()) == 7
    assert not page.points.more.isVisible()


def test_a_second_place_is_chosen_missed_and_given_up(
    qtbot: QtBot,
    page: SafetyPage,
    workspace: Workspace,
    tmp_path: Path,
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    workspace.people.person("Marta")
    workspace.backups.make()
    with answering(stick):
        qtbot.mouseClick(page.choose, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "has every backup" in page.second.text())
    stick.rename(tmp_path / "drawer")
    workspace.backups.make()
    qtbot.waitUntil(lambda: "is not there now. 1 backup waits" in page.second.text())
    assert not page.trouble.isVisible()
    qtbot.mouseClick(page.forget, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "When the laptop is lost" in page.second.text())


def test_backups_from_before_the_passphrase_are_named(
    page: SafetyPage, workspace: Workspace
) -> None:
    names = tuple(f"2026-11-{day:02}T10-30-00Z-{day:06}" for day in range(10, 17))
    assert not page.plain.isVisible()
    page._show(
        replace(
            workspace.backups.safety,
            second=SecondPlace(folder="/stick", plain=names),
            before=(SecondPlace(folder="/share", there=True, plain=names[:1]),),
        )
    )
    stick, share = page.plain.words.text().split("\n")
    assert "/stick, which is not there now" in stick
    assert "Mon 16 Nov, 11:30; Sun 15 Nov, 11:30; Sat 14 Nov" in stick
    assert "2 more" in stick
    assert "11 Nov" not in stick
    assert "locked when it comes back" in stick
    assert "In /share are" in share
    assert "10 Nov, 11:30" in share
    page._show(workspace.backups.safety)
    assert not page.plain.isVisible()


def test_no_folder_chosen_changes_nothing(
    qtbot: QtBot, page: SafetyPage, workspace: Workspace
) -> None:
    with answering(None):
        qtbot.mouseClick(page.choose, Qt.MouseButton.LeftButton)
    assert workspace.backups.safety.second is None


def test_damage_is_said_where_one_looks(
    qtbot: QtBot, page: SafetyPage, workspace: Workspace, clock: Clock
) -> None:
    workspace.people.person("Marta")
    workspace.backups.make()
    with workspace.store._disk.writing() as connection:
        connection.exec_driver_sql("UPDATE person SET name = 'Somebody else'")
    with pytest.raises(Damaged):
        workspace.backups.make()
    qtbot.waitUntil(page.trouble.isVisible)
    said = page.trouble.words.text()
    assert "in a backup of its own, and every earlier backup stays" in said
    assert in_short(workspace.backups.safety, clock()) == "Backup needs you"
    assert page.points.rows.rows(), "the way back is on the same page"


def test_the_page_does_not_claim_what_is_not_so(
    qtbot: QtBot, theme: Theme, workspace: Workspace, clock: Clock
) -> None:
    state = SaveState(trouble=Damaged("store.full"))
    page = SafetyPage(
        theme,
        backups=workspace.backups,
        folder=workspace.store.folder,
        restore=lambda _name: None,
        words=Words(),
        saved=lambda: state,
        now=clock,
    )
    qtbot.addWidget(page)
    page.arrive()
    assert "not on the disk yet" in page.saved.text()


def test_times_are_said_as_people_do(qtbot: QtBot, theme: Theme, clock: Clock) -> None:
    now = clock()
    clock.move(seconds=30)
    assert ago(now, clock()) == "just now"
    clock.move(minutes=41)
    assert ago(now, clock()) == "41 min ago"
    clock.move(hours=3)
    assert ago(now, clock()) == "3 h ago"
    clock.move(hours=20)
    assert ago(now, clock()) == "Yesterday, 10:00"
    assert ago(clock(), now) == "Tomorrow, 09:41"
    assert at_a_glance(None, 0, now) == "No backup yet"
    assert at_a_glance(now, 1, now) == "Verified backup just now · 1 restore point"
    chip = SafetyChip(theme)
    qtbot.addWidget(chip)
    chip.say(at_a_glance(now, 14, now))
    assert chip.accessibleName() == "Verified backup just now · 14 restore points"
    narrow = chip.sizeHint().width()
    chip.say("Backup needs you", calm=False)
    assert chip.kind == "stop"
    assert chip.sizeHint().width() < narrow
