"""What is for the coach alone at a question: what to listen for, what to ask deeper, a note."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.coaching import Talk
from gemba.domain.question_set import QuestionStep
from gemba.ui.autosave import Autosave
from gemba.ui.pages.common import clear
from gemba.ui.widgets import Button, Label, TextField

if TYPE_CHECKING:
    from gemba.ui.pages.asked_line import AskedLine
    from gemba.ui.theme import Theme


class Prompts(QWidget):
    """What to listen for and what to ask deeper; less of it as the one who asks needs it less.

    ``level`` counts the practice levels from 1: from 2 on one deeper prompt is shown, from 3 on
    none, from 4 on nothing until it is asked for.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._level = 0
        self._question: QuestionStep | None = None
        self._all = False
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(24), 0, 0)
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
        self.more = Button(theme, self.tr("All prompts"), kind="quiet")
        self.more.clicked.connect(self.show_all)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        column.addSpacing(px(28))

    def set_level(self, level: int) -> None:
        """Say where the coach stands, 0 where nobody has said."""
        self._level = level

    def show_question(self, question: QuestionStep | None) -> None:
        """Show the help for a question, as much as the level leaves; None for no help."""
        self._question, self._all = question, False
        self._show()

    def show_all(self) -> None:
        """Show every prompt of this question, whatever the level."""
        self._all = True
        self._show()

    def _show(self) -> None:
        question, level = self._question, 0 if self._all else self._level
        listen_for = question.listen_for if question and level < 4 else ""
        every = question.deeper if question else ()
        deeper = every if level < 2 else every[:1] if level == 2 else ()
        self.listen_for.setText(listen_for)
        for widget in (self._listen_head, self.listen_for):
            widget.setVisible(bool(listen_for))
        clear(self._deeper)
        for words in deeper:
            self._deeper.addWidget(Label(self.theme, words))
        self._deeper_head.setVisible(bool(deeper))
        held_back = question is not None and (
            len(deeper) < len(every) or (bool(question.listen_for) and not listen_for)
        )
        self.more.setVisible(held_back)


class CoachBlock(QWidget):
    """Help for the coach below a question; the learner's view hides all of it.

    ``save`` is handed the private note and the visit while it is typed; ``asked`` is the line in
    which the coach notes what was asked.
    """

    def __init__(
        self,
        theme: Theme,
        save: Callable[[str, str], None],
        asked: AskedLine,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(8))
        column.setSpacing(0)
        self.prompts = Prompts(theme)
        column.addWidget(self.prompts)
        self.note = TextField(
            theme,
            self.tr("Private note, for you alone"),
            question=self.tr("What do you want to remember about this?"),
        )
        # It stands elsewhere at each question: the lock tells it from what the learner sees.
        self.note.mark_label("lock")
        self._autosave = Autosave(self.note, lambda visit: save(self.note.text(), visit))
        column.addWidget(self.note)
        self.asked = asked
        column.addSpacing(px(16))
        column.addWidget(asked)

    @property
    def listen_for(self) -> Label:
        """The line that says what to listen for."""
        return self.prompts.listen_for

    def show_note(self, talk: Talk | None) -> None:
        """Show the private note of a talk as it was read; None for no word of it."""
        self._autosave.shows(*([talk] if talk else []))
        self.note.set_text(talk.private_note if talk else "")
        if talk is None:
            self.asked.put_away()
        else:
            self.asked.begin(talk.id)

    def show_question(self, question: QuestionStep | None) -> None:
        """Show the help for a question; without one only the note is left."""
        self.prompts.show_question(question)
