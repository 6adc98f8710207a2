"""Sentences about cells below an editor: the first of them, and the rest at a click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.ui.widgets import Button, Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

FIRST: Final = 6
"""So many sentences stand there at once; the others unfold."""


class ToldList(QWidget):
    """Says sentences below each other in the colour of what is to be looked at.

    More than FIRST are folded behind a button that says how many there are. It hides while it has
    nothing to say.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told: tuple[str, ...] = ()
        self._open = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.label = Label(theme, "", step="small", tone="watch", parent=self)
        self.more = Button(theme, "", kind="quiet", parent=self)
        self.more.clicked.connect(self._turn)
        column.addWidget(self.label)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.hide()
        self.hide()

    def tell(self, told: tuple[str, ...]) -> None:
        """Say these sentences from now on."""
        if told != self.told:
            self.told = told
            self._open = self._open and len(told) > FIRST
            self._show()

    def text(self) -> str:
        """Return what is shown, a sentence a line."""
        return self.label.text()

    def _turn(self) -> None:
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        shown = self.told if self._open else self.told[:FIRST]
        self.label.setText("\n".join(shown))
        many = len(self.told) > FIRST
        self.more.setVisible(many)
        if many:
            all_of_them = self.tr("Name all {count}").format(count=len(self.told))
            self.more.setText(self.tr("Name fewer") if self._open else all_of_them)
        self.setVisible(bool(self.told))
