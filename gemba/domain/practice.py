"""What became of the days of routines: said by the leader, or done and so known without a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gemba.domain.routine import Keeping, Routine
from gemba.domain.routine_days import DayMark, marks, minute_of


@dataclass(frozen=True, slots=True)
class Practice:
    """A routine and what became of its days, in order."""

    routine: Routine
    days: tuple[DayMark, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done between two days, both included.

    ``walks`` are the area and day of each walk made, ``made`` their ids, also of walks that were
    made on other days than a routine's; ``talks`` the days on which each learner was coached.
    """

    walks: Sequence[tuple[UUID | None, date]]
    made: frozenset[UUID]
    talks: Mapping[UUID, set[date]]


def in_use(routines: Iterable[Routine]) -> list[Routine]:
    """Return routines in the order of their time of day."""
    return sorted(routines, key=lambda one: (minute_of(one.time_of_day) or 0, one.name.casefold()))


def practice_of(
    routines: Sequence[Routine],
    keepings: Iterable[Keeping],
    done: Done,
    span: tuple[date, date],
    today: date,
) -> list[Practice]:
    """Return each routine with its days between two; what was done counts without a word."""
    said: dict[UUID, list[Keeping]] = {}
    for one in keepings:
        said.setdefault(one.routine_id, []).append(one)
    return [_practice(one, said.get(one.id, []), done, span, today) for one in routines]


def _practice(
    routine: Routine, said: list[Keeping], done: Done, span: tuple[date, date], today: date
) -> Practice:
    told = {one.day for one in said if not (one.walk_id and one.kept)}
    # What was done is the routine itself; nobody has to say so again.
    days_done = sorted(_days_done(routine, done))
    once = [day for day in days_done if day >= routine.starts_on and day not in told]
    said = [one for one in said if one.day not in once]
    said += [Keeping(id=routine.id, routine_id=routine.id, day=day, kept=True) for day in once]
    return Practice(routine, tuple(marks(routine, said, done.made, *span, today)))


def _days_done(routine: Routine, done: Done) -> set[date]:
    if routine.kind == "walk":
        area = routine.area_id
        return {on for where, on in done.walks if area is None or where == area}
    if routine.kind == "coaching" and routine.person_id is not None:
        return set(done.talks.get(routine.person_id, ()))
    return set()
