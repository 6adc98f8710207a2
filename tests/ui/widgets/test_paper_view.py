"""The sheet on the desk: two distances, boxes to focus, and what each tells who cannot see it."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.figures.words import described
from gemba.domain.prose import plain
from gemba.domain.sheet import Box, Sheet
from gemba.reports.sheet import SheetFacts, draw_sheet
from gemba.services.paper import Paper
from gemba.ui.theme import Theme
from gemba.ui.widgets.box_area import BoxFacts
from gemba.ui.widgets.paper import PaperView
from gemba.ui.widgets.paper_distance import LEAST_TEXT
from gemba.words import Words
from tests.data.trial_sheet import TODAY, definition, trial_sheet

KIND = definition()


def show(view: PaperView, sheet: Sheet) -> None:
    drawn = draw_sheet(
        sheet,
        KIND,
        facts=SheetFacts("Maria Okafor"),
        photo=lambda _hash: None,
        words=Words(),
        today=TODAY,
        compress=False,
    )
    facts = {
        box.id: BoxFacts(
            box.label,
            plain(sheet.box(box.id).text),
            box.question,
            tuple((one.id, described(one)) for one in sheet.box(box.id).figures),
        )
        for box in KIND.boxes
    }
    view.show_sheet(drawn.pdf, drawn.layout, facts)


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot, theme: Theme) -> PaperView:
    paper = Paper(SimpleNamespace())  # type: ignore[arg-type]
    made = PaperView(theme, paper.picture)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    show(made, trial_sheet())
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


def focus(view: PaperView, box_id: str) -> None:
    view.areas[box_id].setFocus(Qt.FocusReason.TabFocusReason)


def test_the_whole_sheet_fits_the_view(view: PaperView) -> None:
    paper = view.page.paper
    assert view.viewport().rect().contains(paper.translated(view.page.pos()))
    assert paper.width() / paper.height() == pytest.approx(420 / 297, abs=0.01)
    assert list(view.areas) == [box.id for box in KIND.boxes]


def test_a_click_goes_to_the_column_at_a_size_to_write_in(view: PaperView, qtbot: QtBot) -> None:
    with qtbot.waitSignals([view.zoomed, view.entered]):
        area = view.areas["goal"]
        QTest.mouseClick(area, Qt.MouseButton.LeftButton, pos=area.rect().center())
    assert view.column
    assert view.current == "goal"
    assert view.page.zoom.text >= LEAST_TEXT
    shown = view.areas["goal"].geometry().translated(view.page.pos())
    assert view.viewport().rect().adjusted(-2, -2, 2, 2).contains(shown)


@pytest.mark.parametrize("width", [500, 800, 1024, 1700])
def test_text_to_write_is_never_under_fourteen_pixels(view: PaperView, width: int) -> None:
    view.resize(width, 700)
    focus(view, "analysis")
    assert view.page.zoom.text >= LEAST_TEXT
    assert view.page.zoom.scale == pytest.approx(view.page.zoom.text / (10.5 * 25.4 / 72))


def test_tab_goes_down_the_columns_in_reading_order(view: PaperView, qtbot: QtBot) -> None:
    focus(view, "background")
    seen = []
    for _ in [stop for area in view.areas.values() for stop in area.tab_stops()]:
        inside = view.focusWidget()
        seen += [box_id for box_id, area in view.areas.items() if area is inside]
        QTest.keyClick(inside, Qt.Key.Key_Tab)
    assert seen == [box.id for box in KIND.boxes]


def test_esc_goes_back_to_the_whole_sheet(view: PaperView, qtbot: QtBot) -> None:
    focus(view, "check")
    assert view.column
    with qtbot.waitSignal(view.zoomed):
        QTest.keyClick(view.areas["check"], Qt.Key.Key_Escape)
    assert not view.column


def test_ctrl_and_the_wheel_go_near_and_back(view: PaperView) -> None:
    def turn(by: int) -> None:
        QApplication.sendEvent(
            view.viewport(),
            QWheelEvent(
                QPointF(600, 300),
                QPointF(view.mapToGlobal(QPoint(600, 300))),
                QPoint(),
                QPoint(0, by),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.ControlModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            ),
        )

    turn(120)
    assert view.column
    turn(-120)
    assert not view.column


def test_each_box_tells_its_name_its_text_and_its_room(view: PaperView) -> None:
    goal = QAccessible.queryAccessibleInterface(view.areas["goal"])
    assert goal.text(QAccessible.Text.Name) == "Goal"
    told = goal.text(QAccessible.Text.Description)
    assert "From 19 % to 40 %" in told
    assert "Room for 1 line" in told
    analysis = QAccessible.queryAccessibleInterface(view.areas["analysis"])
    assert "Five-whys tree" in analysis.text(QAccessible.Text.Description)


def test_too_many_lines_are_told_in_words(view: PaperView) -> None:
    full = Box(id="goal", text="\n".join(f"line {n}" for n in range(9)))
    show(view, trial_sheet().with_box(full))
    over = view.layout_.boxes["goal"].lines_over
    assert over > 1
    assert view.areas["goal"].room_words() == f"{over} lines too many."


def test_an_empty_box_asks_its_question_on_screen_only(view: PaperView) -> None:
    show(view, trial_sheet().with_box(Box(id="goal")))
    goal = view.areas["goal"]
    assert KIND.box("goal").question in goal.accessibleDescription()
    image = goal.grab().toImage()
    soft = [
        (x, y)
        for x in range(0, image.width())
        for y in range(0, image.height())
        if image.pixelColor(x, y).lightness() < 170
    ]
    assert len(soft) > 100


def test_a_click_on_a_figure_asks_for_it(view: PaperView, qtbot: QtBot) -> None:
    figure = view.layout_.boxes["current"].figures[0]
    frame = figure.frame
    area = view.areas["current"]
    at = area.inside(frame.x, frame.y, frame.width, frame.height).center().toPoint()
    with qtbot.waitSignal(view.boxes.figure_asked) as asked:
        QTest.mouseClick(area, Qt.MouseButton.LeftButton, pos=at)
    assert asked.args == ["current", figure.id]


def test_a_new_drawing_keeps_focus_and_distance(view: PaperView) -> None:
    focus(view, "plan")
    scale = view.page.zoom
    bar = view.verticalScrollBar().value()
    show(view, replace(trial_sheet(), title="Another title"))
    assert view.focusWidget() is view.areas["plan"]
    assert view.page.zoom == scale
    assert view.verticalScrollBar().value() == bar


def test_clearing_takes_every_box_away(view: PaperView) -> None:
    focus(view, "plan")
    view.clear()
    assert not view.areas
    assert not view.column
    show(view, trial_sheet())
    assert list(view.areas) == [box.id for box in KIND.boxes]
