"""The quiet line at the foot of the window that says what was done, with Undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from gemba.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class Saying(QWidget):
    """Floats above the status bar until something else is said or another page opens."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.theme = theme
        self._undo: Callable[[], None] | None = None
        self.notice = Notice(theme, "", kind="plain", parent=self)
        self.notice.acted.connect(self._act)
        window.installEventFilter(self)
        self.hide()

    def say(self, sentence: str, undo: Callable[[], None] | None = None) -> None:
        """Show a sentence, with an Undo button where it can be undone."""
        self._undo = undo
        self.notice.say(sentence, self.tr("Undo") if undo else "")
        self._place()
        self.show()
        self.raise_()

    def clear(self) -> None:
        """Take the sentence away."""
        self._undo = None
        self.hide()

    def can_undo(self) -> bool:
        """Tell whether the sentence on show offers Undo."""
        return self.isVisible() and self._undo is not None

    def _act(self) -> None:
        undo = self._undo
        self.clear()
        if undo is not None:
            undo()

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        width = min(self.theme.px(560), window.width() - self.theme.px(48))
        # Its wish for a height, before it has a width, is that of one word on each line.
        height = max(self.notice.heightForWidth(width), self.theme.px(40))
        top = window.height() - height - self.theme.px(28 + 16)
        self.setGeometry((window.width() - width) // 2, top, width, height)
        self.notice.setGeometry(0, 0, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def focus(self) -> None:
        """Bring the focus to Undo."""
        self.notice.setFocus(Qt.FocusReason.ShortcutFocusReason)
