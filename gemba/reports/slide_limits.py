"""XmR charts as charts of PowerPoint's own: readings with their limits, ranges with theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gemba.domain.figures import RunChart
from gemba.domain.figures.run_chart import (
    Phase,
    evenly_spaced,
    in_order,
    lower_drawn,
    phases,
    ranges,
)
from gemba.domain.figures.telling import Say, number_text, short_date, with_unit
from gemba.reports.charted import Charted
from gemba.reports.marks import ChartMark
from gemba.reports.slide_chart_parts import (
    Around,
    Series,
    add_chart,
    fill,
    in_points,
    name_axis,
    rgb,
    stroke,
    value_axis,
)


@dataclass(frozen=True, slots=True)
class _Level:
    """A level line over the readings from ``first`` up to ``end``."""

    words: str
    value: float
    first: int
    end: int
    solid: bool
    carried: bool


def add_limits(slide: Any, chart: RunChart, mark: ChartMark, shows: Charted, say: Say) -> Any:
    """Add a line chart with readings, mean, limits and goal; what is beyond is marked."""
    readings = in_order(chart)
    name = chart.caption.strip() or chart.unit.strip() or "X"
    series = [Series(name, tuple(reading.value for reading in readings))]
    levels = list(_levels(chart, say))
    series += [_series(level, len(readings)) for level in levels]
    if chart.goal is not None:
        goal = with_unit(number_text(chart.goal), chart.unit if len(chart.unit) <= 3 else "")
        words = chart.goal_label.strip() or say("run_chart.goal_label", goal=goal)
        series.append(Series(words, tuple(chart.goal for _ in readings)))
    made, lines = _line_chart(slide, chart, series, mark, shows)
    stroke(lines[0], "accent", 1.0, dots=mark.width / max(1, len(readings)) >= 1.6)
    _draw(lines[1:], levels)
    if chart.goal is not None:
        stroke(lines[-1], "ink", 1.0, dashed=True)
    for at, alone in _signals(chart):
        _ring(lines[0].points[at], alone=alone)
    return made


def add_ranges(slide: Any, chart: RunChart, mark: ChartMark, shows: Charted, say: Say) -> Any:
    """Add a line chart with the moving ranges, their mean and their limit."""
    count = len(in_order(chart))
    known = dict(ranges(chart))
    series = [Series("mR", tuple(known.get(at) for at in range(count)))]
    levels = list(_range_levels(chart, say))
    series += [_series(level, count) for level in levels]
    made, lines = _line_chart(slide, chart, series, mark, shows)
    stroke(lines[0], "series_2", 0.75)
    _draw(lines[1:], levels)
    return made


def _line_chart(
    slide: Any, chart: RunChart, series: list[Series], mark: ChartMark, shows: Charted
) -> tuple[Any, list[Any]]:
    from pptx.enum.chart import XL_CHART_TYPE

    readings = in_order(chart)
    days = [reading.on for reading in readings]
    even = evenly_spaced(readings) or len(set(days)) < len(days)
    names: list[str | date] = [short_date(day) for day in days] if even else list(days)
    around = Around(0, 0, 0, 1)
    made = add_chart(slide, XL_CHART_TYPE.LINE_MARKERS, names, series, mark, around)
    value_axis(made.chart.value_axis, shows.low, shows.high, ())
    made.chart.value_axis.has_major_gridlines = False
    made.chart.value_axis.visible = False
    name_axis(made.chart.category_axis)
    return made, list(made.chart.plots[0].series)


def _levels(chart: RunChart, say: Say) -> Iterator[_Level]:
    """Yield mean, upper and lower limit of each phase, carried on apart from their own."""
    least = min((r.value for r in chart.readings if r.value is not None), default=0.0)
    for phase in phases(chart):
        limits = phase.limits
        if limits is None or limits.upper is None:
            continue
        found = [("mean", limits.mean, True), ("upper", limits.upper, False)]
        low = lower_drawn(limits, least)
        found += [("lower", low, False)] if low is not None else []
        for key, value, solid in found:
            told = number_text(limits.sensible(value))
            words = say(f"xmr.{key}_label", **{"mean" if key == "mean" else "value": told})
            yield from _spans(phase, words, value, solid)


def _range_levels(chart: RunChart, say: Say) -> Iterator[_Level]:
    for phase in phases(chart):
        limits = phase.limits
        if limits is None or limits.range_limit is None:
            continue
        middle, limit = limits.range_mean, limits.range_limit
        words = say("xmr.mean_label", mean=number_text(middle, 2))
        yield from _spans(phase, words, middle, True)
        yield from _spans(phase, say("xmr.limit_label", value=number_text(limit, 3)), limit, False)


def _spans(phase: Phase, words: str, value: float, solid: bool) -> Iterator[_Level]:
    """Yield a line over what it comes from, and over what it is carried on to."""
    carried = phase.carried and phase.base > phase.first
    turn = phase.base if carried else phase.end
    yield _Level(words, value, phase.first, turn, solid, carried=False)
    if carried:
        yield _Level(words, value, turn - 1, phase.end, solid, carried=True)


def _series(level: _Level, count: int) -> Series:
    inside = range(level.first, level.end)
    return Series(level.words, tuple(level.value if at in inside else None for at in range(count)))


def _draw(lines: list[Any], levels: list[_Level]) -> None:
    for line, level in zip(lines, levels, strict=False):
        colour = "ink_soft" if level.carried else "ink"
        stroke(line, colour, 0.75, dashed=level.carried or not level.solid)  # type: ignore[arg-type]


def _signals(chart: RunChart) -> Iterator[tuple[int, bool]]:
    """Yield the index of each reading that gives a signal, and whether it does so by itself."""
    found: dict[int, bool] = {}
    for phase in phases(chart):
        for hit in phase.hits:
            alone = hit.first == hit.last or hit.rule == "range"
            for at in range(hit.last if alone else hit.first, hit.last + 1):
                index = phase.counted[at]
                found[index] = alone or found.get(index, False)
    yield from sorted(found.items())


def _ring(point: Any, *, alone: bool) -> None:
    """Ring what lies beyond the limits; what only makes a pattern is a hollow dot."""
    from pptx.enum.chart import XL_MARKER_STYLE

    point.marker.style = XL_MARKER_STYLE.CIRCLE
    point.marker.size = 7 if alone else 4
    fill(point.marker.format, "paper")
    line = point.marker.format.line
    line.width = in_points(0.9 if alone else 0.75)
    line.color.rgb = rgb("ink" if alone else "accent")
