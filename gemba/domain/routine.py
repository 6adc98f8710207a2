"""Leader standard work: what a leader does again and again, and whether it was kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

ROUTINE_KINDS: Final = ("walk", "huddle", "coaching", "review")
WORKDAYS: Final = (1, 2, 3, 4, 5)
"""Monday to Friday, as ISO 8601 counts the days of a week."""
LAST_OF_MONTH: Final = 5
"""The week of a month that stands for its last, whether the fourth or the fifth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Days on which a routine is not expected, both included: a holiday, a course."""

    id: str
    first: date
    last: date
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """One piece of leader standard work.

    ``weekdays`` are ISO numbers, 1 for Monday. It recurs every ``every_weeks`` weeks, counted
    from the week of ``starts_on``, or where ``week_of_month`` is not 0 on the first to fourth
    (1 to 4) or last (5) such weekday of each month. ``time_of_day`` is "HH:MM" in ``zone`` or
    empty; ``minutes`` is how long it takes, ``window`` how many minutes after its time it may
    begin, ``grace`` how many more still count as kept.
    """

    id: UUID
    revision: int = 0
    kind: str
    name: str
    role: str = ""
    why: str = ""
    weekdays: tuple[int, ...] = WORKDAYS
    every_weeks: int = 1
    week_of_month: int = 0
    time_of_day: str = ""
    zone: str = ""
    minutes: int = 30
    window: int = 0
    grace: int = 0
    starts_on: date
    ends_on: date | None = None
    pauses: tuple[Pause, ...] = ()
    area_id: UUID | None = None
    person_id: UUID | None = None
    route_id: UUID | None = None
    archived_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """A day of a routine that was kept, or missed with the reason in one line.

    With ``walk_id`` it counts as kept only once that walk was made.
    """

    id: UUID
    revision: int = 0
    routine_id: UUID
    day: date
    kept: bool
    why: str = ""
    begun_at: datetime | None = None
    walk_id: UUID | None = None
