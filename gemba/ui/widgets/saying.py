"""The quiet line at the foot of the window that says what was done, with Undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QWidget

from gemba.ui.widgets.drawer import Drawer
from gemba.ui.widgets.foot import Foot
from gemba.ui.widgets.notice import Notice
from gemba.ui.within import within

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


_LEAST = 360
"""Beside a drawer it stands where at least this much of the window is left, in pixels at 100 %."""
_MOVES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)


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
        left, room = self._room(window)
        width = min(self.theme.px(560), room - self.theme.px(48))
        # Its wish for a height, before it has a width, is that of one word on each line.
        height = max(self.notice.heightForWidth(width), self.theme.px(40))
        top = self._floor(window) - height
        self.setGeometry(left + (room - width) // 2, top, width, height)
        self.notice.setGeometry(0, 0, width, height)

    def _floor(self, window: QWidget) -> int:
        """Return down to where it may reach: above the status bar, and what a page ends with."""
        floor = window.height() - self.theme.px(28 + 16)
        for foot in within(window, Foot):
            foot.installEventFilter(self)
            at = foot.mapTo(window, QPoint(0, 0)).y()
            if foot.isVisible() and at > window.height() // 2:
                floor = min(floor, at)
        return floor

    def _room(self, window: QWidget) -> tuple[int, int]:
        """Return where there is room for it, beside an open drawer and not over what it offers."""
        left, right = 0, window.width()
        for drawer in within(window, Drawer):
            drawer.installEventFilter(self)
            if not drawer.isVisible():
                continue
            at = drawer.mapTo(window, QPoint(0, 0)).x()
            if at > window.width() // 2:
                right = min(right, at)
            elif at + drawer.width() < window.width() // 2:
                left = max(left, at + drawer.width())
        wide = right - left
        return (left, wide) if wide >= self.theme.px(_LEAST) else (0, window.width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window, and give way to a drawer or a foot that comes in."""
        if event.type() in _MOVES and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def focus(self) -> None:
        """Bring the focus to Undo."""
        self.notice.setFocus(Qt.FocusReason.ShortcutFocusReason)
