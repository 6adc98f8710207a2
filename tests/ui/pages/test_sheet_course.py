"""Stage and closing in the window: by a sentence, with nothing required, and back again."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.domain.sheet import Sheet
from gemba.services.workspace import Workspace
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.pages.sheet_about import AboutPanel
from gemba.ui.pages.sheet_closing import ClosingPanel
from gemba.ui.pages.sheet_stages import StagePart
from gemba.ui.theme import Theme
from tests.ui.pages.conftest import Steps
from tests.ui.pages.test_sheet import open_sheet

_LATER = ("23 Jan 2027", "22 Feb 2027")


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    return workspace.sheets.begin("Half should leave before noon; 19 % do.")


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go: Steps, sheet: Sheet) -> SheetPage:
    return open_sheet(qtbot, theme, workspace, go, sheet)


def stages(page: SheetPage) -> StagePart:
    page.drawers.open("about")
    assert isinstance(page.drawers.panel, AboutPanel)
    return page.drawers.panel.stage


def closing(page: SheetPage) -> ClosingPanel:
    page.drawers.open("closing")
    assert isinstance(page.drawers.panel, ClosingPanel)
    return page.drawers.panel


def test_a_click_on_a_stage_moves_nothing_until_the_sentence_is_stated(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet, go: Steps
) -> None:
    part = stages(page)
    assert part.why.isHidden()
    qtbot.mouseClick(part.choices["cause"], Qt.MouseButton.LeftButton)
    assert workspace.sheets.get(sheet.id).stage == "grasp"
    qtbot.mouseClick(part.state, Qt.MouseButton.LeftButton)
    assert workspace.sheets.get(sheet.id).stage == "grasp"
    qtbot.keyClicks(part.why.edit, "Six mornings say the same.")
    # What is half stated stays when the drawer is closed and opened again.
    page.drawers.close()
    part = stages(page)
    assert part.why.text() == "Six mornings say the same."
    assert part.choices["cause"].isChecked()
    qtbot.mouseClick(part.state, Qt.MouseButton.LeftButton)
    held = workspace.sheets.get(sheet.id)
    assert (held.stage, held.stage_steps[0].why) == ("cause", "Six mornings say the same.")
    assert part.why.isHidden()
    assert go.undo is not None
    go.undo()
    assert workspace.sheets.get(sheet.id).stage == "grasp"


def test_who_does_not_have_the_pen_is_told_and_keeps_what_was_typed(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    workspace.sheets.set_people(sheet.id, owner="Maria")
    workspace.recorder.set_who("Tomas")
    page.arrive(sheet=sheet.id)
    part = stages(page)
    qtbot.mouseClick(part.choices["try"], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(part.why.edit, "I think so.")
    qtbot.mouseClick(part.state, Qt.MouseButton.LeftButton)
    assert workspace.sheets.get(sheet.id).stage == "grasp"
    assert part.why.text() == "I think so."


def test_a_sheet_is_closed_with_what_there_is_and_opened_again(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet, go: Steps
) -> None:
    part = closing(page)
    qtbot.keyClicks(part.fields["standard"].edit, "Names by 14:30")
    page.drawers.close()
    part = closing(page)
    assert part.fields["standard"].text() == "Names by 14:30"
    qtbot.mouseClick(part.looks[1][0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(part.close_it, Qt.MouseButton.LeftButton)
    held = workspace.sheets.get(sheet.id)
    assert held.closing is not None
    assert part.go_on.hasFocus(), "the button that closed it is gone"
    assert held.closing.standard == "Names by 14:30"
    assert [one.on for one in held.checks] == [date(2026, 12, 24), date(2027, 2, 22)]
    assert go.undo is not None
    go.undo()
    assert workspace.sheets.get(sheet.id).closing is None
    assert workspace.sheets.get(sheet.id).checks == ()
    part = closing(page)
    assert part.fields["standard"].text() == "Names by 14:30"
    qtbot.mouseClick(part.close_it, Qt.MouseButton.LeftButton)
    assert [one.words.age for one in part.waiting.rows()] == ["Thu 24 Dec", *_LATER]
    look = part.waiting.rows()[0]
    look.actions_offered[0].run(look.words.key)
    stops = workspace.walks.all()[0].stops
    assert "30 days" in stops[0].look_for
    assert go.said[-1].startswith("It is a stop on the next walk: 30 days")
    qtbot.mouseClick(part.reopen, Qt.MouseButton.LeftButton)
    held = workspace.sheets.get(sheet.id)
    assert held.closing is None
    assert len(held.checks) == 3


def test_a_day_that_has_a_check_already_is_not_asked_for_again(
    page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    page.sheet = workspace.sheets.add_check(sheet.id, "Is 35 % normal?", date(2026, 12, 27))
    part = closing(page)
    assert [box.isChecked() for box, _field in part.looks] == [False, True, True]
    assert not part.looks[0][1].isEnabled()


def test_a_look_without_a_day_is_asked_for_before_anything_is_closed(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    part = closing(page)
    part.looks[0][1].set_value(None)
    qtbot.mouseClick(part.close_it, Qt.MouseButton.LeftButton)
    assert workspace.sheets.get(sheet.id).closing is None


def test_the_next_problem_is_written_after_closing_and_begins_its_sheet(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet, go: Steps
) -> None:
    part = closing(page)
    qtbot.mouseClick(part.close_it, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(part.go_on, Qt.MouseButton.LeftButton)
    assert go.places == []
    qtbot.keyClicks(part.fields["next_problem"].edit, "Sundays are worse.")
    qtbot.mouseClick(part.go_on, Qt.MouseButton.LeftButton)
    place, what = go.places[-1]
    assert place == "sheet"
    made = workspace.sheets.get(what["sheet"])  # type: ignore[arg-type]
    assert made.title == "Sundays are worse."
    part = closing(page)
    assert part.go_on.text() == "Open the next sheet"
    # Open again it still leads there, and closed once more it begins no second one.
    qtbot.mouseClick(part.reopen, Qt.MouseButton.LeftButton)
    assert part.go_on.text() == "Open the next sheet"
    qtbot.mouseClick(part.close_it, Qt.MouseButton.LeftButton)
    assert part.go_on.text() == "Open the next sheet"
    qtbot.mouseClick(part.go_on, Qt.MouseButton.LeftButton)
    assert go.places[-1][1]["sheet"] == made.id
