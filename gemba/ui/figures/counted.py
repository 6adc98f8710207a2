"""Over the editor of a figure from Patterns: when it was counted, and the way to count it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.widgets import Button, Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class CountedStrip(QWidget):
    """One sentence and one button; `wanted` says that the figure is to be brought up to date."""

    wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.said = Label(theme, "", step="small", tone="ink_soft")
        self.again = Button(theme, self.tr("Bring up to date"), icon="rotate-ccw")
        self.again.clicked.connect(self.wanted)
        column.addWidget(self.said)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeading)
