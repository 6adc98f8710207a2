"""What charts over time share on paper: grid, dates, the line of data, its marks, the goal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gemba.domain.figures import RunChart
from gemba.domain.figures.run_chart import across, in_order, phases, spots
from gemba.domain.figures.scale import Scale, Spot, date_ticks, thinned
from gemba.domain.figures.telling import Say, number_text, short_date, with_unit
from gemba.reports.ink import Ink
from gemba.reports.lines import cut, fold
from gemba.reports.style import DATA_PT, HAIRLINE_PT, LABEL, LABEL_SOFT, MM, Colour

_DOT = 0.48
_DOT_ROOM = 0.8
_CLEAR = 1.4


def inset(width: float) -> float:
    """Return how far the first and last reading stand in from the ends of the axis."""
    return min(1.0, max(0.0, width) / 40)


@dataclass(frozen=True, slots=True)
class Plot:
    """The area of the data, in mm, and its scale."""

    ink: Ink
    left: float
    top: float
    right: float
    bottom: float
    scale: Scale

    def part(self, top: float, bottom: float, scale: Scale) -> Plot:
        """Return a strip of the plot with a scale of its own."""
        return replace(self, top=top, bottom=bottom, scale=scale)

    def shortened(self, by: float) -> Plot:
        """Return the plot without a strip at its foot."""
        return replace(self, bottom=self.bottom - by)

    def x(self, at: float) -> float:
        """Return where a place across the chart (0 to 1) lies."""
        aside = inset(self.right - self.left)
        return self.left + aside + at * (self.right - self.left - 2 * aside)

    def y(self, value: float) -> float:
        """Return where a value lies."""
        return self.bottom - self.scale.share(value) * (self.bottom - self.top)


def draw_grid(plot: Plot) -> None:
    for tick in plot.scale.ticks:
        y = plot.y(tick)
        plot.ink.line(plot.left, y, plot.right, y, colour="grid", pt=HAIRLINE_PT)
        words = number_text(tick)
        base = y + LABEL.size * 0.32 / MM
        plot.ink.text(plot.left - 2.0, base, words, LABEL_SOFT, align="right")
    low = plot.bottom
    plot.ink.line(plot.left, low, plot.right, low, colour="axis", pt=HAIRLINE_PT)


def draw_dates(plot: Plot, chart: RunChart) -> None:
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


def stretches(line: Sequence[Spot]) -> Iterator[list[tuple[float, float]]]:
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


def draw_data(plot: Plot, chart: RunChart) -> list[list[tuple[float, float]]]:
    """Draw the readings and mark the signals; return the lines drawn, in mm."""
    dotted = _dotted(plot, chart)
    lines = line_of(plot, spots(chart), colour="accent", pt=DATA_PT, dotted=dotted)
    _draw_signals(plot, chart)
    return lines


def line_of(
    plot: Plot, placed: Sequence[Spot], *, colour: Colour, pt: float, dotted: bool = False
) -> list[list[tuple[float, float]]]:
    """Draw a line, thinned to what paper can show, with dots where it is alone or wanted."""
    columns = int((plot.right - plot.left) / 0.18)
    lines = []
    radius = min(_DOT, (plot.right - plot.left) / max(1, len(placed)) * 0.32) if dotted else _DOT
    for stretch in stretches(thinned(placed, columns)):
        points = [(plot.x(at), plot.y(value)) for at, value in stretch]
        crowded = len(placed) * _DOT_ROOM > plot.right - plot.left
        plot.ink.polyline(points, colour=colour, pt=pt * 0.6 if crowded else pt)
        for x, y in points if dotted or len(points) == 1 else ():
            plot.ink.circle(x, y, radius, stroke=None, fill=colour)
        lines.append(points)
    return lines


def _draw_signals(plot: Plot, chart: RunChart) -> None:
    """Ring what lies beyond the limits; what only makes a pattern is a hollow dot."""
    placed, readings = spots(chart), in_order(chart)
    room = (plot.right - plot.left) / max(1, len(placed))
    for phase in phases(chart):
        for hit in phase.hits:
            alone = hit.first == hit.last or hit.rule == "range"
            for at in range(hit.last if alone else hit.first, hit.last + 1):
                value = readings[phase.counted[at]].value
                if value is None:
                    continue
                x, y = plot.x(placed[phase.counted[at]].at), plot.y(value)
                if alone:
                    plot.ink.circle(x, y, 1.15, pt=0.9)
                else:
                    radius = min(0.62, room * 0.42)
                    plot.ink.circle(x, y, radius, stroke="accent", fill="paper", pt=0.75)


def _dotted(plot: Plot, chart: RunChart) -> bool:
    return (plot.right - plot.left) / max(1, len(chart.readings)) >= _DOT_ROOM


def thinned_told(chart: RunChart, width: float, say: Say) -> list[str]:
    """Say that readings are too many for dots of their own on a plot so wide, where they are."""
    if len(chart.readings) <= 4 * int(max(0.0, width) / 0.18):
        return []
    return [say("run_chart.thinned", count=number_text(float(len(chart.readings))))]


def draw_goal(
    plot: Plot, chart: RunChart, lines: Sequence[Sequence[tuple[float, float]]], say: Say
) -> None:
    if chart.goal is None:
        return
    y = plot.y(chart.goal)
    plot.ink.line(plot.left, y, plot.right, y, colour="ink", pt=1.0, dash=(1.7, 1.0))
    goal = with_unit(number_text(chart.goal), chart.unit if len(chart.unit) <= 3 else "")
    words = chart.goal_label.strip() or say("run_chart.goal_label", goal=goal)
    room = plot.right - plot.left
    words = cut(fold(words, room, LABEL), 1, room, LABEL)[0]
    width = min(Ink.text_width(words, LABEL), room)
    x, base, free = free_place(plot, y, width, lines)
    if not free:
        top = base - LABEL.size * 0.76 / MM
        plot.ink.rect(x - 0.4, top, width + 0.8, 3.0, stroke=None, fill="paper")
    plot.ink.text(x, base, words, LABEL)


def free_place(
    plot: Plot, y: float, width: float, lines: Sequence[Sequence[tuple[float, float]]]
) -> tuple[float, float, bool]:
    """Find a place above or below the goal line that no data crosses; else the first one."""
    room = plot.right - plot.left - width
    # The tail of a g is 0.7 mm long, and half the line 0.2: half a mm of paper is left between.
    above, under = y - 1.4, y + 3.3
    for base in (above, under):
        if base - 2.6 < plot.top - _CLEAR or base > plot.bottom:
            continue
        for step in range(13):
            x = plot.left + 0.6 + (room - 1.2) * step / 12
            box = (x - 0.6, base - 2.6, x + width + 0.6, base + 0.7)
            if not any(crosses(line, box) for line in lines):
                return x, base, True
    return plot.left + 0.6, under if above - 2.6 < plot.top - _CLEAR else above, False


def crosses(line: Sequence[tuple[float, float]], box: tuple[float, float, float, float]) -> bool:
    """Tell whether a line enters a rectangle of left, top, right and bottom."""
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
