"""A list that is the darker the longer something was not seen; each line opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtGui import QPaintEvent as _Paint
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba.ui.widgets.base import Ring, draw_words

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_HIGH = 36
_HEAT = 180
STRENGTHS = (0.0, 0.16, 0.3, 0.44, 0.82)
"""How much accent lies on the ground of each step; words stay at 4.5:1 or better on all."""


@dataclass(frozen=True, slots=True)
class HeatLine:
    """A name, how long ago in words, and a step from 0 (this week) to 4 (never)."""

    name: str
    ago: str
    warmth: int


class HeatList(QWidget):
    """Arrows go from line to line, Enter opens one; `opened` hands on its place.

    How long ago is told in words; the darkness only helps the eye to find it.
    """

    opened = Signal(int)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._name = name
        self.lines: tuple[HeatLine, ...] = ()
        self.at = 0
        self._by_keys = False
        self.posed = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set_lines(self, lines: Sequence[HeatLine]) -> None:
        """Show other lines, in this order; hide where there is none."""
        self.lines = tuple(lines)
        self.at = max(0, min(self.at, len(self.lines) - 1))
        self.setVisible(bool(self.lines))
        self._say()
        self.updateGeometry()
        self.update()

    def _say(self) -> None:
        if self.lines:
            line = self.lines[self.at]
            self.setAccessibleName(f"{self._name}. {line.name}: {line.ago}")

    def sizeHint(self) -> QSize:
        """A line for each."""
        return QSize(self.theme.px(480), self.theme.px(_HIGH) * len(self.lines))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a small window."""
        return QSize(self.theme.px(220), self.sizeHint().height())

    def _row(self, at: int) -> QRect:
        high = self.theme.px(_HIGH)
        return QRect(0, at * high, self.width(), high)

    def paintEvent(self, event: _Paint) -> None:
        """Paint each name, and beside it how long ago on a ground that tells it too."""
        painter = QPainter(self)
        theme, px = self.theme, self.theme.px
        flip = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        near = Qt.AlignmentFlag.AlignRight if flip else Qt.AlignmentFlag.AlignLeft
        wide = min(px(_HEAT), self.width() // 2)
        for at, line in enumerate(self.lines):
            row = self._row(at)
            heat = QRect(0 if flip else row.width() - wide, row.top(), wide, row.height() - 1)
            painter.fillRect(heat, theme.surface)
            ink = QColor(theme.accent)
            ink.setAlphaF(STRENGTHS[line.warmth])
            painter.fillRect(heat, ink)
            tone = theme.on_accent if line.warmth == len(STRENGTHS) - 1 else theme.ink
            said = heat.adjusted(px(12), 0, -px(12), 0)
            draw_words(painter, said, line.ago, theme.font("text"), tone, align=near)
            room = QRect(wide if flip else 0, row.top(), row.width() - wide, row.height())
            room.adjust(px(12), 0, -px(12), 0)
            draw_words(painter, room, line.name, theme.font("text"), theme.ink, align=near)
            painter.setPen(QPen(theme.line, 1))
            painter.drawLine(0, row.bottom(), row.width(), row.bottom())
        painter.end()

    def ring(self) -> Ring | None:
        """Round the line that Enter would open, where the focus came by keys."""
        keyed = self.posed or (self.hasFocus() and self._by_keys)
        if not (keyed and self.lines):
            return None
        return Ring(self._row(self.at), self.theme.px(1), self.theme.px(4))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember whether keys brought the focus."""
        self._by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go on, Enter opens."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if self.lines and step is not None:
            self.at = max(0, min(self.at + step, len(self.lines) - 1))
            self._by_keys = True
            self._say()
            self.update()
        elif self.lines and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.at)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens a line."""
        at = event.position().toPoint().y() // max(1, self.theme.px(_HIGH))
        if 0 <= at < len(self.lines):
            self.at = at
            self._say()
            self.opened.emit(at)
