"""Where a leader has not been for long, and which walk that suggests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

AREA: Final = "area"
SHIFT: Final = "shift"
PERSON: Final = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """An area, a shift of one, or a person, and the day last seen there or talked to.

    ``last`` is None for never. ``id`` is that of the area or of the person.
    """

    kind: str
    id: UUID
    name: str
    shift: str = ""
    last: date | None = None

    def days(self, today: date) -> int | None:
        """Count the days since then, None for never; a day to come counts as today."""
        return None if self.last is None else max(0, (today - self.last).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A promise not yet told back, with the area it belongs to where that is known."""

    id: UUID
    text: str
    made_on: date
    area_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """The next walk: where, and why. ``promise`` is the oldest one there, or of all.

    ``elsewhere`` tells that the promise belongs to no known area or to another.
    """

    where: Coverage | None
    promise: Waiting | None
    elsewhere: bool = False


def longest_first(rows: Iterable[Coverage]) -> list[Coverage]:
    """Order what was never seen first, then the longest ago, then by name."""
    return sorted(
        rows,
        key=lambda one: (one.last or date.min, one.name.casefold(), one.shift.casefold()),
    )


def suggest(rows: Sequence[Coverage], promises: Sequence[Waiting]) -> Suggestion | None:
    """Suggest the area or shift unseen the longest with the oldest promise of that area.

    Where nothing is promised there the oldest promise of all is named beside it. People are
    seen where they work and suggest no walk. Of an area with shifts the shift is named. None
    where there is neither an area nor a promise.
    """
    shifted = {one.id for one in rows if one.kind == SHIFT}
    oldest = sorted(promises, key=lambda one: one.made_on)
    since: dict[UUID | None, date] = {}
    for one in oldest:
        since.setdefault(one.area_id, one.made_on)
    places = [
        one
        for one in longest_first(rows)
        if one.kind == SHIFT or (one.kind == AREA and one.id not in shifted)
    ]
    # Of those unseen equally long the one that has waited longest for an answer.
    places.sort(key=lambda one: (one.last or date.min, since.get(one.id, date.max)))
    where = places[0] if places else None
    if where is None and not oldest:
        return None
    here = [one for one in oldest if where is not None and one.area_id == where.id]
    promise = next(iter(here or oldest), None)
    return Suggestion(where=where, promise=promise, elsewhere=promise is not None and not here)


def warmth(days: int | None) -> int:
    """Return a step from 0, seen this week, to 4, not for thirteen weeks or never.

    The steps are a week, two, a month and a quarter of a year.
    """
    if days is None:
        return 4
    return sum(days > limit for limit in (7, 14, 30, 91))
