"""Writing a problem statement: the sentence, then its seven questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gemba.domain.figures import Problem
from gemba.domain.figures.named_range import LeftOver
from gemba.domain.figures.pasted_split import Cells
from gemba.domain.figures.problem_rules import (
    has_words,
    open_told,
    problem_findings,
    read_problem,
)
from gemba.domain.figures.telling import Finding
from gemba.ui.figures.editor import Around
from gemba.ui.figures.form import FormEditor

if TYPE_CHECKING:
    from gemba.ui.theme import Theme


class ProblemEditor(FormEditor):
    """One field for the sentence and one for each question."""

    def __init__(
        self, theme: Theme, figure: Problem, around: Around, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, figure, around, parent)
        tr = self.tr
        statement = tr("88 of 132 that are ready by 09:00 leave after 14:00")
        self.add_fields(("statement", tr("The problem in one sentence"), statement))
        questions = {
            "what": tr("Which thing, which fault?"),
            "who": tr("Who meets it?"),
            "where": tr("At which place or step?"),
            "when": tr("Since when, at what time?"),
            "why": tr("Who or what suffers?"),
            "how_much": tr("How large is the gap?"),
            "how_often": tr("How many times a day?"),
        }
        for name, question in questions.items():
            self.add_fields((name, around.say(f"problem.{name}"), question))
        self.finish()

    @property
    def _problem(self) -> Problem:
        assert isinstance(self._figure, Problem)
        return self._figure

    def take_cells(self, rows: Cells) -> Sequence[LeftOver] | None:
        """Take a range whose heads or labels are the questions; another one is plain text."""
        figure, left = read_problem(self._problem, rows)
        if figure == self._problem:
            return None
        self.put(figure)
        return left

    def asked(self) -> Mapping[str, str]:
        """Whether the sentence names a remedy or a cause."""
        question = self.around.asked("gap", self._problem.statement)
        return {"statement": question} if question else {}

    def findings(self) -> Iterable[Finding]:
        """A missing number."""
        return problem_findings(self._problem)

    def left_open(self) -> Sequence[str]:
        """The questions nobody has answered, once there is a word."""
        words = open_told(self._problem, self.around.say)
        return (words,) if words and has_words(self._problem) else ()
