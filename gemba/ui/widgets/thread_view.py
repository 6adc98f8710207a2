"""The thread of a sheet as one thin picture: five columns of knots and the strands between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gemba.domain.thread_picture import STEPS, ThreadPicture
from gemba.ui.widgets.base import Control, Ring, draw_words, width_of

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_HEAD, _PITCH, _DOT, _REACH = 20, 18, 4.5, 11


class ThreadView(Control):
    """`opened` with the part of a knot that was clicked or met Enter; arrows go from knot to knot.

    `looked` says at which knot the keys are, by its number, or -1.
    """

    opened = Signal(object)
    looked = Signal(int)

    def __init__(self, theme: Theme, words: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.words = words
        self.picture = ThreadPicture()
        self.at = -1
        self._said: tuple[str, ...] = ()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_thread(self, picture: ThreadPicture, name: str, said: tuple[str, ...]) -> None:
        """Show a thread; ``said`` is each knot in words, in the same order."""
        self.picture, self._said = picture, said
        self.at = min(self.at, len(picture.knots) - 1)
        self.setText(name)
        self.setAccessibleDescription("\n".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        rows = max(self.picture.rows, 1)
        return QSize(self.theme.px(240), self.theme.px(_HEAD + _PITCH * rows + 4))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for the drawer."""
        return QSize(self.theme.px(180), self.sizeHint().height())

    def spot(self, number: int) -> QPointF:
        """Return the middle of a knot."""
        knot, px = self.picture.knots[number], self.theme.px
        first, last = self._middle(0), self._middle(len(STEPS) - 1)
        x = first + (last - first) * knot.column / (len(STEPS) - 1)
        if self.mirrored():
            x = self.width() - x
        return QPointF(x, px(_HEAD) + px(_PITCH) * (knot.row + 0.5))

    def _middle(self, column: int) -> float:
        """The outer columns stand so that their headings end with the widget."""
        small = self.theme.font("small")
        half = width_of(self.words[STEPS[column]], small) / 2
        return half if column == 0 else self.width() - half

    def knot_at(self, at: QPointF) -> int:
        """Return the number of the knot at a point, or -1."""
        reach = self.theme.px(_REACH)
        best, found = float(reach * reach), -1
        for number in range(len(self.picture.knots)):
            away = self.spot(number) - at
            far = away.x() ** 2 + away.y() ** 2
            if far < best:
                best, found = far, number
        return found

    def ring(self) -> Ring | None:
        """None: the ring stands round the knot."""
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint headings, strands and knots; what hangs loose is hollow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._headings(painter)
        spots = [self.spot(number) for number in range(len(self.picture.knots))]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.edge, 1.2))
        for left, right in self.picture.strands:
            painter.drawPath(_strand(spots[left], spots[right]))
        loose = {one.knot for one in self.picture.loose}
        size = self.theme.px(1) * _DOT
        for number, spot in enumerate(spots):
            hollow = self.picture.knots[number] in loose
            tone = self.theme.watch if hollow else self.theme.ink
            painter.setPen(QPen(tone, 1.8))
            painter.setBrush(self.theme.surface if hollow else tone)
            painter.drawEllipse(spot, size, size)
            if number == self.at and self.keyed():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self.theme.accent, 2))
                painter.drawEllipse(spot, size + 4, size + 4)
        painter.end()

    def _headings(self, painter: QPainter) -> None:
        small, px = self.theme.font("small"), self.theme.px
        first, last = self._middle(0), self._middle(len(STEPS) - 1)
        for column, step in enumerate(STEPS):
            words = self.words[step]
            wide = width_of(words, small)
            x = first + (last - first) * column / (len(STEPS) - 1)
            x = self.width() - x if self.mirrored() else x
            area = QRect(round(x - wide / 2), 0, wide + px(1), px(16))
            draw_words(painter, area, words, small, self.theme.ink_soft)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer where a click leads somewhere."""
        over = self.knot_at(event.position()) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click goes to the knot."""
        number = self.knot_at(event.position())
        if number >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.picture.knots[number].part)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The press has done it all."""
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Tell the words of the knot under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self.knot_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._said[number] if number >= 0 else "", self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first knot."""
        super().focusInEvent(event)
        if self.at < 0 and self.picture.knots:
            self.at = 0
        self.looked.emit(self.at)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Paint without the ring."""
        super().focusOutEvent(event)
        self.looked.emit(-1)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the nearest knot that way, Enter to where it stands."""
        key = Qt.Key(event.key())
        ways = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        if key in ways and self.picture.knots:
            across, down = ways[key]
            self._step(-across if self.mirrored() else across, down)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.at >= 0:
            self.opened.emit(self.picture.knots[self.at].part)
        else:
            super().keyPressEvent(event)

    def _step(self, across: int, down: int) -> None:
        knots, here = self.picture.knots, self.picture.knots[max(self.at, 0)]
        beyond = [
            (abs(one.column - here.column), abs(one.row - here.row), number)
            for number, one in enumerate(knots)
            if (one.column - here.column) * across > 0
            or (one.column == here.column and (one.row - here.row) * down > 0)
        ]
        if beyond:
            self.at = min(beyond)[2]
            self.looked.emit(self.at)
            self.update()


def _strand(start: QPointF, end: QPointF) -> QPainterPath:
    path = QPainterPath(start)
    half = (end.x() - start.x()) / 2
    path.cubicTo(start + QPointF(half, 0), end - QPointF(half, 0), end)
    return path


def corner_of(view: ThreadView, number: int) -> QPoint:
    """Return where to click a knot."""
    return view.spot(number).toPoint()
