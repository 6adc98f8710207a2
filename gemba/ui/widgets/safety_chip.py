"""The part of the status bar that says how safe the data are, and leads to the page about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from gemba.ui.widgets.base import width_of
from gemba.ui.widgets.chip import Chip

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class SafetyChip(Chip):
    """A plain chip as long as its words, hidden while it has none; `clicked` asks for the page."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", kind="plain", opens=True, parent=parent)
        self.hide()

    def say(self, words: str, *, calm: bool = True) -> None:
        """Say it; not calmly where the user has to do something."""
        self.kind = "plain" if calm else "stop"
        self.setText(words)
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def _tell_whole(self) -> None:
        self.setToolTip(self.text())

    def sizeHint(self) -> QSize:
        """As wide as the words; they are one sentence of ours and never long."""
        px = self.theme.px
        room = px(8) if self.kind == "plain" else px(16)
        return QSize(width_of(self.text(), self.theme.font("small")) + room, px(24))
