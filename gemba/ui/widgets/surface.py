"""A ground for reading: a plain surface, square or with the round corners of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.widgets.base import RADIUS, box

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class Surface(QWidget):
    """A column on the colour of fields and lists; `column` takes its widgets."""

    def __init__(
        self,
        theme: Theme,
        *,
        margin: int = 24,
        rounded: bool = False,
        edge: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._radius = theme.px(RADIUS) if rounded else 0
        self._edge = edge
        self.column = QVBoxLayout(self)
        self.column.setSpacing(0)
        side = theme.px(margin)
        self.column.setContentsMargins(side, side, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and a hairline at the far side where one was asked for."""
        painter = QPainter(self)
        if self._radius:
            box(painter, QRectF(self.rect()), self._radius, self.theme.surface)
        else:
            painter.fillRect(self.rect(), self.theme.surface)
        if self._edge:
            painter.fillRect(self.width() - 1, 0, 1, self.height(), self.theme.line)
        painter.end()
