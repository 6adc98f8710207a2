"""The foot of a form that is filled in: where one is, back, on, and handing it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gemba.ui.widgets import Button, Column, Label, page_margin
from gemba.ui.widgets.foot import Foot

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class FillFoot(Foot):
    """Outside of what scrolls, so that the way on is always in sight."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        px = theme.px
        self._row = row
        self.theme = theme
        self._set_margins()
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

    def _set_margins(self) -> None:
        px, side = self.theme.px, page_margin(self.theme, self.window().width())
        self._row.setContentsMargins(side, px(8), side, px(16))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand below what scrolls, with the same margin."""
        self._set_margins()
        super().resizeEvent(event)

    def way_on(self) -> Button:
        """Return the button that leads on: to the next page, or to handing it in."""
        return self.on if self.on.isVisible() else self.hand_in

    def show_at(self, words: str, *, first: bool, last: bool, done: bool) -> None:
        """Show where one is; handing in stands on the last page."""
        self.at.setText(words)
        self.back.setVisible(not first)
        self.on.setVisible(not last)
        self.hand_in.setVisible(last and not done)
