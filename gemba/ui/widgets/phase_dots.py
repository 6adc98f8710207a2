"""Where a talk stands, as dots: behind, here, and still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_STEP = 17


class PhaseDots(QWidget):
    """A dot for each phase; filled soft behind, large in the accent here, open ahead."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.number, self.count = 1, 1
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_phase(self, number: int, count: int) -> None:
        """Stand at a phase, counted from 1."""
        self.number, self.count = number, count
        words = self.tr("{n} of {count}").format(n=number, count=count)
        self.setAccessibleName(words if count else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One line of text high."""
        return QSize(self.theme.px(_STEP * self.count), self.theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dots in reading direction."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, theme = self.theme.px, self.theme
        flip = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for at in range(self.count):
            x = px(_STEP) * (at + 0.5)
            middle = QPointF(self.width() - x if flip else x, self.height() / 2)
            here = at + 1 == self.number
            ahead = at + 1 > self.number
            colour = theme.accent if here else theme.edge
            painter.setPen(QPen(colour, px(1)) if ahead else Qt.PenStyle.NoPen)
            painter.setBrush(Qt.BrushStyle.NoBrush if ahead else colour)
            radius = px(6) if here else px(4) - (0.5 if ahead else 0)
            painter.drawEllipse(middle, radius, radius)
        painter.end()
