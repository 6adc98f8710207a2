"""Rows that open, on one surface with hairlines between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gemba.ui.widgets.base import Control, Ring, width_of
from gemba.ui.widgets.button import Button
from gemba.ui.widgets.row_paint import (
    RowAction,
    RowPainter,
    RowState,
    RowWords,
    row_height,
    spoken,
    words_room,
    wrapped_height,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from gemba.ui.theme import Theme


_STEPS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)


def _policy(wraps: bool) -> QSizePolicy:
    """Return how high rows become: as they are, or as their words need in a width."""
    policies = QSizePolicy.Policy
    # Qt would hold a fixed one to the height it wants in no particular width.
    policy = QSizePolicy(policies.Expanding, policies.Minimum if wraps else policies.Fixed)
    policy.setHeightForWidth(wraps)
    return policy


class Row(Control):
    """One row; a click or Enter opens it, and it has its actions under the menu key.

    The actions show at the far end while the pointer or the focus is on the row.
    """

    opened = Signal(object)

    def __init__(
        self,
        theme: Theme,
        words: RowWords,
        *,
        actions: Sequence[RowAction] = (),
        big: bool = False,
        ground: bool = True,
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, spoken(words), parent)
        self.words = words
        self.actions_offered = tuple(actions)
        self.big = big
        self.ground = ground
        self.wraps = wraps
        self._high: tuple[int, int] = (-1, 0)
        self.first = True
        self.last = True
        self.chosen = False
        self._cut = False
        self._buttons: list[Button] = []
        self.setSizePolicy(_policy(wraps))
        self.clicked.connect(self._open)
        self.setAccessibleDescription(", ".join(a.words for a in self.actions_offered))

    def set_words(self, words: RowWords) -> None:
        """Say something else in the same row."""
        self.words = words
        self._high = (-1, 0)
        self.setText(spoken(words))
        self.updateGeometry()
        self.update()

    def set_chosen(self, chosen: bool) -> None:
        """Mark the row as the one shown beside the list."""
        self.chosen = chosen
        self.update()

    def _open(self) -> None:
        self.opened.emit(self.words.key)

    def ring(self) -> Ring | None:
        """None: a row draws its ring inside itself."""
        return None

    def sizeHint(self) -> QSize:
        """As wide as it is given."""
        height = row_height(self.theme, self.words, big=self.big)
        return QSize(self.theme.px(320), height)

    def heightForWidth(self, width: int) -> int:
        """As high as its words need beside its actions, which may show at any time."""
        if self._high[0] != width:
            room = words_room(self.theme, self.words, width, ground=self.ground)
            room = max(self.theme.px(24), room - self._actions_width())
            self._high = (width, wrapped_height(self.theme, self.words, room))
        return self._high[1]

    def _actions_width(self) -> int:
        font, px = self.theme.font("text"), self.theme.px
        return sum(
            width_of(one.words, font) + px(32) + (px(28) if one.icon else 0)
            for one in self.actions_offered
        )

    def minimumSizeHint(self) -> QSize:
        """Its words are cut where there is little room."""
        return QSize(self.theme.px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, like a click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        if event.key() in _STEPS:
            event.ignore()  # the list knows where to go; Qt's buttons would go anywhere
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the actions under the pointer or, by the menu key, below the row."""
        if not self.actions_offered:
            return
        by_pointer = event.reason() == QContextMenuEvent.Reason.Mouse
        corner = QPoint(self.theme.px(16), self.height() - self.theme.px(4))
        at = event.globalPos() if by_pointer else self.mapToGlobal(corner)
        self.menu().popup(at)

    def menu(self) -> QMenu:
        """The actions as a menu."""
        from PySide6.QtWidgets import QMenu

        from gemba.ui.icons import icon

        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for offered in self.actions_offered:
            entry = menu.addAction(offered.words)
            if offered.icon:
                entry.setIcon(icon(self.theme, offered.icon))
            entry.triggered.connect(lambda _on=False, a=offered: a.run(self.words.key))
        return menu

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the actions under the pointer."""
        super().enterEvent(event)
        self.show_actions()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the actions again."""
        super().leaveEvent(event)
        self.show_actions()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the actions with the focus."""
        super().focusInEvent(event)
        self.show_actions()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the actions again."""
        super().focusOutEvent(event)
        self.show_actions()

    def meet(self) -> None:
        """Take the focus and show it, with the actions."""
        super().meet()
        self.show_actions()

    def show_actions(self) -> None:
        """Show or hide the actions, as the pointer and the focus stand."""
        wanted = self.underMouse() or self.keyed()
        if wanted and not self._buttons:
            for offered in self.actions_offered:
                button = Button(
                    self.theme, offered.words, kind="quiet", icon=offered.icon, parent=self
                )
                # The menu key reaches them; Tab goes from row to row.
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                button.clicked.connect(lambda _on=False, a=offered: a.run(self.words.key))
                self._buttons.append(button)
        for button in self._buttons:
            button.setVisible(wanted)
        self._place_actions()
        self.update()

    def action_buttons(self) -> list[Button]:
        """The actions as they show now; none while neither pointer nor focus is here."""
        return [button for button in self._buttons if button.isVisibleTo(self)]

    def _age_room(self) -> int:
        if not self.words.age:
            return 0
        return width_of(self.words.age, self.theme.font()) + self.theme.px(4)

    def _place_actions(self) -> None:
        far = self.theme.px(16) + self._age_room()
        for button in reversed(self._buttons):
            size = button.sizeHint()
            far += size.width()
            left = far - size.width() if self.mirrored() else self.width() - far
            button.setGeometry(left, (self.height() - size.height()) // 2, *size.toTuple())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the actions at the far end."""
        super().resizeEvent(event)
        self._place_actions()

    def event(self, event: QEvent) -> bool:
        """Tell the whole words where they are cut."""
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip("\n".join(p for p in (self.words.strong, self.words.small) if p))
            if not self._cut:
                self.setToolTip("")
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row as it stands."""
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        shown = self.action_buttons()
        state = RowState(
            hover=self.hot() or self.isDown(),
            chosen=self.chosen or self.isDown(),
            focus=self.keyed(),
            first=self.first,
            last=self.last,
            flip=self.mirrored(),
            ground=self.ground,
            reserved=sum(b.width() for b in shown),
            wraps=self.wraps,
        )
        # The marks give way to the actions.
        words = replace(self.words, marks=()) if shown else self.words
        self._cut = RowPainter(painter, self.theme, self.rect(), state).paint(words)
        painter.end()


class RowList(QWidget):
    """Rows below each other; up and down go from one to the next, `opened` hands on a key.

    In rows that ``wraps`` words that are too long go on in a line below, up to three.
    """

    opened = Signal(object)

    def __init__(
        self,
        theme: Theme,
        *,
        name: str = "",
        big: bool = False,
        ground: bool = True,
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.big = big
        self.ground = ground
        self.wraps = wraps
        self._rows: list[Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setAccessibleName(name)
        self.setSizePolicy(_policy(wraps))

    def rows(self) -> list[Row]:
        """The rows from top to bottom."""
        return list(self._rows)

    def set_rows(self, rows: Iterable[RowWords], actions: Sequence[RowAction] = ()) -> None:
        """Show these rows instead of the present ones; the focus stays with its key."""
        held = next((r.words.key for r in self._rows if r.hasFocus()), None)
        self.clear()
        for words in rows:
            row = self.add(words, actions)
            if held is not None and words.key == held:
                row.show()
                row.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self, words: RowWords, actions: Sequence[RowAction] = ()) -> Row:
        """Put one more row at the end."""
        row = Row(
            self.theme,
            words,
            actions=actions,
            big=self.big,
            ground=self.ground,
            wraps=self.wraps,
            parent=self,
        )
        row.opened.connect(self.opened)
        row.first = not self._rows
        if self._rows:
            self._rows[-1].last = False
            self._rows[-1].update()
        self._rows.append(row)
        self._column.addWidget(row)
        return row

    def clear(self) -> None:
        """Take all rows away."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows.clear()

    def choose(self, key: object) -> None:
        """Mark the row with this key and no other."""
        for row in self._rows:
            row.set_chosen(row.words.key == key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down, Home and End go from row to row."""
        now = next((i for i, row in enumerate(self._rows) if row.hasFocus()), None)
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        target: int | None = None
        if now is not None and event.key() in steps:
            target = now + steps[Qt.Key(event.key())]
        elif event.key() == Qt.Key.Key_Home:
            target = 0
        elif event.key() == Qt.Key.Key_End:
            target = len(self._rows) - 1
        if target is None:
            super().keyPressEvent(event)
        elif 0 <= target < len(self._rows):
            self._rows[target].setFocus(Qt.FocusReason.TabFocusReason)
