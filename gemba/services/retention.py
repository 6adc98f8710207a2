"""How long a learner's record is kept: two years after the last talk, or until a chosen day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.kinds import KINDS
from gemba.domain.person import Person

if TYPE_CHECKING:
    from gemba.services.recorder import Recorder

YEARS_KEPT: Final = 2
"""So long a learner's record is kept after the last talk, unless another day was chosen."""
DAYS: Final = {
    "talk": "held_on",
    "experiment": "planned_on",
    "storyboard": "started_on",
    "session": "held_on",
    "lesson": "learned_on",
    "goal": "set_on",
    "evidence": "shown_on",
    "mentor_pair": "since",
    "asked_question": "asked_on",
    "after_talk": "noted_on",
    "second_coach": "watched_on",
}
"""What is about a learner, and its day: a record without a talk is kept no longer than others."""
REMIND_DAYS: Final = 30
_KEEP_UNTIL: Final = "keep until."
_ERASED: Final = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptUntil:
    """A learner, the last day of their record, and whether somebody chose that day."""

    learner_id: UUID
    name: str
    until: date
    chosen: bool


class Retention:
    """Knows until when each learner's record is kept, and erases nothing by itself."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def kept_until(self) -> list[KeptUntil]:
        """Return every learner with the day until which the record is kept, the next first."""
        store = self._recorder.store
        last: dict[UUID, date] = {}
        for kind, field in DAYS.items():
            for learner, day in store.columns(KINDS[kind], ("learner_id", field)):
                if learner is not None:
                    last[learner] = max(day, last.get(learner, day))
        names = dict(store.columns(Person, ("id", "name")))
        settings = store.settings.all()
        found = []
        for learner, day in last.items():
            if settings.get(_KEEP_UNTIL + str(learner)) == _ERASED:
                continue
            chosen = _day(settings.get(_KEEP_UNTIL + str(learner), ""))
            until = chosen or _years_after(day, YEARS_KEPT)
            name = names.get(learner, "")
            found.append(
                KeptUntil(learner_id=learner, name=name, until=until, chosen=chosen is not None)
            )
        return sorted(found, key=lambda one: (one.until, one.name))

    def keep_until(self, learner_id: UUID, until: date | None) -> None:
        """Choose the day until which a learner's record is kept; None for two years again."""
        self._recorder.remember(
            _KEEP_UNTIL + str(learner_id), until.isoformat() if until is not None else ""
        )
        self._recorder.settle()

    def due(self, today: date) -> list[KeptUntil]:
        """Return the learners whose day has come or comes within a month."""
        return [one for one in self.kept_until() if (one.until - today).days <= REMIND_DAYS]


def forgotten_learner(learner_id: UUID) -> dict[str, str]:
    """Return the setting by which nobody is reminded of one who was erased."""
    return {_KEEP_UNTIL + str(learner_id): _ERASED}


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
