"""The grid of sheets: a virtual list, so that thousands scroll as a few do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gemba.ui.icons import icon
from gemba.ui.widgets.base import Ring
from gemba.ui.widgets.row_paint import RowAction
from gemba.ui.widgets.sheet_card import (
    PICTURE_WIDTH,
    CardPainter,
    CardState,
    CardWords,
    card_size,
    more_rect,
)
from gemba.ui.widgets.touch import scroll_by_touch

if TYPE_CHECKING:
    from gemba.domain.sheet_row import SheetRow
    from gemba.ui.theme import Theme

ROW = Qt.ItemDataRole.UserRole
"""The SheetRow of an entry."""
QUESTIONS = Qt.ItemDataRole.UserRole + 1
"""How many of the coach's questions at it are open."""
INSET = 8
GAP = 32
_REST_MS = 200
"""Turns of a wheel follow each other sooner than that; a list at rest waits longer."""
_STEP = 72

Index = QModelIndex | QPersistentModelIndex
Say = Callable[["SheetRow"], CardWords]
Picture = Callable[["SheetRow", int], QImage | None]


class SheetModel(QAbstractListModel):
    """The sheets in the order in which they are shown."""

    def __init__(self, say: Say, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[SheetRow] = ()
        self._say = say

    def set_rows(self, rows: Sequence[SheetRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many sheets there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a sheet, its row, or how many questions at it are open."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._say(row).spoken()
        if role == Qt.ItemDataRole.ToolTipRole:
            words = self._say(row)
            return "\n".join(part for part in (words.title, words.facts) if part)
        if role == ROW:
            return row
        return row.open_questions if role == QUESTIONS else None

    def place_of(self, key: str) -> QModelIndex:
        """Return where a sheet stands, an invalid index for one that is not shown."""
        for number, row in enumerate(self.rows):
            if row.key == key:
                return self.index(number)
        return QModelIndex()


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: SheetGrid) -> None:
        super().__init__(view)
        self.view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self.view.cell()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = self.view
        row = view.sheets.rows[index.row()]
        held = bool(option.state & QStyle.StateFlag.State_Selected) and view.hasFocus()
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        state = CardState(hover=hover, focus=held and view.by_keys, on_more=hover and view.on_more)
        picture = view.picture(row, view.picture_pixels())
        painter.save()
        view.cards.paint(
            painter, view.card_in(option.rect), view.say(row), picture, state, flip=view.flip()
        )
        painter.restore()


class SheetGrid(QListView):
    """Cards of sheets, as many beside each other as there is room.

    `opened` hands on the row that is to be opened, `binned` one that goes into the bin. `rested`
    says that the list stands still on other cards; `moved` that it is moving. ``menu`` returns
    what can be done with a row.
    """

    opened = Signal(object)
    binned = Signal(object)
    rested = Signal()
    moved = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        name: str,
        say: Say,
        picture: Picture,
        menu: Callable[[SheetRow], Sequence[RowAction]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.say = say
        self.picture = picture
        self.cards = CardPainter(theme)
        self.by_keys = False
        self.on_more = False
        self._menu = menu
        self.sheets = SheetModel(say, self)
        self.setAccessibleName(name)
        self.setModel(self.sheets)
        self.setItemDelegate(_Delegate(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        scroll_by_touch(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().rangeChanged.connect(self._keep_width)
        self._keep_width(0, 0)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        # An opaque ground lets Qt move what is painted already and paint only what comes in.
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.rested)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.clicked.connect(self._clicked)
        theme.changed.connect(self.cards.forget)

    def flip(self) -> bool:
        """Whether reading runs from right to left."""
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def card_width(self) -> int:
        """The width of a card in pixels of the layout; less than usual in a narrow window."""
        room = self.viewport().width() - 2 * self.theme.px(INSET)
        return max(1, min(self.theme.px(PICTURE_WIDTH), room))

    def picture_pixels(self) -> int:
        """The width of a picture in pixels of the screen."""
        return round(self.card_width() * self.devicePixelRatioF())

    def cell(self) -> QSize:
        """The room of a card with what lies between it and the next ones."""
        wide, gap, inset = self.card_width(), self.theme.px(GAP), self.theme.px(INSET)
        # Qt leaves a few pixels for a wider scroll bar, and counts the gap behind the last card.
        room = self.viewport().width() - self.theme.px(4)
        across = max(1, (room - 2 * inset + gap) // (wide + gap))
        step = min(wide + gap, room // across)
        return QSize(step, card_size(self.theme, wide).height() + gap)

    def card_in(self, cell: QRect) -> QRect:
        """Where the card lies in its cell: room for the ring at the near edge and above."""
        inset, size = self.theme.px(INSET), card_size(self.theme, self.card_width())
        left = cell.right() + 1 - inset - size.width() if self.flip() else cell.left() + inset
        return QRect(QPoint(left, cell.top() + inset), size)

    def set_rows(self, rows: Sequence[SheetRow]) -> None:
        """Show other rows; the place in the list and the card that has the focus are kept."""
        held, bar = self.current(), self.verticalScrollBar().value()
        self.sheets.set_rows(rows)
        self.executeDelayedItemsLayout()
        if held is not None:
            place = self.sheets.place_of(held.key)
            if place.isValid():
                self.setCurrentIndex(place)
        self.verticalScrollBar().setValue(bar)
        self._rest.start(0)

    def repaint_row(self, key: str) -> None:
        """Paint one card anew, as when its picture came."""
        for row in self.visible():
            if row.key == key:
                self.update(self.sheets.place_of(key))
                return

    def current(self) -> SheetRow | None:
        """The row that arrows and Enter act on."""
        place = self.currentIndex()
        return self.sheets.rows[place.row()] if place.isValid() else None

    def visible(self) -> list[SheetRow]:
        """The rows in sight, from the first to the last."""
        count = len(self.sheets.rows)
        if not count:
            return []
        begin = self.visualRect(self.sheets.index(0))
        if not begin.isValid():
            return []
        across, high = self._across(begin), begin.height()
        first = max(0, -begin.top()) // high * across
        last = (self.viewport().height() - begin.top()) // high * across + across
        return list(self.sheets.rows[first:last])

    def _across(self, begin: QRect) -> int:
        """Return how many cards Qt has laid out beside each other."""
        count = 1
        while count < len(self.sheets.rows):
            if self.visualRect(self.sheets.index(count)).top() != begin.top():
                break
            count += 1
        return count

    def _keep_width(self, low: int, high: int) -> None:
        """Leave as much room with a scroll bar as without: it must not change the columns."""
        room = self.verticalScrollBar().sizeHint().width() if high <= low else 0
        self.setViewportMargins(0, 0, room, 0)

    def _scrolled(self, _to: int) -> None:
        self.moved.emit()
        self._rest.start(_REST_MS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the rows anew; a card is never wider than the window."""
        super().resizeEvent(event)
        self.verticalScrollBar().setSingleStep(self.theme.px(_STEP))
        self.scheduleDelayedItemsLayout()
        self._rest.start(_REST_MS)

    def _clicked(self, place: QModelIndex) -> None:
        row = self.sheets.rows[place.row()]
        if self.on_more:
            self._pop_up(row, self.viewport().mapToGlobal(self._more_of(place).bottomLeft()))
            return
        self.opened.emit(row)

    def _more_of(self, place: QModelIndex) -> QRect:
        return more_rect(self.theme, self.card_in(self.visualRect(place)), flip=self.flip())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the button of a card while the pointer is on it."""
        at = event.position().toPoint()
        place = self.indexAt(at)
        on_more = place.isValid() and self._more_of(place).contains(at)
        if on_more != self.on_more:
            self.on_more = on_more
            self.update(place)
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What is between the cards is nothing to press."""
        self.by_keys = False
        at = event.position().toPoint()
        place = self.indexAt(at)
        if place.isValid():
            self.on_more = self._more_of(place).contains(at)
            if not self.card_in(self.visualRect(place)).contains(at):
                return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete puts into the bin; arrows show where they are."""
        self.by_keys = True
        row = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if row is not None:
                self.opened.emit(row)
            return
        if event.key() == Qt.Key.Key_Delete and row is not None:
            self.binned.emit(row)
            return
        super().keyPressEvent(event)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a card in sight when keys bring the focus."""
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            by = event.reason()
            self.by_keys = by in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)
        seen = self.visible()
        if not self.currentIndex().isValid() and seen:
            self.setCurrentIndex(self.sheets.place_of(seen[0].key))
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a sheet, at the pointer or at the card with the focus."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            place, at = self.indexAt(event.pos()), event.globalPos()
        else:
            place = self.currentIndex()
            at = self.viewport().mapToGlobal(self._more_of(place).bottomLeft())
        if place.isValid():
            self._pop_up(self.sheets.rows[place.row()], at)

    def _pop_up(self, row: SheetRow, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for offered in self._menu(row):
            entry = menu.addAction(icon(self.theme, offered.icon), offered.words)
            entry.triggered.connect(lambda _on=False, a=offered: a.run(row))
        menu.popup(at)

    def ring(self) -> Ring | None:
        """None: the card with the focus shows it."""
        return None
