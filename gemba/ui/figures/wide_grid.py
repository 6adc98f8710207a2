"""A grid that gets more columns when a wider range is pasted or another one is wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHeaderView, QWidget

from gemba.domain.figures.table_rules import split_table
from gemba.ui.figures.grid import Grid

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_NARROWEST = 88
_FEW = 4


class WideGrid(Grid):
    """A `Grid` whose columns can grow in number; many columns scroll sideways.

    ``head`` names a column by its place.
    """

    def __init__(
        self,
        theme: Theme,
        columns: int,
        head: Callable[[int], str],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        self._head = head
        super().__init__(theme, [head(at) for at in range(columns)], name, parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(self.ScrollMode.ScrollPerPixel)
        self._spread()

    def split(self, text: str) -> tuple[tuple[str, ...], ...]:
        """Cells as a spreadsheet or a file parts them."""
        return split_table(text)

    def paste(self) -> bool:
        """Write the clipboard's cells from the current one on, over as many columns as it takes."""
        block = self.split(QGuiApplication.clipboard().text())
        if not block:
            return False
        at = self.currentIndex()
        row, column = (at.row(), at.column()) if at.isValid() else (0, 0)
        self.widen(column + max(len(words) for words in block))
        self.cells.put(block, row, column)
        self.go(min(row + len(block), len(self.cells.cells)), column)
        return True

    def widen(self, columns: int) -> None:
        """Show at least so many columns."""
        cells = self.cells
        have = cells.columnCount()
        if columns <= have:
            return
        cells.beginInsertColumns(QModelIndex(), have, columns - 1)
        cells.heads = tuple(self._head(at) for at in range(columns))
        for row in cells.cells:
            row += [""] * (columns - have)
        cells.endInsertColumns()
        self._spread()

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other rows over as many columns as they need; `edited` is not sent."""
        self.widen(max((len(row) for row in rows), default=0))
        wide = self.cells.columnCount()
        super().show_rows([(*row, *[""] * (wide - len(row))) for row in rows])

    def rename(self) -> None:
        """Ask for the heads of all columns again."""
        self.cells.heads = tuple(self._head(at) for at in range(self.cells.columnCount()))
        last = self.cells.columnCount() - 1
        self.cells.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def _grow(self, *_: object) -> None:
        """Leave room below the rows for what scrolls sideways."""
        super()._grow()
        if self.cells.columnCount() > _FEW:
            self.setFixedHeight(self.height() + self.horizontalScrollBar().sizeHint().height())

    def _spread(self) -> None:
        """Share the width among few columns; many keep a width to write in and scroll."""
        head = self.horizontalHeader()
        many = self.cells.columnCount() > _FEW
        mode = QHeaderView.ResizeMode
        for at in range(self.cells.columnCount()):
            head.setSectionResizeMode(at, mode.Interactive if many else mode.Stretch)
            if many:
                head.resizeSection(at, self.theme.px(_NARROWEST))
        self._grow()
