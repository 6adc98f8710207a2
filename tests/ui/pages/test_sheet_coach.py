"""The coach's layer: questions at boxes and figures, counted on the sheet, and who has the pen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gemba.domain.figures import FiveWhys, RunChart
from gemba.domain.figures.five_whys import Why
from gemba.domain.sheet import Sheet
from gemba.services.workspace import Workspace
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.pages.sheet_margin import MarginPanel
from gemba.ui.theme import Theme
from gemba.ui.widgets import Button, Label, Radio, TextField
from gemba.ui.widgets.figure_area import FigureArea
from gemba.ui.widgets.sheet_card import CardPainter, CardState, CardWords, card_size
from gemba.ui.within import within
from tests.ui.pages.conftest import Steps
from tests.ui.pages.test_sheet import desk_over, enter
from tests.ui.pages.words_in_sight import words_in_sight

TREE = FiveWhys(id="t", caption="Why they wait", whys=(Why(id="g", text="31 pallets wait"),))


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    begun = workspace.sheets.begin("31 pallets wait at dock 3", owner="Maria")
    workspace.sheets.set_box(begun.id, replace(begun.box("current"), text="31 of 120 wait."))
    workspace.sheets.put_figure(begun.id, "analysis", TREE)
    return workspace.sheets.put_figure(begun.id, "analysis", RunChart(id="r"))


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go: Steps, sheet: Sheet) -> SheetPage:
    workspace.recorder.set_who("Nora")
    made = SheetPage(theme, desk=desk_over(workspace), bulletin=workspace.bulletin, go=go)
    qtbot.addWidget(made)
    made.resize(1208, 760)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.arrive(sheet=sheet.id)
    return made


def margin(page: SheetPage) -> MarginPanel:
    panel = page.drawers.panel
    assert isinstance(panel, MarginPanel)
    return panel


def figure_of(page: SheetPage, id: str) -> FigureArea:
    return next(one for one in page.view.areas["analysis"].figures if one.figure_id == id)


def beads(page: SheetPage) -> dict[tuple[str, str], str]:
    return {at: mark.letter for at, mark in page.notes.marks.items()}


def pens(workspace: Workspace, sheet: Sheet) -> list[tuple[object, object, str]]:
    entries = workspace.sheets.story(sheet.id, "pen")
    return [(one.change.before, one.change.after, one.who) for one in entries]


def test_a_coach_asks_about_a_figure_by_clicking_it(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    area = page.view.areas["analysis"]
    at = figure_of(page, "t").geometry().center()
    qtbot.mouseClick(area, Qt.MouseButton.LeftButton, pos=at)
    panel = margin(page)
    assert (panel.box, panel.figure) == ("analysis", "t")
    named = {one.text(): one.isChecked() for one in panel.findChildren(Radio)}
    assert named == {"the box": False, "Why they wait": True, "Run chart": False}
    panel.own.set_text("Who saw that?")
    panel.own.entered.emit()
    (note,) = workspace.sheets.margin(sheet.id)
    assert (note.box, note.figure, note.author) == ("analysis", "t", "Nora")
    assert beads(page) == {("analysis", "t"): "1"}
    # What was asked says where, and the owner answers it there.
    workspace.recorder.set_who("Maria")
    workspace.sheets.answer(note.id, "Maria did", visit="")
    workspace.recorder.settle()
    qtbot.waitUntil(lambda: beads(page) == {})


def test_an_answer_is_the_owners_and_says_in_whose_hand_it_is(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    def answer() -> TextField:
        fields = margin(page).findChildren(TextField)
        return next(one for one in fields if one.label.text() == "Answer")

    def said() -> list[str]:
        return [one.text() for one in margin(page).findChildren(Label)]

    page.drawers.show_notes("goal")
    margin(page).own.set_text("By when?")
    margin(page).own.entered.emit()
    assert answer().edit.isReadOnly()
    assert "Maria answers. Take the pen to write it down." in said()
    qtbot.mouseClick(page.notice.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not answer().edit.isReadOnly())
    qtbot.keyClicks(answer().edit, "In March")
    page.leave()
    workspace.recorder.settle()
    page.arrive(sheet=sheet.id)
    page.drawers.show_notes("goal")
    assert [note.answer for note in workspace.sheets.margin(sheet.id)] == ["In March"]
    assert "Nora wrote it down for Maria, Today" in said()
    assert answer().edit.isReadOnly()


def test_tab_stays_in_a_panel_that_lies_over_the_sheet(qtbot: QtBot, page: SheetPage) -> None:
    page.drawers.open("about")
    page.drawers.open("review")
    drawer = page.host.drawer
    for key in [Qt.Key.Key_Tab] * 12 + [Qt.Key.Key_Backtab] * 12:
        inside = page.window().focusWidget()
        assert inside is not None
        assert drawer.isAncestorOf(inside)
        qtbot.keyClick(inside, key)
    assert page.writing == ""
    # One that stands beside the sheet lets Tab go on to it.
    page.resize(1600, 800)
    drawer.closer.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(60):
        inside = page.window().focusWidget()
        if not drawer.isAncestorOf(inside):
            break
        qtbot.keyClick(inside, Qt.Key.Key_Tab)
    assert not drawer.isAncestorOf(page.window().focusWidget())


@pytest.mark.parametrize("width", [952, 888, 760])
def test_the_column_stands_whole_beside_the_margin_in_a_small_window(
    page: SheetPage, width: int
) -> None:
    page.resize(width, 560)
    page.drawers.open("margin")
    for box in ("goal", "check"):
        page.view.to_column(box)
        shown = page.view.areas[box].geometry().translated(page.view.page.pos())
        assert shown.left() >= 0
        assert shown.right() <= page.view.width() - page.host.drawer.width()
    page.drawers.close()
    assert page.view.page.zoom.text >= 14


def test_the_margin_gives_way_where_beside_it_text_would_be_too_small_to_write(
    qtbot: QtBot, page: SheetPage, workspace: Workspace
) -> None:
    workspace.recorder.set_who("Maria")
    page.resize(952, 560)
    page.drawers.open("margin")
    enter(qtbot, page, "goal")
    assert page.view.page.zoom.text >= 14
    assert not page.host.is_open()
    qtbot.keyClicks(page.editor, "10 by March")
    assert page.sheet is not None
    assert page.sheet.box("goal").text == "10 by March"
    page.stop_writing()
    # Where there is room for both, both stay.
    page.resize(1208, 760)
    page.drawers.open("margin")
    enter(qtbot, page, "goal")
    assert page.host.is_open()
    assert page.view.page.zoom.text >= 14


def test_beads_of_the_column_that_is_out_of_sight_do_not_show_half(
    page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    workspace.sheets.ask(sheet.id, "current", "Since when?")
    workspace.sheets.ask(sheet.id, "plan", "Who agreed?")

    def seen() -> set[str]:
        return {at[0] for at, mark in page.notes.marks.items() if mark.isVisible()}

    assert seen() == {"current", "plan"}
    page.view.to_column("goal")
    assert seen() == {"current"}
    page.view.to_column("check")
    assert seen() == {"plan"}
    # Whole, also where the column is small beside the margin.
    page.resize(952, 560)
    page.drawers.open("margin")
    for box in ("check", "goal"):
        page.view.to_column(box)
        for mark in page.notes.marks.values():
            if mark.isVisible():
                assert mark.mapTo(page.view.viewport(), QPoint(0, 0)).x() >= 0
    page.drawers.close()
    page.view.whole()
    assert seen() == {"current", "plan"}


def test_open_questions_are_counted_where_they_were_asked(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    ask = workspace.sheets.ask
    ask(sheet.id, "current", "Since when?")
    ask(sheet.id, "current", "Who stood there?")
    ask(sheet.id, "current", "Well seen.", kind="comment")
    ask(sheet.id, "analysis", "And then?", figure="r")
    ask(sheet.id, "analysis", "Of what is gone", figure="gone")
    assert beads(page) == {("current", ""): "2", ("analysis", "r"): "1", ("analysis", ""): "1"}
    mark = page.notes.marks["current", ""]
    assert mark.accessibleName() == "2 open questions here"
    box = page.view.areas["current"]
    assert mark.geometry().center().x() < box.geometry().left() + box.width() // 10
    qtbot.mouseClick(page.notes.marks["analysis", "r"], Qt.MouseButton.LeftButton)
    assert (margin(page).box, margin(page).figure) == ("analysis", "r")
    page.arrive(sheet=sheet.id, revision=1)
    assert beads(page) == {}


def test_a_comment_is_kept_as_one_and_waits_for_no_answer(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    page.drawers.show_notes("current")
    panel = margin(page)
    qtbot.keyClicks(panel.own.edit, "Well seen.")
    (comment,) = [one for one in within(panel, Button) if one.text() == "Comment"]
    qtbot.mouseClick(comment, Qt.MouseButton.LeftButton)
    (note,) = workspace.sheets.margin(sheet.id)
    assert (note.kind, note.text, note.author) == ("comment", "Well seen.", "Nora")
    assert (note.box, note.figure, note.open) == ("current", "", False)
    assert beads(page) == {}
    qtbot.waitUntil(lambda: "Well seen." in words_in_sight(margin(page)))
    assert margin(page).own.text() == ""


def test_open_questions_are_counted_on_the_picture_in_the_list(theme: Theme) -> None:
    size = card_size(theme, 266)

    def painted(asked: int) -> QImage:
        picture = QImage(size, QImage.Format.Format_RGB32)
        picture.fill(theme.page)
        painter = QPainter(picture)
        words = CardWords("31 pallets wait", asked=asked)
        CardPainter(theme).paint(painter, picture.rect(), words, None, CardState())
        painter.end()
        return picture

    # At the foot of the picture, 6 pixels from its far corner.
    assert painted(0).pixelColor(243, 172) == theme.paper
    assert painted(3).pixelColor(243, 172) == theme.paper_accent
    assert painted(3) != painted(12)


def test_a_question_of_a_talk_can_be_about_a_figure(
    page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    page.drawers.show_notes("analysis", "r")
    margin(page)._start_talk()
    page.drawers.show_notes("analysis", "r")
    margin(page).own.set_text("Signal or noise?")
    margin(page).own.entered.emit()
    (note,) = workspace.sheets.margin(sheet.id)
    assert note.figure == "r"
    assert note.talk_id is not None


def test_a_question_that_is_not_asked_yet_is_kept_for_its_box(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    page.drawers.show_notes("current")
    qtbot.keyClicks(margin(page).own.edit, "Since wh")
    margin(page).focus_box("goal")
    assert margin(page).own.text() == ""
    page.drawers.close()
    workspace.recorder.settle()
    page.arrive(sheet=sheet.id)
    page.drawers.show_notes("current")
    assert margin(page).own.text() == "Since wh"
    qtbot.keyClick(margin(page).own.edit, Qt.Key.Key_End)
    qtbot.keyClicks(margin(page).own.edit, "en?")
    qtbot.keyClick(margin(page).own.edit, Qt.Key.Key_Return)
    assert [note.text for note in workspace.sheets.margin(sheet.id)] == ["Since when?"]
    workspace.recorder.settle()
    page.drawers.show_notes("current")
    assert margin(page).own.text() == ""


def test_the_margin_is_built_anew_only_for_what_it_shows(
    page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    page.drawers.show_notes("current")
    held = margin(page).asking
    workspace.sheets.write(sheet.id, visit="v", scratch="From 31 to 12.").result()
    assert margin(page).asking is held
    workspace.sheets.ask(sheet.id, "current", "Since when?")
    assert margin(page).asking is not held


def _keys(qtbot: QtBot, page: SheetPage) -> None:
    area = page.view.areas["current"]
    qtbot.mouseClick(area, Qt.MouseButton.LeftButton, pos=QPoint(12, 4))
    target: QWidget = page.editor or area
    qtbot.keyClicks(target, "mine now")
    qtbot.keyClick(target, Qt.Key.Key_Return)


def _paste(qtbot: QtBot, page: SheetPage) -> None:
    data = QMimeData()
    data.setText("mine now")
    page.drawers.photos.paste(data)


def _insert(qtbot: QtBot, page: SheetPage) -> None:
    page.edits.add_figure(RunChart(id="new"))


def _replace(qtbot: QtBot, page: SheetPage) -> None:
    page.edits.put_figure("analysis", replace(TREE, caption="mine now"))


def _edit(qtbot: QtBot, page: SheetPage) -> None:
    page.edits.put_edited("analysis", replace(TREE, caption="mine now"))


def _remove(qtbot: QtBot, page: SheetPage) -> None:
    page.edits.remove_figure("analysis", "t")


def _arrange(qtbot: QtBot, page: SheetPage) -> None:
    page.edits.arrange("analysis", lambda held: tuple(reversed(held)))


def _undo(qtbot: QtBot, page: SheetPage) -> None:
    page.edits.undo()
    page.edits.redo()


def _click_a_figure(qtbot: QtBot, page: SheetPage) -> None:
    at = figure_of(page, "t").geometry().center()
    qtbot.mouseClick(page.view.areas["analysis"], Qt.MouseButton.LeftButton, pos=at)
    qtbot.keyClick(figure_of(page, "t"), Qt.Key.Key_Delete)


@pytest.mark.parametrize(
    "attempt",
    [_keys, _paste, _insert, _replace, _edit, _remove, _arrange, _undo, _click_a_figure],
)
def test_without_the_pen_a_coach_changes_no_box(
    qtbot: QtBot,
    page: SheetPage,
    workspace: Workspace,
    sheet: Sheet,
    attempt: Callable[[QtBot, SheetPage], None],
) -> None:
    attempt(qtbot, page)
    page.leave()
    workspace.recorder.settle()
    assert workspace.sheets.get(sheet.id).boxes == sheet.boxes
    assert pens(workspace, sheet) == []


def test_the_pen_is_taken_in_sight_and_journalled_and_put_down_on_leaving(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    assert "Maria writes this sheet" in page.notice.words.text()
    page.notice.acted.emit()
    assert pens(workspace, sheet) == [("owner", "coach", "Nora")]
    assert "You write for Maria" in page.notice.words.text()
    assert page.notice.isVisible()
    editor = enter(qtbot, page, "current")
    qtbot.keyClicks(editor, " Beside you.")
    # Going on to another part of the same sheet keeps it; going away puts it down.
    page.arrive(sheet=sheet.id, box="goal")
    assert page.may_write()
    page.leave()
    assert workspace.sheets.get(sheet.id).box("current").text == "31 of 120 wait. Beside you."
    assert pens(workspace, sheet)[1:] == [("coach", "owner", "Nora")]
    page.arrive(sheet=sheet.id)
    assert not page.may_write()


def test_what_is_open_is_handed_over_and_closed_when_the_pen_goes_back(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    page.notice.acted.emit()
    page.drawers.edit_figure("analysis", "t")
    assert page.drawers.key == "figure"
    page.notice.acted.emit()
    assert page.drawers.key == ""
    page.notice.acted.emit()
    editor = enter(qtbot, page, "current")
    qtbot.keyClicks(editor, " And more.")
    # Another window of this folder gives the pen back.
    workspace.sheets.give_pen(sheet.id, "owner")
    qtbot.waitUntil(lambda: page.editor is None)
    page.leave()
    workspace.recorder.settle()
    assert workspace.sheets.get(sheet.id).box("current").text == "31 of 120 wait. And more."


def test_the_owner_needs_nobody_s_leave(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    workspace.recorder.set_who("Maria")
    page.arrive(sheet=sheet.id)
    assert page.may_write()
    enter(qtbot, page, "goal")
    assert page.editor is not None
    assert not page.editor.isReadOnly()
