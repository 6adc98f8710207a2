"""Versions and story in the window: a name, two states compared on the sheet, change by change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.domain.figures import Sketch
from gemba.domain.sheet import Sheet
from gemba.services.workspace import Workspace
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.pages.sheet_paper import PaperPanel
from gemba.ui.pages.sheet_versions import VersionsPanel
from gemba.ui.theme import Theme
from gemba.ui.widgets import Label
from tests.ui.pages.conftest import Steps
from tests.ui.pages.test_sheet import desk_over, enter


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    begun = workspace.sheets.begin("Half should leave before noon; 19 % do.")
    return workspace.sheets.set_box(
        begun.id, replace(begun.box("goal"), text="19 % leave before noon.")
    )


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go: Steps, sheet: Sheet) -> SheetPage:
    made = SheetPage(theme, desk=desk_over(workspace), bulletin=workspace.bulletin, go=go)
    qtbot.addWidget(made)
    made.resize(1208, 760)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.arrive(sheet=sheet.id)
    return made


def panel(page: SheetPage) -> VersionsPanel:
    page.drawers.open("versions")
    assert isinstance(page.drawers.panel, VersionsPanel)
    return page.drawers.panel


def words(part: VersionsPanel) -> str:
    return "\n".join(one.text() for one in part.findChildren(Label) if not one.isHidden())


def test_a_version_is_named_and_compared_with_now_on_the_sheet(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    part = panel(page)
    qtbot.keyClicks(part.name.line, "Before the round")
    qtbot.keyClick(part.name.line, Qt.Key.Key_Return)
    assert [one.name for one in workspace.sheets.get(sheet.id).versions] == ["Before the round"]
    box = workspace.sheets.get(sheet.id).box("goal")
    workspace.sheets.set_box(sheet.id, replace(box, text="31 % leave before noon."))
    assert part.first.text() == "Before the round"
    qtbot.mouseClick(part.compare, Qt.MouseButton.LeftButton)
    assert page.compared is not None
    assert page.notice.isVisible()
    assert "Before the round compared with now" in page.notice.words.text()
    qtbot.waitUntil(lambda: "New: 31\nTaken away: 19" in words(part))
    spoken = page.view.areas["goal"].accessibleDescription() + str(page.view.areas["goal"].facts)
    assert "new: 31" in spoken
    # Nothing can be written into a comparison, and the way back shows the sheet as it is.
    assert not page.may_write()
    page.view.areas["goal"].setFocus(Qt.FocusReason.TabFocusReason)
    assert page.editor is None
    qtbot.mouseClick(page.notice.button, Qt.MouseButton.LeftButton)
    assert page.compared is None
    assert page.may_write()
    assert page.shown().box("goal").text == "31 % leave before noon."


@pytest.mark.parametrize("name", ["", "   ", "x" * 5_000])
def test_a_name_that_is_none_is_said_beside_the_field_and_stays_there(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet, name: str
) -> None:
    part = panel(page)
    part.name.line.setText(name)
    qtbot.mouseClick(part.keep, Qt.MouseButton.LeftButton)
    assert workspace.sheets.get(sheet.id).versions == ()
    assert part.name.text() == name


def test_a_name_that_is_taken_away_comes_back_by_undo(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet, go: Steps
) -> None:
    workspace.story.name(sheet.id, "Draft")
    part = panel(page)
    part.named.rows()[0].actions_offered[1].run(part.named.rows()[0].words.key)
    assert workspace.sheets.get(sheet.id).versions == ()
    assert go.undo is not None
    go.undo()
    assert [one.name for one in workspace.sheets.get(sheet.id).versions] == ["Draft"]


def test_going_back_shows_each_change_with_the_question_before_it(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    workspace.sheets.ask(sheet.id, "goal", "By when, and for whom?")
    box = workspace.sheets.get(sheet.id).box("goal")
    workspace.sheets.set_box(sheet.id, replace(box, text="35 % leave before noon by 11 December."))
    part = panel(page)
    assert part.turns.place.text() == "2 changes"
    qtbot.mouseClick(part.turns.back, Qt.MouseButton.LeftButton)
    assert part.turns.place.text() == "Change 2 of 2"
    qtbot.waitUntil(lambda: "By when, and for whom?" in words(part))
    assert page.compared is not None
    assert page.compared.comparison.before.box("goal").text == "19 % leave before noon."
    qtbot.mouseClick(part.turns.back, Qt.MouseButton.LeftButton)
    assert "By when, and for whom?" not in words(part)
    assert not part.turns.back.isEnabled()
    qtbot.mouseClick(part.turns.on, Qt.MouseButton.LeftButton)
    assert part.turns.place.text() == "Change 2 of 2"


def test_a_sheet_with_nothing_before_says_so_and_offers_no_comparison(
    page: SheetPage, workspace: Workspace
) -> None:
    begun = workspace.sheets.begin("Nothing is written yet.")
    page.arrive(sheet=begun.id)
    part = panel(page)
    assert "There is no earlier state of this sheet here yet." in words(part)
    assert not part.compare.isEnabled()
    assert not part.turns.back.isEnabled()
    assert not part.turns.on.isEnabled()


def test_the_comparison_is_what_is_printed(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    workspace.story.name(sheet.id, "Draft")
    workspace.sheets.put_figure(sheet.id, "goal", Sketch(id="s"))
    part = panel(page)
    qtbot.mouseClick(part.compare, Qt.MouseButton.LeftButton)
    assert part.print.isVisible()
    qtbot.mouseClick(part.print, Qt.MouseButton.LeftButton)
    assert page.drawers.key == "print"
    compared = workspace.exports.draw_sheet(page.shown(), compared=page.compared)
    assert compared.pdf != workspace.exports.draw_sheet(page.shown()).pdf
    assert page.compared is not None


def test_one_box_is_gone_through_by_itself(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    for box, text in (("current", "Seen."), ("goal", "35 % by 11 December."), ("current", "Both.")):
        held = workspace.sheets.get(sheet.id).box(box)
        workspace.sheets.set_box(sheet.id, replace(held, text=text))
    part = panel(page)
    assert part.turns.place.text() == "4 changes"
    part.turns.choose("goal")
    assert part.turns.place.text() == "2 changes"
    assert part.turns.which.text() == "Goal"
    qtbot.mouseClick(part.turns.on, Qt.MouseButton.LeftButton)
    assert page.compared is not None
    assert list(page.compared.comparison.boxes) == ["goal"]
    assert page.compared.comparison.after.box("current").text == ""
    part.turns.choose("")
    assert part.turns.place.text() == "4 changes"


def test_a_sheet_of_another_type_since_is_compared_with_the_names_of_its_old_boxes(
    page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    workspace.story.name(sheet.id, "Draft")
    workspace.formats.change_type(sheet.id, workspace.catalog.sheet("proposal"))
    part = panel(page)
    part._compare_named(workspace.sheets.get(sheet.id).versions[0].id)
    assert page.compared is not None
    assert "Goal" in page.compared.labels.values()
    page.look_at()
    assert page.compared is None


def test_a_named_version_says_its_name_while_it_is_shown(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    workspace.story.name(sheet.id, "Draft")
    box = workspace.sheets.get(sheet.id).box("goal")
    workspace.sheets.set_box(sheet.id, replace(box, text="31 % leave before noon."))
    part = panel(page)
    qtbot.mouseClick(part.named.rows()[0], Qt.MouseButton.LeftButton)
    assert "“Draft”" in page.notice.words.text()
    assert page.shown().box("goal").text == "19 % leave before noon."
    # The panel goes on with the sheet as it is, and a comparison can follow at once.
    part._compare_named(workspace.sheets.get(sheet.id).versions[0].id)
    assert page.compared is not None
    assert "goal" in page.compared.comparison.boxes


def test_while_an_older_state_is_shown_names_are_kept_and_that_state_can_be_named(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    workspace.story.name(sheet.id, "First")
    box = workspace.sheets.get(sheet.id).box("goal")
    workspace.sheets.set_box(sheet.id, replace(box, text="31 % leave before noon."))
    workspace.story.name(sheet.id, "Second")
    part = panel(page)
    first = next(one for one in part.named.rows() if one.words.strong == "First")
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    part.refresh()
    part._read_again()
    assert [one.words.strong for one in part.named.rows()] == ["Second", "First"]
    # A name that is given now is for what is shown.
    qtbot.keyClicks(part.name.line, "First again")
    qtbot.mouseClick(part.keep, Qt.MouseButton.LeftButton)
    assert page.shown().box("goal").text == "19 % leave before noon."
    held = {one.name: one.revision for one in workspace.sheets.get(sheet.id).versions}
    assert held["First again"] == held["First"]
    part._unname(next(one.id for one in workspace.sheets.get(sheet.id).versions))
    names = [one.name for one in workspace.sheets.get(sheet.id).versions]
    assert names == ["Second", "First again"]


def test_panels_that_write_show_the_sheet_as_it_is_first(
    page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    named = workspace.story.name(sheet.id, "First")
    box = named.box("goal")
    workspace.sheets.set_box(sheet.id, replace(box, text="31 % leave before noon."))
    for key in ("review", "consent", "closing"):
        page.look_at(revision=named.versions[0].revision)
        assert page.shown().box("goal").text == "19 % leave before noon."
        page.drawers.open(key)
        assert page.shown().box("goal").text == "31 % leave before noon."


def long_sheet(workspace: Workspace, sheet: Sheet) -> None:
    box = workspace.sheets.get(sheet.id).box("goal")
    words = " ".join(f"word{number}" for number in range(9_000))
    workspace.sheets.set_box(sheet.id, replace(box, text=f"19 %\n{words}"))
    workspace.story.name(sheet.id, "Long")
    box = workspace.sheets.get(sheet.id).box("goal")
    workspace.sheets.set_box(sheet.id, replace(box, text=f"31 %\n{words}"))


def test_long_states_are_compared_and_printed_beside_the_window(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    long_sheet(workspace, sheet)
    page.arrive(sheet=sheet.id)
    part = panel(page)
    qtbot.mouseClick(part.compare, Qt.MouseButton.LeftButton)
    assert page.compared is None
    assert "Comparing …" in [one.text() for one in part.findChildren(Label)]
    qtbot.waitUntil(lambda: "Taken away: 19" in words(part))
    assert "Comparing …" not in words(part)
    assert page.compared is not None
    qtbot.mouseClick(part.print, Qt.MouseButton.LeftButton)
    paper = page.drawers.panel
    assert isinstance(paper, PaperPanel)
    assert not paper.waiting.isHidden()
    qtbot.waitUntil(paper.waiting.isHidden)
    assert paper.printing.turner.isVisible()
    page.look_at()
    part = panel(page)
    qtbot.mouseClick(part.turns.back, Qt.MouseButton.LeftButton)
    assert page.compared is None
    qtbot.waitUntil(lambda: page.compared is not None)
    qtbot.waitUntil(lambda: "Taken away: 19" in words(part))


def test_a_long_comparison_does_not_take_anybody_away_from_writing(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet, go: Steps
) -> None:
    long_sheet(workspace, sheet)
    page.arrive(sheet=sheet.id)
    part = panel(page)
    qtbot.mouseClick(part.compare, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(enter(qtbot, page, "background"), "Still writing")
    qtbot.waitUntil(lambda: any("went on writing" in one for one in go.said))
    assert page.compared is None
    assert page.editor is not None


def test_of_two_long_comparisons_the_later_one_is_shown(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    long_sheet(workspace, sheet)
    page.arrive(sheet=sheet.id)
    part = panel(page)
    qtbot.mouseClick(part.compare, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(part.turns.back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.compared is not None)
    assert page.compared is not None
    assert page.compared.before == "what stood before"
    assert page.desk.tasks.busy == 0
