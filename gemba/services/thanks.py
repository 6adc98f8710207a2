"""Thanks that name a behaviour, and the leader's own look back on a week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.errors import BadInput
from gemba.domain.recognition import Recognition
from gemba.domain.reflection import Reflection, ReflectionAnswer

if TYPE_CHECKING:
    from gemba.services.people import People
    from gemba.services.recorder import Recorder

PROMPTS: Final = (
    "What did I see that contradicted me?",
    "When did I tell instead of ask?",
    "Which promise is oldest?",
    "Who grew this week, and how do I know?",
    "What did I get wrong, and whom did I tell?",
    "Which routine did I skip, and what got in the way?",
)
"""One a week, in turn."""


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(day.weekday())


def prompt_of(monday: date) -> str:
    """Return the question of a week; six weeks later it comes again."""
    return PROMPTS[monday.toordinal() // 7 % len(PROMPTS)]


class Thanks:
    """Keeps the log of thanks and the weekly cards."""

    def __init__(self, recorder: Recorder, people: People) -> None:
        self._recorder = recorder
        self._people = people

    def thank(
        self,
        behaviour: str,
        *,
        to: str = "",
        effect: str = "",
        how: str = "",
        thanked_on: date | None = None,
    ) -> Recognition:
        """Log a behaviour that was noticed; the name of a person or a team may stay away.

        A name somebody has already belongs to them. Raises BadInput where no behaviour is named.
        """
        if not behaviour.strip():
            raise BadInput("recognition.no_behaviour")
        name = " ".join(to.split())
        known = {known.casefold(): key for key, known in self._people.names()}
        return self._recorder.add(
            Recognition(
                id=self._recorder.new_id(),
                behaviour=behaviour.strip(),
                effect=effect.strip(),
                how=how.strip(),
                to=name,
                person_id=known.get(name.casefold()),
                noticed_on=self._recorder.today(),
                thanked_on=thanked_on,
            )
        )

    def thanked(self, recognition_id: UUID, on: date | None) -> Recognition:
        """Say on which day somebody was thanked; None takes it back."""
        return self._recorder.change(
            Recognition, recognition_id, lambda one: replace(one, thanked_on=on)
        )

    def log(self, limit: int) -> list[Recognition]:
        """Return what was noticed, the newest first."""
        return self._recorder.find(
            Recognition, order_by="noticed_on", newest_first=True, limit=limit
        )

    def names(self) -> list[tuple[UUID, str]]:
        """Return everyone's id and name."""
        return self._people.names()

    def card(self, monday: date) -> Reflection | None:
        """Return what was written about a week, None where nothing was."""
        self._recorder.settle()
        found = self._recorder.find(Reflection, week_of=monday)
        return found[0] if found else None

    def begin_card(self, monday: date) -> Reflection:
        """Return the card of a week, made now if there is none."""
        found = self.card(monday)
        if found is not None:
            return found
        answer = ReflectionAnswer(question=prompt_of(monday))
        return self._recorder.add(
            Reflection(id=self._recorder.new_id(), week_of=monday, answers=(answer,))
        )

    def write_card(self, card: Reflection, text: str, note: str, *, visit: str) -> None:
        """Save a card while it is typed in."""
        first, *others = card.answers or (ReflectionAnswer(question=prompt_of(card.week_of)),)

        def edit(held: Reflection) -> Reflection:
            answers = (replace(first, text=text), *others)
            return replace(held, answers=answers, note=note)

        self._recorder.change_soon(Reflection, card.id, edit, visit=visit, field="card")

    def cards(self, limit: int) -> list[Reflection]:
        """Return the weeks that were written about, the newest first."""
        return self._recorder.find(Reflection, order_by="week_of", newest_first=True, limit=limit)

    def recognition(self, recognition_id: UUID) -> Recognition:
        """Return one thank-you; raises NotFound."""
        return self._recorder.get(Recognition, recognition_id)

    def reflection(self, reflection_id: UUID) -> Reflection:
        """Return one card; raises NotFound."""
        return self._recorder.get(Reflection, reflection_id)

    def settle(self) -> None:
        """Wait until what was typed so far is committed."""
        self._recorder.settle()
