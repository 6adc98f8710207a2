"""The thread in the margin: drawn, reached by keys, and leading where a knot stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.figures.plan import Action
from gemba.domain.link import ACTS_ON
from gemba.domain.sheet import Sheet
from gemba.services.workspace import Workspace
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.pages.sheet_about import AboutPanel
from gemba.ui.pages.sheet_margin import MarginPanel
from gemba.ui.pages.sheet_thread import ThreadPanel
from gemba.ui.pages.sheet_ties import TiePanel
from gemba.ui.theme import Theme
from gemba.ui.widgets.thread_view import corner_of
from tests.domain.test_thread_picture import FULL, PLAN
from tests.ui.pages.conftest import Steps
from tests.ui.pages.test_sheet import desk_over


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    begun = workspace.sheets.begin("19 % leave before noon")
    return workspace.recorder.put(replace(begun, boxes=FULL.boxes))[0]  # type: ignore[return-value]


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go: Steps, sheet: Sheet) -> SheetPage:
    made = SheetPage(theme, desk=desk_over(workspace), bulletin=workspace.bulletin, go=go)
    qtbot.addWidget(made)
    made.resize(1208, 760)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.arrive(sheet=sheet.id)
    made.drawers.open("margin")
    return made


def thread(page: SheetPage) -> ThreadPanel:
    panel = page.drawers.panel
    assert isinstance(panel, MarginPanel)
    return panel.picture


def words(page: SheetPage) -> dict[str, str]:
    return {row.words.strong: row.words.small for row in thread(page).rows.rows()}


def test_a_thread_that_has_only_begun_is_not_called_whole(
    page: SheetPage, workspace: Workspace
) -> None:
    begun = workspace.sheets.begin("31 pallets wait at dock 3")
    workspace.sheets.write_box(begun.id, "current", "31 of 120 wait.", visit="")
    workspace.recorder.settle()
    page.arrive(sheet=begun.id)
    page.drawers.open("margin")
    told = thread(page).state.text()
    assert told == "What stands here is tied. Not written yet: cause, try, action, check."


def test_what_hangs_loose_is_listed_with_what_it_lacks(page: SheetPage) -> None:
    assert words(page)["A second runner"] == "no cause, no action"
    assert words(page)["Show it"] == "no countermeasure, no check"
    assert thread(page).view.accessibleName() == "Thread of this sheet: 9 knots, 6 loose"
    assert "Cause: A Nobody names who leaves" in thread(page).view.accessibleDescription()


def test_a_row_leads_to_where_it_stands_and_offers_to_tie_it(qtbot: QtBot, page: SheetPage) -> None:
    row = next(one for one in thread(page).rows.rows() if one.words.strong == "Show it")
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert page.view.column
    assert page.view.current == "plan"
    panel = page.drawers.panel
    assert isinstance(panel, MarginPanel)
    assert (panel.box, panel.part) == ("plan", "plan/p/2")
    row = next(one for one in thread(page).rows.rows() if one.words.strong == "Show it")
    row.actions_offered[0].run(row.words.key)
    assert page.drawers.key == "tie"
    assert page.drawers.panel.part == "plan/p/2"  # type: ignore[union-attr]


def test_a_plan_of_thousands_is_listed_in_part_and_drawn_whole(
    page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    actions = tuple(Action(id=str(n), what=f"Action {n}") for n in range(2_000))
    workspace.sheets.put_figure(sheet.id, "plan", replace(PLAN, actions=actions))
    assert len(words(page)) == 40
    lacking = len({one.knot for one in thread(page).view.picture.loose})
    assert lacking > 2_000
    assert thread(page).more.text() == f"And {lacking - 40} more, hollow in the picture."
    assert thread(page).view.picture.rows >= 2_000


def test_a_tie_takes_the_row_away(page: SheetPage, workspace: Workspace) -> None:
    assert page.sheet is not None
    assert page.definition is not None
    before = len(words(page))
    own = Ref("sheet", page.sheet.id)
    workspace.thread.tie(ACTS_ON, own, own, from_part="check", to_part="plan")
    assert len(words(page)) == before - 1
    assert "Check" not in words(page)


def test_arrows_walk_the_picture_and_enter_goes_there(qtbot: QtBot, page: SheetPage) -> None:
    view = thread(page).view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert thread(page).said.text() == "Gap: 19 % leave before noon"
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert thread(page).said.text() == "Cause: A Nobody names who leaves"
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert thread(page).said.text() == "Cause: B The printer is on floor 2"
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert page.view.current == "analysis"


def test_a_click_on_a_knot_goes_there(qtbot: QtBot, page: SheetPage) -> None:
    view = thread(page).view
    knots = view.picture.knots
    number = next(at for at, knot in enumerate(knots) if knot.part == "plan/p/1")
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=corner_of(view, number))
    assert page.view.current == "plan"


def test_a_check_of_the_sheet_is_listed_leads_to_its_row_and_can_be_tied(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    made = workspace.sheets.add_check(sheet.id, "30 days: does it hold?", date(2026, 12, 22))
    (check,) = made.checks
    assert words(page)["30 days: does it hold?"] == "no action"
    said = thread(page).view.accessibleDescription()
    assert "Check: 30 days: does it hold? · Tue 22 Dec" in said
    row = next(one for one in thread(page).rows.rows() if one.words.key == check.id)
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    panel = page.drawers.panel
    assert isinstance(panel, AboutPanel)
    focused = [one for one in panel.checks.rows() if one.hasFocus()]
    assert [one.words.key for one in focused] == [check.id]
    page.drawers.open("margin")
    row = next(one for one in thread(page).rows.rows() if one.words.key == check.id)
    row.actions_offered[0].run(row.words.key)
    panel = page.drawers.panel
    assert isinstance(panel, TiePanel)
    assert panel.part == check.id
    assert page.sheet is not None
    assert page.definition is not None
    own = Ref("sheet", sheet.id)
    link = page.ties.tie(page.sheet, page.definition, check.id, own, "plan/p/2")
    assert (link.from_part, link.to_part) == (check.id, "plan/p/2")
    offered = page.ties.candidates(page.sheet, page.definition, "plan/p/1")
    assert [(one.kind, one.words) for one in offered if one.part == check.id] == [
        ("check", "30 days: does it hold?")
    ]
    page.drawers.open("margin")
    assert "30 days: does it hold?" not in words(page)
    page.arrive(sheet=sheet.id, box=check.id)
    panel = page.drawers.panel
    assert isinstance(panel, AboutPanel)
    assert [one.words.key for one in panel.checks.rows() if one.hasFocus()] == [check.id]


def test_a_check_is_gone_to_see_on_a_walk_and_its_chip_opens_that_walk(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, go: Steps, sheet: Sheet
) -> None:
    plan, area = workspace.walks.plan, workspace.people.area("Ward 6")
    plan("Elsewhere", planned_on=date(2026, 11, 25))
    there = plan("On the ward", area_id=area.id, planned_on=date(2026, 12, 9))
    workspace.sheets.set_people(sheet.id, area="Ward 6")
    made = workspace.sheets.add_check(sheet.id, "Does it hold?", date(2026, 12, 22))
    page.arrive(sheet=sheet.id, box=made.checks[0].id)
    panel = page.drawers.panel
    assert isinstance(panel, AboutPanel)
    assert panel.tied.isHidden()
    (row,) = panel.checks.rows()
    (see,) = row.actions_offered
    see.run(row.words.key)
    assert go.said[-1] == "It is a stop on the next walk: On the ward"
    (stop,) = workspace.walks.get(there.id).stops
    assert (stop.place, stop.look_for, stop.origin_part) == (
        "Ward 6",
        "Does it hold?",
        made.checks[0].id,
    )
    (chip,) = panel.tied.chips()
    chip.click()
    assert go.opened[-1] == (Ref("walk", there.id), stop.id)
