"""How a prediction came out, as a mark that prints in greyscale and needs no colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gemba.ui.widgets.label import Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

OUTCOMES = ("as expected", "different", "unclear", "")


def outcome_words(outcome: str) -> str:
    """Return an outcome as one says it; without one nobody has looked yet."""
    words = {
        "as expected": QCoreApplication.translate("Outcome", "as expected"),
        "different": QCoreApplication.translate("Outcome", "different"),
        "unclear": QCoreApplication.translate("Outcome", "unclear"),
    }
    return words.get(outcome, QCoreApplication.translate("Outcome", "not yet looked"))


def paint_outcome(painter: QPainter, theme: Theme, outcome: str, middle: QPointF) -> None:
    """Paint a mark: filled, open or dotted circle, or a square where nobody has looked yet."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = theme.px(5) - 0.5
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.ink, 1.5 * theme.scale))
    if outcome == "as expected":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.ink)
        radius += 0.5
    elif outcome == "unclear":
        pen = QPen(theme.ink_soft, 1.5 * theme.scale)
        pen.setDashPattern([1, 1.5])
        painter.setPen(pen)
    elif outcome != "different":
        side = 2 * radius - 1
        painter.drawRect(QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side))
        return
    painter.drawEllipse(middle, radius, radius)


class OutcomeMark(QWidget):
    """One mark that stands beside its word."""

    def __init__(self, theme: Theme, outcome: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.outcome = outcome
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as small letters."""
        return QSize(self.theme.px(16), self.theme.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the middle."""
        painter = QPainter(self)
        paint_outcome(painter, self.theme, self.outcome, QRectF(self.rect()).center())
        painter.end()


class OutcomeLegend(QWidget):
    """All marks with their words, side by side."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        for at, outcome in enumerate(OUTCOMES):
            if at:
                row.addSpacing(theme.px(8))
            row.addWidget(OutcomeMark(theme, outcome))
            words = outcome_words(outcome)
            row.addWidget(Label(theme, words, step="small", tone="ink_soft", wrap=False))
