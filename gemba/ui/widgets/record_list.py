"""A list of thousands of records that asks only for the rows it shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from gemba.ui.icons import icon
from gemba.ui.widgets.base import Ring
from gemba.ui.widgets.row_paint import RowAction, RowPainter, RowState, RowWords, spoken
from gemba.ui.widgets.touch import scroll_by_touch

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

PAGE = 100
_KEPT = 20
_BATCH = 2000
_MANY = 10_000
_WORDS = Qt.ItemDataRole.UserRole

Fetch = Callable[[int, int], Sequence[RowWords]]
Index = QModelIndex | QPersistentModelIndex


class RecordModel(QAbstractListModel):
    """Knows how many rows there are and fetches them by the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._fetch: Fetch | None = None
        self._pages: dict[int, Sequence[RowWords]] = {}

    def set_source(self, count: int, fetch: Fetch) -> None:
        """Show `count` rows; `fetch(offset, number)` hands over some of them."""
        self.beginResetModel()
        self._count, self._fetch = count, fetch
        self._pages.clear()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are."""
        return 0 if parent.isValid() else self._count

    def words(self, row: int) -> RowWords:
        """What a row says."""
        page, within = divmod(row, PAGE)
        if page not in self._pages:
            if len(self._pages) >= _KEPT:
                self._pages.pop(next(iter(self._pages)))
            assert self._fetch is not None
            self._pages[page] = self._fetch(page * PAGE, PAGE)
        rows = self._pages[page]
        return rows[within] if within < len(rows) else RowWords("")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a row, for the delegate and for assistive technology."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(self.words(index.row()))
        return self.words(index.row()) if role == _WORDS else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, two_lines: bool, view: RecordListView) -> None:
        super().__init__(view)
        self.theme = theme
        self.two_lines = two_lines
        self.view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.theme.px(240), self.theme.px(56 if self.two_lines else 40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        words = index.data(_WORDS)
        if not isinstance(words, RowWords):
            return
        flags = option.state
        rect = option.rect
        model = self.view.model()
        held = self.view.hasFocus()
        current = bool(flags & QStyle.StateFlag.State_Selected)
        state = RowState(
            hover=bool(flags & QStyle.StateFlag.State_MouseOver),
            chosen=current and (held or self.view.always_chosen),
            focus=current and held and self.view.by_keys,
            first=index.row() == 0,
            last=index.row() == model.rowCount() - 1,
            flip=self.view.layoutDirection() == Qt.LayoutDirection.RightToLeft,
        )
        painter.save()
        RowPainter(painter, self.theme, rect, state).paint(words)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        words = index.data(_WORDS)
        if event.type() == QEvent.Type.ToolTip and isinstance(words, RowWords):
            told = "\n".join(part for part in (words.strong, words.small) if part)
            QToolTip.showText(event.globalPos(), told, view)
            return True
        return super().helpEvent(event, view, option, index)


class RecordListView(QListView):
    """The list view for records; `opened` hands on the key of the row, as RowList does."""

    opened = Signal(object)

    def __init__(
        self,
        theme: Theme,
        *,
        name: str = "",
        two_lines: bool = True,
        actions: Sequence[RowAction] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.by_keys = False
        self.always_chosen = False
        self._actions = tuple(actions)
        self._records = RecordModel(self)
        self.setModel(self._records)
        self.setItemDelegate(_Delegate(theme, two_lines, self))
        self.setUniformItemSizes(True)
        self.setBatchSize(_BATCH)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        scroll_by_touch(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._open)
        self.activated.connect(self._open_by_key)

    def set_source(self, count: int, fetch: Fetch) -> None:
        """Show `count` rows, fetched by the page; the place in the list is kept by its key."""
        held = self.current_key()
        bar = self.verticalScrollBar().value()
        # Qt asks the model twice for each row, so a very long list is laid out by and by.
        mode = QListView.LayoutMode
        self.setLayoutMode(mode.Batched if count > _MANY else mode.SinglePass)
        self._records.set_source(count, fetch)
        self.verticalScrollBar().setValue(bar)
        if held is not None:
            self._hold(held)

    def set_rows(self, rows: Sequence[RowWords]) -> None:
        """Show rows that are all at hand."""
        self.set_source(len(rows), lambda at, number: rows[at : at + number])

    def current_key(self) -> object:
        """The key of the row that arrows and Enter act on, or None."""
        index = self.currentIndex()
        return self._records.words(index.row()).key if index.isValid() else None

    def _hold(self, key: object) -> None:
        for row in range(min(self._records.rowCount(), PAGE)):
            if self._records.words(row).key == key:
                self.setCurrentIndex(self._records.index(row))
                return

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._records.words(index.row()).key)

    def _open_by_key(self, index: QModelIndex) -> None:
        if self.by_keys:
            self._open(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; arrows show where they are."""
        self.by_keys = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on the first row when keys bring the focus."""
        by = event.reason()
        self.by_keys = by in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._records.rowCount():
            self.setCurrentIndex(self._records.index(0))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the actions of the row."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index, at = self.indexAt(event.pos()), event.globalPos()
        else:
            index = self.currentIndex()
            at = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft() + QPoint(16, 0))
        if not index.isValid() or not self._actions:
            return
        key = self._records.words(index.row()).key
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for offered in self._actions:
            entry = menu.addAction(icon(self.theme, offered.icon), offered.words)
            entry.triggered.connect(lambda _on=False, a=offered: a.run(key))
        menu.popup(at)

    def ring(self) -> Ring | None:
        """None: the row with the focus shows it."""
        return None
