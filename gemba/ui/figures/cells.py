"""The words of a small table, with one empty row at the end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QWidget,
)

if TYPE_CHECKING:
    pass

Index = QModelIndex | QPersistentModelIndex


class CellModel(QAbstractTableModel):
    """Rows of text with one empty row at the end; `edited` says that the user changed them."""

    edited = Signal()

    def __init__(self, heads: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.heads = tuple(heads)
        self.cells: list[list[str]] = []
        self.doubtful: dict[tuple[int, int], str] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The rows, and one to write in."""
        return 0 if parent.isValid() else len(self.cells) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as there are heads."""
        return 0 if parent.isValid() else len(self.heads)

    def text(self, row: int, column: int) -> str:
        """The words of a cell."""
        return self.cells[row][column] if row < len(self.cells) else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell, and what is doubtful about them as tooltip."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.text(index.row(), index.column())
        trouble = self.doubtful.get((index.row(), index.column()), "")
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return trouble or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = self.text(index.row(), index.column())
            return f"{self.heads[index.column()]} {words}".strip()
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The words above the columns, and row numbers for those who listen."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.heads[section] if orientation == Qt.Orientation.Horizontal else section + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be written."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed into one cell."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if str(value) != self.text(index.row(), index.column()):
            self.put([(str(value),)], index.row(), index.column())
        return True

    def put(self, block: Sequence[Sequence[str]], row: int, column: int) -> None:
        """Write a block of cells over those from a row and column on."""
        end = row + len(block)
        if end > len(self.cells):
            # The empty row at the end becomes the first new one; what comes is behind it.
            self.beginInsertRows(QModelIndex(), len(self.cells) + 1, end)
            while len(self.cells) < end:
                self.cells.append([""] * len(self.heads))
            self.endInsertRows()
        for down, words in enumerate(block):
            for across, word in enumerate(words[: len(self.heads) - column]):
                self.cells[row + down][column + across] = word
        self._drop_empty_tail()
        self._tell()

    def clear(self, cells: Collection[tuple[int, int]]) -> None:
        """Empty cells; rows without any words left go."""
        touched = {row for row, _ in cells if row < len(self.cells)}
        for row, column in cells:
            if row < len(self.cells):
                self.cells[row][column] = ""
        for row in sorted(touched, reverse=True):
            if not any(self.cells[row]):
                self.beginRemoveRows(QModelIndex(), row, row)
                del self.cells[row]
                self.endRemoveRows()
        self._tell()

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other rows; `edited` is not sent."""
        self.beginResetModel()
        self.cells = [list(row) for row in rows]
        self.doubtful = {}
        self.endResetModel()

    def set_doubtful(self, doubtful: dict[tuple[int, int], str]) -> None:
        """Mark cells that were not understood, each with a sentence."""
        self.doubtful = doubtful
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def _drop_empty_tail(self) -> None:
        while self.cells and not any(self.cells[-1]):
            last = len(self.cells)
            self.beginRemoveRows(QModelIndex(), last, last)
            self.cells.pop()
            self.endRemoveRows()

    def _tell(self) -> None:
        self.dataChanged.emit(
            self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1)
        )
        self.edited.emit()
