"""How a question was asked, by the rules of the language that the folder is written in."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gemba.domain.question_form import AskedAs
    from gemba.domain.question_reading import QuestionReader
    from gemba.domain.question_rules import QuestionRules


class QuestionClasses:
    """Tells the classes of questions; the rules are read when the first one is asked about."""

    def __init__(self, rules: Callable[[], QuestionRules]) -> None:
        self._rules = rules

    @cached_property
    def _reader(self) -> QuestionReader:
        from gemba.domain.question_reading import QuestionReader

        return QuestionReader(self._rules())

    def asked_as(self, text: str) -> AskedAs:
        """Return the form and the faults of a question; nothing for no words."""
        return self._reader.read(text)
