"""Months of coaching on one strip: cycles, experiments and sheets as marks over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba.domain.figures.scale import date_ticks
from gemba.ui.days import short_day
from gemba.ui.widgets.base import RADIUS, box, draw_words, width_of
from gemba.ui.widgets.outcome_mark import OUTCOMES, outcome_words, paint_outcome

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_ROW = 31
_LEFT = 106
_LABEL_ROOM = 60


@dataclass(frozen=True, slots=True)
class StripMark:
    """One thing on the strip; ``outcome`` is for experiments alone."""

    on: date
    row: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class StripSpan:
    """A target from its first day to the day it is to be reached."""

    first: date
    last: date
    words: str


class TimeStrip(QWidget):
    """Marks in rows over time, up to today; its accessible text counts them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._marks: tuple[StripMark, ...] = ()
        self._spans: tuple[StripSpan, ...] = ()
        self._today = date.min
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_story(
        self, marks: Sequence[StripMark], spans: Sequence[StripSpan], today: date
    ) -> None:
        """Show these marks and targets."""
        self._marks, self._spans, self._today = tuple(marks), tuple(spans), today
        self.setAccessibleName(self.tr("Time strip"))
        self.setAccessibleDescription(self.words())
        self.setVisible(bool(marks))
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """The strip in words: how many of each, from when to when."""
        parts: list[str] = []
        for row in self._rows():
            days = sorted(mark.on for mark in self._marks if mark.row == row)
            part = self.tr("{row}: {n}, from {first} to {last}").format(
                row=row,
                n=len(days),
                first=short_day(days[0], self._today),
                last=short_day(days[-1], self._today),
            )
            outcomes = [mark.outcome for mark in self._marks if mark.row == row]
            told = ", ".join(
                f"{outcomes.count(one)} {outcome_words(one)}" for one in OUTCOMES if one in outcomes
            )
            parts.append(f"{part} ({told})" if told else part)
        parts += [self.tr("Target: {words}").format(words=span.words) for span in self._spans]
        return ". ".join(parts)

    def _rows(self) -> list[str]:
        return list(dict.fromkeys(mark.row for mark in self._marks))

    def sizeHint(self) -> QSize:
        """A line for each kind of mark, the dates above, and the targets below."""
        rows = len(self._rows()) + (1 if self._spans else 0)
        high = 36 + rows * _ROW + (24 if self._spans else 8)
        return QSize(self.theme.px(480), self.theme.px(high))

    def minimumSizeHint(self) -> QSize:
        """As high as it is, and narrow enough for a small window."""
        return QSize(self.theme.px(240), self.sizeHint().height())

    def _ends(self) -> tuple[date, date]:
        days = [mark.on for mark in self._marks] + [span.first for span in self._spans]
        first, last = min([*days, self._today]), max([*days, self._today])
        # A day may stand at the very end of the calendar; there is nothing beyond it.
        first = first - timedelta(days=1) if first > date.min else first
        room = (date.max - first).days
        return first, max(last, first + timedelta(days=min(7, room)))

    def _x(self, day: date) -> float:
        first, last = self._ends()
        px = self.theme.px
        room = self.width() - px(_LEFT) - px(72)
        return px(_LEFT) + room * (day - first).days / max(1, (last - first).days)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dates, the rows of marks, the targets and today."""
        if not self._marks:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box(painter, QRectF(self.rect()), self.theme.px(RADIUS), self.theme.surface)
        self._dates(painter)
        top = self.theme.px(36)
        for at, row in enumerate(self._rows()):
            middle = top + self.theme.px(_ROW) * (at + 0.5)
            self._head(painter, row, middle)
            for mark in self._marks:
                if mark.row == row:
                    self._mark(painter, mark, QPointF(self._x(mark.on), middle))
        if self._spans:
            middle = top + self.theme.px(_ROW) * (len(self._rows()) + 0.5)
            self._head(painter, self.tr("Target"), middle)
            for span in self._spans:
                self._span(painter, span, middle)
        painter.end()

    def _head(self, painter: QPainter, words: str, middle: float) -> None:
        px = self.theme.px
        room = QRect(px(16), round(middle) - px(8), px(_LEFT) - px(24), px(16))
        draw_words(painter, room, words, self.theme.font("small"), self.theme.ink_soft)

    def _dates(self, painter: QPainter) -> None:
        theme, px = self.theme, self.theme.px
        first, last = self._ends()
        font = theme.font("small")
        today = self.tr("today")
        end = self._x(self._today)
        for tick in date_ticks(first, last, max(2, self.width() // px(150))):
            x = round(self._x(tick)) + 0.5
            painter.setPen(QPen(theme.line, 1))
            painter.drawLine(QPointF(x, px(32)), QPointF(x, self.height() - px(12)))
            if abs(x - end) > px(_LABEL_ROOM):
                room = QRect(round(x) + px(4), px(14), px(_LABEL_ROOM), px(16))
                draw_words(painter, room, short_day(tick, self._today), font, theme.ink_soft)
        wide = width_of(today, font)
        room = QRect(round(end) - wide // 2, px(14), wide + 2, px(16))
        draw_words(painter, room, today, font, theme.ink)
        pen = QPen(theme.ink_soft, 1.5)
        pen.setDashPattern([1, 2])
        painter.setPen(pen)
        painter.drawLine(QPointF(end, px(34)), QPointF(end, self.height() - px(36)))

    def _mark(self, painter: QPainter, mark: StripMark, at: QPointF) -> None:
        if mark.outcome != "-":
            paint_outcome(painter, self.theme, mark.outcome, at)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.accent)
        radius = self.theme.px(5) - 0.5
        if mark.row == self._rows()[0]:
            painter.drawEllipse(at, radius, radius)
            return
        sides = ((0, -1), (1, 0), (0, 1), (-1, 0))
        corners = [QPointF(at.x() + dx * radius, at.y() + dy * radius) for dx, dy in sides]
        painter.drawPolygon(QPolygonF(corners))

    def _span(self, painter: QPainter, span: StripSpan, middle: float) -> None:
        theme, px = self.theme, self.theme.px
        left, right = self._x(span.first), self._x(min(span.last, self._today))
        painter.setPen(QPen(theme.edge, px(2)))
        painter.drawLine(QPointF(left, middle), QPointF(max(right, left + px(4)), middle))
        painter.drawLine(QPointF(left, middle - px(4)), QPointF(left, middle + px(4)))
        wide = min(width_of(span.words, theme.font("small")), self.width() - px(16) - px(_LEFT))
        x = min(round(left), self.width() - px(16) - wide)
        room = QRect(x, round(middle) + px(7), wide + 2, px(16))
        draw_words(painter, room, span.words, theme.font("small"), theme.ink)
