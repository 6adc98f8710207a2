"""The marks of evidence, in the window as on paper: told by shape and not by colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

SIDE = 9


def draw_evidence(painter: QPainter, rect: QRectF, evidence: str, ink: QColor) -> None:
    """Paint the mark of a kind of evidence, or "ruled_out", into a square."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(ink, max(1.2, rect.width() / 7))
    half = pen.widthF() / 2
    inner = rect.adjusted(half, half, -half, -half)
    filled = evidence in ("tested", "measured")
    painter.setPen(Qt.PenStyle.NoPen if filled else pen)
    painter.setBrush(ink if filled else Qt.BrushStyle.NoBrush)
    if evidence in ("tested", "said"):
        painter.drawRect(rect if filled else inner)
    elif evidence in ("measured", "seen"):
        painter.drawEllipse(rect if filled else inner)
    elif evidence == "ruled_out":
        painter.drawLine(inner.topLeft(), inner.bottomRight())
        painter.drawLine(inner.topRight(), inner.bottomLeft())
    else:
        middle, third = rect.center().y(), rect.width() * 0.38
        painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.left() + third, middle))
        painter.drawLine(QPointF(rect.right() - third, middle), QPointF(rect.right(), middle))


class EvidenceMark(QWidget):
    """One mark that stands beside a cause; `set_evidence` changes it, "" shows none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._evidence = ""
        self.setFixedSize(self.sizeHint())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_evidence(self, evidence: str) -> None:
        """Show the mark of this evidence."""
        if evidence != self._evidence:
            self._evidence = evidence
            self.update()

    def sizeHint(self) -> QSize:
        """As high as a line of text."""
        return QSize(self.theme.px(16), self.theme.line_height("text"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark in the middle of the first line."""
        if not self._evidence:
            return
        painter = QPainter(self)
        side = self.theme.px(SIDE)
        left, top = (self.width() - side) / 2, (self.height() - side) / 2
        ink = self.theme.ink_soft if self._evidence == "ruled_out" else self.theme.ink
        draw_evidence(painter, QRectF(left, top, side, side), self._evidence, ink)
        painter.end()
