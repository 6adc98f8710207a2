"""A curve of steps: which share of promises was told back after so many days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba.domain.patterns import MARKS
from gemba.ui.widgets.base import draw_words, width_of

if TYPE_CHECKING:
    from gemba.domain.patterns import Told
    from gemba.ui.theme import Theme

_HIGH = 180
_LEAST_DAYS = 100
_MOST_DAYS = 366


class ToldCurve(QWidget):
    """Shows the share told back by days, with a line at 30, 60 and 90; its words are the page's."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._curve: tuple[Told, ...] = ()
        self._last = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_curve(self, curve: Sequence[Told], last: int, spoken: str) -> None:
        """Show a curve that is known up to a last day."""
        self._curve, self._last = tuple(curve), last
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it is given."""
        return QSize(self.theme.px(320), self.theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a small window."""
        return QSize(self.theme.px(120), self.theme.px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the grid, the days and the steps."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, theme = self.theme.px, self.theme
        font = theme.font("small")
        left = width_of("100 %", font) + px(10)
        area = QRectF(left, px(8), self.width() - left - px(16), self.height() - px(36))
        days = min(_MOST_DAYS, max(_LEAST_DAYS, self._last))
        right = Qt.AlignmentFlag.AlignRight
        for share in (0, 50, 100):
            y = round(area.bottom() - area.height() * share / 100) + 0.5
            painter.setPen(QPen(theme.line if share else theme.edge, 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            room = QRect(0, round(y) - px(8), round(area.left()) - px(8), px(16))
            draw_words(painter, room, f"{share} %", font, theme.ink_soft, align=right)
        for day in (0, *MARKS, *((180, 365) if days > 180 else ())):
            if day > days:
                continue
            x = area.left() + area.width() * day / days
            if day in MARKS:
                pen = QPen(theme.edge, 1)
                pen.setDashPattern([3, 3])
                painter.setPen(pen)
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            room = QRect(round(x) - px(24), round(area.bottom()) + px(6), px(48), px(16))
            middle = Qt.AlignmentFlag.AlignHCenter
            draw_words(painter, room, str(day), font, theme.ink_soft, align=middle)
        painter.setPen(QPen(theme.accent, 2))
        painter.drawPolyline(self._steps(area, days))
        painter.end()

    def _steps(self, area: QRectF, days: int) -> QPolygonF:
        def at(day: float, share: float) -> QPointF:
            x = area.left() + area.width() * min(day, days) / days
            return QPointF(x, area.bottom() - area.height() * share)

        line, share = [], 0.0
        for one in self._curve:
            if one.day > days:
                break
            line += [at(one.day, share), at(one.day, one.share)]
            share = one.share
        line.append(at(min(self._last, days), share))
        return QPolygonF(line)
