"""Patterns: what walks saw and promised over a period, counted, with the rules for reading it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from gemba.domain.figures import Pareto, RunChart, TableFigure
from gemba.domain.figures.pareto import Bar
from gemba.domain.figures.run_chart import Reading
from gemba.domain.observation import GOING_WELL

WEEK: Final = "week"
MONTH: Final = "month"
MOST_WEEKS: Final = 106
"""A longer period is counted by month: weeks would be narrower than can be seen."""
MARKS: Final = (30, 60, 90)
"""The days at which the share of promises told back is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A period, both days included, and an area; None is every area."""

    first: date
    last: date
    area_id: UUID | None = None

    @property
    def step(self) -> str:
        """Return by what it is counted: WEEK, or MONTH where it is long."""
        return WEEK if (self.last - self.first).days <= 7 * MOST_WEEKS else MONTH

    def steps(self) -> tuple[date, ...]:
        """Return the first day of each week or month that it touches, in order."""
        if self.last < self.first:
            return ()
        found = [begin_of(self.first, self.step)]
        while (following := after(found[-1], self.step)) <= self.last:
            found.append(following)
        return tuple(found)

    def whole_steps(self) -> tuple[date, ...]:
        """Return the weeks or months that lie in it from end to end."""
        steps = self.steps()
        return tuple(
            one
            for one in steps
            if one >= self.first and after(one, self.step) - timedelta(1) <= self.last
        )


def begin_of(day: date, step: str) -> date:
    """Return the Monday of a day's week (ISO 8601), or the first of its month."""
    return day.replace(day=1) if step == MONTH else day - timedelta(day.weekday())


def after(begin: date, step: str) -> date:
    """Return where the next week or month begins; the last day there is where none follows."""
    try:
        if step == MONTH:
            return (begin.replace(day=28) + timedelta(4)).replace(day=1)
        return begin + timedelta(7)
    except OverflowError:
        return date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which observations a bar, a cell or a point stands for; None asks for any.

    ``in_the_way`` leaves out what goes well. ``place`` and ``category`` may be empty: none said.
    """

    span: Span
    category: str | None = None
    place: str | None = None
    standard: str | None = None
    in_the_way: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedAnswers:
    """Which promises a place on the curve stands for: told back within ``days``, or later.

    Without ``told`` they were not: told back after more days, or waiting for longer. Without
    ``days`` they still wait, however long.
    """

    span: Span
    days: int | None = None
    told: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many observations of one kind fell into one week or month."""

    begin: date
    category: str
    standard: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedPlace:
    """How many observations of what is in the way fell into a week or month at one stop."""

    begin: date
    place: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """So many promises with the same number of days: until told back, or open for so long."""

    days: int
    told: bool
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """Everything the page of patterns shows of a span, as it was counted."""

    span: Span
    counted: tuple[Counted, ...] = ()
    places: tuple[CountedPlace, ...] = ()
    answers: tuple[Answer, ...] = ()

    @property
    def seen(self) -> int:
        """Count all observations."""
        return sum(one.count for one in self.counted)

    @property
    def promised(self) -> int:
        """Count all promises."""
        return sum(one.count for one in self.answers)


def by_category(found: Patterns) -> tuple[tuple[str, int], ...]:
    """Return how often each category was in the way, the largest first."""
    return _ranked((one.category, one.count) for one in found.counted if _in_the_way(one))


def by_place(found: Patterns) -> tuple[tuple[str, int], ...]:
    """Return how often something was in the way at each stop, the largest first."""
    return _ranked((one.place, one.count) for one in found.places)


def _in_the_way(one: Counted) -> bool:
    return one.category != GOING_WELL


def _ranked(pairs: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    sums: dict[str, int] = {}
    for name, count in pairs:
        sums[name] = sums.get(name, 0) + count
    return tuple(sorted(sums.items(), key=lambda one: (-one[1], one[0].casefold())))


def standards(found: Patterns) -> Mapping[str, int]:
    """Return how many observations stood beside a standard as normal, abnormal, or without one."""
    sums: dict[str, int] = {}
    for one in found.counted:
        if one.standard:
            sums[one.standard] = sums.get(one.standard, 0) + one.count
    return sums


def going_well(found: Patterns) -> tuple[int, int]:
    """Return how many observations are of what goes well, and how many there are."""
    return sum(one.count for one in found.counted if not _in_the_way(one)), found.seen


def trend(found: Patterns, category: str | None = None) -> tuple[Reading, ...]:
    """Return how often something was in the way in each whole week or month.

    One in which nobody saw anything, not even what goes well, has no value: nobody walked.
    """
    seen = _sums(found.counted, lambda _one: True)
    hit = _sums(found.counted, lambda one: _in_the_way(one) and _is(one.category, category))
    return tuple(
        Reading(on=begin, value=float(hit.get(begin, 0)) if begin in seen else None)
        for begin in found.span.whole_steps()
    )


def abnormal_share(found: Patterns) -> tuple[Reading, ...]:
    """Return the percentage abnormal of what was compared with a standard, step by step."""
    known = ("normal", "abnormal")
    return _shares(
        found,
        _sums(found.counted, lambda one: one.standard == "abnormal"),
        _sums(found.counted, lambda one: one.standard in known),
    )


def well_share(found: Patterns) -> tuple[Reading, ...]:
    """Return the percentage of what goes well of everything seen, step by step."""
    return _shares(
        found,
        _sums(found.counted, lambda one: not _in_the_way(one)),
        _sums(found.counted, lambda _one: True),
    )


def _shares(
    found: Patterns, part: Mapping[date, int], whole: Mapping[date, int]
) -> tuple[Reading, ...]:
    return tuple(
        Reading(
            on=begin,
            value=round(100 * part.get(begin, 0) / whole[begin], 1) if begin in whole else None,
        )
        for begin in found.span.whole_steps()
    )


def _is(value: str, wanted: str | None) -> bool:
    return wanted is None or value == wanted


def _sums(counted: Iterable[Counted], which: object) -> dict[date, int]:
    assert callable(which)
    sums: dict[date, int] = {}
    for one in counted:
        if which(one):
            sums[one.begin] = sums.get(one.begin, 0) + one.count
    return sums


@dataclass(frozen=True, slots=True)
class Heat:
    """Stops, largest first, by weeks or months: ``counts[row][column]``, 0 where nothing was."""

    places: tuple[str, ...]
    begins: tuple[date, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def largest(self) -> int:
        """Return the largest count of a cell."""
        return max((count for row in self.counts for count in row), default=0)


def heat(found: Patterns, most: int = 12) -> Heat:
    """Return the stops at which most was in the way, by week or month; the others are left out."""
    places = tuple(name for name, _count in by_place(found)[:most])
    begins = found.span.steps()
    sums: dict[tuple[str, date], int] = {}
    for one in found.places:
        sums[one.place, one.begin] = sums.get((one.place, one.begin), 0) + one.count
    rows = tuple(tuple(sums.get((place, begin), 0) for begin in begins) for place in places)
    return Heat(places, begins, rows)


@dataclass(frozen=True, slots=True)
class Told:
    """From ``day`` on, this share of promises (0 to 1) was told back."""

    day: int
    share: float


def told_curve(answers: Sequence[Answer]) -> tuple[Told, ...]:
    """Estimate which share of promises is told back within so many days, as a curve of steps.

    An open promise counts for as long as it has been open (Kaplan and Meier, J. Am. Stat. Assoc.
    53:457-481, 1958), so that promises not old enough yet make nothing look better or worse.
    """
    told: dict[int, int] = {}
    gone: dict[int, int] = {}
    for one in answers:
        gone[one.days] = gone.get(one.days, 0) + one.count
        if one.told:
            told[one.days] = told.get(one.days, 0) + one.count
    waiting, open_share = sum(gone.values()), 1.0
    curve = [Told(0, 0.0)]
    for day in sorted(gone):
        if told.get(day):
            open_share *= 1 - told[day] / waiting
            curve.append(Told(day, 1 - open_share))
        waiting -= gone[day]
    return tuple(curve)


def told_within(answers: Sequence[Answer], days: int) -> float | None:
    """Return the estimated share told back within so many days; None where nobody can know yet."""
    curve = told_curve(answers)
    longest = max((one.days for one in answers), default=-1)
    if longest < days and curve[-1].share < 1:
        return None
    return [one.share for one in curve if one.day <= days][-1]


# As figures of a sheet


def pareto_of(id: str, caption: str, rows: Sequence[tuple[str, int]]) -> Pareto:
    """Return counts as a Pareto; what has no name keeps none."""
    bars = tuple(Bar(label=name, count=float(count)) for name, count in rows)
    return Pareto(id=id, caption=caption, bars=bars)


def chart_of(id: str, caption: str, readings: Sequence[Reading], unit: str = "") -> RunChart:
    """Return readings as a run chart, judged about their median; a share ends at 0 and 100."""
    chart = RunChart(id=id, caption=caption, unit=unit, readings=tuple(readings), low=0.0)
    return replace(chart, high=100.0) if unit == "%" else chart


def heat_figure(id: str, caption: str, found: Heat, head: str, unsaid: str = "") -> TableFigure:
    """Return a heat map as a figure; a cell with nothing in it is empty.

    ``unsaid`` names the row of what was seen at no stop.
    """
    rows = [(head, *(begin.isoformat() for begin in found.begins))]
    for place, counts in zip(found.places, found.counts, strict=True):
        rows.append((place or unsaid, *(str(count) if count else "" for count in counts)))
    return TableFigure(id=id, caption=caption, rows=tuple(rows), drawn="shades")


def told_figure(
    id: str, caption: str, answers: Sequence[Answer], heads: tuple[str, str]
) -> TableFigure:
    """Return the shares told back as a curve of steps, in days and per cent.

    It reaches as far as anything is known: to the promise that waits, or waited, longest.
    """
    last = max((one.days for one in answers), default=0)
    curve = told_curve(answers)
    rows = [heads, *((str(one.day), f"{100 * one.share:.1f}") for one in curve)]
    if curve[-1].day < last:
        rows.append((str(last), f"{100 * curve[-1].share:.1f}"))
    return TableFigure(id=id, caption=caption, rows=tuple(rows), drawn="steps")
