"""A figure on the sheet: something to reach by Tab, with its words, that opens by Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gemba.ui.widgets.base import Control, Ring

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class FigureArea(Control):
    """Lies over a figure of a box; its name is the first sentence, its description all of it."""

    held = Signal()

    def __init__(self, theme: Theme, figure_id: str, parent: QWidget) -> None:
        super().__init__(theme, "", parent)
        self.figure_id = figure_id
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def say(self, words: str) -> None:
        """Take over what the figure shows, in sentences."""
        self.setText(words.split(". ", 1)[0].rstrip("."))
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def ring(self) -> Ring | None:
        """None: it paints its own on the paper, which is white in both themes."""
        return None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus is in this box."""
        super().focusInEvent(event)
        self.held.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The box below decides what a click does."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a frame where keys brought the focus; the figure itself lies below."""
        if not self.keyed():
            return
        painter = QPainter(self)
        painter.setPen(QPen(self.theme.paper_accent, 2))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
