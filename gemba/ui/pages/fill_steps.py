"""What was answered before, so that each answer can be taken back and given again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gemba.domain.form_view import FormQuestion

_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Answered:
    """What stood at a question: its answer or half an answer, and its photo."""

    key: str
    text: str
    photo: str = ""
    visit: str = ""

    @classmethod
    def at(cls, question: FormQuestion, visit: str = "") -> Answered:
        """Return what stands at a question now."""
        return cls(question.key, question.half or question.answer, question.photo, visit)


class FillSteps:
    """The answers given on one form since it was opened, the newest last."""

    def __init__(self) -> None:
        self._before: list[Answered] = []
        self._after: list[Answered] = []

    def forget(self) -> None:
        """Begin anew: another form, or rounds that have moved under their answers."""
        self._before, self._after = [], []

    def note(self, question: FormQuestion, visit: str = "") -> None:
        """Remember what stood at a question before it is answered; one visit is one step."""
        last = self._before[-1] if self._before else None
        if visit and last is not None and (last.key, last.visit) == (question.key, visit):
            return
        self._before = [*self._before, Answered.at(question, visit)][-_MOST:]
        self._after = []

    def step(self, *, back: bool) -> Answered | None:
        """Return what is to stand again, going back or forth; None where there is nothing."""
        held = self._before if back else self._after
        return held[-1] if held else None

    def took(self, question: FormQuestion, *, back: bool) -> None:
        """Go one step: what stands at the question now is where the other way leads."""
        held, other = (self._before, self._after) if back else (self._after, self._before)
        gone = held.pop()
        other.append(Answered(gone.key, question.half or question.answer, question.photo))
