"""A run chart on paper: data in the accent, goal dashed, one median for each phase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from gemba.domain.figures import RunChart
from gemba.domain.figures.run_chart import (
    Phase,
    across,
    in_order,
    phases,
    spots,
    value_scale,
)
from gemba.domain.figures.scale import Scale, Spot, date_ticks, thinned
from gemba.domain.figures.telling import Say, number_text, short_date
from gemba.domain.figures.words import with_unit
from gemba.reports.figures.marks_of_change import Flags, place_flags
from gemba.reports.figures.parts import (
    Frame,
    caption_height,
    draw_caption,
    say_quietly,
    say_too_small,
)
from gemba.reports.ink import Ink
from gemba.reports.style import DATA_PT, HAIRLINE_PT, LABEL, LABEL_SOFT, MM

WIDTH: Final = 105.0
_LEAST_WIDTH, _LEAST_HEIGHT = 22.0, 12.0
_DOT: Final = 0.48
_DOT_ROOM: Final = 0.8
_AXIS: Final = 5.4
_CLEAR: Final = 1.4


def natural_size(chart: RunChart, available: float, say: Say) -> tuple[float, float]:
    """Return the size at which a chart is drawn well: a third as high as it is wide, or more."""
    width = min(available, WIDTH)
    return width, _around(chart, width, say) + max(28.0, width * 0.36)


def least_height(chart: RunChart, width: float, say: Say) -> float:
    """Return the height under which a chart says nothing any more."""
    return _around(chart, width, say) + _LEAST_HEIGHT


def _around(chart: RunChart, width: float, say: Say) -> float:
    """Return the room over and under the plot: caption, labels of changes, dates."""
    flags = _sides(chart, width, say).flags
    over = caption_height(chart.caption, width) + max(_CLEAR, flags.height)
    return over + _AXIS + flags.key_height


@dataclass(frozen=True, slots=True)
class _Sides:
    """What stands left, right, over and under the plot; lengths in mm from the frame."""

    left: float
    right: float
    medians: tuple[Phase, ...]
    flags: Flags


def _sides(chart: RunChart, width: float, say: Say) -> _Sides:
    scales = (value_scale(chart, _ticks(99.0)), value_scale(chart, _ticks(0.0)))
    labels = [number_text(tick) for scale in scales for tick in scale.ticks]
    left = max(Ink.text_width(label, LABEL) for label in labels) + 2.0
    medians = phases(chart)
    label = _median_words(chart, medians[-1], say) if medians else ""
    right = Ink.text_width(label, LABEL) + 2.2 if label else 1.0
    inset = _inset(width - left - right)
    flags = place_flags(chart, left + inset, width - right - inset, say)
    return _Sides(left, right, medians, flags)


def _ticks(height: float) -> int:
    return 5 if height > 40 else 4


def _inset(width: float) -> float:
    """Return how far the first and last reading stand in from the ends of the axis."""
    return min(1.0, max(0.0, width) / 40)


@dataclass(frozen=True, slots=True)
class _Plot:
    """The area of the data, in mm, and its scales."""

    ink: Ink
    left: float
    top: float
    right: float
    bottom: float
    scale: Scale

    def x(self, at: float) -> float:
        """Return where a place across the chart (0 to 1) lies."""
        inset = _inset(self.right - self.left)
        return self.left + inset + at * (self.right - self.left - 2 * inset)

    def y(self, value: float) -> float:
        """Return where a value lies."""
        return self.bottom - self.scale.share(value) * (self.bottom - self.top)


def draw(chart: RunChart, frame: Frame) -> int:
    """Draw a chart into a frame; return how many readings found no room."""
    inner = draw_caption(frame, chart.caption)
    if not any(reading.value is not None for reading in chart.readings):
        say_quietly(inner, frame.say("run_chart.nothing"))
        return 0
    plot, flags, medians = _plan(chart, inner)
    if plot.right - plot.left < _LEAST_WIDTH or plot.bottom - plot.top < _LEAST_HEIGHT - 0.05:
        return say_too_small(inner, len(chart.readings))
    flags.draw(inner, plot.top, plot.bottom)
    _draw_dates(plot, chart)
    first, last = plot.x(0.0), plot.x(1.0)
    room = (first - frame.x, frame.right - last)
    with frame.ink.charted(first, plot.top, last - first, plot.bottom - plot.top, *room):
        _draw_grid(plot)
        _draw_medians(plot, chart, medians, frame.say)
        drawn = _draw_data(plot, chart)
        _draw_goal(plot, chart, drawn, frame.say)
    _say_thinned(plot, chart, frame.say)
    return flags.missing


def _plan(chart: RunChart, frame: Frame) -> tuple[_Plot, Flags, tuple[Phase, ...]]:
    sides = _sides(chart, frame.width, frame.say)
    top = frame.y + max(_CLEAR, sides.flags.height)
    bottom = frame.bottom - _AXIS - sides.flags.key_height
    scale = value_scale(chart, _ticks(frame.height))
    left, right = frame.x + sides.left, frame.right - sides.right
    plot = _Plot(frame.ink, left, top, right, bottom, scale)
    return plot, sides.flags, sides.medians


def _draw_grid(plot: _Plot) -> None:
    for tick in plot.scale.ticks:
        y = plot.y(tick)
        plot.ink.line(plot.left, y, plot.right, y, colour="grid", pt=HAIRLINE_PT)
        words = number_text(tick)
        base = y + LABEL.size * 0.32 / MM
        plot.ink.text(plot.left - 2.0, base, words, LABEL_SOFT, align="right")
    low = plot.bottom
    plot.ink.line(plot.left, low, plot.right, low, colour="axis", pt=HAIRLINE_PT)


def _draw_dates(plot: _Plot, chart: RunChart) -> None:
    readings = in_order(chart)
    first, last = readings[0].on, readings[-1].on
    years = (last - first).days > 300
    room = Ink.text_width("28 Mmm 2026" if years else "28 Mmm", LABEL) + 6.0
    most = max(1, int((plot.right - plot.left) / room))
    taken = plot.left - 99.0
    for tick in date_ticks(first, last, most):
        words = _tick_words(tick, years)
        width = Ink.text_width(words, LABEL)
        x = plot.x(across(chart, tick))
        start = min(max(plot.left, x - width / 2), plot.right - width)
        if start < taken + 2.0:
            continue
        taken = start + width
        plot.ink.line(x, plot.bottom, x, plot.bottom + 0.9, colour="axis", pt=HAIRLINE_PT)
        plot.ink.text(start, plot.bottom + 4.3, words, LABEL_SOFT)


def _tick_words(day: date, years: bool) -> str:
    words = short_date(day, year=years)
    return words.partition(" ")[2] if years and day.day == 1 else words


def _median_words(chart: RunChart, phase: Phase, say: Say) -> str:
    if phase.median is None:
        return ""
    unit = chart.unit if len(chart.unit) <= 3 else ""
    return say("run_chart.median_label", median=with_unit(number_text(phase.median, 3), unit))


def _draw_medians(plot: _Plot, chart: RunChart, medians: Sequence[Phase], say: Say) -> None:
    placed = spots(chart)
    half = (placed[1].at - placed[0].at) / 2 if len(placed) > 1 else 0.02
    for phase in medians:
        if phase.median is None:
            continue
        y = plot.y(phase.median)
        start = max(plot.left, plot.x(placed[phase.first].at - half))
        end = min(plot.right, plot.x(placed[phase.end - 1].at + half))
        plot.ink.line(start, y, end, y, colour="ink", pt=0.75)
    last = medians[-1] if medians else None
    if last is not None and last.median is not None:
        base = plot.y(last.median) + LABEL.size * 0.32 / MM
        plot.ink.text(plot.right + 2.0, base, _median_words(chart, last, say), LABEL)


def _stretches(line: Sequence[Spot]) -> Iterator[list[tuple[float, float]]]:
    """Part the line where nothing was counted."""
    found: list[tuple[float, float]] = []
    for spot in line:
        if spot.value is not None:
            found.append((spot.at, spot.value))
        elif found:
            yield found
            found = []
    if found:
        yield found


def _draw_data(plot: _Plot, chart: RunChart) -> list[list[tuple[float, float]]]:
    """Draw the readings, thinned to what paper can show; return the lines drawn, in mm."""
    placed = spots(chart)
    columns = int((plot.right - plot.left) / 0.18)
    lines = []
    dotted = _dotted(plot, chart)
    radius = min(_DOT, (plot.right - plot.left) / max(1, len(placed)) * 0.32) if dotted else _DOT
    for stretch in _stretches(thinned(placed, columns)):
        points = [(plot.x(at), plot.y(value)) for at, value in stretch]
        pt = DATA_PT if dotted else DATA_PT * 0.6
        plot.ink.polyline(points, colour="accent", pt=pt)
        for x, y in points if dotted or len(points) == 1 else ():
            plot.ink.circle(x, y, radius, stroke=None, fill="accent")
        lines.append(points)
    return lines


def _dotted(plot: _Plot, chart: RunChart) -> bool:
    return (plot.right - plot.left) / max(1, len(chart.readings)) >= _DOT_ROOM


def _say_thinned(plot: _Plot, chart: RunChart, say: Say) -> None:
    columns = int((plot.right - plot.left) / 0.18)
    if len(chart.readings) > 4 * columns:
        words = say("run_chart.thinned", count=number_text(float(len(chart.readings))))
        plot.ink.text(plot.right, plot.top - 0.6, words, LABEL_SOFT, align="right")


def _draw_goal(
    plot: _Plot, chart: RunChart, lines: Sequence[Sequence[tuple[float, float]]], say: Say
) -> None:
    if chart.goal is None:
        return
    y = plot.y(chart.goal)
    plot.ink.line(plot.left, y, plot.right, y, colour="ink", pt=1.0, dash=(1.7, 1.0))
    goal = with_unit(number_text(chart.goal), chart.unit if len(chart.unit) <= 3 else "")
    words = chart.goal_label.strip() or say("run_chart.goal_label", goal=goal)
    width = min(Ink.text_width(words, LABEL), plot.right - plot.left)
    x, base, free = _free_place(plot, y, width, lines)
    if not free:
        top = base - LABEL.size * 0.76 / MM
        plot.ink.rect(x - 0.4, top, width + 0.8, 3.0, stroke=None, fill="paper")
    plot.ink.text(x, base, words, LABEL)


def _free_place(
    plot: _Plot, y: float, width: float, lines: Sequence[Sequence[tuple[float, float]]]
) -> tuple[float, float, bool]:
    """Find a place above or below the goal line that no data crosses; else the first one."""
    room = plot.right - plot.left - width
    above, under = y - 0.8, y + 3.2
    for base in (above, under):
        if base - 3.0 < plot.top - 4.0 or base > plot.bottom:
            continue
        for step in range(13):
            x = plot.left + 0.6 + (room - 1.2) * step / 12
            box = (x - 0.6, base - 2.6, x + width + 0.6, base + 0.7)
            if not any(_crosses(line, box) for line in lines):
                return x, base, True
    return plot.left + 0.6, above, False


def _crosses(line: Sequence[tuple[float, float]], box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = box
    before: tuple[float, float] | None = None
    for point in line:
        one, before = before or point, point
        if max(one[0], point[0]) < left or min(one[0], point[0]) > right:
            continue
        if max(one[1], point[1]) < top or min(one[1], point[1]) > bottom:
            continue
        if _between(one, point, left, right, top, bottom):
            return True
    return False


def _between(
    one: tuple[float, float],
    other: tuple[float, float],
    left: float,
    right: float,
    top: float,
    bottom: float,
) -> bool:
    """Tell whether a piece of line between two points enters a rectangle (both overlap it)."""
    dx = other[0] - one[0]
    if abs(dx) < 1e-9:
        return True
    start, end = max(left, min(one[0], other[0])), min(right, max(one[0], other[0]))
    slope = (other[1] - one[1]) / dx
    heights = (one[1] + (start - one[0]) * slope, one[1] + (end - one[0]) * slope)
    return max(heights) >= top and min(heights) <= bottom
