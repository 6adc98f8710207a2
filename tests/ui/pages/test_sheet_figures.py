"""Figures on the sheet's page: sized and moved by handles and keys, undone, and nothing lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gemba.domain.figures import Figure, FiveWhys, Pareto, Plan, RunChart, Target
from gemba.domain.figures.pareto import Bar
from gemba.domain.figures.place import Place
from gemba.domain.figures.plan import Action
from gemba.domain.sheet import Sheet
from gemba.services.workspace import Workspace
from gemba.ui.figures.pareto import ParetoEditor
from gemba.ui.figures.plan import PlanEditor
from gemba.ui.figures.target import TargetEditor
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.widgets import Label
from gemba.ui.widgets.figure_area import HANDLE, FigureArea
from gemba.ui.within import within
from tests.ui.pages.test_sheet import page, sheet  # noqa: F401

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


@pytest.fixture
def drawn(page: SheetPage) -> SheetPage:  # noqa: F811
    """A page whose current condition holds a chart beside its text and two figures under it."""
    for figure in (
        RunChart(id="run", place=Place(side="beside")),
        Pareto(id="bars", place=Place(side="under")),
        FiveWhys(id="tree", place=Place(side="under")),
    ):
        page.edits.put_figure("current", figure)
    return page


def area(page: SheetPage, id: str) -> FigureArea:  # noqa: F811
    return next(one for one in page.view.areas["current"].figures if one.figure_id == id)


def held(workspace: Workspace, sheet: Sheet) -> dict[str, Figure]:  # noqa: F811
    return {one.id: one for one in workspace.sheets.get(sheet.id).box("current").figures}


def drag(one: FigureArea, at: QPoint, by: QPoint) -> None:
    """Press, move in steps and let go, in pixels of the area."""
    QTest.mousePress(one, Qt.MouseButton.LeftButton, pos=at)
    for part in (1, 2, 3):
        QTest.mouseMove(one, at + by * part / 3)
    QTest.mouseRelease(one, Qt.MouseButton.LeftButton, pos=at + by)


def test_keys_size_a_figure_and_undo_gives_the_size_back(
    drawn: SheetPage,
    workspace: Workspace,
    sheet: Sheet,  # noqa: F811
    qtbot: QtBot,
) -> None:
    one = area(drawn, "run")
    one.setFocus(Qt.FocusReason.TabFocusReason)
    assert one.laid is not None
    wide = one.laid.frame.width
    QTest.keyClick(one, KEY.Key_Left, ALT)
    high = one.laid.frame.height
    QTest.keyClick(one, KEY.Key_Up, ALT)
    place = held(workspace, sheet)["run"].place
    assert (place.width, place.height) == (round(wide - 5), round(high - 5))
    assert area(drawn, "run") is one
    assert one.hasFocus()
    assert one.laid.frame.width == pytest.approx(place.width)
    QTest.keyClick(one, KEY.Key_Left, ALT | SHIFT)
    assert held(workspace, sheet)["run"].place.width == place.width - 1
    for _ in range(3):
        drawn.edits.undo()
    assert held(workspace, sheet)["run"].place == Place(side="beside")
    assert one.laid.frame.width == pytest.approx(wide)


def test_a_handle_is_pulled_and_the_figure_is_that_large_on_paper(
    drawn: SheetPage,
    workspace: Workspace,
    sheet: Sheet,  # noqa: F811
) -> None:
    drawn.view.to_column("current")
    one = area(drawn, "bars")
    assert one.laid is not None
    before = one.laid.frame
    corner = one.handles()[(1, 1)].center()
    assert one.handle_at(corner) == (1, 1)
    drag(one, corner, QPoint(round(-40 * one.scale), round(9 * one.scale)))
    place = held(workspace, sheet)["bars"].place
    assert place.width == pytest.approx(before.width - 40, abs=1.0)
    assert place.height == pytest.approx(before.height + 9, abs=1.0)
    assert one.laid.frame.width == pytest.approx(place.width)
    drawn.edits.undo()
    assert held(workspace, sheet)["bars"].place == Place(side="under")


def test_the_frame_that_is_pulled_is_no_wider_than_the_figure_can_become(
    drawn: SheetPage,
    workspace: Workspace,
    sheet: Sheet,  # noqa: F811
) -> None:
    drawn.view.to_column("current")
    one = area(drawn, "run")
    corner = one.handles()[(-1, 1)].center()
    far = QPoint(round(-300 * one.scale), 0)
    QTest.mousePress(one, Qt.MouseButton.LeftButton, pos=corner)
    QTest.mouseMove(one, corner + far / 2)
    QTest.mouseMove(one, corner + far)
    told = drawn.view.areas["current"].moves._words
    QTest.mouseRelease(one, Qt.MouseButton.LeftButton, pos=corner + far)
    assert one.laid is not None
    assert told.split(" ")[0] == str(round(one.laid.frame.width))


def test_esc_while_pulling_changes_nothing(
    drawn: SheetPage,
    workspace: Workspace,
    sheet: Sheet,  # noqa: F811
) -> None:
    one = area(drawn, "bars")
    corner = one.handles()[(1, 1)].center()
    QTest.mousePress(one, Qt.MouseButton.LeftButton, pos=corner)
    QTest.mouseMove(one, corner + QPoint(-60, -20))
    QTest.keyClick(one, KEY.Key_Escape)
    QTest.mouseRelease(one, Qt.MouseButton.LeftButton, pos=corner + QPoint(-60, -20))
    assert held(workspace, sheet)["bars"].place == Place(side="under")
    assert not drawn.host.is_open()


def test_keys_move_a_figure_through_the_box(
    drawn: SheetPage,
    workspace: Workspace,
    sheet: Sheet,  # noqa: F811
) -> None:
    area(drawn, "tree").setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(area(drawn, "tree"), KEY.Key_Up, CTRL)
    assert list(held(workspace, sheet)) == ["run", "tree", "bars"]
    QTest.keyClick(area(drawn, "tree"), KEY.Key_Right, CTRL)
    assert held(workspace, sheet)["tree"].place.side == "beside"
    assert area(drawn, "tree").hasFocus()
    QTest.keyClick(area(drawn, "tree"), KEY.Key_Left, CTRL)
    assert held(workspace, sheet)["tree"].place.side == "under"


def test_a_figure_is_dragged_beside_the_text_and_a_click_still_opens_it(
    drawn: SheetPage,
    workspace: Workspace,
    sheet: Sheet,  # noqa: F811
) -> None:
    drawn.view.to_column("current")
    box = drawn.view.areas["current"]
    one = area(drawn, "tree")
    start = QPoint(20, 5)
    target = QPoint(box.width() - 20, 30)
    drag(one, start, one.mapFrom(box, target) - start)
    figures = held(workspace, sheet)
    assert figures["tree"].place.side == "beside"
    assert not drawn.host.is_open(), "a drag is no click"
    QTest.mouseClick(area(drawn, "tree"), Qt.MouseButton.LeftButton, pos=QPoint(20, 5))
    assert drawn.host.is_open()
    assert drawn.drawers.key == "figure"
    assert area(drawn, "tree").marked
    assert not area(drawn, "bars").marked
    drawn.host.close_drawer()
    assert not area(drawn, "tree").marked


def test_a_figure_is_dragged_above_another_and_beyond_the_box_it_stays(
    drawn: SheetPage,
    workspace: Workspace,
    sheet: Sheet,  # noqa: F811
) -> None:
    drawn.view.to_column("current")
    one, other = area(drawn, "tree"), area(drawn, "bars")
    start = QPoint(20, 5)
    drag(one, start, one.mapFromGlobal(other.mapToGlobal(QPoint(40, -2))) - start)
    assert list(held(workspace, sheet)) == ["run", "tree", "bars"]
    drag(area(drawn, "tree"), start, QPoint(0, 3000))
    assert list(held(workspace, sheet)) == ["run", "tree", "bars"]


def test_handles_hide_nothing_of_the_figure_and_are_only_for_who_may_write(
    drawn: SheetPage,
    workspace: Workspace,
    sheet: Sheet,  # noqa: F811
) -> None:
    drawn.view.to_column("current")
    for id in ("run", "bars"):
        one = area(drawn, id)
        for rect in one.handles().values():
            assert QRect(QPoint(0, 0), one.size()).contains(rect)
            assert not rect.intersects(one.frame)
            assert one.handle_at(rect.center()) is not None
        # What lies around it is not its own to be clicked.
        assert not one.mask().contains(QPoint(one.frame.center().x() + 60, one.height() - 2))
    assert (-1, 1) in area(drawn, "run").handles(), "beside the text it grows to the left"
    workspace.recorder.who = "Somebody else"
    drawn.draw()
    one = area(drawn, "bars")
    assert not one.handles()
    QTest.keyClick(one, KEY.Key_Left, ALT)
    QTest.keyClick(one, KEY.Key_Delete)
    assert held(workspace, sheet)["bars"].place == Place(side="under")


def test_what_is_typed_in_one_field_of_a_figure_is_one_step_back(
    drawn: SheetPage,
    workspace: Workspace,
    sheet: Sheet,  # noqa: F811
) -> None:
    goal = Target(id="goal")
    drawn.edits.put_figure("goal", goal)
    drawn.edit_figure("goal", "goal")
    editor = drawn.drawers.editor
    assert isinstance(editor, TargetEditor)
    for key, text in (("measure", "Late orders"), ("unit", "of 120"), ("measure", " a day")):
        field = editor.fields[key]
        field.setFocus()
        QTest.keyClick(field.edit, KEY.Key_End)
        QTest.keyClicks(field.edit, text)

    def stands() -> tuple[str, str]:
        (one,) = workspace.sheets.get(sheet.id).box("goal").figures
        assert isinstance(one, Target)
        return one.measure, one.unit

    states = [("Late orders a day", "of 120"), ("Late orders", "of 120"), ("Late orders", "")]
    for state in states:
        assert stands() == state
        drawn.edits.undo()
    assert stands() == ("", "")
    # After a step back the next key is a new step, also in the same field.
    drawn.edits.redo()
    field = editor.fields["measure"]
    field.setFocus()
    QTest.keyClick(field.edit, KEY.Key_End)
    QTest.keyClicks(field.edit, "!!")
    assert stands() == ("Late orders!!", "")
    drawn.edits.undo()
    assert stands() == ("Late orders", "")
    drawn.edits.undo()
    assert stands() == ("", "")


def test_another_editor_opens_at_its_top(drawn: SheetPage) -> None:
    drawn.resize(1024, 500)
    drawn.edit_figure("current", "run")
    bar = drawn.host.drawer.scroller.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    drawn.edit_figure("current", "bars")
    QApplication.processEvents()
    editor = drawn.drawers.editor
    assert isinstance(editor, ParetoEditor)
    seen = drawn.host.drawer.scroller.viewport().rect()
    at = editor.caption.mapTo(drawn.host.drawer.scroller.viewport(), QPoint(0, 0))
    assert seen.contains(at)


def figures_in(workspace: Workspace, sheet: Sheet, box: str) -> list[str]:  # noqa: F811
    return [one.id for one in workspace.sheets.get(sheet.id).box(box).figures]


def test_a_figure_is_dragged_into_another_box_and_undo_brings_it_home(
    drawn: SheetPage,
    workspace: Workspace,
    sheet: Sheet,  # noqa: F811
) -> None:
    one, goal = area(drawn, "bars"), drawn.view.areas["analysis"]
    start = one.frame.topLeft() + QPoint(20, 5)
    there = one.mapFromGlobal(goal.mapToGlobal(goal.rect().center()))
    QTest.mousePress(one, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(one, start + QPoint(0, 30))
    QTest.mouseMove(one, there)
    assert goal.moves._ghost is not None
    assert drawn.view.areas["current"].moves._ghost is None
    QTest.mouseRelease(one, Qt.MouseButton.LeftButton, pos=there)
    assert goal.moves._ghost is None
    assert figures_in(workspace, sheet, "analysis") == ["bars"]
    assert figures_in(workspace, sheet, "current") == ["run", "tree"]
    assert [one.figure_id for one in goal.figures if one.hasFocus()] == ["bars"]
    drawn.edits.undo()
    assert figures_in(workspace, sheet, "current") == ["run", "bars", "tree"]
    assert figures_in(workspace, sheet, "analysis") == []


def test_keys_take_a_figure_to_the_next_box_and_an_open_editor_goes_along(
    drawn: SheetPage,
    workspace: Workspace,
    sheet: Sheet,  # noqa: F811
) -> None:
    drawn.edit_figure("current", "bars")
    editor = drawn.drawers.editor
    assert isinstance(editor, ParetoEditor)
    editor.caption.line.setFocus()
    QTest.keyClicks(editor.caption.line, "Late")
    QTest.keyClick(area(drawn, "bars"), KEY.Key_Down, CTRL | SHIFT)
    (moved,) = workspace.sheets.get(sheet.id).box("goal").figures
    assert (moved.id, moved.caption) == ("bars", "Late")
    assert drawn.figure_in_hand() == ("goal", "bars")
    assert isinstance(drawn.drawers.editor, ParetoEditor)
    QTest.keyClick(drawn.drawers.editor.caption.line, KEY.Key_End)
    QTest.keyClicks(drawn.drawers.editor.caption.line, "r")
    drawn.close_drawer()
    drawn.desk.recorder.settle()
    assert workspace.sheets.get(sheet.id).box("goal").figures[0].caption == "Later"
    QTest.keyClick(drawn.view.areas["goal"].figures[0], KEY.Key_Up, CTRL | SHIFT)
    assert figures_in(workspace, sheet, "current") == ["run", "tree", "bars"]


def test_a_command_asks_by_name_which_box_a_figure_goes_to(
    drawn: SheetPage,
    workspace: Workspace,
    sheet: Sheet,  # noqa: F811
) -> None:
    area(drawn, "tree").setFocus(Qt.FocusReason.TabFocusReason)
    drawn.view.setFocus()
    assert (drawn.view.held, drawn.view.held_figure) == ("current", "tree")
    menu = drawn.homes.menu("current", "tree")
    named = [one.text() for one in menu.actions()]
    assert named[:2] == ["Background", "Goal"]
    assert "Current condition" not in named
    menu.actions()[1].trigger()
    assert figures_in(workspace, sheet, "goal") == ["tree"]
    workspace.recorder.who = "Somebody else"
    drawn.draw()
    drawn.homes.move("goal", "tree", "background")
    assert figures_in(workspace, sheet, "goal") == ["tree"]


def test_delete_takes_it_off_and_undo_brings_it_back(
    drawn: SheetPage,
    workspace: Workspace,
    sheet: Sheet,  # noqa: F811
) -> None:
    one = area(drawn, "bars")
    one.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(one, KEY.Key_Delete)
    assert "bars" not in held(workspace, sheet)
    drawn.edits.undo()
    assert "bars" in held(workspace, sheet)


def test_an_open_editor_keeps_the_place_that_was_given_meanwhile(
    drawn: SheetPage,
    workspace: Workspace,
    sheet: Sheet,  # noqa: F811
) -> None:
    drawn.edit_figure("current", "bars")
    editor = drawn.drawers.editor
    assert isinstance(editor, ParetoEditor)
    one = area(drawn, "bars")
    QTest.keyClick(one, KEY.Key_Left, ALT)
    wide = held(workspace, sheet)["bars"].place.width
    assert wide > 0
    editor.caption.line.setFocus()
    QTest.keyClicks(editor.caption.line, "Late")
    kept = held(workspace, sheet)["bars"]
    assert (kept.caption, kept.place.width) == ("Late", wide)


def test_after_undo_the_open_editor_shows_the_figure_as_it_stands(
    drawn: SheetPage,
    workspace: Workspace,
    sheet: Sheet,  # noqa: F811
) -> None:
    drawn.edit_figure("current", "bars")
    editor = drawn.drawers.editor
    assert editor is not None
    editor.caption.line.setFocus()
    QTest.keyClicks(editor.caption.line, "L")
    drawn.edits.undo()
    assert held(workspace, sheet)["bars"].caption == ""
    assert editor.caption.text() == ""
    for _ in range(2):  # the trees, then the bars are taken back
        drawn.edits.undo()
    assert "bars" not in held(workspace, sheet)
    assert not drawn.host.is_open()


def test_an_action_of_today_opens_the_plan_at_it(
    page: SheetPage,  # noqa: F811
    sheet: Sheet,  # noqa: F811
) -> None:
    actions = (Action(id="a", what="Names at 15:00"), Action(id="b", what="Porter list"))
    page.edits.put_figure("plan", Plan(id="p", actions=actions))
    page.arrive(sheet=sheet.id, action="plan/p/a")
    editor = page.drawers.editor
    assert isinstance(editor, PlanEditor)
    assert editor.rows["a"].is_open()
    page.arrive(sheet=sheet.id, action="plan/gone/x")
    assert page.view.current == "plan"


def test_the_menu_of_a_figure_says_the_same_in_words(
    drawn: SheetPage,
    workspace: Workspace,
    sheet: Sheet,  # noqa: F811
) -> None:
    def choose(id: str, words: str) -> None:
        one = area(drawn, id)
        at = one.rect().center()
        by = QContextMenuEvent.Reason.Keyboard
        asked = QContextMenuEvent(by, at, one.mapToGlobal(at))
        QApplication.sendEvent(one, asked)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        entry = next(entry for entry in menu.actions() if entry.text() == words)
        entry.trigger()
        menu.close()

    choose("run", "Under the text")
    assert held(workspace, sheet)["run"].place.side == "under"
    choose("run", "Beside the text")
    assert held(workspace, sheet)["run"].place.side == "beside"
    choose("tree", "One place up")
    assert list(held(workspace, sheet)) == ["run", "tree", "bars"]
    QTest.keyClick(area(drawn, "tree"), KEY.Key_Left, ALT)
    choose("tree", "Its own size")
    assert held(workspace, sheet)["tree"].place == Place(side="under")
    choose("tree", "Take it off the sheet")
    assert "tree" not in held(workspace, sheet)


def test_a_letter_typed_on_a_closed_box_opens_it_and_is_written(
    page: SheetPage,  # noqa: F811
) -> None:
    page.view.to_column("analysis")
    box = page.view.areas["analysis"]
    box.setFocus(Qt.FocusReason.OtherFocusReason)
    assert page.editor is None
    QTest.keyClick(box, KEY.Key_A, CTRL)
    assert page.editor is None
    QTest.keyClicks(box, "/")
    assert page.editor is not None
    assert page.editor.text() == "/"
    assert page.pen.slash is not None
    assert page.pen.slash.offers.isVisible()
    QTest.keyClick(page.editor, KEY.Key_Return)
    assert [one.kind for one in page.shown().box("analysis").figures] == ["five_whys"]
    assert page.shown().box("analysis").text == ""


@pytest.mark.parametrize(("box", "id"), [("current", "run"), ("check", "late")])
def test_the_figure_that_is_edited_stays_in_sight_beside_its_editor_in_a_small_window(
    qtbot: QtBot,
    drawn: SheetPage,
    box: str,
    id: str,
) -> None:
    drawn.edits.put_figure("check", RunChart(id="late", place=Place(side="beside")))
    drawn.window().resize(1024, 640)
    drawn.resize(952, 590)
    drawn.view.to_column(box)
    drawn.edit_figure(box, id)
    assert drawn.host.is_open()
    assert not drawn.host.is_beside()

    def one() -> FigureArea:
        figures = drawn.view.areas[box].figures
        return next(figure for figure in figures if figure.figure_id == id)

    def near_and_far() -> tuple[int, int]:
        return (
            one().mapTo(drawn, QPoint(0, 0)).x(),
            one().mapTo(drawn, QPoint(one().width(), 0)).x(),
        )

    editor = drawn.host.drawer
    qtbot.waitUntil(lambda: 0 <= near_and_far()[0] < editor.mapTo(drawn, QPoint(0, 0)).x())
    shown = min(near_and_far()[1], editor.mapTo(drawn, QPoint(0, 0)).x()) - near_and_far()[0]
    assert shown >= one().width() - 2 * HANDLE, "all of it is seen"


def test_what_has_no_room_on_paper_is_named_at_the_figure_and_in_its_editor(
    drawn: SheetPage,
) -> None:
    actions = tuple(Action(id=str(n), what=f"Ask ward {n} at noon") for n in range(60))
    drawn.edits.put_figure("plan", Plan(id="many", actions=actions))
    (one,) = drawn.view.areas["plan"].figures
    assert one.laid is not None
    assert one.laid.unseen
    assert "Ask ward 59 at noon" in one.laid.left_out
    said = f"No room on paper for all of “{one.laid.left_out[0]}”"
    assert said in one.toolTip()
    assert said in one.accessibleDescription()
    drawn.edit_figure("plan", "many")
    assert drawn.drawers.strip is not None
    told = drawn.drawers.strip.told
    assert said in told.text()
    assert told.isVisibleTo(drawn)
    named = one.laid.left_out[0]
    drawn.drawers.open("print")
    full = [part.text() for part in within(drawn.drawers.panel, Label)]
    assert any(f"Plan, where a figure lacks room for “{named}”" in words for words in full)
    drawn.edit_figure("plan", "many")
    told = drawn.drawers.strip.told
    few = Plan(id="many", actions=actions[:2])
    assert isinstance(drawn.drawers.editor, PlanEditor)
    drawn.drawers.editor.changed.emit(few)
    assert not told.isVisibleTo(drawn)
    assert "No room" not in one.toolTip()


def test_an_open_empty_box_hides_nothing_of_its_figure(
    page: SheetPage,  # noqa: F811
    qtbot: QtBot,
) -> None:
    """Its one line lay over the caption, until the first letter moved the figure down."""
    bars = Pareto(id="bars", caption="What was in the way", bars=(Bar(label="bed", count=3.0),))
    assert page.sheet is not None
    box = next(one.id for one in page.sheet.boxes if not one.text and not one.figures)
    page.edits.put_figure(box, bars)
    page.view.to_column(box)
    page.write(box)
    writing = page.pen
    assert writing.editor is not None

    def dark() -> int:
        """Count what is drawn under the line, but for the caret at its beginning."""
        editor = writing.editor
        assert editor is not None
        shown = page.view.page.grab(editor.geometry().adjusted(12, 0, -12, 0)).toImage()
        every = range(0, shown.width(), 2)
        return sum(shown.pixelColor(x, y).lightness() < 128 for x in every for y in range(14))

    qtbot.waitUntil(lambda: writing.editor is not None and writing.editor.width() > 200)
    assert dark() > 30
    qtbot.keyClicks(writing.editor, "i")
    assert dark() < 10
