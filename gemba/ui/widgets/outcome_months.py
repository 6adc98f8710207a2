"""How predictions came out month by month: a line of marks for each month, and their counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gemba.ui.widgets.base import RADIUS, box, draw_words, width_of
from gemba.ui.widgets.outcome_mark import OUTCOMES, outcome_words, paint_outcome

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_HIGH = 32
_NAMES = 96
_STEP = 14


class OutcomeMonths(QWidget):
    """One line a month, the newest first; where its marks have no room, the counts stand alone.

    What it shows is in its accessible text as well, so that nothing depends on the marks.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._name = name
        self._months: tuple[tuple[str, tuple[int, ...]], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set_months(self, months: Sequence[tuple[str, tuple[int, ...]]]) -> None:
        """Show months by name, each with its counts in the order of OUTCOMES."""
        self._months = tuple(months)
        told = "; ".join(f"{name}: {self._said(counts)}" for name, counts in months)
        self.setAccessibleDescription(told)
        self.setVisible(bool(months))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its months."""
        return QSize(self.theme.px(480), self.theme.px(_HIGH * len(self._months) + 8))

    def _said(self, counts: tuple[int, ...]) -> str:
        pairs = zip(counts, OUTCOMES, strict=True)
        return ", ".join(f"{count} {outcome_words(one)}" for count, one in pairs if count)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface and a line for each month."""
        painter = QPainter(self)
        theme, px = self.theme, self.theme.px
        box(painter, QRectF(self.rect()), px(RADIUS), theme.surface)
        for row, (name, counts) in enumerate(self._months):
            top = px(4) + row * px(_HIGH)
            if row:
                painter.fillRect(px(16), top, self.width() - px(32), 1, theme.line)
            names = QRect(px(16), top, px(_NAMES), px(_HIGH))
            draw_words(painter, names, name, theme.font(), theme.ink)
            self._marks(painter, counts, top)
        painter.end()

    def _marks(self, painter: QPainter, counts: tuple[int, ...], top: int) -> None:
        theme, px = self.theme, self.theme.px
        said = self._said(counts)
        small = theme.font("small")
        left = px(16 + _NAMES)
        wide = width_of(said, small) + px(8)
        words = QRect(self.width() - px(16) - wide, top, wide, px(_HIGH))
        fits = left + sum(counts) * px(_STEP) + px(16) <= words.x()
        if not fits:
            words = QRect(left, top, self.width() - px(16) - left, px(_HIGH))
        draw_words(painter, words, said, small, theme.ink_soft)
        if fits:
            middle = QPointF(left + px(6), top + px(_HIGH) / 2)
            for count, outcome in zip(counts, OUTCOMES, strict=True):
                for _ in range(count):
                    paint_outcome(painter, theme, outcome, middle)
                    middle.setX(middle.x() + px(_STEP))
