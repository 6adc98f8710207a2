"""The foot of a form that is filled in: where one is, back, on, and handing it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gemba.ui.widgets import Button, Column, Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class FillFoot(QWidget):
    """Outside of what scrolls, so that the way on is always in sight."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        px = theme.px
        row.setContentsMargins(px(24), px(8), px(24), px(16))
        column = Column(theme)
        row.addWidget(column)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        self.at = Label(theme, "", tone="ink_soft", wrap=False)
        self.back = Button(theme, self.tr("Back"), big=True, icon="arrow-left")
        self.on = Button(theme, self.tr("Next"), kind="primary", big=True)
        self.hand_in = Button(theme, self.tr("Hand in"), kind="primary", big=True, icon="check")
        line.addWidget(self.back)
        line.addWidget(self.at, 1)
        line.addWidget(self.on)
        line.addWidget(self.hand_in)
        column.body.addLayout(line)

    def show_at(self, words: str, *, first: bool, last: bool, done: bool) -> None:
        """Show where one is; handing in stands on the last page."""
        self.at.setText(words)
        self.back.setVisible(not first)
        self.on.setVisible(not last)
        self.hand_in.setVisible(last and not done)
