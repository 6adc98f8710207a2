"""A small run chart whose readings open what they count."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gemba.domain.figures.run_chart import RunChart, in_order, spots, value_scale
from gemba.domain.figures.telling import short_date
from gemba.ui.widgets.base import Ring
from gemba.ui.widgets.small_chart import SmallChart, plain

if TYPE_CHECKING:
    from gemba.domain.figures.scale import Spot
    from gemba.ui.theme import Theme


class OpenChart(SmallChart):
    """Arrows go from reading to reading, Enter opens one; `opened` hands on its day."""

    opened = Signal(date)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._at = 0
        self._by_keys = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_chart(self, chart: RunChart | None) -> None:
        """Show a chart; the last reading is the one at hand."""
        super().set_chart(chart)
        self._at = max(0, len(self._known()) - 1)

    def _known(self) -> list[tuple[date, Spot]]:
        chart = self.chart
        if chart is None:
            return []
        both = zip(in_order(chart), spots(chart), strict=True)
        return [(reading.on, spot) for reading, spot in both if spot.value is not None]

    def _open(self) -> None:
        known = self._known()
        if known:
            self.opened.emit(known[self._at][0])

    def _say(self) -> None:
        on, spot = self._known()[self._at]
        assert spot.value is not None
        said = self.tr("{day}: {value}").format(
            day=short_date(on), value=self._unit(plain(spot.value))
        )
        self.setAccessibleName(f"{self.words()}. {said}")
        self.setToolTip(said)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chart, and a ring round the reading at hand."""
        super().paintEvent(event)
        known = self._known()
        if not (self.hasFocus() and self._by_keys and known):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.accent, 2))
        around = self.theme.px(6)
        painter.drawEllipse(self._point(known[self._at][1]), around, around)
        painter.end()

    def _point(self, spot: Spot) -> QPointF:
        assert self.chart is not None
        assert spot.value is not None
        scale = value_scale(self.chart, 3)
        area = self.area(scale)
        return QPointF(self.spot_x(area, spot.at), self._y(area, scale, spot.value))

    def ring(self) -> Ring | None:
        """Round the reading at hand only; the chart paints it itself."""
        return None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember whether keys brought the focus."""
        self._by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no reading at hand any more."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go on, Enter opens."""
        key, known = event.key(), self._known()
        if known and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = 1 if key == Qt.Key.Key_Right else -1
            self._at = max(0, min(self._at + by, len(known) - 1))
            self._by_keys = True
            self._say()
            self.update()
        elif known and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the nearest reading."""
        known = self._known()
        if not known or not QRectF(self.rect()).contains(event.position()):
            return
        points = [self._point(spot) for _on, spot in known]
        x = event.position().x()
        self._at = min(range(len(points)), key=lambda at: abs(points[at].x() - x))
        self._say()
        self._open()

    def place_of(self, number: int) -> QRect:
        """Where a reading lies, counted from 0."""
        point = self._point(self._known()[number][1]).toPoint()
        return QRect(point.x() - 4, point.y() - 4, 8, 8)
