"""Which backups are kept: all of 48 hours, then 12 daily, 10 weekly and 9 monthly ones.

The order of backups is their counter. The clock only says how far apart they are, and it is not
believed where it cannot be right: a step back counts as no time at all, and so does a leap ahead
until so many backups were made after it that it must have been true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final, Protocol, TypeVar

ALL: Final = timedelta(hours=48)
DAILY: Final = 12
WEEKLY: Final = 10
MONTHLY: Final = 9
PARTS: Final = 3
"""So many backups of a part of damaged data are kept, and for so long at most:"""
OLDEST: Final = timedelta(days=366)

_NIGHT: Final = timedelta(hours=20)
"""A gap up to this is an evening and a night; a longer one may be a clock that was wrong."""
_CONFIRMED_BY: Final = 16
_ABSURD: Final = timedelta(days=365)
_NEW_ERA: Final = timedelta(hours=2)
_NONE: Final = timedelta()
_WHILE_WRONG: Final = 128
"""So many of the newest stay in any case while the clock was wrong among them: more than are made
in 48 hours."""


class Point(Protocol):
    """A backup as this rule sees it: its place in the order, and what the clock said."""

    @property
    def counter(self) -> int:
        """The place in the order of backups."""

    @property
    def made_at(self) -> datetime:
        """The instant on the clock of that moment; aware."""


P = TypeVar("P", bound=Point)
Bucket = tuple[int, object]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A backup's position, how long before the newest it was made, and how its days are told."""

    index: int
    age: timedelta
    era: int
    day: datetime


def superfluous(points: Iterable[P]) -> list[P]:
    """Return the backups that may go, oldest first; all that are given must be verified.

    The newest is never among them. Backups come in any order; two with one counter count as made
    in the order of their clock.
    """
    ordered = sorted(points, key=lambda point: (point.counter, point.made_at))
    kept = _kept(_place(ordered))
    if _wrong_lately(ordered):
        kept |= set(range(len(ordered) - _WHILE_WRONG, len(ordered)))
    return [point for index, point in enumerate(ordered) if index not in kept]


class Kind(Point, Protocol):
    """A backup that says whether it holds only a part of the data."""

    @property
    def partial(self) -> bool:
        """Whether it holds only what was sound of damaged data."""


K = TypeVar("K", bound=Kind)


def may_go(points: Iterable[K]) -> list[K]:
    """Return the backups that may go: superfluous ones, and parts that newer parts replace.

    A backup of a part of the data never makes a whole one superfluous, nor counts as the newest.
    The three newest parts stay until nothing of their time can be wanted any more.
    """
    given = list(points)
    whole = [one for one in given if not one.partial]
    parts = sorted((one for one in given if one.partial), key=lambda one: one.counter)
    newest = max(whole, key=lambda one: one.counter, default=None)
    old = [
        one
        for one in parts[-PARTS:]
        if newest is not None
        and newest.made_at - one.made_at > OLDEST
        and sum(1 for later in whole if later.counter > one.counter) >= _CONFIRMED_BY
    ]
    return [*superfluous(whole), *parts[:-PARTS], *old]


def _wrong_lately(ordered: Sequence[Point]) -> bool:
    """Tell whether the clock was set back, or leapt far ahead, among the newest backups."""
    lately = ordered[-_WHILE_WRONG:]
    gaps = (later.made_at - earlier.made_at for earlier, later in pairwise(lately))
    return any(gap < _NONE or gap > _ABSURD for gap in gaps)


def _place(ordered: Sequence[Point]) -> list[_Placed]:
    """Go back from the newest and add up the time that surely lies between the backups."""
    instants = [point.made_at.astimezone(UTC) for point in ordered]
    gaps = [later - earlier for earlier, later in pairwise(instants)]
    passed = _passed(gaps)
    eras = _eras(gaps)
    placed: list[_Placed] = []
    age = _NONE
    for index in range(len(instants) - 1, -1, -1):
        if index < len(passed):
            age += passed[index]
        placed.append(_Placed(index, age, eras[index], instants[index]))
    return placed


def _passed(gaps: Sequence[timedelta]) -> list[timedelta]:
    """Turn what the clock says lies between two backups into what surely does."""
    since = range(len(gaps) - 1, -1, -1)
    return [
        gap if _believed(gap, made_since) else _NONE
        for gap, made_since in zip(gaps, since, strict=True)
    ]


def _believed(gap: timedelta, made_since: int) -> bool:
    if gap <= _NIGHT:
        return gap > _NONE
    return gap <= _ABSURD and made_since >= _CONFIRMED_BY


def _eras(gaps: Sequence[timedelta]) -> list[int]:
    """Number the stretches in which the clock ran on; days of two stretches are never the same."""
    eras = [0]
    for gap in gaps:
        eras.append(eras[-1] + (gap < -_NEW_ERA or gap > _ABSURD))
    return eras


def _kept(placed: Sequence[_Placed]) -> set[int]:
    """Choose among the backups, the newest first."""
    kept = {one.index for one in placed if one.age <= ALL}
    rest = [one for one in placed if one.age > ALL]
    for count, bucket in ((DAILY, _day), (WEEKLY, _week), (MONTHLY, _month)):
        chosen, rest = _newest_of_each(rest, bucket, count)
        kept.update(chosen)
    return kept


def _newest_of_each(
    rest: Sequence[_Placed], bucket: Callable[[_Placed], Bucket], count: int
) -> tuple[set[int], list[_Placed]]:
    """Keep the newest of each bucket up to a count; the rest is what lies before them."""
    seen: set[Bucket] = set()
    chosen: set[int] = set()
    for position, one in enumerate(rest):
        name = bucket(one)
        if name in seen:
            continue
        if len(seen) == count:
            return chosen, list(rest[position:])
        seen.add(name)
        chosen.add(one.index)
    return chosen, []


def _day(one: _Placed) -> Bucket:
    return one.era, one.day.date()


def _week(one: _Placed) -> Bucket:
    return one.era, tuple(one.day.isocalendar())[:2]


def _month(one: _Placed) -> Bucket:
    return one.era, (one.day.year, one.day.month)
