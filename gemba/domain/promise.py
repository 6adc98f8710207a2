"""A promise to look into something, open until the person who raised it was told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from gemba.domain.later import LATER

ANSWERS: Final = ("done", "not now")
STATES: Final = ("open", "done", "told back", "said no")
MOST_PROMISES: Final = 3
"""More from one walk are seldom kept."""
EFFECTS: Final = ("holds", "does not hold", "cannot tell")
"""What the later check of a promise found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldBack:
    """The answer as it was given: when, to whom, done or not now, the words, and the reply."""

    on: date
    to: str
    answer: str
    said: str
    they_said: str = field(default="", metadata=LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a leader promised, to whom, since when; closed only by telling back.

    ``raised_by`` raised it, ``resolver`` is the leader who resolves it. ``what_done`` on
    ``done_on`` is what was done; ``no_because`` on ``no_on`` why it will not be. ``at_place`` is
    the stop it was raised at. The photos are content hashes (SHA-256, hexadecimal). The effect is
    looked at on ``check_on``; on ``checked_on`` it was, and ``effect`` is one of EFFECTS.
    """

    id: UUID
    revision: int = 0
    text: str
    person_id: UUID | None = None
    raised_by: str = ""
    made_on: date
    due_on: date | None = None
    resolver: str = ""
    note: str = ""
    told_back: ToldBack | None = None
    category: str = ""
    area_id: UUID | None = None
    at_place: str = ""
    done_on: date | None = None
    what_done: str = ""
    no_on: date | None = None
    no_because: str = ""
    photos_before: tuple[str, ...] = ()
    photos_after: tuple[str, ...] = ()
    check_on: date | None = None
    checked_on: date | None = None
    effect: str = ""
    effect_seen: str = ""

    @property
    def state(self) -> str:
        """Return one of STATES; a promise said no to stays so whether told back or not yet."""
        if self.told_back is not None:
            return "said no" if self.told_back.answer == "not now" else "told back"
        if self.no_on is not None:
            return "said no"
        return "open" if self.done_on is None else "done"

    @property
    def owed(self) -> bool:
        """Tell whether somebody still waits for an answer, whatever was done or decided."""
        return self.told_back is None

    def age(self, today: date) -> int:
        """Count the days since the promise was made, from 0 on the first day."""
        return max(0, (today - self.made_on).days)
