"""A grid of cells says where the keys are, goes with the arrows, and opens by Enter or a click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from gemba.domain.patterns import Heat
from gemba.domain.routine_days import KEPT, MISSED, DayMark
from gemba.ui.theme import Theme
from gemba.ui.widgets.cell_grid import CellGrid
from gemba.ui.widgets.heat_map import HeatMap
from gemba.ui.widgets.practice import Line, PracticeStrip, Span

DAY = date(2026, 11, 23)
WEEKS = tuple(DAY + timedelta(days=7 * number) for number in range(3))


def heat(theme: Theme) -> CellGrid:
    made = HeatMap(theme, "Stop by week")
    made.set_heat(Heat(("The hatch", ""), WEEKS, ((1, 0, 3), (0, 2, 0))))
    made.at = (0, 0)
    return made


def practice(theme: Theme) -> CellGrid:
    made = PracticeStrip(theme, "This week")
    marks = (DayMark(day=WEEKS[0], state=KEPT), DayMark(day=WEEKS[1], state=MISSED, why="away"))
    spans = [Span(f"{day.day}", day, day + timedelta(days=6)) for day in WEEKS]
    made.set_lines([Line("Walk", marks), Line("Coach", ())], spans)
    return made


@pytest.fixture(params=[heat, practice])
def grid(request: pytest.FixtureRequest, qtbot: QtBot, theme: Theme) -> CellGrid:
    make: Callable[[Theme], CellGrid] = request.param
    made = make(theme)
    qtbot.addWidget(made)
    made.resize(700, made.sizeHint().height())
    made.show()
    return made


def test_arrows_stay_in_the_grid_and_say_the_cell(qtbot: QtBot, grid: CellGrid) -> None:
    for key, at in (
        (Qt.Key.Key_Left, (0, 0)),
        (Qt.Key.Key_Right, (0, 1)),
        (Qt.Key.Key_Down, (1, 1)),
        (Qt.Key.Key_Down, (1, 1)),
        (Qt.Key.Key_Right, (1, 2)),
        (Qt.Key.Key_Right, (1, 2)),
        (Qt.Key.Key_Up, (0, 2)),
    ):
        qtbot.keyClick(grid, key)
        assert grid.at == at
        assert grid.accessibleName() == f"{grid.name}. {grid.words_of(*at)}"


def test_from_right_to_left_the_left_arrow_goes_on(qtbot: QtBot, grid: CellGrid) -> None:
    usual = grid.cell(0, 0)
    grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert grid.cell(0, 0).right() == grid.width() - 1 - usual.left()
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    assert grid.at == (0, 1)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_keys_open_the_cell_they_are_at(qtbot: QtBot, grid: CellGrid, key: Qt.Key) -> None:
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    with qtbot.waitSignal(grid.opened) as heard:
        qtbot.keyClick(grid, key)
    assert heard.args == [1, 0]


def test_a_click_opens_a_cell_and_nothing_beside_one(qtbot: QtBot, grid: CellGrid) -> None:
    heard: list[tuple[int, int]] = []
    grid.opened.connect(lambda row, column: heard.append((row, column)))
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.cell(1, 2).center())
    assert heard == [(1, 2)]
    assert grid.at == (1, 2)
    names = grid.cell(0, 0).center()
    names.setX(2)
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=names)
    assert heard == [(1, 2)]


def test_the_ring_is_round_the_cell_once_keys_are_used(qtbot: QtBot, grid: CellGrid) -> None:
    grid.activateWindow()
    qtbot.waitUntil(grid.isActiveWindow)
    grid.clearFocus()
    grid.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.waitUntil(grid.hasFocus)
    assert grid.ring() is None
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    ring = grid.ring()
    assert ring is not None
    assert ring.rect == grid.cell(0, 1)


def test_the_cell_under_the_pointer_is_told(grid: CellGrid) -> None:
    at = grid.cell(0, 1).center()
    QApplication.sendEvent(grid, QHelpEvent(QEvent.Type.ToolTip, at, grid.mapToGlobal(at)))
    assert QToolTip.text() == grid.words_of(0, 1)


def test_an_empty_grid_hides_and_takes_no_key(qtbot: QtBot, theme: Theme) -> None:
    for grid in (HeatMap(theme, "Stop by week"), PracticeStrip(theme, "This week")):
        qtbot.addWidget(grid)
        if isinstance(grid, HeatMap):
            grid.set_heat(None)
        else:
            grid.set_lines([], [])
        assert grid.isHidden()
        heard: list[tuple[int, int]] = []
        grid.opened.connect(lambda row, column, into=heard: into.append((row, column)))
        qtbot.keyClick(grid, Qt.Key.Key_Return)
        qtbot.keyClick(grid, Qt.Key.Key_Right)
        assert heard == []
        assert grid.ring() is None


def test_who_works_in_a_cell_stays_there_when_its_words_change(qtbot: QtBot, theme: Theme) -> None:
    strip = PracticeStrip(theme, "This week")
    qtbot.addWidget(strip)
    spans = [Span(f"{day.day}", day, day) for day in WEEKS]
    strip.set_lines([Line("Walk", ()), Line("Coach", ())], spans, at=2)
    assert strip.at == (0, 2)
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    strip.set_lines([Line("Walk", (DayMark(day=WEEKS[1], state=KEPT),))], spans, at=2)
    assert strip.at == (0, 1)
    strip.set_lines([Line("Walk", ())], spans[:2], at=7)
    assert strip.at == (0, 1)
