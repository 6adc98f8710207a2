"""On which days a routine is expected, and what became of each of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from gemba.domain.routine import LAST_OF_MONTH, Keeping, Pause, Routine

KEPT: Final = "kept"
MISSED: Final = "missed"
COMING: Final = "coming"
OFF: Final = "off"
WEEKS: Final = 13
"""So many weeks of practice are shown, a quarter of a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMark:
    """A day of a routine: "kept", "missed", "coming" or "off", with the reason in one line.

    A day that passed without a word is missed with no reason yet. ``late`` counts the minutes
    after the start window and the grace, 0 where it was in time or nobody knows.
    """

    day: date
    state: str
    why: str = ""
    late: int = 0
    keeping_id: UUID | None = None


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))


def expected(routine: Routine, first: date, last: date) -> list[date]:
    """Return the days between two, both included, on which a routine falls, pauses and all.

    Weekdays that are none, and intervals under one week, are read as nothing and as one.
    """
    begin = max(first, routine.starts_on)
    until = last if routine.ends_on is None else min(last, routine.ends_on)
    if routine.archived_on is not None:
        until = min(until, routine.archived_on)
    # By number: the days around date.max have no day after them.
    days = range(begin.toordinal(), until.toordinal() + 1)
    return [day for day in map(date.fromordinal, days) if _falls_on(routine, day)]


def _falls_on(routine: Routine, day: date) -> bool:
    if day.isoweekday() not in routine.weekdays:
        return False
    if routine.week_of_month:
        return _in_week_of_month(routine.week_of_month, day)
    weeks = (monday_of(day) - monday_of(routine.starts_on)).days // 7
    return weeks % max(1, routine.every_weeks) == 0


def _in_week_of_month(week: int, day: date) -> bool:
    if week == LAST_OF_MONTH:
        return day.toordinal() + 7 > date.max.toordinal() or (
            (day + timedelta(days=7)).month != day.month
        )
    return (day.day - 1) // 7 + 1 == week


def pause_on(routine: Routine, day: date) -> Pause | None:
    """Return the pause a day lies in, None on a day like any other."""
    return next((one for one in routine.pauses if one.first <= day <= one.last), None)


def marks(
    routine: Routine,
    keepings: Iterable[Keeping],
    walked: Collection[UUID],
    first: date,
    last: date,
    today: date,
) -> list[DayMark]:
    """Return a mark for each day of a routine between two, in order; ``walked`` are walks made.

    A day kept out of turn has its mark too.
    """
    known = {one.day: one for one in keepings if first <= one.day <= last}
    days = sorted({*expected(routine, first, last), *known})
    return [_mark(routine, day, known.get(day), walked, today) for day in days]


def _mark(
    routine: Routine, day: date, keeping: Keeping | None, walked: Collection[UUID], today: date
) -> DayMark:
    if keeping is not None:
        made = keeping.walk_id is None or keeping.walk_id in walked
        if keeping.kept and made:
            late = minutes_late(routine, keeping.begun_at)
            return DayMark(day=day, state=KEPT, why=keeping.why, late=late, keeping_id=keeping.id)
        if not keeping.kept:
            return DayMark(day=day, state=MISSED, why=keeping.why, keeping_id=keeping.id)
    pause = pause_on(routine, day)
    key = keeping.id if keeping is not None else None
    if pause is not None:
        return DayMark(day=day, state=OFF, why=pause.why, keeping_id=key)
    return DayMark(day=day, state=MISSED if day < today else COMING, keeping_id=key)


def minutes_late(routine: Routine, begun_at: datetime | None) -> int:
    """Count the minutes after start window and grace; 0 in time, or without a time of day."""
    due = minute_of(routine.time_of_day)
    if due is None or begun_at is None:
        return 0
    return max(0, begun_at.hour * 60 + begun_at.minute - due - routine.window - routine.grace)


def minute_of(time_of_day: str) -> int | None:
    """Return the minute of the day that "HH:MM" says, None for anything else."""
    hour, colon, minute = time_of_day.partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal() and len(hour) < 3 > len(minute)):
        return None
    found = int(hour) * 60 + int(minute)
    return found if int(minute) < 60 and found < 24 * 60 else None
