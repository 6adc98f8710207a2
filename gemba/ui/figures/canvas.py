"""The surface of a sketch: pen, mouse, tablet and keys draw on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPointingDevice,
    QTabletEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba.domain.figures import Sketch
from gemba.domain.figures.strokes import (
    drawn,
    nearest_stroke,
    nearest_words,
    points_of,
    without_stroke,
)
from gemba.ui.widgets import Ring

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_REACH = 2.5
_POINT = 25.4 / 72
_LABEL = 8.5 * _POINT
_KEYS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class Canvas(QWidget):
    """The surface of a sketch, as wide as it is given; white as paper in both themes.

    `drew` hands on a new sketch; `asked_words` the place in mm where words are wanted.
    By keys: arrows move the cross, Space puts the pen down and lifts it.
    """

    takes_strokes = True
    drew = Signal(object)
    asked_words = Signal(float, float)

    def __init__(self, theme: Theme, sketch: Sketch, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.sketch = sketch
        self.tool = "pen"
        self.pen_width = 1.0
        self._points: list[tuple[float, float]] = []
        self._tablet = False
        self._cross: tuple[float, float] | None = None
        self._down = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Drawing surface"))
        self.setCursor(Qt.CursorShape.CrossCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """It keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the sketch is at this width."""
        return round(width * self.sketch.height / max(1.0, self.sketch.width))

    def sizeHint(self) -> QSize:
        """As wide as a drawer for figures."""
        width = self.theme.px(388)
        return QSize(width, self.heightForWidth(width))

    def show_sketch(self, sketch: Sketch) -> None:
        """Show another state of the sketch."""
        self.sketch = sketch
        self.updateGeometry()
        self.update()

    def _scale(self) -> float:
        return self.width() / max(1.0, self.sketch.width)

    def _place(self, at: QPointF) -> tuple[float, float]:
        scale = self._scale()
        return at.x() / scale, at.y() / scale

    def ring(self) -> Ring | None:
        """Round the surface."""
        return Ring(self.rect(), 0, 0) if self.hasFocus() else None

    def finish(self) -> None:
        """Keep a stroke that was begun and whose end never came, as with a pen that was lifted."""
        self._down = self._tablet = False
        if self._points:
            self._end()

    def _begin(self, at: tuple[float, float]) -> None:
        if self._points:
            self._end()
        if self.tool == "pen":
            self._points = [at]
        elif self.tool == "eraser":
            self._erase(at)
        else:
            self.asked_words.emit(*at)
        self.update()

    def _go_on(self, at: tuple[float, float]) -> None:
        if self.tool == "pen" and self._points:
            self._points.append(at)
            self.update()
        elif self.tool == "eraser":
            self._erase(at)

    def _end(self) -> None:
        points, self._points = tuple(self._points), []
        if points:
            self.drew.emit(drawn(self.sketch, points, self.pen_width))
        self.update()

    def _erase(self, at: tuple[float, float]) -> None:
        stroke = nearest_stroke(self.sketch, at, _REACH)
        if stroke is not None:
            self.drew.emit(without_stroke(self.sketch, stroke))
            return
        words = nearest_words(self.sketch, at, 2 * _REACH)
        if words is not None:
            kept = tuple(w for i, w in enumerate(self.sketch.words) if i != words)
            self.drew.emit(replace(self.sketch, words=kept))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke, erase, or ask for words."""
        if event.button() == Qt.MouseButton.LeftButton and not self._tablet:
            self._begin(self._place(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke."""
        if event.buttons() & Qt.MouseButton.LeftButton and not self._tablet:
            self._go_on(self._place(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        if event.button() == Qt.MouseButton.LeftButton and not self._tablet:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen draws; its other end erases."""
        at = self._place(event.position())
        held, eraser = self.tool, QPointingDevice.PointerType.Eraser
        if event.pointerType() == eraser:
            self.tool = "eraser"
        if event.type() == QTabletEvent.Type.TabletPress:
            # Its tip alone draws; a button at its side is held for something else.
            self._tablet = event.button() == Qt.MouseButton.LeftButton
            if self._tablet:
                self._begin(at)
        elif event.type() == QTabletEvent.Type.TabletMove and self._tablet:
            self._go_on(at)
        elif event.type() == QTabletEvent.Type.TabletRelease and self._tablet:
            self._end()
            self._tablet = False
        self.tool = held
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Draw by keys: arrows, with Shift in small steps, and Space."""
        key = Qt.Key(event.key())
        if key in _KEYS:
            small = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._move_cross(key, 1.0 if small else 5.0)
        elif key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked_words.emit(*self._cross_at())
        else:
            super().keyPressEvent(event)

    def _cross_at(self) -> tuple[float, float]:
        return self._cross or (self.sketch.width / 2, self.sketch.height / 2)

    def _move_cross(self, key: Qt.Key, step: float) -> None:
        x, y = self._cross_at()
        dx, dy = _KEYS[key]
        x = min(self.sketch.width, max(0.0, x + dx * step))
        y = min(self.sketch.height, max(0.0, y + dy * step))
        self._cross = (x, y)
        if self._down:
            self._go_on((x, y))
        self.update()

    def _space(self) -> None:
        self._cross = self._cross_at()
        if self._down:
            self._down = False
            self._end()
        else:
            self._begin(self._cross)
            self._down = self.tool == "pen"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint paper, strokes, words and the cross of the keys."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.theme.paper)
        scale = self._scale()
        for stroke in self.sketch.strokes:
            self._paint(painter, points_of(stroke), stroke.width, scale)
        self._paint(painter, tuple(self._points), self.pen_width, scale)
        painter.setPen(self.theme.paper_ink)
        font = self.theme.font()
        font.setPixelSize(max(6, round(_LABEL * scale)))
        painter.setFont(font)
        for words in self.sketch.words:
            painter.drawText(QPointF(words.x * scale, words.y * scale), words.text)
        if self.hasFocus() and self._cross is not None:
            self._paint_cross(painter, scale)
        painter.setPen(QPen(self.theme.edge, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _paint(
        self, painter: QPainter, points: tuple[tuple[float, float], ...], width: float, scale: float
    ) -> None:
        if not points:
            return
        pen = QPen(self.theme.paper_ink, width * _POINT * scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        path = QPainterPath(QPointF(points[0][0] * scale, points[0][1] * scale))
        for x, y in points[1:] or (points[0],):
            path.lineTo(x * scale + (0.01 if len(points) == 1 else 0), y * scale)
        painter.drawPath(path)

    def _paint_cross(self, painter: QPainter, scale: float) -> None:
        x, y = self._cross_at()
        at = QPointF(x * scale, y * scale)
        painter.setPen(QPen(self.theme.series_2, 1.5))
        arm = self.theme.px(7)
        painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0))
        painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm))
