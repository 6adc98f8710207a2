"""A small table to type in and to paste a range into, as in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelectionModel,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gemba.domain.figures.named_range import LeftOver, beyond
from gemba.domain.figures.pasted import split_pasted
from gemba.ui.figures.cells import CellModel, Index
from gemba.ui.widgets import Ring

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_ROW = 32
_MOST = 12


class _Cells(QStyledItemDelegate):
    """Paints the cells of a grid in the theme, and gives a plain line to edit in."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground, the words and the hairline below."""
        theme, px = self.theme, self.theme.px
        rect: QRect = option.rect
        view = self.parent()
        assert isinstance(view, Grid)
        chosen = view.selectionModel().isSelected(index)
        if (index.row(), index.column()) in view.cells.doubtful:
            painter.fillRect(rect, theme.watch_soft)
        elif chosen:
            painter.fillRect(rect, theme.accent_soft)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.line)
        if index == view.currentIndex() and view.hasFocus():
            painter.setPen(theme.accent)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.setPen(theme.ink)
        painter.setFont(theme.font())
        words = str(index.data() or "")
        inner = rect.adjusted(px(8), 0, -px(8), 0)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line without a frame, as wide as the cell."""
        line = QLineEdit(parent)
        line.setFrame(False)
        line.setFont(self.theme.font())
        line.setTextMargins(self.theme.px(8) - 2, 0, self.theme.px(4), 0)
        line.setAutoFillBackground(True)
        head = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        line.setAccessibleName(str(head))
        return line

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as a row."""
        return QSize(self.theme.px(60), self.theme.px(_ROW))


class Grid(QTableView):
    """Cells of text in columns; typing writes, Enter goes down, Ctrl+V takes a pasted range.

    After Tab, Enter goes down to where the row was begun, as in any spreadsheet.

    `edited` says that the user changed something. It grows to 12 rows before it scrolls.
    ``left_out`` is what stood in columns of the last pasted range that found no place.
    """

    edited = Signal()

    def __init__(
        self, theme: Theme, heads: Sequence[str], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.cells = CellModel(heads, self)
        self.left_out: tuple[LeftOver, ...] = ()
        self._begun = (0, (-1, -1))
        """The column a row was begun in, and the cell Tab has led to since."""
        self.setModel(self.cells)
        self.setItemDelegate(_Cells(theme, self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(theme.font())
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed
        )
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        self.verticalHeader().setMinimumSectionSize(theme.px(_ROW))
        head = _Heads(theme, self)
        self.setHorizontalHeader(head)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.show()
        for signal in (self.cells.rowsInserted, self.cells.rowsRemoved, self.cells.modelReset):
            signal.connect(self._grow)
        self.cells.edited.connect(self.edited)
        self._grow()

    def rows(self) -> list[tuple[str, ...]]:
        """The words of all rows but the empty one at the end."""
        return [tuple(row) for row in self.cells.cells]

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other rows; `edited` is not sent. The place of the caret is kept."""
        at = (self.currentIndex().row(), self.currentIndex().column())
        self.cells.show_rows(rows)
        if at[0] >= 0:
            self.go(min(at[0], len(rows)), at[1])

    def go(self, row: int, column: int) -> None:
        """Put the frame of the keyboard on a cell."""
        self.setCurrentIndex(self.cells.index(row, column))

    def split(self, text: str) -> tuple[tuple[str, ...], ...]:
        """Return pasted text as rows of cells."""
        return split_pasted(text)

    def paste(self) -> bool:
        """Write the clipboard's rows over the cells from the current one on."""
        text = QGuiApplication.clipboard().text()
        block = self.split(text)
        if not block:
            return False
        at = self.currentIndex()
        row, column = (at.row(), at.column()) if at.isValid() else (0, 0)
        if max(len(words) for words in block) > 1:
            column = 0
        room = self.cells.columnCount() - column
        self.left_out = beyond(block, room, split_pasted(text))
        self.cells.put(block, row, column)
        self.go(min(row + len(block), len(self.cells.cells)), column)
        return True

    def copy(self) -> None:
        """Put the chosen cells on the clipboard as tabs and lines."""
        chosen = sorted((i.row(), i.column()) for i in self.selectedIndexes())
        lines: dict[int, list[str]] = {}
        for row, column in chosen:
            lines.setdefault(row, []).append(self.cells.text(row, column))
        QGuiApplication.clipboard().setText("\n".join("\t".join(words) for words in lines.values()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste, copy, empty, go on, or begin to write."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cells.clear({(i.row(), i.column()) for i in self.selectedIndexes()})
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Enter in a cell being written comes by here too; closeEditor goes down for it.
            if self.state() != QAbstractItemView.State.EditingState:
                self._down()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter goes down after it has kept the cell; Tab goes on to the next one."""
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        hints = QAbstractItemDelegate.EndEditHint
        if hint == hints.SubmitModelCache:
            self._down()
        elif hint in (hints.EditNextItem, hints.EditPreviousItem):
            self._aside(1 if hint == hints.EditNextItem else -1)
        self.setFocus()

    def _down(self) -> None:
        at = self.currentIndex()
        if at.isValid():
            self.go(min(at.row() + 1, self.cells.rowCount() - 1), self._beginning(at))

    def _beginning(self, at: Index) -> int:
        """Return the column in which the row was begun that Tab has led through to a cell."""
        column, led_to = self._begun
        return column if led_to == (at.row(), at.column()) else at.column()

    def _aside(self, by: int) -> None:
        at = self.currentIndex()
        begun = self._beginning(at)
        place = at.row() * self.cells.columnCount() + at.column() + by
        last = self.cells.rowCount() * self.cells.columnCount() - 1
        row, column = divmod(max(0, min(place, last)), self.cells.columnCount())
        self.go(row, column)
        self._begun = (begun if row == at.row() else column, (row, column))

    def focusNextPrevChild(self, next: bool) -> bool:
        """While a row is filled in, Tab goes on also from an empty cell; at its end it leaves."""
        at = self.currentIndex()
        ahead = at.column() + (1 if next else -1)
        if self._begun[1] == (at.row(), at.column()) and 0 <= ahead < self.cells.columnCount():
            self._aside(1 if next else -1)
            return True
        return super().focusNextPrevChild(next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A table that gets the focus has a current cell."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            index = self.cells.index(0, 0)
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)

    def ring(self) -> Ring | None:
        """None: the frame of the current cell shows where the keyboard is."""
        return None

    def _grow(self, *_: object) -> None:
        shown = min(self.cells.rowCount(), _MOST)
        height = shown * self.theme.px(_ROW) + self.theme.px(24) + 1
        over = self.cells.rowCount() > _MOST
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if over else policy.ScrollBarAlwaysOff
        )
        self.setFixedHeight(height)


class _Heads(QHeaderView):
    """The words above the columns, small and soft, with a line under them."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme = theme
        self.setFixedHeight(theme.px(24))
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.viewport().setAutoFillBackground(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one head."""
        theme, px = self.theme, self.theme.px
        painter.save()
        painter.setFont(theme.font("small"))
        painter.setPen(theme.ink_soft)
        inner = rect.adjusted(px(8), 0, -px(8), 0)
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.edge)
        painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sections on the ground of the page."""
        super().paintEvent(event)
