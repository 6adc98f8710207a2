"""A run chart: one measure over time, its median, its goal and the changes made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import ClassVar, Final

from gemba.domain.figures.counted import Counted
from gemba.domain.figures.pareto import UnreadAmount
from gemba.domain.figures.place import Place
from gemba.domain.figures.runs import Runs, median, runs_about
from gemba.domain.figures.scale import Scale, Spot, fixed_scale, nice_scale
from gemba.domain.figures.xmr import Limits, limits_of, moving_ranges
from gemba.domain.figures.xmr_rules import DEFAULT_RULES, Hit, find
from gemba.domain.later import LATER

METHODS: Final = ("median", "limits")
"""A run chart about its median, or an XmR chart with natural limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value of the measure; ``value`` is None where nothing was counted.

    ``note`` says what was special on that day.
    """

    on: date
    value: float | None
    note: str = field(default="", metadata=LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMark:
    """A change made on a day, with the short label that stands over its line.

    ``anew`` declares that the process is another one from here on: median and limits are
    computed anew. It counts only where the label says why.
    """

    on: date
    label: str
    anew: bool = field(default=False, metadata=LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadRow:
    """A row that was typed or pasted and not understood, kept as written.

    ``at`` is its place among all rows, from 0.
    """

    at: int
    on: str
    value: str
    note: str = field(default="", metadata=LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunChart:
    """Readings in order of time. ``low`` and ``high`` fix the scale, or are None.

    ``medians_by_phase`` draws one median between each two change marks. ``frozen`` judges by
    median and limits of the readings before ``baseline``, or before the first change where that
    is None, carried on. ``method`` is "median" or "limits"; ``rules`` are those by which limits
    are judged. ``unread`` keeps rows that are not readings yet, ``unread_changes`` those that
    are no change marks yet (date and label), ``unread_fields`` what was typed for goal, baseline
    or an end of the scale; none of it is drawn.
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
    method: str = field(default="median", metadata=LATER)
    frozen: bool = field(default=False, metadata=LATER)
    baseline: date | None = field(default=None, metadata=LATER)
    rules: tuple[str, ...] = field(default=DEFAULT_RULES, metadata=LATER)
    unread_fields: tuple[UnreadAmount, ...] = field(default=(), metadata=LATER)
    counted: Counted | None = field(default=None, metadata=LATER)


def typed(chart: RunChart, name: str) -> str | None:
    """Return what was typed for a field and not understood; None where nothing was."""
    return next((one.text for one in chart.unread_fields if one.field == name), None)


def with_typed(chart: RunChart, name: str, text: str | None) -> RunChart:
    """Keep what was typed for a field and not understood, or with None nothing any more."""
    kept = tuple(one for one in chart.unread_fields if one.field != name)
    new = () if text is None else (UnreadAmount(field=name, text=text),)
    return replace(chart, unread_fields=(*kept, *new))


@dataclass(frozen=True, slots=True)
class Phase:
    """The readings between two changes: from index ``first`` up to but not ``end``.

    Median and limits come from those up to but not ``base``; ``hits`` count from the first
    reading of the phase that has a value, which ``counted`` lists by their index.
    """

    first: int
    end: int
    median: float | None
    runs: Runs | None
    base: int = 0
    limits: Limits | None = None
    hits: tuple[Hit, ...] = ()
    counted: tuple[int, ...] = ()

    @property
    def carried(self) -> bool:
        """Tell whether median and limits are carried on over readings they do not come from."""
        return self.base < self.end


def in_order(chart: RunChart) -> tuple[Reading, ...]:
    """Return the readings by date; those of one day keep their order."""
    return tuple(sorted(chart.readings, key=lambda reading: reading.on))


def changes_in_order(chart: RunChart) -> tuple[ChangeMark, ...]:
    """Return the change marks by date."""
    return tuple(sorted(chart.changes, key=lambda mark: mark.on))


@lru_cache(maxsize=16)
def phases(chart: RunChart) -> tuple[Phase, ...]:
    """Return the stretches that have a median, or limits, of their own.

    A reading on the day of a change belongs to what follows it. Changes with no reading between
    them make no phase. Without ``medians_by_phase`` only a change that declares it begins anew,
    and where the chart is frozen each keeps the line of its first readings.
    """
    readings = in_order(chart)
    marks = changes_in_order(chart)
    every = chart.medians_by_phase and chart.method != "limits"
    starts = [0]
    for mark in marks:
        if every or (mark.anew and mark.label.strip()):
            first = _first_on(readings, mark.on)
            if starts[-1] < first < len(readings):
                starts.append(first)
    ends = [*starts[1:], len(readings)]
    return tuple(
        _phase(chart, readings, a, b, b if every else _base(chart, readings, a, b))
        for a, b in zip(starts, ends, strict=True)
        if a < b or not readings
    )


def _first_on(readings: Sequence[Reading], day: date) -> int:
    """Return the index of the first reading that can feel a change of a day."""
    return next((i for i, r in enumerate(readings) if r.on >= day), len(readings))


def _base(chart: RunChart, readings: Sequence[Reading], first: int, end: int) -> int:
    """Return up to where a phase gives its own median and limits: where it is not frozen, all."""
    if not chart.frozen:
        return end
    days = [mark.on for mark in changes_in_order(chart)]
    if chart.baseline is not None:
        days.insert(0, chart.baseline)
    found = (_first_on(readings, day) for day in days)
    return next((at for at in found if first < at < end), end)


def _phase(chart: RunChart, readings: Sequence[Reading], first: int, end: int, base: int) -> Phase:
    counted = tuple(i for i in range(first, end) if readings[i].value is not None)
    values = [value for i in counted if (value := readings[i].value) is not None]
    own = values[: sum(i < base for i in counted)]
    middle = median(own)
    runs = None if middle is None else runs_about(values, middle)
    if chart.method != "limits":
        return Phase(first, end, middle, runs, base, counted=counted)
    limits = limits_of(own)
    hits = find(values, limits, chart.rules) if limits is not None else ()
    return Phase(first, end, middle, runs, base, limits, hits, counted)


def ranges(chart: RunChart) -> tuple[tuple[int, float], ...]:
    """Return the moving ranges with the index of their later reading, within each phase."""
    readings = in_order(chart)
    found: list[tuple[int, float]] = []
    for phase in phases(chart):
        values = [value for at in phase.counted if (value := readings[at].value) is not None]
        found += zip(phase.counted[1:], moving_ranges(values), strict=True)
    return tuple(found)


def whole(chart: RunChart) -> Phase:
    """Return all readings as one stretch, to ask whether anything moved at all; about the
    frozen median where there is one."""
    readings = in_order(chart)
    base = _base(chart, readings, 0, len(readings))
    return _phase(replace(chart, method="median"), readings, 0, len(readings), base)


def value_scale(chart: RunChart, most: int = 5) -> Scale:
    """Return the axis of values: it holds readings, goal and limits, and starts at zero where
    nothing is negative. ``low`` and ``high`` of the chart fix its ends, unless a reading would
    be cut off."""
    values = [r.value for r in chart.readings if r.value is not None]
    if chart.goal is not None:
        values.append(chart.goal)
    if chart.method == "limits":
        values += _limits_drawn(chart, least=min(values, default=0.0))
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


def _limits_drawn(chart: RunChart, least: float) -> list[float]:
    found: list[float] = []
    for phase in phases(chart):
        if phase.limits is not None and phase.limits.upper is not None:
            found.append(phase.limits.upper)
            low = lower_drawn(phase.limits, least)
            found += [] if low is None else [low]
    return found


def lower_drawn(limits: Limits, least: float) -> float | None:
    """Return the lower limit, or None where it lies below zero and nothing measured does.

    A count, a share or a time cannot fall below zero, so such a limit could never be passed.
    """
    low = limits.lower
    return None if low is not None and low < 0 <= least else low


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
