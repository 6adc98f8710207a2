"""A slash at the start of a word in a box: a list of what can be put there, while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QInputMethodEvent,
    QKeyEvent,
    QTextCursor,
)

from gemba.ui.widgets.forced_lines import continues
from gemba.ui.widgets.offer_list import OfferList
from gemba.ui.widgets.row_paint import RowWords

if TYPE_CHECKING:
    from gemba.ui.theme import Theme
    from gemba.ui.widgets.box_text import BoxText

_LONGEST = 40
"""Letters after which what follows a slash is text."""
_SLASHES = ("/", "\uff0f")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Offered = Callable[[str], Sequence[RowWords]]
"""Return the rows for what was typed after the slash."""


class Slash(QObject):
    """Watches one editor; `chosen` hands on the key of a row once the slash is gone from the text.

    Only a slash typed at the start of a line or after a space opens the list. Esc, a space right
    after it, or a click elsewhere leave what was typed as text.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, editor: BoxText, offered: Offered) -> None:
        super().__init__(editor)
        self.editor = editor
        self._offered = offered
        self._typed_at = -1
        self._start = -1
        self._shown: str | None = None
        self._told = ""
        self.offers = OfferList(theme, self.tr("Put here"), editor)
        self.offers.list.opened.connect(self._take)
        editor.installEventFilter(self)
        editor.cursorPositionChanged.connect(self._follow)
        editor.textChanged.connect(self._follow)
        editor.left.connect(self.drop)

    def drop(self) -> None:
        """Leave what was typed as text."""
        self._start = self._typed_at = -1
        self._shown = None
        self._told = ""
        self.offers.hide()

    def typed(self) -> str | None:
        """Return what stands between the slash and the caret, None where no slash is open."""
        cursor = self.editor.textCursor()
        at = cursor.position()
        if self._start < 0 or at <= self._start or cursor.hasSelection():
            return None
        cursor.setPosition(self._start)
        block = cursor.block()
        cursor.setPosition(at, QTextCursor.MoveMode.KeepAnchor)
        text = cursor.selectedText()
        if cursor.block() != block or text[:1] not in _SLASHES or len(text) > _LONGEST:
            return None
        return None if text[1:2].isspace() else text[1:]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note a slash before it is written, and take the keys that choose."""
        kind = event.type()
        # What is a shortcut elsewhere, such as Esc, belongs to the list while it is open.
        if kind == QEvent.Type.ShortcutOverride and self.offers.isVisible():
            event.accept()
            return True
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            # Some keyboards hand over even a slash as a finished word.
            self._slash(event.commitString())
        if kind == QEvent.Type.Hide:
            self.drop()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if self._slash(event.text()) or not self.offers.isVisible():
            return False
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.offers.step(1 if key == Qt.Key.Key_Down else -1)
            self._tell()
        elif key == Qt.Key.Key_Escape:
            self.drop()
        elif key in _ENTER and (chosen := self.offers.chosen()) is not None:
            self._take(chosen)
        else:
            return False
        return True

    def _slash(self, text: str) -> bool:
        """Note a slash that is about to be written; tell whether it is one."""
        if text not in _SLASHES or self.editor.isReadOnly():
            return False
        typed = self.typed()
        if typed is not None and self._offered(f"{typed}/"):
            # The name of what is looked for has a slash of its own.
            return True
        if self._begins_word():
            self._typed_at = self.editor.textCursor().selectionStart()
        return True

    def _begins_word(self) -> bool:
        """Tell whether the caret stands at the start of a line or after a space."""
        cursor = self.editor.textCursor()
        cursor.setPosition(cursor.selectionStart())
        if cursor.atBlockStart():
            return not continues(cursor.block())
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText().isspace()

    def _follow(self) -> None:
        if self._typed_at >= 0:
            if self.editor.textCursor().position() <= self._typed_at:
                return
            self._start, self._typed_at = self._typed_at, -1
        if self._start < 0:
            return
        typed = self.typed()
        if typed is None:
            self.drop()
            return
        if typed == self._shown:
            return
        self._shown = typed
        # With nothing found the list goes, and comes back when a letter is taken away again.
        self.offers.show_below(self.editor.viewport(), self._slash_rect(), self._offered(typed))
        if self.offers.isVisible():
            self.offers.mark_first()
            self._tell()

    def _slash_rect(self) -> QRect:
        cursor = self.editor.textCursor()
        cursor.setPosition(self._start)
        return self.editor.cursorRect(cursor)

    def _tell(self) -> None:
        """Let those who listen hear which row is marked."""
        row = self.offers.list.currentIndex()
        words = str(row.data() or "")
        if words and words != self._told and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.editor, words))
        self._told = words

    def _take(self, key: object) -> None:
        typed = self.typed()
        if typed is None:
            self.drop()
            return
        cursor = self.editor.textCursor()
        cursor.setPosition(self._start, QTextCursor.MoveMode.KeepAnchor)
        self.drop()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        if not cursor.block().text() and cursor.block().previous().isValid():
            # The line was there for the slash alone; empty, it would take room on the paper.
            cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            cursor.movePosition(
                QTextCursor.MoveOperation.NextBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.removeSelectedText()
        cursor.endEditBlock()
        self.editor.setTextCursor(cursor)
        self.chosen.emit(key)
