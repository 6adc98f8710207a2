"""How a page is put together: its head, its column of reading, its flow and its scrolling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gemba.ui.widgets.label import READING_WIDTH, Label
from gemba.ui.widgets.touch import scroll_by_touch

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

NARROW = 1200
"""Window width in pixels at 100 % under which page margins are 16 and not 24."""


def page_margin(theme: Theme, width: int) -> int:
    """The margin of a page in a window of this width, both in pixels."""
    return theme.px(16 if width < theme.px(NARROW) else 24)


class PageHead(QWidget):
    """The title of a page at the left and its few actions at the right.

    Where both find no room beside each other, the actions go below the title.
    """

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self.row = QHBoxLayout()
        self.row.setSpacing(theme.px(8))
        self._column.addLayout(self.row)
        self.acts = QWidget(self)
        FlowLayout(self.acts, gap=theme.px(8), centred=True)
        self.acts.hide()
        self._below = False
        self.title = Label(theme, title, step="title", wrap=False, parent=self)
        self.beside = Label(theme, "", tone="ink_soft", wrap=False, parent=self)
        self.beside.hide()
        self.row.addWidget(self.title)
        self.row.addSpacing(theme.px(8))
        self.row.addWidget(self.beside)
        self.row.addStretch(1)
        self.row.addWidget(self.acts)
        self.setMinimumHeight(theme.px(36))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_title(self, title: str, beside: str = "") -> None:
        """Change the title, and the soft words beside it."""
        self.title.setText(title)
        self.beside.setText(beside)
        self.beside.setVisible(bool(beside))

    def add_action(self, widget: QWidget) -> None:
        """Put a button at the right end."""
        flow = self.acts.layout()
        assert flow is not None
        flow.addWidget(widget)
        self.acts.show()

    def event(self, event: QEvent) -> bool:
        """Look at the room again when something in it came, went or grew."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._arrange()
        return done

    def _arrange(self) -> None:
        # A very long title is cut before it takes more than about half of a line.
        title = min(self.title.sizeHint().width(), self.width() * 11 // 20)
        wanted = title + self.acts.sizeHint().width()
        if self.beside.isVisibleTo(self):
            wanted += self.beside.sizeHint().width() + self.row.spacing()
        wanted += 2 * self.row.spacing() + self.theme.px(8)
        below = wanted > self.width()
        if below != self._below:
            self._below = below
            here, there = (self.row, self._column) if below else (self._column, self.row)
            here.removeWidget(self.acts)
            there.addWidget(self.acts)


class Column(QWidget):
    """A column of at most `width` pixels (680 by default), in the middle or at the start."""

    def __init__(
        self,
        theme: Theme,
        *,
        width: int = READING_WIDTH,
        centred: bool = False,
        gap: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        # The widest width stands on a widget inside: a column of its parent would ask for the
        # height at the parent's own width, and too little room would be left for wrapped text.
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        inner = QWidget(self)
        inner.setMaximumWidth(theme.px(width))
        inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(gap))
        if centred:
            across.addStretch(0)
        across.addWidget(inner, 1)
        across.addStretch(0)
        self.centred = centred

    def add(self, widget: QWidget) -> None:
        """Put a widget below the others."""
        self.body.addWidget(widget)

    def space(self, length: int) -> None:
        """Leave room, in pixels of the layout."""
        self.body.addSpacing(length)


class ScrollPage(QScrollArea):
    """A page that scrolls down and never sideways; `body` takes its widgets.

    The margins follow the width of the window. Without them ``room``, in pixels at 100 %, is left
    on both sides for what is drawn round a field that has the focus.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        margins: bool = True,
        room: int = 0,
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self.theme = theme
        self._margins = margins
        self._room = theme.px(room)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content = QWidget()
        self.body = QVBoxLayout(self.content)
        self.body.setSpacing(0)
        self.setWidget(self.content)
        scroll_by_touch(self)
        self._set_margins()

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below the others."""
        self.body.addWidget(widget, stretch)

    def space(self, length: int) -> None:
        """Leave room, in pixels at 100 %."""
        self.body.addSpacing(self.theme.px(length))

    def section(self, words: str) -> Label:
        """Add the head of a section: 32 above, strong words, 8 below."""
        count = self.body.count()
        if count:
            before = self.body.itemAt(count - 1)
            after_head = before is not None and isinstance(before.widget(), PageHead)
            self.space(24 if after_head else 32)
        head = Label(self.theme, words, step="strong", wrap=False)
        self.body.addWidget(head)
        self.space(8)
        return head

    def finish(self) -> None:
        """Keep everything at the top."""
        self.body.addStretch(1)

    def _set_margins(self) -> None:
        side = page_margin(self.theme, self.window().width()) if self._margins else self._room
        self.body.setContentsMargins(side, side, side, side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width, so that nothing is ever wider than the page."""
        self._set_margins()
        super().resizeEvent(event)


class FlowLayout(QLayout):
    """Places widgets side by side and goes on in the next line, in reading direction."""

    def __init__(
        self, parent: QWidget | None = None, *, gap: int = 8, centred: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._centred = centred
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item; called by addWidget."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at an index, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item back, or None."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It grows in no direction of its own."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """All items in one line."""
        shown = [i.sizeHint() for i in self._items if not i.isEmpty()]
        width = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        height = max((size.height() for size in shown), default=0)
        return self._with_margins(QSize(width, height))

    def minimumSize(self) -> QSize:
        """The widest single item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return self._with_margins(size)

    def _with_margins(self, size: QSize) -> QSize:
        m: QMargins = self.contentsMargins()
        return QSize(size.width() + m.left() + m.right(), size.height() + m.top() + m.bottom())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        area = rect.marginsRemoved(self.contentsMargins())
        parent = self.parentWidget()
        rtl = parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = y = line = 0
        shown = [item for item in self._items if not item.isEmpty()]
        tall = max((i.sizeHint().height() for i in shown), default=0) if self._centred else 0
        for item in shown:
            size = item.sizeHint()
            width = min(size.width(), area.width())
            if x and x + width > area.width():
                x, y, line = 0, y + line + self._gap, 0
            if move:
                left = area.width() - x - width if rtl else x
                down = max(0, tall - size.height()) // 2
                at = QPoint(area.x() + left, area.y() + y + down)
                item.setGeometry(QRect(at, QSize(width, size.height())))
            x += width + self._gap
            line = max(line, size.height(), tall)
        margins = self.contentsMargins()
        return y + line + margins.top() + margins.bottom()
