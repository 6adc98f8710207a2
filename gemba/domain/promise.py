"""A promise to look into something, open until the person who raised it was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

ANSWERS: Final = ("done", "not now")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldBack:
    """The answer as it was given: when, to whom, done or not now, and the words."""

    on: date
    to: str
    answer: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a leader promised, to whom, since when; closed only by telling back."""

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

    def age(self, today: date) -> int:
        """Count the days since the promise was made, from 0 on the first day."""
        return max(0, (today - self.made_on).days)
