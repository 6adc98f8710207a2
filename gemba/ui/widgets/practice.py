"""Practice by days or by weeks: a mark for each day of a routine, kept, missed, coming or off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtGui import QPaintEvent as _Paint
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gemba.domain.routine_days import COMING, KEPT, MISSED, OFF, DayMark
from gemba.ui.widgets.base import Ring, draw_words

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from gemba.ui.theme import Theme

_HIGH = 40
_HEAD = 24
_NAMES = 220
_NAMES_SHARE = 0.34
_WIDEST = 80
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A routine as the strip shows it: its name, and the marks of its days."""

    name: str
    marks: tuple[DayMark, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A column: the days between two, both included, and what stands over it."""

    words: str
    first: date
    last: date


def state_word(state: str) -> str:
    """Say what became of a day."""
    tr = QCoreApplication.translate
    return {
        KEPT: tr("Practice", "kept"),
        MISSED: tr("Practice", "missed"),
        COMING: tr("Practice", "coming"),
        OFF: tr("Practice", "off"),
    }[state]


class PracticeStrip(QWidget):
    """Routines by days or weeks. Arrows go from cell to cell, Enter opens one.

    `opened` hands on the row and the column. A day is told by shape and not by colour: a full
    circle kept, a cross missed, an open circle coming, a dash off. Cells say their days in words.
    """

    opened = Signal(int, int)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._name = name
        self.lines: tuple[Line, ...] = ()
        self.spans: tuple[Span, ...] = ()
        self.at = (0, 0)
        self._by_keys = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set_lines(self, lines: Sequence[Line], spans: Sequence[Span], at: int = 0) -> None:
        """Show other routines and columns; ``at`` is the column the keys begin at."""
        # Whoever works in a cell stays there when its words change.
        column = self.at[1] if self.spans == tuple(spans) else at
        self.lines, self.spans = tuple(lines), tuple(spans)
        rows, columns = max(0, len(lines) - 1), max(0, len(spans) - 1)
        self.at = (min(self.at[0], rows), min(column, columns))
        self.setVisible(bool(lines and spans))
        if lines and spans:
            self._say()
        self.updateGeometry()
        self.update()

    def marks_at(self, row: int, column: int) -> list[DayMark]:
        """Return the marks of a cell."""
        span = self.spans[column]
        return [one for one in self.lines[row].marks if span.first <= one.day <= span.last]

    def words_of(self, row: int, column: int) -> str:
        """One cell in words: each of its days, with the reason where there is one."""
        said = []
        for one in self.marks_at(row, column):
            words = f"{one.day:%a} {one.day.day} {one.day:%b} {state_word(one.state)}"
            said.append(f"{words} ({one.why})" if one.why else words)
        if not said:
            said = [self.tr("nothing is expected")]
        return f"{self.lines[row].name}: {', '.join(said)}"

    def _say(self) -> None:
        self.setAccessibleName(f"{self._name}. {self.words_of(*self.at)}")

    def sizeHint(self) -> QSize:
        """A head, and a line for each routine."""
        px = self.theme.px
        return QSize(px(640), px(_HEAD) + px(_HIGH) * len(self.lines))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a small window."""
        return QSize(self.theme.px(240), self.sizeHint().height())

    def cell(self, row: int, column: int) -> QRect:
        """Where a cell lies."""
        names, count = self._names(), max(1, len(self.spans))
        room = min(self.width() - names, self.theme.px(_WIDEST) * count)
        left, right = names + room * column // count, names + room * (column + 1) // count
        top = self.theme.px(_HEAD) + row * self.theme.px(_HIGH)
        found = QRect(left, top, max(1, right - left), self.theme.px(_HIGH))
        if self._flip():
            found.moveLeft(self.width() - found.right() - 1)
        return found

    def _names(self) -> int:
        return min(self.theme.px(_NAMES), round(self.width() * _NAMES_SHARE))

    def _flip(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _cell_at(self, point: QPoint) -> tuple[int, int] | None:
        for row in range(len(self.lines)):
            for column in range(len(self.spans)):
                if self.cell(row, column).contains(point):
                    return row, column
        return None

    def paintEvent(self, event: _Paint) -> None:
        """Paint names, days and marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, px = self.theme, self.theme.px
        middle = Qt.AlignmentFlag.AlignHCenter
        side = Qt.AlignmentFlag.AlignRight if self._flip() else Qt.AlignmentFlag.AlignLeft
        small, text = theme.font("small"), theme.font("text")
        for column, span in enumerate(self.spans):
            head = self.cell(0, column)
            head.setRect(head.left(), 0, head.width(), px(_HEAD))
            draw_words(painter, head, span.words, small, theme.ink_soft, align=middle)
        for row, line in enumerate(self.lines):
            top = px(_HEAD) + row * px(_HIGH)
            painter.setPen(QPen(theme.line, 1))
            painter.drawLine(0, top, self.width(), top)
            room = QRect(0, top, self._names() - px(12), px(_HIGH))
            if self._flip():
                room.moveLeft(self.width() - room.right() - 1)
            draw_words(painter, room, line.name, text, theme.ink, align=side)
            for column in range(len(self.spans)):
                self._paint_cell(painter, row, column)
        painter.end()

    def _paint_cell(self, painter: QPainter, row: int, column: int) -> None:
        marks, cell = self.marks_at(row, column), self.cell(row, column)
        if not marks:
            return
        one = len(self.spans) == 7 and len(marks) == 1
        radius = self.theme.px(6) if one else self.theme.px(3)
        # Up to four dots beside each other, so that a week of seven fits in two lines.
        across = min(4, len(marks))
        gap = min(2.6 * radius, cell.width() / (across + 0.5))
        lines = -(-len(marks) // across)
        for number, mark in enumerate(marks):
            down, on = divmod(number, across)
            here = min(across, len(marks) - down * across)
            offset = gap * on - gap * (here - 1) / 2
            x = cell.center().x() + (-offset if self._flip() else offset)
            y = cell.center().y() + (down - (lines - 1) / 2) * 2.8 * radius
            paint_mark(painter, self.theme, mark.state, QPointF(x + 0.5, y + 0.5), radius)

    def ring(self) -> Ring | None:
        """Round the cell that Enter would open, where the focus came by keys."""
        if not (self.hasFocus() and self._by_keys and self.lines):
            return None
        return Ring(self.cell(*self.at), self.theme.px(1), self.theme.px(4))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember whether keys brought the focus."""
        self._by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go on, Enter opens."""
        key = Qt.Key(event.key())
        if self.lines and key in _STEPS:
            down, on = _STEPS[key]
            on = -on if self._flip() else on
            row = max(0, min(self.at[0] + down, len(self.lines) - 1))
            column = max(0, min(self.at[1] + on, len(self.spans) - 1))
            self.at, self._by_keys = (row, column), True
            self._say()
            self.update()
        elif self.lines and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(*self.at)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens a cell."""
        found = self._cell_at(event.position().toPoint())
        if found is not None:
            self.at = found
            self._say()
            self.opened.emit(*found)

    def event(self, event: QEvent) -> bool:
        """Say the cell under the pointer."""
        if isinstance(event, QHelpEvent):
            found = self._cell_at(event.pos())
            QToolTip.showText(event.globalPos(), self.words_of(*found) if found else "", self)
            return True
        return super().event(event)


def paint_mark(painter: QPainter, theme: Theme, state: str, middle: QPointF, radius: float) -> None:
    """Paint the mark of a day, ``radius`` in pixels, told by its shape alone."""
    pen = QPen(theme.ink if state == MISSED else theme.ink_soft, max(1.0, radius / 4))
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if state == KEPT:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent)
        painter.drawEllipse(middle, radius, radius)
    elif state == MISSED:
        arm = radius * 0.8
        painter.drawLine(middle + QPointF(-arm, -arm), middle + QPointF(arm, arm))
        painter.drawLine(middle + QPointF(-arm, arm), middle + QPointF(arm, -arm))
    elif state == COMING:
        painter.drawEllipse(middle, radius - 0.5, radius - 0.5)
    else:
        painter.drawLine(middle + QPointF(-radius, 0), middle + QPointF(radius, 0))


class PracticeLegend(QWidget):
    """What the marks mean, in one line."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(state_word(one) for one in (KEPT, MISSED, COMING, OFF)))

    def sizeHint(self) -> QSize:
        """As high as small words."""
        return QSize(self.theme.px(320), self.theme.px(20))

    def paintEvent(self, event: _Paint) -> None:
        """Paint each mark with its word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, px = self.theme, self.theme.px
        font = theme.font("small")
        flip = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for number, state in enumerate((KEPT, MISSED, COMING, OFF)):
            left = number * px(84)
            x = self.width() - left - px(6) if flip else left + px(6)
            paint_mark(painter, theme, state, QPointF(x, self.height() / 2), px(5))
            room = QRect(left + px(16), 0, px(66), self.height())
            if flip:
                room.moveLeft(self.width() - left - px(82))
            side = Qt.AlignmentFlag.AlignRight if flip else Qt.AlignmentFlag.AlignLeft
            draw_words(painter, room, state_word(state), font, theme.ink_soft, align=side)
        painter.end()
