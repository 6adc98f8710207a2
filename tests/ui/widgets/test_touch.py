"""A finger moves a page or a list; a tap opens a row, and a drawing keeps the finger."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScroller, QWidget
from pytestqt.qtbot import QtBot

from gemba.domain.figures import Sketch
from gemba.ui.figures.canvas import Canvas
from gemba.ui.theme import Theme
from gemba.ui.widgets import RecordListView, RowList, RowWords, ScrollPage

ROWS = [RowWords(f"Row {number}", key=number) for number in range(60)]
STEPS = 20
INACTIVE = QScroller.State.Inactive


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(still=True)
    made.apply(qapp)
    yield made
    qapp.setStyleSheet("")


@pytest.fixture(scope="module")
def finger(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


def show(qtbot: QtBot, area: QWidget) -> None:
    qtbot.addWidget(area)
    area.resize(600, 500)
    area.show()
    qtbot.waitUntil(lambda: area.isVisible() and area.windowHandle().isExposed())


def draw(area: QWidget, finger: QPointingDevice, start: QPoint, end: QPoint) -> None:
    """Put a finger down, move it, and lift it."""
    QTest.touchEvent(area.windowHandle(), finger).press(0, start).commit()
    for step in range(1, STEPS + 1):
        at = start + (end - start) * step / STEPS
        QTest.touchEvent(area.windowHandle(), finger).move(0, at).commit()
    QTest.touchEvent(area.windowHandle(), finger).release(0, end).commit()


def page(theme: Theme, opened: Callable[[object], None]) -> QAbstractScrollArea:
    made, rows = ScrollPage(theme), RowList(theme, name="Rows")
    rows.set_rows(ROWS)
    rows.opened.connect(opened)
    made.add(rows)
    return made


def records(theme: Theme, opened: Callable[[object], None]) -> QAbstractScrollArea:
    made = RecordListView(theme, name="Rows")
    made.set_rows(ROWS)
    made.opened.connect(opened)
    return made


@pytest.mark.parametrize("make", [page, records])
def test_a_finger_moves_it_and_a_tap_opens(
    make: Callable[[Theme, Callable[[object], None]], QAbstractScrollArea],
    theme: Theme,
    finger: QPointingDevice,
    qtbot: QtBot,
) -> None:
    opened: list[object] = []
    area = make(theme, opened.append)
    show(qtbot, area)
    at = QPoint(200, 130)
    draw(area, finger, at, at)
    qtbot.waitUntil(lambda: len(opened) == 1)
    assert opened[0] in (2, 3)
    draw(area, finger, QPoint(200, 400), QPoint(200, 100))
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 100)
    assert len(opened) == 1, "what the finger went over was not opened"


def test_a_drawing_keeps_the_finger(theme: Theme, finger: QPointingDevice, qtbot: QtBot) -> None:
    area, drawn = ScrollPage(theme), []
    canvas = Canvas(theme, Sketch(id="s"), area)
    canvas.drew.connect(drawn.append)
    area.add(canvas)
    below = QWidget()
    below.setFixedHeight(2_000)
    area.add(below)
    show(qtbot, area)
    start = canvas.mapTo(area, QPoint(100, 300))
    draw(area, finger, start, start - QPoint(0, 250))
    qtbot.waitUntil(lambda: QScroller.scroller(area.viewport()).state() == INACTIVE)
    assert len(drawn) == 1
    assert area.verticalScrollBar().value() == 0
