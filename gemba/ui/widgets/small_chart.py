"""A run chart small enough to stand beside a question: readings, median and target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba.domain.figures.run_chart import RunChart, in_order, spots, value_scale, whole
from gemba.domain.figures.telling import short_date
from gemba.ui.widgets.base import draw_words, width_of

if TYPE_CHECKING:
    from gemba.domain.figures.scale import Scale
    from gemba.ui.theme import Theme

_HIGH = 160
_RIGHT = Qt.AlignmentFlag.AlignRight


def plain(value: float) -> str:
    """Return a number without what says nothing: "19", "19.5"."""
    return f"{value:.6g}"


class SmallChart(QWidget):
    """Shows a run chart; its accessible text says the same in words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.chart: RunChart | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_chart(self, chart: RunChart | None) -> None:
        """Show a chart, or hide where there is nothing to draw."""
        self.chart = chart
        drawn = chart is not None and any(r.value is not None for r in chart.readings)
        self.setVisible(drawn)
        self.setAccessibleName(self.words())
        self.update()

    def words(self) -> str:
        """The chart in one sentence."""
        chart = self.chart
        readings = [r for r in in_order(chart) if r.value is not None] if chart else []
        if chart is None or not readings:
            return ""
        middle = whole(chart).median
        text = self.tr("Run chart, {n} readings from {first} to {last}, median {median} {unit}")
        said = text.format(
            n=len(readings),
            first=short_date(readings[0].on, year=readings[0].on.year != readings[-1].on.year),
            last=short_date(readings[-1].on),
            median=plain(middle or 0.0),
            unit=chart.unit,
        ).strip()
        if chart.goal is not None:
            goal = plain(chart.goal)
            said += ", " + self.tr("target {goal} {unit}").format(goal=goal, unit=chart.unit)
        return said.strip()

    def sizeHint(self) -> QSize:
        """As wide as it is given."""
        return QSize(self.theme.px(320), self.theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a small window."""
        return QSize(self.theme.px(120), self.theme.px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint grid, target, median, readings and the first and last day."""
        chart = self.chart
        if chart is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = value_scale(chart, 3)
        area = self.area(scale)
        self._grid(painter, area, scale)
        self._lines(painter, area, scale)
        self._readings(painter, area, scale)
        self._days(painter, area)
        painter.end()

    def area(self, scale: Scale) -> QRectF:
        """Where the readings lie."""
        px = self.theme.px
        left = max(width_of(plain(tick), self.theme.font("small")) for tick in scale.ticks) + px(10)
        right = width_of(self._unit("00.0"), self.theme.font("small")) + px(10)
        return QRectF(left, px(8), self.width() - left - right, self.height() - px(36))

    def spot_x(self, area: QRectF, at: float) -> float:
        """Where a reading lies across, from its share of the time."""
        inset = self.theme.px(3)
        return area.left() + inset + at * (area.width() - 2 * inset)

    def _unit(self, number: str) -> str:
        unit = self.chart.unit if self.chart else ""
        return f"{number} {unit}".strip()

    def _small(self, painter: QPainter, rect: QRectF, words: str, *, soft: bool = True) -> None:
        ink = self.theme.ink_soft if soft else self.theme.ink
        draw_words(painter, rect.toRect(), words, self.theme.font("small"), ink)

    def _y(self, area: QRectF, scale: Scale, value: float) -> float:
        return area.bottom() - scale.share(value) * area.height()

    def _grid(self, painter: QPainter, area: QRectF, scale: Scale) -> None:
        px, theme = self.theme.px, self.theme
        for tick in scale.ticks:
            y = round(self._y(area, scale, tick)) + 0.5
            lowest = tick == scale.ticks[0]
            painter.setPen(QPen(theme.edge if lowest else theme.line, 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            room = QRect(0, round(y) - px(8), round(area.left()) - px(8), px(16))
            draw_words(
                painter, room, plain(tick), theme.font("small"), theme.ink_soft, align=_RIGHT
            )

    def _lines(self, painter: QPainter, area: QRectF, scale: Scale) -> None:
        chart, px, theme = self.chart, self.theme.px, self.theme
        assert chart is not None
        middle = whole(chart).median
        if middle is not None:
            y = self._y(area, scale, middle)
            painter.setPen(QPen(theme.ink, 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            room = QRectF(area.right() + px(6), y - px(8), self.width() - area.right(), px(16))
            self._small(painter, room, self._unit(plain(middle)), soft=False)
        if chart.goal is None:
            return
        y = self._y(area, scale, chart.goal)
        pen = QPen(theme.ink, 1.5)
        pen.setDashPattern([5, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        words = self.tr("target {goal}").format(goal=self._unit(plain(chart.goal)))
        above = y - px(17) if y - px(17) > 0 else y + px(2)
        room = QRectF(area.left() + px(4), above, area.width(), px(16))
        self._small(painter, room, words, soft=False)

    def _readings(self, painter: QPainter, area: QRectF, scale: Scale) -> None:
        chart, theme = self.chart, self.theme
        assert chart is not None
        run: list[QPointF] = []
        runs = [run]
        for spot in spots(chart):
            if spot.value is None:
                run = []
                runs.append(run)
                continue
            x = self.spot_x(area, spot.at)
            run.append(QPointF(x, self._y(area, scale, spot.value)))
        painter.setPen(QPen(theme.accent, 1.5))
        for points in runs:
            painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent)
        radius = 2.5 * theme.scale if sum(map(len, runs)) <= 40 else 1.5 * theme.scale
        for points in runs:
            for point in points:
                painter.drawEllipse(point, radius, radius)

    def _days(self, painter: QPainter, area: QRectF) -> None:
        assert self.chart is not None
        readings, px = in_order(self.chart), self.theme.px
        if not readings:
            return
        first, last = readings[0].on, readings[-1].on
        room = QRectF(area.left(), area.bottom() + px(6), area.width(), px(16))
        self._small(painter, room, short_date(first, year=first.year != last.year))
        if last != first:
            font, soft = self.theme.font("small"), self.theme.ink_soft
            words = short_date(last)
            draw_words(painter, room.toRect(), words, font, soft, align=_RIGHT)
