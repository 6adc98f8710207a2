"""Shaping a sheet in the window: borders, names, merge, split, another type, and its tray."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.compared import ComparedSheet, compare_sheets
from gemba.domain.figures import Plan, Sketch
from gemba.domain.figures.plan import Action
from gemba.domain.link import ACTS_ON
from gemba.domain.sheet import Box, Sheet
from gemba.domain.sheet_story import BoxFormat
from gemba.services.workspace import Workspace
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.pages.sheet_about import AboutPanel
from gemba.ui.pages.sheet_boxes import BoxesPanel
from gemba.ui.pages.sheet_paper import PaperPanel
from gemba.ui.pages.sheet_tray import TrayPanel
from gemba.ui.pages.today_words import action_row
from gemba.ui.theme import Theme
from gemba.ui.widgets import Label
from gemba.ui.widgets.border_handle import BorderHandle
from tests.ui.pages.conftest import Steps
from tests.ui.pages.test_sheet import desk_over, enter

KEYS = (
    "margin", "about", "boxes", "tray", "consent", "review", "closing", "versions", "print",
    "text", "seen",
)  # fmt: skip
Open = Callable[[Sheet], SheetPage]


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    made = workspace.sheets.begin("Half should leave before noon.")
    for box in workspace.sheets.definition(made).boxes:
        figures = (Sketch(id="f1"),) if box.id == "analysis" else ()
        made = workspace.sheets.set_box(
            made.id, Box(id=box.id, text=f"Words of {box.id}", figures=figures)
        )
    return made


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


def heights(page: SheetPage) -> dict[str, float]:
    return {box: laid.frame.height for box, laid in page.view.layout_.boxes.items()}


def drag(qtbot: QtBot, handle: BorderHandle, by: int) -> None:
    """Take a border in its middle and bring it so many pixels down."""
    from PySide6.QtGui import QMouseEvent

    middle = QPointF(handle.rect().center())
    at = QPointF(handle.mapToGlobal(middle))
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for kind, way in (
        (QEvent.Type.MouseButtonPress, 0),
        (QEvent.Type.MouseMove, by // 2),
        (QEvent.Type.MouseMove, by),
        (QEvent.Type.MouseButtonRelease, by),
    ):
        there = at + QPointF(0, way)
        QApplication.sendEvent(handle, QMouseEvent(kind, middle, there, left, left, none))


def test_a_border_is_dragged_in_whole_millimetres(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    assert heights(page)["background"] == 38
    scale = page.view.page.zoom.scale
    drag(qtbot, page.shape.handles["background"], round(10.3 * scale))
    assert heights(page)["background"] == 48
    assert heights(page)["current"] == 80
    assert workspace.sheets.get(sheet.id).format
    drag(qtbot, page.shape.handles["goal"], -4000)
    assert heights(page)["goal"] == page.desk.sheets.worksheet(sheet).box("goal").min_height_mm
    page.edits.undo()
    page.edits.undo()
    assert heights(page)["background"] == 38
    assert workspace.sheets.get(sheet.id).format == ()


def test_esc_while_dragging_brings_the_border_back(qtbot: QtBot, page: SheetPage) -> None:
    handle = page.shape.handles["plan"]
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(handle, handle.rect().center() + QPoint(0, 60))
    qtbot.keyClick(handle, Qt.Key.Key_Escape)
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton)
    assert heights(page)["plan"] == 64
    assert page.sheet is not None
    assert page.sheet.format == ()


def test_keys_move_a_border_by_one_and_by_five_and_esc_ends_it(
    qtbot: QtBot, page: SheetPage, go: Steps
) -> None:
    page.run("adjust_boxes")
    handle = page.shape.handles["background"]
    qtbot.waitUntil(handle.hasFocus)
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(handle, Qt.Key.Key_Down)
    qtbot.keyClick(handle, Qt.Key.Key_Down, shift)
    assert handle.words() == "44 mm above, 84 mm below"
    assert handle.accessibleDescription() == handle.words()
    qtbot.keyClick(handle, Qt.Key.Key_Tab)
    current = page.shape.handles["current"]
    qtbot.waitUntil(current.hasFocus)
    assert heights(page)["background"] == 44
    qtbot.keyClick(current, Qt.Key.Key_Up)
    qtbot.keyClick(current, Qt.Key.Key_Escape)
    assert (heights(page)["current"], heights(page)["goal"]) == (83, 31)
    assert not page.shape.adjusting
    assert current.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert "Arrows" in go.said[0]


def test_boxes_that_do_not_fit_the_page_are_fitted_and_said(
    page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    strange = (
        BoxFormat(id="goal", label="Goal!", column="left", height=999),
        BoxFormat(id="current", label="", column="left", height=10),
    )
    workspace.recorder.change(Sheet, sheet.id, lambda s: replace(s, format=strange))
    page.arrive(sheet=sheet.id)
    assert page.notice.isVisible()
    assert sum(heights(page)[one] for one in ("goal", "current")) == 251
    page.notice.acted.emit()
    assert not page.notice.isVisible()
    kept = workspace.sheets.get(sheet.id)
    assert workspace.formats.fits(kept)
    assert [one.id for one in kept.format[:2]] == ["goal", "current"]
    assert {piece.label for piece in workspace.formats.tray(kept)} == {"Background", "Analysis"}


def test_whoever_has_no_pen_finds_no_border_to_move(
    page: SheetPage, workspace: Workspace, sheet: Sheet, go: Steps
) -> None:
    workspace.sheets.set_people(sheet.id, owner="Maria")
    workspace.recorder.set_who("Ben")
    page.arrive(sheet=sheet.id)
    assert not page.may_write()
    assert page.shape.handles == {}
    page.shape.adjust()
    page.change.begin()
    assert "pen" in go.said[0]
    assert "pen" in go.said[1]
    assert page.host.isVisible()


def test_in_a_column_borders_lie_between_the_boxes_and_can_be_dragged(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    editor = enter(qtbot, page, "goal")
    qtbot.keyClicks(editor, "By March")
    scale = page.view.page.zoom.scale
    for box_id, handle in page.shape.handles.items():
        laid = page.view.box_at(box_id)
        assert laid is not None
        above = page.view.rect_of(0, laid.frame.bottom, 0, 0).y()
        assert handle.y() >= round(above) - 1
        assert handle.height() <= round(handle.border.between * scale) + 1
    drag(qtbot, page.shape.handles["goal"], round(6.2 * scale))
    assert (heights(page)["goal"], heights(page)["analysis"]) == (36, 81)
    assert page.view.column
    assert page.view.current == "goal"
    assert page.view.areas["goal"].hasFocus()
    drag(qtbot, page.shape.handles["goal"], -4000)
    assert heights(page)["goal"] == page.desk.sheets.worksheet(sheet).box("goal").min_height_mm
    page.edits.undo()
    page.edits.undo()
    assert heights(page)["goal"] == 30
    assert workspace.sheets.get(sheet.id).box("goal").text.endswith("By March")


def test_in_a_column_keys_move_the_border_of_the_box_in_focus(
    qtbot: QtBot, page: SheetPage
) -> None:
    enter(qtbot, page, "goal")
    page.run("adjust_boxes")
    goal = page.shape.handles["goal"]
    qtbot.waitUntil(goal.hasFocus)
    assert page.view.column
    qtbot.keyClick(goal, Qt.Key.Key_Down)
    qtbot.keyClick(goal, Qt.Key.Key_Down)
    qtbot.keyClick(goal, Qt.Key.Key_Return)
    assert (heights(page)["goal"], heights(page)["analysis"]) == (32, 85)
    qtbot.keyClick(goal, Qt.Key.Key_Tab)
    other = page.shape.handles["countermeasures"]
    qtbot.waitUntil(other.hasFocus)
    seen = page.view.viewport().rect()
    assert seen.intersects(QRect(other.mapTo(page.view.viewport(), QPoint(0, 0)), other.size()))
    page.edits.undo()
    assert heights(page)["goal"] == 30
    enter(qtbot, page, "analysis")
    page.run("adjust_boxes")
    qtbot.waitUntil(page.shape.handles["goal"].hasFocus)


def chosen(page: SheetPage, box: str, words: str) -> None:
    """Open the menu of a box and choose from it."""
    menu = page.shape.menu(box, page)
    entry = next(one for one in menu.actions() if one.text() == words)
    entry.trigger()
    menu.deleteLater()


def test_a_box_is_named_in_its_place(qtbot: QtBot, page: SheetPage) -> None:
    chosen(page, "goal", "Rename")
    line = page.shape.naming
    assert line is not None
    qtbot.waitUntil(line.hasFocus)
    assert line.text() == "Goal"
    qtbot.keyClicks(line, "What we aim at")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert page.shape.naming is None
    assert page.view.areas["goal"].accessibleName() == "What we aim at"
    page.shape.begin_naming("goal")
    assert page.shape.naming is not None
    qtbot.keyClicks(page.shape.naming, "Never mind")
    qtbot.keyClick(page.shape.naming, Qt.Key.Key_Escape)
    assert page.shape.label("goal") == "What we aim at"


def test_a_name_that_is_too_long_stays_to_be_shortened(
    qtbot: QtBot, page: SheetPage, go: Steps
) -> None:
    page.shape.begin_naming("goal")
    line = page.shape.naming
    assert line is not None
    line.setText("x" * 60)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert page.shape.naming is line
    assert "48 letters" in go.said[-1]
    line.setText("Short")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert page.shape.label("goal") == "Short"
    page.drawers.open("boxes")
    panel = page.drawers.panel
    assert isinstance(panel, BoxesPanel)
    name = panel.rows["goal"].name
    name.line.setFocus()
    name.line.selectAll()
    qtbot.keyClicks(name.line, "y" * 60)
    qtbot.keyClick(name.line, Qt.Key.Key_Return)
    assert name.text() == "y" * 60
    assert page.shape.label("goal") == "Short"


def test_merging_and_splitting_by_the_menu_and_back(
    qtbot: QtBot, page: SheetPage, go: Steps
) -> None:
    chosen(page, "current", "Merge with Goal")
    assert page.sheet is not None
    assert page.sheet.box("current").text == "Words of current\nWords of goal"
    assert "goal" not in page.view.areas
    assert go.said[-1] == "Goal went into Current condition."
    editor = enter(qtbot, page, "current")
    cursor = editor.textCursor()
    cursor.movePosition(cursor.MoveOperation.Start)
    editor.setTextCursor(cursor)
    chosen(page, "current", "Split into two boxes")
    assert page.sheet.box("current").text == "Words of current"
    assert page.sheet.box("goal").text == "Words of goal"
    assert list(page.view.areas)[:4] == ["background", "current", "goal", "analysis"]
    assert go.undo is not None
    go.undo()
    assert page.sheet.box("current").text == "Words of current\nWords of goal"


def test_the_menu_opens_where_the_box_is(qtbot: QtBot, page: SheetPage) -> None:
    area = page.view.areas["check"]
    at = area.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, area.mapToGlobal(at))
    QApplication.sendEvent(area, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [entry.text() for entry in menu.actions()]
    assert words == ["Rename", "Split into two boxes", "Merge with Follow-up", "Adjust boxes"]
    menu.close()


def test_the_drawer_names_splits_merges_and_resets(qtbot: QtBot, page: SheetPage) -> None:
    page.drawers.open("boxes")
    panel = page.drawers.panel
    assert isinstance(panel, BoxesPanel)
    assert not panel.reset.isEnabled()
    name = panel.rows["check"].name
    name.line.setFocus()
    name.line.selectAll()
    qtbot.keyClicks(name.line, "What came of it")
    qtbot.keyClick(name.line, Qt.Key.Key_Return)
    assert page.shape.label("check") == "What came of it"
    panel.rows["check"].split.click()
    assert "check_2" in page.view.areas
    assert list(panel.rows) == list(page.view.areas)
    page.shape.merge("current")
    assert "goal" not in panel.rows
    page.edits.undo()
    assert list(panel.rows) == list(page.view.areas)
    editor = enter(qtbot, page, "check_2")
    qtbot.keyClicks(editor, "Below")
    page.stop_writing()
    page.view.whole()
    page.drawers.open("boxes")
    panel = page.drawers.panel
    assert isinstance(panel, BoxesPanel)
    panel.reset.click()
    assert page.shape.label("check") == "Check"
    assert page.bar.tray.text() == "Tray: 1"
    assert page.bar.tray.isVisible()


def test_another_type_says_what_goes_where_and_leads_back(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet, go: Steps
) -> None:
    page.drawers.open("about")
    about = page.drawers.panel
    assert isinstance(about, AboutPanel)
    about.change.click()
    kinds = page.change.kinds
    assert kinds is not None
    assert kinds.isVisible()
    assert not page.bar.isVisible()
    assert kinds.cards["ps7"].chosen
    kinds.cards["proposal"].click()
    asking = page.change.asking
    assert asking is not None
    qtbot.keyClick(asking, Qt.Key.Key_Escape)
    assert page.bar.isVisible()
    page.run("change_type")
    kinds.cards["proposal"].click()
    asking = page.change.asking
    assert asking is not None
    qtbot.keyClick(asking.change, Qt.Key.Key_Space)
    assert page.definition is not None
    assert page.definition.id == "proposal"
    assert list(page.view.areas) == [box.id for box in page.definition.boxes]
    assert page.bar.tray.text() == "Tray: 3"
    panel = page.drawers.panel
    assert isinstance(panel, TrayPanel)
    assert [card.piece.label for card in panel.cards] == ["Goal", "Analysis", "Check"]
    assert go.undo is not None
    go.undo()
    assert page.sheet is not None
    assert page.sheet.boxes == sheet.boxes
    assert not page.bar.tray.isVisible()
    assert workspace.sheets.get(sheet.id).tray == ()


def test_undo_takes_back_on_the_sheet_it_was_said_of(
    page: SheetPage, workspace: Workspace, sheet: Sheet, go: Steps
) -> None:
    page.shape.merge("current")
    undo = go.undo
    assert undo is not None
    other = workspace.sheets.begin("Another")
    workspace.sheets.set_box(other.id, Box(id="goal", text="Stays"))
    page.arrive(sheet=other.id)
    undo()
    assert workspace.sheets.get(other.id).box("goal").text == "Stays"
    assert workspace.sheets.get(sheet.id).format == ()


def test_undo_is_no_longer_offered_once_something_else_would_be_undone(
    page: SheetPage, go: Steps
) -> None:
    page.shape.merge("current")
    assert go.undo is not None
    page.edits.undo()
    assert go.undo is None, "it was taken back by keys"
    page.shape.merge("current")
    page.view.areas["background"].setFocus(Qt.FocusReason.TabFocusReason)
    page.write("background")
    assert page.editor is not None
    QTest.keyClicks(page.editor, "w")
    assert go.undo is None, "what was typed since is taken back first"


def test_esc_on_the_situations_leaves_the_type(qtbot: QtBot, page: SheetPage) -> None:
    page.change.begin()
    assert page.change.kinds is not None
    qtbot.keyClick(page.change.kinds, Qt.Key.Key_Escape)
    assert page.bar.isVisible()
    assert page.host.isVisible()
    assert page.definition is not None
    assert page.definition.id == "ps7"


def test_a_plan_that_goes_to_the_tray_says_so_of_its_actions(
    page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    action = Action(id="a", what="Name them at 14:30", finish=date(2026, 12, 1))
    plan = Plan(id="p1", actions=(action,))
    page.take(workspace.sheets.put_figure(sheet.id, "plan", plan))
    page.change.begin()
    assert page.change.kinds is not None
    page.change.kinds.cards["storyboard"].click()
    asking = page.change.asking
    assert asking is not None
    said = "The actions of its plan stay on Today while it lies in the tray."
    assert said in [label.text() for label in asking.findChildren(Label)]
    asking.change.click()
    panel = page.drawers.panel
    assert isinstance(panel, TrayPanel)
    said = "Its actions stay on Today."
    shown = [label.text() for card in panel.cards for label in card.findChildren(Label)]
    assert shown.count(said) == 1
    page.arrive(sheet=sheet.id, action="plan/p1/a")
    assert isinstance(page.drawers.panel, TrayPanel)
    # The way to paper names what it does not print, and the files that hold it.
    page.drawers.open("print")
    paper = page.drawers.panel
    assert isinstance(paper, PaperPanel)
    assert "In the tray, and not on paper: Countermeasures, Plan" in paper.aside.text()
    workspace.recorder.settle()
    (due,) = workspace.recorder.store.glance(date(2026, 11, 24)).actions
    assert due.aside
    assert "in the tray of its sheet" in str(action_row(due, date(2026, 11, 24)))


def test_a_private_sheet_says_who_could_read_it_then(
    qtbot: QtBot, page: SheetPage, workspace: Workspace
) -> None:
    mine = workspace.sheets.begin("I interrupt people", definition="personal")
    page.arrive(sheet=mine.id)
    page.change.begin()
    assert page.change.kinds is not None
    page.change.kinds.cards["ps7"].click()
    asking = page.change.asking
    assert asking is not None
    assert asking.change.text() == "Change it and show it to others"
    asking.back.click()
    assert workspace.sheets.get(mine.id).definition == "personal"


@pytest.fixture
def aside(page: SheetPage, workspace: Workspace, sheet: Sheet) -> TrayPanel:
    workspace.formats.change_type(sheet.id, workspace.catalog.sheet("proposal"))
    page.arrive(sheet=sheet.id, box="tray")
    panel = page.drawers.panel
    assert isinstance(panel, TrayPanel)
    return panel


def test_a_piece_is_put_by_its_button(page: SheetPage, aside: TrayPanel, go: Steps) -> None:
    card = aside.cards[0]
    menu = next(one for one in card.findChildren(QMenu) if one.actions())
    entry = next(one for one in menu.actions() if one.text() == "The idea")
    entry.trigger()
    assert page.sheet is not None
    assert page.sheet.box("concept").text == "Words of goal"
    assert page.bar.tray.text() == "Tray: 2"
    assert go.said[-1] == "Goal stands in The idea now."
    assert go.undo is not None
    go.undo()
    assert page.bar.tray.text() == "Tray: 3"


def test_a_piece_is_dropped_on_a_box_and_nowhere_else(page: SheetPage, aside: TrayPanel) -> None:
    carried: QMimeData = aside.cards[1].drag().mimeData()
    ground = page.view.page
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    move = Qt.DropAction.MoveAction

    def drop(at: QPoint) -> bool:
        entering = QDragEnterEvent(at, move, carried, left, none)
        QApplication.sendEvent(ground, entering)
        assert entering.isAccepted()
        event = QDropEvent(QPointF(at), move, carried, left, none)
        QApplication.sendEvent(ground, event)
        return event.isAccepted()

    assert not drop(QPoint(1, 1))
    assert page.bar.tray.text() == "Tray: 3"
    assert drop(page.view.areas["concept"].geometry().center())
    assert page.sheet is not None
    assert page.sheet.box("concept").text == "Words of analysis"
    assert [figure.id for figure in page.sheet.box("concept").figures] == ["f1"]
    assert page.bar.tray.text() == "Tray: 2"


def test_a_box_that_another_window_took_away_hands_over_what_is_being_written(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    editor = enter(qtbot, page, "goal")
    qtbot.keyClicks(editor, " and more")
    workspace.formats.merge(sheet.id, "current")
    qtbot.waitUntil(lambda: "goal" not in page.view.areas)
    workspace.recorder.settle()
    (open_clash,) = workspace.conflicts.open()
    # Both texts lie aside until somebody chooses; the one typed here finds its box gone.
    workspace.conflicts.settle(open_clash.clash, open_clash.clash.mine)
    now = workspace.sheets.get(sheet.id)
    assert now.box("current").text == "Words of current\nWords of goal"
    assert [p.box.text for p in workspace.formats.tray(now)] == ["Words of goal and more"]
    qtbot.waitUntil(lambda: page.bar.tray.text() == "Tray: 1")


def test_a_talk_of_before_is_shown_in_the_boxes_of_before(
    page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    then = workspace.sheets.get(sheet.id).revision
    workspace.formats.merge(sheet.id, "current")
    workspace.formats.change_type(sheet.id, workspace.catalog.sheet("status"))
    page.arrive(sheet=sheet.id, revision=then)
    assert list(page.view.areas)[:3] == ["background", "current", "goal"]
    assert page.shape.handles == {}
    page.notice.acted.emit()
    assert "objectives" in page.view.areas


def test_the_first_draft_is_shown_in_the_boxes_it_was_written_in(
    page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    workspace.sheets.keep_first_draft(sheet.id)
    workspace.formats.change_type(sheet.id, workspace.catalog.sheet("status"))
    page.arrive(sheet=sheet.id)
    page.first_draft = True
    page.draw()
    assert "Words of goal" in page.view.areas["goal"].accessibleDescription()
    assert replace(page.shown(), revision=0).boxes == sheet.boxes


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_drawer_stays_open_while_the_boxes_change_under_it(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet, key: str
) -> None:
    own = Ref("sheet", sheet.id)
    workspace.sheets.ask(sheet.id, "goal", "By how much?")
    workspace.thread.tie(ACTS_ON, own, own, from_part="plan", to_part="goal")
    enter(qtbot, page, "goal")
    page.drawers.open(key)
    page.shape.merge("current")
    assert "goal" not in page.view.areas
    page.drawers.refresh()
    enter(qtbot, page, "analysis")
    page.drawers.open(key)
    proposal = workspace.catalog.sheet("proposal")
    page.shape.act(lambda: workspace.formats.change_type(sheet.id, proposal))
    assert "analysis" not in page.view.areas
    page.drawers.refresh()
    page.drawers.open(key)
    for _ in range(2):
        page.edits.undo()
    assert list(page.view.areas)[:4] == ["background", "current", "goal", "analysis"]
    page.drawers.open(key)


def test_states_before_and_after_another_type_are_compared(
    page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    story = workspace.story
    workspace.story.name(sheet.id, "Before")
    workspace.formats.merge(sheet.id, "current")
    workspace.formats.change_type(sheet.id, workspace.catalog.sheet("proposal"))
    page.arrive(sheet=sheet.id)
    named = next(one for one in story.states(sheet.id) if one.kind == "named")
    before, now = story.sheet_in(sheet.id, named), workspace.sheets.get(sheet.id)
    for first, second in ((before, now), (now, before)):
        compared = ComparedSheet(compare_sheets(first, second), "before", "now")
        page.look_at(compared=compared)
        assert page.view.areas
    for turn in story.turns(sheet.id):
        story.before_and_after(sheet.id, turn)
