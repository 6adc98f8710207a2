"""One quiet question about a learner's words on a board; set aside, it is not asked again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.coaching import Storyboard
from gemba.domain.experiment import Experiment
from gemba.domain.sheet_story import Dismissed
from gemba.domain.wording import Remark, WordingRules, squeezed
from gemba.domain.wording_phrases import sentences
from gemba.domain.wording_reading import Reader

if TYPE_CHECKING:
    from gemba.services.recorder import Recorder

_MOST: int = 20_000
"""Letters up to which words are asked about; more of them are no target and no obstacle."""


class BoardWording:
    """Asks about target conditions, obstacles, current conditions and predictions."""

    def __init__(self, recorder: Recorder, rules: Callable[[], WordingRules]) -> None:
        self._recorder = recorder
        self._rules = rules
        self._read: Reader | None = None

    def ask(self, place: str, text: str, held: Storyboard | Experiment | None) -> Remark | None:
        """Return the first question about some words, None for none; ``held`` may answer it.

        ``place`` is one of BOARD.
        """
        if self._read is None:
            self._read = Reader(self._rules())
        answered = {(one.check, one.box, one.sentence) for one in held.dismissed} if held else set()
        for sentence in sentences(text[:_MOST]):
            hit = self._read.ask(place, sentence.text)
            if hit is None:
                continue
            made = Remark(
                check=hit.check.id,
                box=place,
                sentence=sentence.text,
                question=hit.check.question.replace("{words}", hit.words),
            )
            if made.key not in answered:
                return made
        return None

    def dismiss(self, kind: type[Storyboard] | type[Experiment], key: UUID, remark: Remark) -> None:
        """Keep that a sentence stands as it is."""
        self._recorder.settle()
        made = Dismissed(
            check=remark.check,
            box=remark.box,
            sentence=squeezed(remark.sentence),
            on=self._recorder.today(),
        )
        if kind is Storyboard:
            self._recorder.change(
                Storyboard, key, lambda one: replace(one, dismissed=(*one.dismissed, made))
            )
        else:
            self._recorder.change(
                Experiment, key, lambda one: replace(one, dismissed=(*one.dismissed, made))
            )
