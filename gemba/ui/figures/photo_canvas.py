"""A photo on which arrows, circles and blurs are drawn, with pointer, pen or keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba.domain.figures import PhotoFigure
from gemba.domain.figures.photo_marks import (
    clean,
    mark_at,
    with_mark,
    with_moved,
    without_mark,
)
from gemba.domain.photo_mark import PhotoMark
from gemba.ui.widgets import Ring
from gemba.ui.widgets.marks_paint import MarksPaint, rect_of

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

MOVE = "move"
_STEP, _SMALL = 0.05, 0.01
_REACH = 8
_KEYS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class PhotoCanvas(QWidget):
    """The photo, whole and as wide as it is given, with its marks as they will print.

    ``tool`` is "move" or a shape; `asked_words` says where words are wanted, `picked` that another
    mark was chosen. `drew` hands on the figure with a mark more, moved or less. By
    keys: arrows move the cross, or the mark that is chosen; Space puts down one end of a mark and
    then the other, or chooses the next mark; Delete takes the chosen one away.
    """

    takes_strokes = True
    drew = Signal(object)
    asked_words = Signal(float, float)
    picked = Signal()

    def __init__(self, theme: Theme, figure: PhotoFigure, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.figure = figure
        self.tool = MOVE
        self.chosen: int | None = None
        self._image = QImage()
        self._paint = MarksPaint(theme)
        self._new: PhotoMark | None = None
        self._held: tuple[PhotoFigure, tuple[float, float]] | None = None
        self._cross: tuple[float, float] | None = None
        self._labels: dict[int, QRectF] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Photo"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.use(MOVE)

    def show_image(self, image: QImage) -> None:
        """Show another photo, or none."""
        self._image = image
        self._paint.forget()
        self.updateGeometry()
        self.update()

    def show_figure(self, figure: PhotoFigure) -> None:
        """Show another state of the marks."""
        if figure.marks != self.figure.marks:
            self._new = self._held = None
            if self.chosen is not None and self.chosen >= len(figure.marks):
                self.chosen = None
        self.figure = figure
        self.update()

    def shows_a_picture(self) -> bool:
        """Tell whether there is a picture to be seen."""
        return not self._image.isNull()

    def use(self, tool: str) -> None:
        """Take a tool into the hand."""
        self.tool = tool
        self._new = None
        moves = tool == MOVE
        self.setCursor(Qt.CursorShape.ArrowCursor if moves else Qt.CursorShape.CrossCursor)
        self.update()

    def remove(self) -> None:
        """Take the chosen mark away, the last one where none is chosen."""
        index = self.chosen if self.chosen is not None else len(self.figure.marks) - 1
        self.chosen = None
        self.picked.emit()
        self._hand_on(without_mark(self.figure, index))

    def fill(self) -> None:
        """Take all the room there is; the photo lies in the middle of it."""
        grows = QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy(grows, grows))

    def hasHeightForWidth(self) -> bool:
        """It keeps the shape of the photo, where it is not to fill what there is."""
        return self.sizePolicy().hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """As high as the photo, at most as high as wide."""
        if self._image.isNull():
            return self.theme.px(120)
        return min(width, max(1, round(width * self._shape())))

    def sizeHint(self) -> QSize:
        """As wide as a drawer for figures."""
        width = self.theme.px(388)
        return QSize(width, self.heightForWidth(width))

    def ring(self) -> Ring | None:
        """Round the photo."""
        around = self.photo_rect().toRect() if self.shows_a_picture() else self.rect()
        return Ring(around, 0, 0) if self.hasFocus() else None

    def photo_rect(self) -> QRectF:
        """Where the photo itself lies."""
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, max(1, size.width()), max(1, size.height()))

    def _shape(self) -> float:
        return self._image.height() / max(1, self._image.width())

    def _share(self, at: QPointF) -> tuple[float, float]:
        area = self.photo_rect()
        x, y = (at.x() - area.left()) / area.width(), (at.y() - area.top()) / area.height()
        return min(1.0, max(0.0, x)), min(1.0, max(0.0, y))

    def _hand_on(self, figure: PhotoFigure) -> None:
        if figure != self.figure:
            self.figure = figure
            self.drew.emit(figure)
        self.update()

    def _begin(self, at: tuple[float, float]) -> None:
        if self._image.isNull():
            return
        if self.tool == MOVE:
            reach = self.theme.px(_REACH) / self.photo_rect().width()
            label = self._label_at(at)
            met = mark_at(self.figure, at, self._shape(), reach)
            self.chosen = label if label is not None else met
            self._held = (self.figure, at) if self.chosen is not None else None
            self.picked.emit()
        elif self.tool == "text":
            self.asked_words.emit(*at)
        else:
            self._new = PhotoMark(shape=self.tool, x1=at[0], y1=at[1], x2=at[0], y2=at[1])
        self.update()

    def _label_at(self, at: tuple[float, float]) -> int | None:
        """Return whose words stand at a point, as they were painted."""
        area = self.photo_rect()
        spot = QPointF(area.left() + at[0] * area.width(), area.top() + at[1] * area.height())
        met = [number for number, label in self._labels.items() if label.contains(spot)]
        return max(met, default=None)

    def _go_on(self, at: tuple[float, float]) -> None:
        if self._new is not None:
            self._new = replace(self._new, x2=at[0], y2=at[1])
        elif self._held is not None and self.chosen is not None:
            before, since = self._held
            dx, dy = at[0] - since[0], at[1] - since[1]
            self.figure = with_moved(before, self.chosen, dx, dy)
        self.update()

    def _end(self) -> None:
        new, self._new = self._new, None
        if new is not None:
            made = with_mark(self.figure, new)
            if made != self.figure:
                self.chosen = len(made.marks) - 1
            self._hand_on(made)
        elif self._held is not None:
            before, _since = self._held
            self._held = None
            if before != self.figure:
                self.drew.emit(self.figure)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a mark, or take hold of one."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(self._share(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the mark on, or move it."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_on(self._share(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the mark."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Draw, move and take away by keys; with Shift in small steps."""
        key = Qt.Key(event.key())
        if self._image.isNull():
            super().keyPressEvent(event)
        elif key in _KEYS:
            small = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step(key, _SMALL if small else _STEP)
        elif key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove()
        elif key == Qt.Key.Key_Escape and self._new is not None:
            self._new = None
            self.update()
        else:
            super().keyPressEvent(event)

    def _step(self, key: Qt.Key, step: float) -> None:
        dx, dy = _KEYS[key][0] * step, _KEYS[key][1] * step
        if self.tool == MOVE and self.chosen is not None:
            self._hand_on(with_moved(self.figure, self.chosen, dx, dy))
            return
        x, y = self._cross_at()
        self._cross = (min(1.0, max(0.0, x + dx)), min(1.0, max(0.0, y + dy)))
        if self._new is not None:
            self._go_on(self._cross)
        self.update()

    def _cross_at(self) -> tuple[float, float]:
        return self._cross or (0.5, 0.5)

    def _space(self) -> None:
        self._cross = self._cross_at()
        if self.tool == MOVE:
            self._choose_next()
        elif self._new is None:
            self._begin(self._cross)  # or asks for words, where a text stands in the hand
        else:
            self._end()

    def _choose_next(self) -> None:
        """Choose the mark after the one that is chosen, round and round."""
        count = len(self.figure.marks)
        if count:
            self.chosen = 0 if self.chosen is None else (self.chosen + 1) % count
        self.picked.emit()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the photo, what is blurred on it, its marks and the cross of the keys."""
        painter = QPainter(self)
        if self._image.isNull():
            painter.fillRect(self.rect(), self.theme.photo)
            painter.end()
            return
        area = self.photo_rect()
        shown = [*map(clean, self.figure.marks), *([clean(self._new)] if self._new else [])]
        self._labels = self._paint.paint(painter, self._image, area, shown)
        for number, mark in enumerate(shown):
            if number == self.chosen and number < len(self.figure.marks):
                around = self._labels.get(number, rect_of(mark, area))
                self._paint_hold(painter, around)
        if self.hasFocus() and self._cross is not None and self.tool != MOVE:
            self._paint_cross(painter, area)
        painter.end()

    def _paint_hold(self, painter: QPainter, held: QRectF) -> None:
        """Show by a dashed frame which mark is chosen."""
        around = held.adjusted(-4, -4, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.paper, 1))
        painter.drawRect(around)
        painter.setPen(QPen(self.theme.paper_ink, 1, Qt.PenStyle.DashLine))
        painter.drawRect(around)

    def _paint_cross(self, painter: QPainter, area: QRectF) -> None:
        x, y = self._cross_at()
        at = QPointF(area.left() + x * area.width(), area.top() + y * area.height())
        arm = self.theme.px(7)
        for colour, wide in ((self.theme.paper, 3.5), (self.theme.paper_ink, 1.5)):
            painter.setPen(QPen(colour, wide))
            painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0))
            painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm))
