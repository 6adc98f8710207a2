"""What is for the coach alone at a question: what to listen for, what to ask deeper, a note."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.coaching import Talk
from gemba.domain.question_set import QuestionStep
from gemba.ui.autosave import Autosave
from gemba.ui.pages.common import clear
from gemba.ui.widgets import Label, TextField

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class CoachBlock(QWidget):
    """Help for the coach below a question; the learner's view hides all of it.

    ``save`` is handed the private note and the visit while it is typed.
    """

    def __init__(
        self, theme: Theme, save: Callable[[str, str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(24), 0, px(8))
        column.setSpacing(px(4))
        self._listen_head = Label(theme, self.tr("Listen for"), step="small", tone="ink_soft")
        self.listen_for = Label(theme, "")
        self._deeper_head = Label(theme, self.tr("Ask deeper"), step="small", tone="ink_soft")
        self._deeper = QVBoxLayout()
        self._deeper.setSpacing(px(8))
        column.addWidget(self._listen_head)
        column.addWidget(self.listen_for)
        column.addSpacing(px(20))
        column.addWidget(self._deeper_head)
        column.addLayout(self._deeper)
        column.addSpacing(px(28))
        self.note = TextField(
            theme,
            self.tr("Private note, for you alone"),
            question=self.tr("What do you want to remember about this?"),
        )
        self._autosave = Autosave(self.note, lambda visit: save(self.note.text(), visit))
        column.addWidget(self.note)

    def show_note(self, talk: Talk | None) -> None:
        """Show the private note of a talk as it was read; None for no word of it."""
        self._autosave.shows(*([talk] if talk else []))
        self.note.set_text(talk.private_note if talk else "")

    def show_question(self, question: QuestionStep | None) -> None:
        """Show the help for a question; without one only the note is left."""
        listen_for = question.listen_for if question else ""
        deeper = question.deeper if question else ()
        self.listen_for.setText(listen_for)
        for widget in (self._listen_head, self.listen_for):
            widget.setVisible(bool(listen_for))
        clear(self._deeper)
        for words in deeper:
            self._deeper.addWidget(Label(self.theme, words))
        self._deeper_head.setVisible(bool(deeper))
