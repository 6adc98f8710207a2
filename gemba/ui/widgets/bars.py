"""The bars of the window: one above the page that says where you are, and the status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gemba.ui.theme import Token
from gemba.ui.widgets.chip import Chip
from gemba.ui.widgets.label import Label
from gemba.ui.widgets.safety_chip import SafetyChip
from gemba.ui.widgets.save_state import SaveState

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class TopBar(QWidget):
    """A quiet sentence over the whole width, with one thing to do; hidden while it has no words."""

    acted = Signal()

    def __init__(self, theme: Theme, ground: Token, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._ground: Token = ground
        self.setFixedHeight(theme.px(36))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(24), 0, theme.px(24), 0)
        row.setSpacing(theme.px(4))
        self.words = Label(theme, "", step="small", wrap=False, parent=self)
        self.link = Chip(theme, "", kind="link", ground=False, parent=self)
        self.link.clicked.connect(lambda: self.acted.emit())
        row.addStretch(1)
        row.addWidget(self.words)
        row.addWidget(self.link)
        row.addStretch(1)
        self.hide()

    def say(self, words: str, action: str = "") -> None:
        """Show a sentence and its action; no words hide the bar."""
        self.words.setText(words)
        self.link.setText(action)
        self.link.setVisible(bool(action))
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color(self._ground))
        painter.end()


class StatusBar(QWidget):
    """28 high: who is writing at the start, how safe it is and whether it is saved at the end."""

    writer_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setFixedHeight(theme.px(28))
        self.setAccessibleName(self.tr("Status"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(24), 1, theme.px(24), 0)
        row.setSpacing(theme.px(8))
        self.writer = Chip(theme, "", kind="plain", opens=True, parent=self)
        self.writer.clicked.connect(lambda: self.writer_asked.emit())
        self.writer.hide()
        self.words = Label(theme, "", step="small", tone="ink_soft", wrap=False, parent=self)
        self.safety = SafetyChip(theme, self)
        self.save_state = SaveState(theme, self)
        row.addWidget(self.writer)
        row.addWidget(self.words, 1)
        row.addWidget(self.safety)
        row.addWidget(self.save_state)

    def set_writer(self, name: str) -> None:
        """Say who is writing; nothing while no name is known."""
        self.writer.setText(self.tr("writing: {name}").format(name=name))
        self.writer.setVisible(bool(name))

    def say(self, words: str) -> None:
        """Show a few words that matter little, such as a count."""
        self.words.setText(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the hairline above."""
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, self.theme.line)
        painter.end()
