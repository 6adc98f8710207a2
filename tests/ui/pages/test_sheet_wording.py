"""Questions about wording beside the sheet: marks, the slip, the keys, and what stays away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from gemba.domain.figures import Countermeasures, FiveWhys
from gemba.domain.figures.countermeasures import Option
from gemba.domain.figures.five_whys import Why
from gemba.domain.sheet import Sheet
from gemba.domain.sheet_story import Dismissed
from gemba.services.workspace import Workspace
from gemba.ui.figures.countermeasures import CountermeasuresEditor
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.pages.sheet_margin import MarginPanel
from gemba.ui.theme import Theme
from gemba.ui.widgets import Button, Label
from gemba.ui.widgets.sheet_mark import SheetMark
from tests.ui.pages.conftest import Steps
from tests.ui.pages.test_sheet import desk_over, enter

TREE = FiveWhys(
    id="t",
    whys=(
        Why(id="g", text="31 pallets wait"),
        Why(id="a", parent="g", text="The clerk forgot the list"),
    ),
)


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    begun = workspace.sheets.begin("31 pallets wait at dock 3", owner="Maria")
    text = "The gate is shut at 6.\nOrders are often late. It rains."
    workspace.sheets.set_box(begun.id, replace(begun.box("current"), text=text))
    return workspace.sheets.put_figure(begun.id, "analysis", TREE)


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go: Steps, sheet: Sheet) -> SheetPage:
    made = SheetPage(theme, desk=desk_over(workspace), bulletin=workspace.bulletin, go=go)
    qtbot.addWidget(made)
    made.resize(1208, 760)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.arrive(sheet=sheet.id)
    made.wording.finish()
    return made


def questions(page: SheetPage) -> list[str]:
    return [one.check for one in page.wording.remarks]


def open_line(page: SheetPage) -> QLineEdit:
    (line,) = page.wording.slip.lines
    assert line.reason is not None
    edit = line.reason.findChild(QLineEdit)
    assert isinstance(edit, QLineEdit)
    return edit


def test_a_mark_stands_beside_the_line_of_its_sentence(page: SheetPage) -> None:
    assert questions(page) == ["no_measure", "ends_at_person"]
    mark = page.wording.marks["current", "", 1]
    box = page.view.box_at("current")
    assert box is not None
    line = page.view.rect_of(box.text.x, box.lines[1].baseline - 3.4, 10, 4.5)
    assert line.top() <= mark.geometry().center().y() <= line.bottom()
    assert mark.geometry().right() <= line.left() + 1
    assert "“often”" in mark.accessibleName()
    assert ("analysis", "t", -1) in page.wording.marks


def test_marks_of_the_column_that_is_out_of_sight_do_not_show_half(page: SheetPage) -> None:
    mark = page.wording.marks["current", "", 1]
    assert mark.isVisible()
    page.view.to_column("check")
    assert not mark.isVisible()
    # F8 goes there all the same.
    page.run("next_question")
    assert page.view.current == "current"
    assert mark.isVisible()
    page.view.whole()
    assert mark.isVisible()


def test_keys_go_from_question_to_question_and_back_into_the_text(
    qtbot: QtBot, page: SheetPage
) -> None:
    enter(qtbot, page, "current")
    qtbot.waitUntil(lambda: page.wording.line.isVisible())
    assert page.wording.line.text() == page.wording.remarks[0].question
    page.stop_writing()
    assert not page.wording.line.isVisible()
    page.write("current")
    assert page.wording.line.isVisible()
    page.run("next_question")
    slip = page.wording.slip
    assert slip.isVisible()
    assert slip.holds_focus()
    assert [one.remark.check for one in slip.lines] == ["no_measure"]
    page.run("next_question")
    assert [one.remark.check for one in slip.lines] == ["ends_at_person"]
    qtbot.keyClick(slip.lines[0].answer, Qt.Key.Key_Escape)
    assert not slip.isVisible()
    assert page.writing == "current"


def test_a_reason_takes_the_mark_away_and_stands_in_the_margin(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet, go: Steps
) -> None:
    page.drawers.open("margin")
    qtbot.mouseClick(page.wording.marks["current", "", 1], Qt.MouseButton.LeftButton)
    line = page.wording.slip.lines[0]
    qtbot.keyClick(line.answer, Qt.Key.Key_Return)
    qtbot.keyClick(open_line(page), Qt.Key.Key_Return)
    assert page.wording.slip.isVisible()
    assert workspace.sheets.get(sheet.id).dismissed == ()
    qtbot.keyClicks(open_line(page), "Counted on the chart")
    qtbot.keyClick(open_line(page), Qt.Key.Key_Return)
    assert not page.wording.slip.isVisible()
    assert questions(page) == ["ends_at_person"]
    assert ("current", "", 1) not in page.wording.marks
    assert [one.reason for one in workspace.sheets.get(sheet.id).dismissed] == [
        "Counted on the chart"
    ]
    assert go.undo is not None
    panel = page.drawers.panel
    assert isinstance(panel, MarginPanel)
    assert panel.wording is not None
    wording = panel.wording

    def again() -> list[Button]:
        found = [one for one in wording.findChildren(Button) if one.text() == "Ask again"]
        return [one for one in found if not one.isHidden()]

    qtbot.waitUntil(lambda: len(again()) == 1)
    again()[0].click()
    page.wording.finish()
    assert questions(page) == ["no_measure", "ends_at_person"]


def test_a_reason_that_is_left_is_kept_and_esc_drops_it(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    page.wording.open(("current", "", 1), pinned=True)
    page.wording.slip.lines[0].ask_reason()
    qtbot.keyClicks(open_line(page), "Dropped")
    qtbot.keyClick(open_line(page), Qt.Key.Key_Escape)
    assert not page.wording.slip.isVisible()
    assert workspace.sheets.get(sheet.id).dismissed == ()
    page.wording.open(("current", "", 1), pinned=True)
    page.wording.slip.lines[0].ask_reason()
    qtbot.keyClicks(open_line(page), "Counted on the chart")
    page.view.areas["goal"].setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.waitUntil(lambda: bool(workspace.sheets.get(sheet.id).dismissed))
    assert workspace.sheets.get(sheet.id).dismissed[0].reason == "Counted on the chart"


def test_a_reason_is_kept_when_the_page_is_left(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    page.wording.open(("current", "", 1), pinned=True)
    page.wording.slip.lines[0].ask_reason()
    qtbot.keyClicks(open_line(page), "In the slip")
    page.arrive(sheet=workspace.sheets.begin("12 of 40 kits lack a part").id)
    assert [one.reason for one in workspace.sheets.get(sheet.id).dismissed] == ["In the slip"]
    page.arrive(sheet=sheet.id)
    page.wording.finish()
    page.drawers.open("margin")
    panel = page.drawers.panel
    assert isinstance(panel, MarginPanel)
    assert panel.wording is not None
    (line,) = panel.wording.lines
    line.ask_reason()
    assert line.reason is not None
    edit = line.reason.findChild(QLineEdit)
    qtbot.keyClicks(edit, "In the margin")
    panel.focus_box("goal")
    reasons = [one.reason for one in workspace.sheets.get(sheet.id).dismissed]
    assert reasons == ["In the slip", "In the margin"]


def test_what_is_typed_is_read_after_a_pause_and_never_while_typing(
    qtbot: QtBot, page: SheetPage
) -> None:
    editor = enter(qtbot, page, "goal")
    qtbot.keyClicks(editor, "Introduce a board.")
    assert "target_action" not in questions(page)
    qtbot.waitUntil(lambda: "target_action" in questions(page))
    # The sentence is mended: its mark goes with the letters, before anything is read again.
    qtbot.keyClick(editor, Qt.Key.Key_Home)
    qtbot.keyClicks(editor, "Not ")
    qtbot.waitUntil(lambda: ("goal", "", 0) not in page.wording.marks)


def test_hundreds_of_reasons_are_kept_and_a_dozen_shown(
    page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    day = workspace.recorder.today()
    kept = tuple(
        Dismissed(check="solution", box="goal", sentence=f"We need {n}.", reason="So.", on=day)
        for n in range(300)
    )
    workspace.recorder.put(replace(workspace.sheets.get(sheet.id), dismissed=kept))
    page.drawers.show_notes("goal")
    panel = page.drawers.panel
    assert isinstance(panel, MarginPanel)
    assert panel.wording is not None
    said = [one.text() for one in panel.wording.findChildren(Label)]
    assert sum("set aside Today" in one for one in said) == 12
    assert "288 set aside before these are kept too." in said


def test_the_margin_lists_the_questions_of_a_box(page: SheetPage) -> None:
    page.drawers.open("margin")
    panel = page.drawers.panel
    assert isinstance(panel, MarginPanel)
    assert panel.wording is not None
    assert [one.remark.check for one in panel.wording.lines] == questions(page)
    panel.focus_box("analysis")
    assert [one.remark.check for one in panel.wording.lines] == ["ends_at_person"]


def test_nothing_of_it_reaches_paper_or_a_file(page: SheetPage, workspace: Workspace) -> None:
    assert page.sheet is not None
    with_marks = page.desk.paper.draw(page.sheet).pdf
    page.wording.clear()
    assert page.desk.paper.draw(page.sheet).pdf == with_marks
    assert not page.wording.marks


def test_who_may_not_write_reads_the_questions_and_answers_none(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    workspace.recorder.set_who("Nora")
    page.arrive(sheet=sheet.id)
    page.wording.finish()
    qtbot.mouseClick(page.wording.marks["current", "", 1], Qt.MouseButton.LeftButton)
    assert page.wording.slip.isVisible()
    assert page.wording.slip.lines[0].answer.isHidden()


def test_an_earlier_state_is_not_asked_about(page: SheetPage, sheet: Sheet) -> None:
    page.arrive(sheet=sheet.id, revision=2)
    page.wording.finish()
    assert page.wording.remarks == ()


def test_what_an_editor_asks_is_gone_once_it_is_answered(
    page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    option = Option(id="o", what="Remind the drivers", cause="The gate is shut", effect="5 of 31")
    figure = Countermeasures(id="c", options=(option,))
    page.sheet = workspace.sheets.put_figure(sheet.id, "countermeasures", figure)
    page.arrive(sheet=sheet.id)
    page.wording.finish()
    page.drawers.edit_figure("countermeasures", "c")
    editor = page.drawers.editor
    assert isinstance(editor, CountermeasuresEditor)
    said = editor.rows["o"].said
    assert "the right way the easy one" in said.text()
    (remark,) = [one for one in page.wording.remarks if one.check == "only_trains"]
    page.wording.answer(remark, "Until the gate is moved on 4 May")
    assert said.text() == ""
    workspace.wording.ask_again(sheet.id, page.sheet.dismissed[0])
    page.wording.read_again()
    page.wording.finish()
    assert "the right way the easy one" in said.text()


def test_another_sheet_begins_without_the_questions_of_the_one_before(
    page: SheetPage, workspace: Workspace
) -> None:
    other = workspace.sheets.begin("12 of 40 kits lack a part")
    page.arrive(sheet=other.id)
    assert not page.wording.marks
    page.wording.finish()
    assert page.wording.remarks == ()


@pytest.mark.parametrize("make", [lambda: "often " * 160_000, lambda: "Orders are late.\n" * 9_000])
def test_a_huge_text_is_read_in_slices(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet, make: Callable[[], str]
) -> None:
    workspace.sheets.set_box(sheet.id, replace(sheet.box("background"), text=make()))
    qtbot.waitUntil(lambda: page.sheet is not None and not page.sheet.box("background").empty)
    page.wording.finish()
    assert "ends_at_person" in questions(page)
    # So much is asked about in the margin alone, and a dozen at a time.
    assert not [at for at in page.wording.marks if at[0] == "background"]
    page.drawers.open("margin")
    panel = page.drawers.panel
    assert isinstance(panel, MarginPanel)
    assert panel.wording is not None
    assert len(panel.wording.lines) <= 12


def test_tab_goes_from_a_line_to_its_mark_and_keys_set_it_aside(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    page.wording.finish()
    enter(qtbot, page, "current")
    mark = page.wording.marks["current", "", 1]
    assert mark.accessibleName() == mark.text()
    assert "often" in mark.accessibleDescription()
    assert page.editor is not None
    qtbot.keyClick(page.editor, Qt.Key.Key_Tab)
    qtbot.waitUntil(mark.hasFocus)
    assert page.editor is None
    assert page.wording.slip.isVisible()
    qtbot.keyClick(mark, Qt.Key.Key_Escape)
    assert not page.wording.slip.isVisible()
    area = page.view.areas["current"]
    assert area.hasFocus()
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    qtbot.waitUntil(mark.hasFocus)
    qtbot.keyClick(mark, Qt.Key.Key_Return)
    (line,) = page.wording.slip.lines
    assert line.answer.hasFocus()
    qtbot.keyClick(line.answer, Qt.Key.Key_Space)
    assert line.reason is not None
    reason = page.window().focusWidget()
    assert reason is not None
    qtbot.keyClicks(reason, "It is counted below")
    qtbot.keyClick(reason, Qt.Key.Key_Return)
    assert [one.reason for one in workspace.sheets.get(sheet.id).dismissed] == [
        "It is counted below"
    ]
    assert ("current", "", 1) not in page.wording.marks
    assert area.hasFocus()
    # On it goes: from a box without a mark to its figures and the next box.
    qtbot.keyClick(area, Qt.Key.Key_Backtab)
    assert not isinstance(page.window().focusWidget(), SheetMark)


def test_the_title_and_figures_have_their_marks_in_the_order_of_tab(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    workspace.sheets.write(sheet.id, visit="v", title="We need to train the porters").result()
    page.arrive(sheet=sheet.id)
    page.wording.finish()
    title = page.wording.marks["", "", -1]
    assert page.view.boxes.title_marks == [title]
    assert title.nextInFocusChain() is next(iter(page.view.areas.values()))
    tree = page.wording.marks["analysis", "t", -1]
    assert page.view.areas["analysis"].nextInFocusChain() is tree
    assert tree.nextInFocusChain() is page.view.areas["analysis"].figures[0]
