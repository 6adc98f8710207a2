"""The command palette: every place, record and command behind one line to type in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from gemba.domain.changes import Ref
from gemba.ui.commands import Command, Commands
from gemba.ui.widgets.base import RADIUS, box, draw_icon, draw_words, width_of
from gemba.ui.widgets.field import Field

if TYPE_CHECKING:
    from gemba.domain.hit import Hit
    from gemba.ui.tasks import CancelToken, Tasks
    from gemba.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
WIDTH, HEAD, ROW = 720, 28, 40
_ITEM = Qt.ItemDataRole.UserRole
_TRIES, _SOON_MS = 4, 250

GROUPS: dict[str, tuple[str, str]] = {
    "promise": ("Promises", "handshake"),
    "observation": ("Seen on walks", "footprints"),
    "walk": ("Walks", "footprints"),
    "talk": ("Coaching", "message-circle-question-mark"),
    "storyboard": ("Coaching", "message-circle-question-mark"),
    "experiment": ("Coaching", "message-circle-question-mark"),
    "sheet": ("A3", "notebook-pen"),
    "margin_note": ("A3", "notebook-pen"),
    "person": ("People and places", "user"),
    "area": ("People and places", "map-pin"),
    "route": ("Routines and routes", "footprints"),
    "routine": ("Routines and routes", "calendar"),
    "keeping": ("Routines and routes", "calendar"),
    "draw": ("Routines and routes", "calendar"),
    "recognition": ("Thanks and reflection", "heart-handshake"),
    "reflection": ("Thanks and reflection", "pen-line"),
    "session": ("Coaching", "message-circle-question-mark"),
    "lesson": ("Coaching", "message-circle-question-mark"),
    "skill": ("Coaching", "message-circle-question-mark"),
    "goal": ("Coaching", "message-circle-question-mark"),
    "evidence": ("Coaching", "message-circle-question-mark"),
    "mentor_pair": ("Coaching", "message-circle-question-mark"),
    "asked_question": ("Coaching", "message-circle-question-mark"),
    "after_talk": ("Coaching", "message-circle-question-mark"),
    "second_coach": ("Coaching", "message-circle-question-mark"),
    "practice_level": ("Coaching", "message-circle-question-mark"),
    "form": ("Forms", "list-todo"),
    "form_version": ("Forms", "list-todo"),
    "filling": ("Forms", "list-todo"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list: the head of a group, or something that opens."""

    words: str
    small: str = ""
    icon: str = ""
    end: str = ""
    run: Callable[[], None] | None = None

    @property
    def head(self) -> bool:
        """Tell whether this is the head of a group."""
        return self.run is None


class _Items(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.items: list[Item] = []

    def show(self, items: list[Item]) -> None:
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.items)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{item.words}, {item.small}" if item.small else item.words
        return item if role == _ITEM else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.items[index.row()].head:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        item: Item = index.data(_ITEM)
        return QSize(self.theme.px(200), self.theme.px(HEAD if item.head else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item: Item = index.data(_ITEM)
        px, theme = self.theme.px, self.theme
        rect: QRect = option.rect
        if item.head:
            area = rect.adjusted(px(16), px(4), -px(16), 0)
            draw_words(painter, area, item.words, theme.font("small"), theme.ink_soft)
            return
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            ground = QRectF(rect.adjusted(px(8), 0, -px(8), 0))
            box(painter, ground, px(RADIUS), theme.accent_soft)
        icon = QRectF(rect.x() + px(16), rect.y(), px(20), rect.height())
        draw_icon(painter, theme, item.icon, "accent" if chosen else "ink_soft", icon)
        self._words(painter, item, rect, chosen)
        painter.restore()

    def _words(self, painter: QPainter, item: Item, rect: QRect, chosen: bool) -> None:
        px, theme = self.theme.px, self.theme
        small, text = theme.font("small"), theme.font("text")
        end = "Enter opens" if chosen else item.end
        right = rect.right() - px(16) - width_of(end, small)
        draw_words(
            painter,
            QRect(right, rect.y(), width_of(end, small), rect.height()),
            end,
            small,
            theme.ink_soft,
        )
        left, room = rect.x() + px(48), right - px(16) - rect.x() - px(48)
        wide = min(width_of(item.words, text), room if not item.small else room * 2 // 3)
        area = QRect(left, rect.y(), wide, rect.height())
        draw_words(painter, area, item.words, text, theme.ink)
        if item.small:
            rest = QRect(
                left + wide + px(12), rect.y() + px(1), room - wide - px(12), rect.height()
            )
            draw_words(painter, rest, item.small, small, theme.ink_soft)


class Palette(QWidget):
    """Lies over the window; typing searches, arrows choose, Enter opens, Esc closes."""

    def __init__(
        self,
        theme: Theme,
        commands: Commands,
        *,
        search: Callable[[str], list[Hit]],
        open_ref: Callable[[Ref, str], None],
        show_all: Callable[[str], None],
        day: Callable[[object], str],
        tasks: Tasks,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._under = parent
        self._commands = commands
        self._search = search
        self._open_ref = open_ref
        self._show_all = show_all
        self._day = day
        self._tasks = tasks
        self._token: CancelToken | None = None
        self._tries = 0
        self._listed = ""
        self._chosen_before = False
        self._before: QWidget | None = None
        self.field = Field(
            theme, "", question="Where to, or which word?", icon="search", big=True, name="Search"
        )
        self.model = _Items(self)
        self.list = self._make_list()
        self.panel = QFrame(self)
        inside = QVBoxLayout(self.panel)
        side = theme.px(16)
        edge = theme.px(2)  # what the list leaves of the panel, so that its sides are seen
        inside.setContentsMargins(edge, side, edge, theme.px(12))
        inside.setSpacing(theme.px(8))
        top = QVBoxLayout()
        top.setContentsMargins(side - edge, 0, side - edge, 0)
        top.addWidget(self.field)
        inside.addLayout(top)
        inside.addWidget(self.list, 1)
        self.field.line.textChanged.connect(self._typed)
        self.field.line.installEventFilter(self)
        parent.installEventFilter(self)
        self.hide()

    def _make_list(self) -> QListView:
        view = QListView()
        view.setModel(self.model)
        view.setItemDelegate(_Painter(self.theme, view))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName("Found")
        view.entered.connect(self._hover)
        view.clicked.connect(lambda index: self._run(index.row()))
        return view

    def open(self, text: str = "") -> None:
        """Show the palette over the window with the caret in its line."""
        self._before = self.window().focusWidget()
        self.setGeometry(self._under.rect())
        self.field.set_text(text)
        self._typed(text)
        self.show()
        self.raise_()
        # As a menu would: a box that is being written stays open under it, with its caret.
        self.field.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Go away and give the focus back to where it was."""
        self._cancel()
        before, self._before = self._before, None
        self.hide()
        # What had the focus may be gone meanwhile: a list was read anew.
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, text: str) -> None:
        self._cancel()
        self._chosen_before = False
        words = text.strip()
        if not words:
            self._show(self._command_items(""), "")
            return
        self._tries = 0
        self._look(words)

    def _look(self, words: str) -> None:
        self._cancel()
        search = self._search
        self._token = self._tasks.run(
            self,
            lambda _token: search(words),
            lambda hits: self._found(words, hits),
            lambda _error: self._failed(words),
        )

    def _failed(self, words: str) -> None:
        """Look again soon: a folder that is busy does not mean that nothing says that."""
        self._tries += 1
        if self._tries < _TRIES:
            QTimer.singleShot(_SOON_MS, self, lambda: self._look_again(words))
            return
        self._show(
            [*self._command_items(words), Item("The folder cannot be searched just now.")], words
        )

    def _look_again(self, words: str) -> None:
        if self.isVisible() and words == self.field.line.text().strip():
            self._look(words)

    def _cancel(self) -> None:
        if self._token is not None:
            self._token.cancel()
            self._token = None

    def _found(self, words: str, hits: list[Hit]) -> None:
        grouped: dict[str, list[Item]] = {}
        for hit in hits:
            name, icon = GROUPS.get(hit.ref.kind, ("Elsewhere", "file-text"))
            if len(grouped.setdefault(name, [])) < 5:
                grouped[name].append(self._item(hit, icon))
        items: list[Item] = []
        for name, found in grouped.items():
            items += [Item(name), *found]
        asked = self._command_items(words)
        # What is called by its name comes before records that happen to hold the same words.
        named = any(c.enabled() and c.called(words) for c in self._commands)
        items = [*asked, *items] if named else [*items, *asked]
        if hits:
            all_of = Item(
                f"Every place that says “{words}”",
                "in History",
                "search",
                "Ctrl+Enter",
                lambda: self._show_all(words),
            )
            items += [all_of] if asked and not named else [Item("Look further"), all_of]
        self._show(items or [Item("Nothing says that yet.")], words)

    def _item(self, hit: Hit, icon: str) -> Item:
        small = hit.excerpt if hit.excerpt.strip() != hit.title.strip() else ""
        ref, part = hit.ref, hit.part
        return Item(hit.title, small, icon, self._day(hit.on), lambda: self._open_ref(ref, part))

    def _command_items(self, words: str) -> list[Item]:
        found = [
            Item(c.words, "", c.icon or "chevron-right", c.shortcut, self._runner(c))
            for c in self._commands.matching(words)
            if c.enabled()
        ]
        return [Item("Do"), *found] if found else []

    def _runner(self, command: Command) -> Callable[[], None]:
        return command.run

    def _show(self, items: list[Item], words: str) -> None:
        self._listed = words
        self.model.show(items)
        first = next((row for row, item in enumerate(items) if not item.head), -1)
        if first >= 0:
            self.list.setCurrentIndex(self.model.index(first))
        self._place()
        if self._chosen_before:
            self._chosen_before = False
            self._run(first)

    def _place(self) -> None:
        px = self.theme.px
        width = min(px(WIDTH), self.width() - px(32))
        wanted = sum(px(HEAD if item.head else ROW) for item in self.model.items)
        height = min(wanted + px(16 + 48 + 8 + 12 + 4), self.height() - px(72) - px(48))
        self.panel.setGeometry((self.width() - width) // 2, px(72), width, max(height, px(96)))

    def _hover(self, index: QModelIndex) -> None:
        if not self.model.items[index.row()].head:
            self.list.setCurrentIndex(index)

    def _move(self, step: int) -> None:
        row = self.list.currentIndex().row()
        count = len(self.model.items)
        for _ in range(count):
            row = (row + step) % count
            if not self.model.items[row].head:
                self.list.setCurrentIndex(self.model.index(row))
                return

    def _run(self, row: int) -> None:
        if not 0 <= row < len(self.model.items):
            return
        run = self.model.items[row].run
        if run is not None:
            # The caret goes back to where it stood: not all that is chosen opens a page.
            self.close_palette()
            # The key that chose must not reach the page it opens.
            QTimer.singleShot(0, run)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that choose, and follow the size of the window."""
        if watched is self._under and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._under.rect())
            self._place()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if not self.isVisible():
            return False
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_palette()
            case Qt.Key.Key_Down:
                self._move(+1)
            case Qt.Key.Key_Up:
                self._move(-1)
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                pass  # the caret stays in the line while the palette is open
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._enter(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
            case _:
                return False
        return True

    def _enter(self, everything: bool) -> None:
        words = self.field.text().strip()
        if everything and words:
            self._before = None
            self.close_palette()
            QTimer.singleShot(0, lambda: self._show_all(words))
        elif words != self._listed:
            # What is listed still answers the words before; the first answer to these opens.
            self._chosen_before = True
        else:
            self._run(self.list.currentIndex().row())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the panel closes it."""
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shade and the ground of the panel."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.shade)
        ground = QRectF(self.panel.geometry())
        box(painter, ground, self.theme.px(RADIUS), self.theme.surface, self.theme.edge)
        painter.end()
