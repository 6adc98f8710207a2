"""Cells in rows with names before them, reached by arrows, opened by Enter or a click."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gemba.ui.widgets.base import Ring

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from gemba.ui.theme import Theme

_WIDE = 640
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


@dataclass(frozen=True, slots=True)
class Measures:
    """The lengths of a grid in pixels at 100 %.

    ``high`` is a row, ``head`` and ``foot`` what stands over and below all of them. The names take
    ``names``, or that share of a narrow window; no cell is wider than ``widest``.
    """

    high: int
    names: int
    names_share: float
    widest: int
    least: int
    head: int = 0
    foot: int = 0
    rounding: int = 2


class CellGrid(QWidget):
    """A grid that is painted by who inherits it, and says the cell that the keys are at.

    `opened` hands on the row and the column. Whoever inherits it says how many `rows` and `columns`
    there are and what each cell holds, in words, and paints them where `cell` says.
    """

    opened = Signal(int, int)
    measures: Measures

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.name = name
        self.at = (0, 0)
        self._by_keys = False
        self.posed = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    @abstractmethod
    def rows(self) -> int:
        """How many rows there are."""

    @abstractmethod
    def columns(self) -> int:
        """How many columns there are."""

    @abstractmethod
    def words_of(self, row: int, column: int) -> str:
        """One cell in words."""

    def refill(self, at: tuple[int, int]) -> None:
        """Show other cells with the keys at one of them; an empty grid hides."""
        shown = bool(self.rows() and self.columns())
        self.setVisible(shown)
        if shown:
            self.at = (min(at[0], self.rows() - 1), min(at[1], self.columns() - 1))
            self._say()
        self.updateGeometry()
        self.update()

    def _say(self) -> None:
        self.setAccessibleName(f"{self.name}. {self.words_of(*self.at)}")

    def sizeHint(self) -> QSize:
        """A line for each name, with what stands over and below them."""
        px, own = self.theme.px, self.measures
        return QSize(px(_WIDE), px(own.head) + px(own.high) * self.rows() + px(own.foot))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a small window."""
        return QSize(self.theme.px(self.measures.least), self.sizeHint().height())

    def flip(self) -> bool:
        """Whether reading runs from right to left."""
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def names_width(self) -> int:
        """How much of the width the names take, in pixels."""
        own = self.measures
        return min(self.theme.px(own.names), round(self.width() * own.names_share))

    def cell(self, row: int, column: int) -> QRect:
        """Where a cell lies."""
        px, own = self.theme.px, self.measures
        names, count = self.names_width(), max(1, self.columns())
        room = min(self.width() - names, px(own.widest) * count)
        left, right = names + room * column // count, names + room * (column + 1) // count
        top = px(own.head) + row * px(own.high)
        return self.mirrored(QRect(left, top, max(1, right - left), px(own.high)))

    def mirrored(self, area: QRect) -> QRect:
        """Return an area of the usual direction where it lies in the one of this grid."""
        if self.flip():
            area.moveLeft(self.width() - area.right() - 1)
        return area

    def _cell_at(self, point: QPoint) -> tuple[int, int] | None:
        row = (point.y() - self.theme.px(self.measures.head)) // max(
            1, self.theme.px(self.measures.high)
        )
        if not 0 <= row < self.rows():
            return None
        for column in range(self.columns()):
            if self.cell(row, column).contains(point):
                return row, column
        return None

    def ring(self) -> Ring | None:
        """Round the cell that Enter would open, where the focus came by keys."""
        keyed = self.posed or (self.hasFocus() and self._by_keys)
        if not (keyed and self.rows() and self.columns()):
            return None
        px = self.theme.px
        return Ring(self.cell(*self.at), px(1), px(self.measures.rounding))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember whether keys brought the focus."""
        self._by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go on, Enter opens."""
        key, any_cell = Qt.Key(event.key()), bool(self.rows() and self.columns())
        if any_cell and key in _STEPS:
            down, on = _STEPS[key]
            on = -on if self.flip() else on
            row = max(0, min(self.at[0] + down, self.rows() - 1))
            column = max(0, min(self.at[1] + on, self.columns() - 1))
            self.at, self._by_keys = (row, column), True
            self._say()
            self.update()
        elif any_cell and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(*self.at)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens a cell."""
        found = self._cell_at(event.position().toPoint())
        if found is not None:
            self.at = found
            self._say()
            self.opened.emit(*found)

    def event(self, event: QEvent) -> bool:
        """Say the cell under the pointer."""
        if isinstance(event, QHelpEvent):
            found = self._cell_at(event.pos())
            QToolTip.showText(event.globalPos(), self.words_of(*found) if found else "", self)
            return True
        return super().event(event)
