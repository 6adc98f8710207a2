"""A curve of steps: which share of promises was told back after so many days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba.domain.patterns import MARKS
from gemba.ui.widgets.base import Ring, draw_words, width_of

if TYPE_CHECKING:
    from gemba.domain.patterns import Told
    from gemba.ui.theme import Theme

_HIGH = 180
_LEAST_DAYS = 100
_MOST_DAYS = 366


class ToldCurve(QWidget):
    """Shows the share told back by days, with a line at 30, 60 and 90; its words are the page's.

    `opened` hands on a day and whether what lies below the curve there is meant, what was told
    back by then, or what lies above. Past the last day it hands on None: what still waits. Arrows
    go from step to step, Enter opens what lies below, Shift and Enter what lies above.
    """

    opened = Signal(object, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = 0
        self._by_keys = False
        self._spoken = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.theme = theme
        self._curve: tuple[Told, ...] = ()
        self._last = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_curve(self, curve: Sequence[Told], last: int, spoken: str) -> None:
        """Show a curve that is known up to a last day."""
        self._curve, self._last = tuple(curve), last
        self._at = max(0, len(self._stops()) - 2)
        self._spoken = spoken
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
        area, days = self._area(), self._days()
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
        if self.hasFocus() and self._by_keys and self._stops():
            around = px(6)
            painter.drawEllipse(self._spot(self._stops()[self._at]), around, around)
        painter.end()

    def _area(self) -> QRectF:
        px = self.theme.px
        left = width_of("100 %", self.theme.font("small")) + px(10)
        return QRectF(left, px(8), self.width() - left - px(16), self.height() - px(36))

    def _days(self) -> int:
        return min(_MOST_DAYS, max(_LEAST_DAYS, self._last))

    def _stops(self) -> list[int | None]:
        """The days at which the curve rises, and None for what still waits at its end."""
        rises: list[int | None] = [one.day for one in self._curve[1:] if one.day <= self._days()]
        return [*rises, None] if self._curve else []

    def _share(self, day: float) -> float:
        return max((one.share for one in self._curve if one.day <= day), default=0.0)

    def _spot(self, stop: int | None) -> QPointF:
        area, days = self._area(), self._days()
        day = min(self._last, days) if stop is None else min(stop, days)
        x = area.left() + area.width() * day / days
        return QPointF(x, area.bottom() - area.height() * self._share(day))

    def ring(self) -> Ring | None:
        """Round the step at hand only; the curve paints it itself."""
        return None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember whether keys brought the focus."""
        self._by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no step at hand any more."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go on, Enter opens."""
        key, stops = event.key(), self._stops()
        if stops and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            self._at = max(0, min(self._at + step, len(stops) - 1))
            self._by_keys = True
            self._say(stops[self._at])
            self.update()
        elif stops and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            above = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.opened.emit(stops[self._at], not above)
        else:
            super().keyPressEvent(event)

    def _say(self, stop: int | None) -> None:
        if stop is None:
            said = self.tr("still waiting")
        else:
            share = round(100 * self._share(stop))
            said = self.tr("{n} days: {share} %").format(n=stop, share=share)
        self.setAccessibleName(f"{self._spoken} {said}")
        self.setToolTip(said)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens what lies below the curve there, or above it, or what still waits."""
        spot = event.position()
        if not self._curve or not QRectF(self.rect()).contains(spot):
            return
        area, days = self._area(), self._days()
        day = max(0, round((spot.x() - area.left()) / max(1.0, area.width()) * days))
        if day > self._last:
            self.opened.emit(None, False)
            return
        below = (area.bottom() - spot.y()) / max(1.0, area.height()) <= self._share(day)
        self._say(day)
        self.opened.emit(day, below)

    def place_of(self, day: int, *, below: bool) -> QPoint:
        """Where what lies below or above the curve is clicked at a day."""
        area, days = self._area(), self._days()
        x = area.left() + area.width() * day / days
        height = area.height() * self._share(day)
        y = area.bottom() - height / 2 if below else area.bottom() - height - 4
        return QPointF(x, y).toPoint()

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
