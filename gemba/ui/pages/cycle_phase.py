"""The quiet offer of a planning cycle while a storyboard has no target condition yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gemba.domain.coaching import Talk
from gemba.domain.cycle import said_anything
from gemba.ui.widgets import Button, Label

if TYPE_CHECKING:
    from gemba.ui.theme import Theme

STEPS: Final = "cycle"
PLANNING: Final = "planning"


class PhaseOffer(QWidget):
    """One sentence and one quiet button; `asked` hands on the set of questions to ask instead.

    It shows only before anything was said, so that no answer is ever left behind.
    """

    asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._other = PLANNING
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(16), 0, 0)
        column.setSpacing(theme.px(4))
        self.words = Label(theme, "", tone="ink_soft")
        column.addWidget(self.words)
        self.button = Button(theme, "", kind="quiet")
        self.button.clicked.connect(lambda: self.asked.emit(self._other))
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column.addLayout(row)
        self.hide()

    def show_for(self, talk: Talk, *, has_target: bool) -> None:
        """Offer what fits this talk, or nothing."""
        planning = talk.definition == PLANNING
        fits = planning or (talk.definition == STEPS and not has_target)
        self.setVisible(fits and not said_anything(talk))
        self._other = STEPS if planning else PLANNING
        if planning:
            self.words.setText(self.tr("This cycle grasps what happens now."))
            self.button.setText(self.tr("Ask for the target condition instead"))
        else:
            self.words.setText(self.tr("There is no target condition on the board yet."))
            self.button.setText(self.tr("Grasp what happens now first"))
        self.button.setAccessibleName(self.button.text())
