"""One observation from anywhere: a line, a category, Keep."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from gemba.domain.errors import GembaError
from gemba.domain.observation import CATEGORIES, Observation
from gemba.domain.titles import first_words
from gemba.services.walks import Walks
from gemba.ui.autosave import Autosave
from gemba.ui.go import Go
from gemba.ui.widgets import Button, FlowLayout, Label, TextField
from gemba.ui.widgets.base import RADIUS, box

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

_WIDE = 680


class _Panel(QWidget):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground the line stands on."""
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), self.theme.px(RADIUS), self.theme.page)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the fields closes nothing."""
        event.accept()


class Capture(QWidget):
    """A line over the window; it goes to the walk under way, or stands by itself.

    `walks` gives the service once the data folder is open. What was typed stays when it is closed.
    """

    def __init__(
        self, theme: Theme, window: QWidget, *, walks: Callable[[], Walks], go: Go
    ) -> None:
        super().__init__(window)
        self.theme = theme
        self._walks = walks
        self._go = go
        self._before: QWidget | None = None
        self._open = False
        self._line: Observation | None = None
        self.setAccessibleName(self.tr("Keep one observation"))
        self.panel = _Panel(theme, self)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(24))
        column.setSpacing(theme.px(16))
        self.saw = TextField(
            theme,
            self.tr("I saw, in facts"),
            question=self.tr("What do you see, hear or count?"),
            lines=2,
            big=True,
            enter_keeps=True,
        )
        column.addWidget(self.saw)
        host = QWidget()
        flow = FlowLayout(host, gap=theme.px(8))
        words = (
            self.tr("going well"),
            self.tr("safety"),
            self.tr("quality"),
            self.tr("delivery"),
            self.tr("cost"),
            self.tr("people"),
        )
        self.categories: dict[str, Button] = {}
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for number, (category, word) in enumerate(zip(CATEGORIES, words, strict=True)):
            hint = self.tr("Alt 0") if number == 0 else str(number)
            button = Button(theme, word, hint=hint, checkable=True)
            button.clicked.connect(lambda _on=False, key=category: self._only(key))
            keys = QShortcut(QKeySequence(f"Alt+{number}"), self, context=inside)
            keys.activated.connect(button.click)
            self.categories[category] = button
            flow.addWidget(button)
        column.addWidget(host)
        foot = QHBoxLayout()
        self.where = Label(theme, "", step="small", tone="ink_soft")
        self.keep = Button(theme, self.tr("Keep"), kind="primary")
        foot.addWidget(self.where, 1)
        foot.addWidget(self.keep)
        column.addLayout(foot)
        self.keep.clicked.connect(self.keep_line)
        self.saw.entered.connect(self.keep_line)
        self._autosave = Autosave(self.saw, self._save)
        self.hide()

    def open(self) -> None:
        """Show the line over the window."""
        window = self.parentWidget()
        assert window is not None
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        window.removeEventFilter(self)
        window.installEventFilter(self)
        self._show_line()
        walk = self._walks().under_way()
        if walk is not None:
            self.where.setText(
                self.tr("On your walk: {purpose}").format(purpose=first_words(walk.purpose, 60))
            )
        else:
            self.where.setText(self.tr("Stands by itself, under Walks."))
        self._place()
        self._open = True
        self.show()
        self.raise_()
        self.saw.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        """Go back to where the leader was."""
        self._autosave.leave()
        before, self._before = self._before, None
        self._open = False
        # The focus leaves first: a widget that is hidden with the focus in it looks for the next
        # one to give it to, and here every one of them is about to be hidden.
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif (held := self.focusWidget()) is not None:
            held.clearFocus()
        self.hide()

    def keep_line(self) -> None:
        """Keep what was seen and close."""
        if not self.saw.text().strip():
            self.saw.say(self.tr("Write what you saw first; a few words are enough."))
            return
        walks = self._walks()
        self._autosave.drop()
        try:
            seen = self._keep(walks)
        except GembaError as error:
            self._go.trouble(error)
            return
        self._line = None
        self.saw.set_text("")
        self.saw.say("")
        self._only("")
        self.close_panel()
        words = self.tr("Kept: {words}").format(words=first_words(seen.saw, 60))
        self._go.say(words, undo=lambda: walks.remove(seen.id))

    def _keep(self, walks: Walks) -> Observation:
        line = self._line or walks.begin_line(None)
        walk = walks.under_way()
        return walks.keep(
            line.id,
            saw=self.saw.text(),
            category=self._category(),
            walk_id=walk.id if walk is not None else None,
            stop_id=walk.at_stop if walk is not None else "",
        )

    def _show_line(self) -> None:
        """Go on with a line that was left half typed, also by a restart."""
        if self._line is None and not self.saw.text():
            self._line = self._walks().draft(None)
            if self._line is not None:
                self.saw.set_text(self._line.saw)
                for key, button in self.categories.items():
                    button.setChecked(key == self._line.category)

    def _category(self) -> str:
        return next((key for key, button in self.categories.items() if button.isChecked()), "")

    def _save(self, visit: str) -> None:
        if self._line is None:
            if not self.saw.text().strip():
                return
            self._line = self._walks().begin_line(None)
        self._walks().write_line(
            self._line.id, visit=visit, saw=self.saw.text(), category=self._category()
        )

    def _only(self, key: str) -> None:
        for other, button in self.categories.items():
            if other != key:
                button.setChecked(False)

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        self.setGeometry(window.rect())
        wide = min(self.theme.px(_WIDE), self.width() - self.theme.px(32))
        layout = self.panel.layout()
        high = layout.totalHeightForWidth(wide) if layout is not None else 0
        left, top = (self.width() - wide) // 2, min(self.theme.px(96), self.height() // 8)
        self.panel.setGeometry(left, top, wide, high)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay over the whole window, and hand over the line before it closes."""
        if event.type() == QEvent.Type.Close:
            self._autosave.leave()
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Grow with the line."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shade over the page."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.shade)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the panel closes it; what was typed stays."""
        self.close_panel()

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab stays inside while the line is open."""
        if not self._open:
            return super().focusNextPrevChild(following)
        inside = [
            child
            for child in (self.saw.edit, *self.categories.values(), self.keep)
            if child.isVisible()
        ]
        held = self.focusWidget()
        at = next((i for i, child in enumerate(inside) if child is held), -1)
        step = 1 if following else -1
        inside[(at + step) % len(inside)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Enter keeps."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep_line()
        else:
            super().keyPressEvent(event)
