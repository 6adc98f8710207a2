"""Scores in the window: a radar of the newest and the time before, and bars over time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba.domain.form_scores import ScoreSeries, said, top_of
from gemba.ui.days import short_day
from gemba.ui.widgets.base import draw_words, width_of

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_RADAR = 300
_ROW = 64
_NAME = 200
_BAR = 18
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class ScoreRadar(QWidget):
    """Spokes for each score; the newest in the accent, the time before dashed and lighter."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.series: tuple[ScoreSeries, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_series(self, series: Sequence[ScoreSeries]) -> None:
        """Show these scores."""
        self.series = tuple(series)
        self.setAccessibleName(spoken(self.series))
        self.update()

    def sizeHint(self) -> QSize:
        """Square enough for its words."""
        return QSize(self.theme.px(420), self.theme.px(_RADAR))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a small window."""
        return QSize(self.theme.px(240), self.theme.px(_RADAR))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint rings, spokes, the two shapes and the words."""
        if not self.series:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, px = self.theme, self.theme.px
        top = top_of(self.series)
        middle = QPointF(self.width() / 2, self.height() / 2)
        reach = min(self.width() / 2 - px(110), self.height() / 2 - px(34))
        reach = max(reach, px(40))
        for share in (0.25, 0.5, 0.75, 1.0):
            ring = QPolygonF([self._at(middle, reach * share, n) for n in range(len(self.series))])
            painter.setPen(QPen(theme.edge if share == 1.0 else theme.line, 1))
            painter.drawPolygon(ring)
        for number in range(len(self.series)):
            painter.drawLine(middle, self._at(middle, reach, number))
        before = [one.before for one in self.series]
        if all(value is not None for value in before):
            known = [value or 0.0 for value in before]
            self._shape(painter, middle, reach, top, known, theme.series_2, dashed=True)
        last = [one.last for one in self.series]
        self._shape(painter, middle, reach, top, last, theme.accent, dashed=False)
        for number, one in enumerate(self.series):
            self._name(painter, middle, reach, number, f"{one.name} {said(one.last)}")
        painter.end()

    def _at(self, middle: QPointF, far: float, number: int) -> QPointF:
        turn = 2 * math.pi * number / len(self.series) - math.pi / 2
        return middle + QPointF(math.cos(turn) * far, math.sin(turn) * far)

    def _shape(
        self,
        painter: QPainter,
        middle: QPointF,
        reach: float,
        top: float,
        values: Sequence[float],
        colour: QColor,
        *,
        dashed: bool,
    ) -> None:
        points = [
            self._at(middle, reach * max(0.0, min(value / top, 1.0)), number)
            for number, value in enumerate(values)
        ]
        pen = QPen(colour, self.theme.px(2))
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(QPolygonF(points))
        if not dashed:
            painter.setBrush(colour)
            for point in points:
                painter.drawEllipse(point, self.theme.px(3), self.theme.px(3))

    def _name(
        self, painter: QPainter, middle: QPointF, reach: float, number: int, words: str
    ) -> None:
        px, font = self.theme.px, self.theme.font("small")
        at = self._at(middle, reach + px(14), number)
        wide = min(width_of(words, font) + px(4), px(170))
        left = at.x() - wide / 2
        if at.x() > middle.x() + px(8):
            left = at.x()
        elif at.x() < middle.x() - px(8):
            left = at.x() - wide
        left = max(0.0, min(left, self.width() - wide))
        place = QRectF(left, at.y() - px(8), wide, px(16)).toRect()
        draw_words(painter, place, words, font, self.theme.ink, align=_CENTRE)


class ScoreBars(QWidget):
    """A row of bars for each score, a bar a day, with the newest value behind it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.series: tuple[ScoreSeries, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_series(self, series: Sequence[ScoreSeries]) -> None:
        """Show these scores."""
        self.series = tuple(series)
        self.setAccessibleName(spoken(self.series))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row for each score, and one for the days."""
        return QSize(self.theme.px(420), self.theme.px(_ROW * max(1, len(self.series)) + 20))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a small window."""
        return QSize(self.theme.px(240), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint each row on its own scale."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, px = self.theme, self.theme.px
        names = min(px(_NAME), self.width() // 3)
        numbers = px(56)
        room = self.width() - names - numbers
        for row, one in enumerate(self.series):
            above, high = row * px(_ROW), px(_ROW) - px(14)
            base = above + px(8) + high - px(8)
            words = QRect(0, above + high // 2 - px(4), names - px(8), px(20))
            draw_words(painter, words, one.name, theme.font("text"), theme.ink)
            top = top_of([one])
            step = min(room / max(1, len(one.points)), px(_BAR) * 2)
            for number, (_, value) in enumerate(one.points):
                share = max(0.0, min(value / top, 1.0))
                tall = max(1.0, share * (high - px(8)))
                newest = number == len(one.points) - 1
                bar = QRectF(names + number * step, base - tall, min(px(_BAR), step - px(2)), tall)
                painter.fillRect(bar, theme.accent if newest else theme.series_2)
            painter.setPen(QPen(theme.edge, 1))
            painter.drawLine(QPointF(names, base), QPointF(names + room, base))
            end = QRect(self.width() - numbers + px(8), words.y(), numbers - px(8), px(20))
            draw_words(painter, end, said(one.last), theme.font("strong"), theme.ink)
        self._days(painter, names)
        painter.end()

    def _days(self, painter: QPainter, left: int) -> None:
        if not self.series:
            return
        days = [day for one in self.series for day, _ in one.points]
        newest = max(days)
        first, last = short_day(min(days), newest), short_day(newest, newest)
        words = (
            first if first == last else self.tr("{first} to {last}").format(first=first, last=last)
        )
        place = QRect(left, self.height() - self.theme.px(20), self.width() - left, 20)
        draw_words(painter, place, words, self.theme.font("small"), self.theme.ink_soft)


def spoken(series: Sequence[ScoreSeries]) -> str:
    """Return the same in words."""
    parts = []
    for one in series:
        before = f", {said(one.before)} before" if one.before is not None else ""
        parts.append(f"{one.name} {said(one.last)}{before}")
    return ". ".join(parts)
