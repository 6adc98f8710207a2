"""The buttons below a question of a cycle: back, a promise, not known yet, and on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gemba.ui.pages.cycle_head import RING_ROOM
from gemba.ui.widgets import Button
from gemba.ui.widgets.foot import Foot

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class CycleFoot(Foot):
    """Where to go from a question, and from a cycle that has ended."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(RING_ROOM), 0, theme.px(RING_ROOM), 0)
        row.setSpacing(theme.px(8))
        self.back = Button(theme, self.tr("Back"), kind="quiet")
        self.promise = Button(theme, self.tr("Make it a promise"), icon="handshake")
        self.unknown = Button(theme, self.tr("We don’t know that yet"))
        self.next = Button(theme, self.tr("Next"), kind="primary")
        row.addWidget(self.back)
        row.addStretch(1)
        for button in (self.promise, self.unknown, self.next):
            row.addWidget(button)

    def show_step(self, *, first: bool, last: bool, promise: bool) -> None:
        """Offer what goes on from a question; the last one keeps the cycle."""
        self.back.show()
        self.back.setEnabled(not first)
        self.next.setText(self.tr("Keep") if last else self.tr("Next"))
        self.unknown.setVisible(not last)
        self.promise.setVisible(promise)

    def show_ended(self) -> None:
        """Offer the way to what else there was with this learner."""
        for button in (self.back, self.unknown, self.promise):
            button.hide()
        self.next.setText(self.tr("Their history"))
