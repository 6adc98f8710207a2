"""A run chart: one measure over time, its median, its goal and the changes made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar

from gemba.domain.figures.place import Place
from gemba.domain.figures.runs import Runs, median, runs_about
from gemba.domain.figures.scale import Scale, Spot, fixed_scale, nice_scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value of the measure; ``value`` is None where nothing was counted."""

    on: date
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMark:
    """A change made on a day, with the short label that stands over its line."""

    on: date
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadRow:
    """A row that was typed or pasted and not understood, kept as written.

    ``at`` is its place among all rows, from 0.
    """

    at: int
    on: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunChart:
    """Readings in order of time. ``low`` and ``high`` fix the scale, or are None.

    ``medians_by_phase`` draws one median between each two change marks. ``unread`` keeps rows
    that are not readings yet, ``unread_changes`` those that are no change marks yet (date and
    label); they are not drawn.
    """

    kind: ClassVar[str] = "run_chart"
    id: str
    caption: str = ""
    place: Place = Place()
    unit: str = ""
    readings: tuple[Reading, ...] = ()
    goal: float | None = None
    goal_label: str = ""
    changes: tuple[ChangeMark, ...] = ()
    medians_by_phase: bool = True
    low: float | None = None
    high: float | None = None
    unread: tuple[UnreadRow, ...] = ()
    unread_changes: tuple[UnreadRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """The readings between two changes: from index ``first`` up to but not ``end``."""

    first: int
    end: int
    median: float | None
    runs: Runs | None


def in_order(chart: RunChart) -> tuple[Reading, ...]:
    """Return the readings by date; those of one day keep their order."""
    return tuple(sorted(chart.readings, key=lambda reading: reading.on))


def changes_in_order(chart: RunChart) -> tuple[ChangeMark, ...]:
    """Return the change marks by date."""
    return tuple(sorted(chart.changes, key=lambda mark: mark.on))


def phases(chart: RunChart) -> tuple[Phase, ...]:
    """Return the stretches that have a median of their own.

    A reading on the day of a change belongs to what follows it. Changes with no reading between
    them make no phase. Without ``medians_by_phase`` the whole chart is one.
    """
    readings = in_order(chart)
    starts = [0]
    if chart.medians_by_phase:
        for mark in changes_in_order(chart):
            first = next((i for i, r in enumerate(readings) if r.on >= mark.on), len(readings))
            if starts[-1] < first < len(readings):
                starts.append(first)
    ends = [*starts[1:], len(readings)]
    return tuple(
        _phase(readings, a, b) for a, b in zip(starts, ends, strict=True) if a < b or not readings
    )


def _phase(readings: Sequence[Reading], first: int, end: int) -> Phase:
    values = [r.value for r in readings[first:end] if r.value is not None]
    middle = median(values)
    return Phase(first, end, middle, None if middle is None else runs_about(values, middle))


def whole(chart: RunChart) -> Phase:
    """Return all readings as one stretch, to ask whether anything moved at all."""
    readings = in_order(chart)
    return _phase(readings, 0, len(readings))


def value_scale(chart: RunChart, most: int = 5) -> Scale:
    """Return the axis of values: it holds every reading and the goal, and starts at zero where
    nothing is negative. ``low`` and ``high`` of the chart fix its ends, unless a reading would
    be cut off."""
    values = [r.value for r in chart.readings if r.value is not None]
    if chart.goal is not None:
        values.append(chart.goal)
    if not values:
        values = [0.0, 1.0]
    low, high = min(values), max(values)
    if chart.low is not None and chart.high is not None:
        bottom, top = chart.low, chart.high
        if bottom < top and bottom <= low and high <= top:
            return fixed_scale(bottom, top, most)
    if chart.low is not None:
        low = min(low, chart.low)
    elif low >= 0:
        low = 0.0
    if chart.high is not None:
        high = max(high, chart.high)
    return nice_scale(low, high, most)


def evenly_spaced(readings: Sequence[Reading]) -> bool:
    """Tell whether readings come so regularly that each takes the same room, as on paper.

    Weekends and single holidays do not count as gaps; longer silences do, and then the dates
    set the distance.
    """
    steps = sorted((b.on - a.on).days for a, b in pairwise(readings))
    if not steps:
        return True
    usual = steps[len(steps) // 2]
    return steps[-1] <= max(5 if usual <= 1 else 0, 2 * usual)


def spots(chart: RunChart) -> tuple[Spot, ...]:
    """Return each reading with its place across the chart, 0 for the first and 1 for the last."""
    readings = in_order(chart)
    if not readings:
        return ()
    days = (readings[-1].on - readings[0].on).days
    if days == 0 or evenly_spaced(readings):
        last = max(1, len(readings) - 1)
        return tuple(Spot(i / last, r.value) for i, r in enumerate(readings))
    return tuple(Spot((r.on - readings[0].on).days / days, r.value) for r in readings)


def across(chart: RunChart, day: date, *, before: bool = False) -> float:
    """Return the place of a day across the chart, 0 to 1.

    With ``before`` it is where a change of that day is drawn: between the last reading before
    it and the first reading that can feel it.
    """
    readings = in_order(chart)
    if len(readings) < 2:
        return 0.5 if readings else 0.0
    placed = spots(chart)
    after = next((i for i, r in enumerate(readings) if r.on >= day), len(readings))
    if after == 0:
        return 0.0
    if after == len(readings):
        return 1.0
    if before and (readings[after].on - readings[after - 1].on) <= timedelta(days=7):
        return (placed[after - 1].at + placed[after].at) / 2
    left, right = readings[after - 1], readings[after]
    share = (day - left.on).days / max(1, (right.on - left.on).days)
    return placed[after - 1].at + share * (placed[after].at - placed[after - 1].at)
