"""A sketch drawn with the pen of a tablet: its tip draws, its other end erases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.figures import Sketch
from gemba.ui.figures import Around
from gemba.ui.figures.sketch import SketchEditor
from gemba.ui.theme import Theme

PRESS, MOVE, RELEASE = (
    QEvent.Type.TabletPress,
    QEvent.Type.TabletMove,
    QEvent.Type.TabletRelease,
)
TIP, SIDE, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.NoButton
Pointer = QPointingDevice.PointerType


def end_of_pen(pointer: Pointer) -> QPointingDevice:
    can = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure
    return QPointingDevice("pen", 1, QInputDevice.DeviceType.Stylus, pointer, can, 1, 2)


PEN, ERASER = end_of_pen(Pointer.Pen), end_of_pen(Pointer.Eraser)


@pytest.fixture
def made(qtbot: QtBot, theme: Theme) -> SketchEditor:
    editor = SketchEditor(theme, Sketch(id="s"), Around())
    qtbot.addWidget(editor)
    editor.resize(420, 700)
    editor.show()
    editor.begin()
    QApplication.processEvents()
    return editor


def put(
    editor: SketchEditor,
    kind: QEvent.Type,
    x: float,
    y: float,
    *,
    end: QPointingDevice = PEN,
    button: Qt.MouseButton = TIP,
) -> bool:
    """Hand a movement of the pen to the surface; tell whether the surface took it."""
    at = QPointF(x, y)
    held = NONE if kind is RELEASE else button
    changed = NONE if kind is MOVE else button
    event = QTabletEvent(
        kind, end, at, at, 0.5, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier, changed, held
    )
    QApplication.sendEvent(editor.canvas, event)
    return event.isAccepted()


def stroke(editor: SketchEditor, y: float, *, end: QPointingDevice = PEN) -> None:
    assert put(editor, PRESS, 20, y, end=end)
    for x in range(40, 201, 20):
        # What it takes, Qt does not tell as a mouse once more.
        assert put(editor, MOVE, x, y + x / 7 % 5, end=end)
    assert put(editor, RELEASE, 200, y, end=end)


def lines(editor: SketchEditor) -> list[float]:
    """How far down each stroke begins, in pixels of the surface."""
    figure = editor.figure
    assert isinstance(figure, Sketch)
    scale = editor.canvas.width() / figure.width
    return [round(one.points[1] * scale) for one in figure.strokes]


def test_the_tip_draws_and_the_other_end_erases(made: SketchEditor) -> None:
    stroke(made, 40)
    stroke(made, 120)
    assert lines(made) == [40, 120]
    put(made, PRESS, 100, 121, end=ERASER)
    put(made, RELEASE, 100, 121, end=ERASER)
    assert lines(made) == [40]
    # The tool is still the pen: the tip draws on.
    stroke(made, 80)
    assert lines(made) == [40, 80]
    made.undo()
    assert lines(made) == [40]


def test_mouse_and_pen_draw_in_turn_and_never_one_stroke_twice(made: SketchEditor) -> None:
    put(made, PRESS, 20, 40)
    QTest.mousePress(made.canvas, TIP, pos=QPointF(20, 40).toPoint())
    put(made, MOVE, 200, 40)
    QTest.mouseRelease(made.canvas, TIP, pos=QPointF(200, 40).toPoint())
    put(made, RELEASE, 200, 40)
    assert lines(made) == [40]
    QTest.mousePress(made.canvas, TIP, pos=QPointF(20, 80).toPoint())
    QTest.mouseMove(made.canvas, QPointF(200, 80).toPoint())
    QTest.mouseRelease(made.canvas, TIP, pos=QPointF(200, 80).toPoint())
    assert lines(made) == [40, 80]


def test_a_pen_over_the_paper_and_a_button_at_its_side_draw_nothing(made: SketchEditor) -> None:
    put(made, MOVE, 100, 40, button=NONE)
    put(made, PRESS, 20, 40, button=SIDE)
    put(made, MOVE, 200, 40, button=SIDE)
    put(made, RELEASE, 200, 40, button=SIDE)
    assert lines(made) == []


def test_a_stroke_whose_end_never_came_is_kept(made: SketchEditor) -> None:
    put(made, PRESS, 20, 40)
    put(made, MOVE, 200, 40)
    stroke(made, 80)
    assert lines(made) == [40, 80]
    put(made, PRESS, 20, 120)
    put(made, MOVE, 200, 120)
    made.leave()
    assert lines(made) == [40, 80, 120]


def test_the_pen_writes_words_where_it_is_put_down(made: SketchEditor) -> None:
    made.tools.segment("words").click()
    put(made, PRESS, 60, 60)
    put(made, RELEASE, 60, 60)
    QTest.keyClicks(QApplication.focusWidget(), "lounge")
    made.leave()
    figure = made.figure
    assert isinstance(figure, Sketch)
    assert [one.text for one in figure.words] == ["lounge"]
