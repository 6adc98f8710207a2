"""Practice by days or by weeks: a mark for each day of a routine, kept, missed, coming or off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba.domain.routine_days import COMING, KEPT, MISSED, OFF, DayMark
from gemba.ui.widgets.base import draw_words
from gemba.ui.widgets.cell_grid import CellGrid, Measures

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


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


class PracticeStrip(CellGrid):
    """Routines by days or weeks.

    A day is told by shape and not by colour: a full circle kept, a cross missed, an open circle
    coming, a dash off. Cells say their days in words.
    """

    measures = Measures(
        high=40, names=220, names_share=0.34, widest=80, least=240, head=24, rounding=4
    )

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent)
        self.lines: tuple[Line, ...] = ()
        self.spans: tuple[Span, ...] = ()

    def rows(self) -> int:
        """As many as there are routines."""
        return len(self.lines)

    def columns(self) -> int:
        """As many as there are days or weeks."""
        return len(self.spans)

    def set_lines(self, lines: Sequence[Line], spans: Sequence[Span], at: int = 0) -> None:
        """Show other routines and columns; ``at`` is the column the keys begin at."""
        # Whoever works in a cell stays there when its words change.
        column = self.at[1] if self.spans == tuple(spans) else at
        self.lines, self.spans = tuple(lines), tuple(spans)
        self.refill((self.at[0], column))

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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint names, days and marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, px = self.theme, self.theme.px
        head, high = px(self.measures.head), px(self.measures.high)
        middle = Qt.AlignmentFlag.AlignHCenter
        side = Qt.AlignmentFlag.AlignRight if self.flip() else Qt.AlignmentFlag.AlignLeft
        small, text = theme.font("small"), theme.font("text")
        for column, span in enumerate(self.spans):
            over = self.cell(0, column)
            over.setRect(over.left(), 0, over.width(), head)
            draw_words(painter, over, span.words, small, theme.ink_soft, align=middle)
        for row, line in enumerate(self.lines):
            top = head + row * high
            painter.setPen(QPen(theme.line, 1))
            painter.drawLine(0, top, self.width(), top)
            room = self.mirrored(QRect(0, top, self.names_width() - px(12), high))
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
            x = cell.center().x() + (-offset if self.flip() else offset)
            y = cell.center().y() + (down - (lines - 1) / 2) * 2.8 * radius
            paint_mark(painter, self.theme, mark.state, QPointF(x + 0.5, y + 0.5), radius)


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

    def paintEvent(self, event: QPaintEvent) -> None:
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
