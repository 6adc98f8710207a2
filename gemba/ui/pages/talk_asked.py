"""One question of a first talk with its answer: large while it is asked, a quiet line after."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gemba.domain.cycle import answer_to, fill_key
from gemba.domain.question_set import QuestionStep
from gemba.ui.pages.fill_lines import FillLines
from gemba.ui.widgets import Label, TextField

if TYPE_CHECKING:
    from gemba.domain.coaching import Talk
    from gemba.ui.theme import Theme


class Asked(QWidget):
    """A question, the answer in the learner's words, and what to ask deeper while it is open.

    ``taken_up`` says that the caret came into the answer, ``entered`` that Enter goes on.
    """

    taken_up = Signal(object)
    entered = Signal(object)

    def __init__(self, theme: Theme, step: QuestionStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.step = step
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.px(24))
        self._column.setSpacing(0)
        self.small = Label(theme, step.ask, tone="ink_soft")
        self.big = Label(theme, step.ask, step="question")
        self._column.addWidget(self.small)
        self._column.addWidget(self.big)
        self._column.addSpacing(theme.px(4))
        self.answer = TextField(theme, "", lines=1, enter_keeps=True, name=step.ask)
        self.answer.entered.connect(self._past_answer)
        self.fills: FillLines | None = None
        self.answer.edit.installEventFilter(self)
        self._column.addWidget(self.answer)
        self.deeper = self._build_deeper()
        self._column.addWidget(self.deeper)
        self.unknown = Label(
            theme, self.tr("We don’t know that yet"), step="small", tone="ink_soft", wrap=False
        )
        self._column.addWidget(self.unknown)
        self.unknown.hide()
        self.open(False)

    def add_fills(self, talk: Talk, save: Callable[[int, str, str], None]) -> None:
        """Show what is to be filled in under the answer, where the question asks for it."""
        labels = self.step.fill
        if not labels:
            return
        texts = [answer_to(talk, fill_key(self.step.id, place)) for place in range(len(labels))]
        self.fills = FillLines(self.theme, labels, texts, save, talk)
        self.fills.past.connect(lambda: self.entered.emit(self.step.id))
        self._column.insertWidget(self._column.indexOf(self.answer) + 1, self.fills)

    def _past_answer(self) -> None:
        if self.fills is not None:
            self.fills.begin()
        else:
            self.entered.emit(self.step.id)

    def _build_deeper(self) -> QWidget:
        theme = self.theme
        host = QWidget()
        column = QVBoxLayout(host)
        column.setContentsMargins(0, theme.px(16), 0, 0)
        column.setSpacing(theme.px(8))
        head = Label(theme, self.tr("Ask deeper"), step="small", tone="ink_soft", wrap=False)
        column.addWidget(head)
        for words in self.step.deeper:
            column.addWidget(Label(theme, words))
        return host

    def open(self, yes: bool) -> None:
        """Ask this question now, or show it as one that was asked before."""
        self.big.setVisible(yes)
        self.small.setVisible(not yes)
        self.deeper.setVisible(yes and bool(self.step.deeper))
        self.answer.frame.set_read_only(not yes)
        self.answer.set_lines(2 if yes else 1)

    def show_unknown(self, unknown: bool) -> None:
        """Say that nobody knows this yet."""
        self.unknown.setVisible(unknown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say when the caret comes into the answer."""
        if event.type() == QEvent.Type.FocusIn:
            self.taken_up.emit(self.step.id)
        return super().eventFilter(watched, event)
