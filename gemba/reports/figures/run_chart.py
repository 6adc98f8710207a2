"""A run chart on paper: data in the accent, goal dashed, one median for each phase; or an XmR
chart with mean, limits and moving ranges."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

from gemba.domain.figures import RunChart
from gemba.domain.figures.chart_words import too_large_told, unread_told, verdict
from gemba.domain.figures.run_chart import Phase, phases, value_scale, whole
from gemba.domain.figures.scale import Scale
from gemba.domain.figures.telling import Say, number_text, with_unit
from gemba.reports.charted import Charted
from gemba.reports.figures import xmr
from gemba.reports.figures.marks_of_change import Flags, place_flags
from gemba.reports.figures.notes import Notes, draw_notes, notes_of
from gemba.reports.figures.parts import (
    Frame,
    caption_height,
    draw_caption,
    say_quietly,
    say_too_small,
    text_height,
)
from gemba.reports.figures.plot import (
    Plot,
    draw_data,
    draw_dates,
    draw_goal,
    draw_grid,
    inset,
    thinned_told,
)
from gemba.reports.ink import Ink
from gemba.reports.style import LABEL, LABEL_SOFT, MM

WIDTH: Final = 105.0
_LEAST_WIDTH, _LEAST_HEIGHT = 22.0, 12.0
_AXIS: Final = 5.4
_CLEAR: Final = 1.4
_ROOMY: Final = 22.0


def natural_size(chart: RunChart, available: float, say: Say) -> tuple[float, float]:
    """Return the size at which a chart is drawn well: a third as high as it is wide, or more."""
    width = min(available, WIDTH)
    plot = max(40.0, width * 0.5) if xmr.has_limits(chart) else max(28.0, width * 0.36)
    return width, _around(chart, width, say) + plot


def least_height(chart: RunChart, width: float, say: Say) -> float:
    """Return the height under which a chart says nothing any more."""
    return _around(chart, width, say) + _least_plot(chart)


def _least_plot(chart: RunChart) -> float:
    return 1.6 * _LEAST_HEIGHT if xmr.has_limits(chart) else _LEAST_HEIGHT


def _around(chart: RunChart, width: float, say: Say) -> float:
    """Return the room over and under the plot: caption, labels of changes, dates, keys."""
    sides = _sides(chart, width, say)
    over = caption_height(chart.caption, width) + max(_CLEAR, sides.flags.height)
    return over + _AXIS + sides.flags.key_height + sides.notes.key_height


@dataclass(frozen=True, slots=True)
class _Sides:
    """What stands left, right, over and under the plot; lengths in mm from the frame."""

    left: float
    right: float
    medians: tuple[Phase, ...]
    flags: Flags
    notes: Notes


@dataclass(frozen=True, slots=True)
class Room:
    """The room that stands over the plot and, for keys and for the verdict, under it, in mm;
    ``ranges`` is how far the scale of the moving ranges goes at least."""

    over: float = 0.0
    keys: float = 0.0
    verdict: float = 0.0
    ranges: float = 0.0

    @staticmethod
    def of_all(rooms: Sequence[Room]) -> Room:
        """Return a room in which each of several has its own."""
        return Room(
            max((one.over for one in rooms), default=0.0),
            max((one.keys for one in rooms), default=0.0),
            max((one.verdict for one in rooms), default=0.0),
            max((one.ranges for one in rooms), default=0.0),
        )


def room_of(chart: RunChart, width: float, say: Say) -> Room:
    """Return the room that a chart without its caption takes round its plot."""
    sides = _sides(chart, width, say)
    over = max(_CLEAR, sides.flags.height)
    told = text_height(_told(chart, width, sides, say), width, LABEL_SOFT) + 0.6
    ranges = xmr.range_scale(chart).high if xmr.has_limits(chart) else 0.0
    return Room(over, sides.flags.key_height + sides.notes.key_height, told, ranges)


def _told(chart: RunChart, width: float, sides: _Sides, say: Say) -> str:
    """Return the sentences under a chart: its verdict, and what was left out."""
    thinned = thinned_told(chart, width - sides.left - sides.right, say)
    return " ".join(
        [verdict(chart, say), *thinned, *unread_told(chart, say), *too_large_told(chart, say)]
    )


def _sides(chart: RunChart, width: float, say: Say) -> _Sides:
    medians = phases(chart)
    if xmr.has_limits(chart):
        left, right = xmr.LEFT, xmr.label_room(chart, say)
    else:
        scales = (value_scale(chart, _ticks(99.0)), value_scale(chart, _ticks(0.0)))
        labels = [number_text(tick) for scale in scales for tick in scale.ticks]
        left = max(Ink.text_width(label, LABEL) for label in labels) + 2.0
        label = _middle_words(chart, medians[-1], say) if medians else ""
        right = Ink.text_width(label, LABEL) + 2.2 if label else 1.0
    aside = inset(width - left - right)
    flags = place_flags(chart, left + aside, width - right - aside, say)
    return _Sides(left, right, medians, flags, notes_of(chart, width))


def _ticks(height: float) -> int:
    return 5 if height > 40 else 4


def draw(chart: RunChart, frame: Frame, least: Room | None = None) -> int:
    """Draw a chart into a frame; return how many changes and notes found no room, or readings.

    Charts that leave at least the same room round their plots stand level beside each other.
    """
    inner = draw_caption(frame, chart.caption)
    if not any(reading.value is not None for reading in chart.readings):
        say_quietly(inner, frame.say("run_chart.nothing"))
        return 0
    own = room_of(chart, inner.width, frame.say)
    room = Room.of_all([own, least or own])
    inner = inner.below(room.over - own.over).shortened(room.keys - own.keys)
    sides = _sides(chart, inner.width, frame.say)
    plot = _plot(chart, inner, sides)
    if plot.right - plot.left < _LEAST_WIDTH or plot.bottom - plot.top < _least_plot(chart) - 0.05:
        return say_too_small(inner, len(chart.readings))
    plot, foot = _with_verdict(chart, inner, plot, sides, room.verdict)
    draw_dates(plot, chart)
    if xmr.has_limits(chart):
        upper = _draw_ranges(chart, plot, room.ranges, frame)
        sides.flags.draw(foot, upper.top, plot.bottom)
        with _charted(upper, frame, Charted(chart, "limits", upper.scale.low, upper.scale.high)):
            xmr.draw_lines(upper, chart)
            drawn = draw_data(upper, chart)
            draw_goal(upper, chart, drawn, frame.say)
        xmr.label_lines(upper, chart, frame.say)
    else:
        upper = plot
        sides.flags.draw(foot, plot.top, plot.bottom)
        with _charted(plot, frame, Charted(chart)):
            draw_grid(plot)
            _draw_middles(plot, chart, sides.medians, frame.say)
            drawn = draw_data(plot, chart)
            draw_goal(plot, chart, drawn, frame.say)
    draw_notes(upper, chart, sides.notes, drawn)
    return sides.flags.untold + sides.notes.missing


def _charted(plot: Plot, frame: Frame, shows: Charted) -> AbstractContextManager[None]:
    """Have what is drawn meanwhile be the data of a chart between its first and last reading."""
    first, last = plot.x(0.0), plot.x(1.0)
    aside = (first - frame.x, frame.right - last)
    high = plot.bottom - plot.top
    return frame.ink.charted(first, plot.top, last - first, high, *aside, shows)


def _plot(chart: RunChart, frame: Frame, sides: _Sides) -> Plot:
    top = frame.y + max(_CLEAR, sides.flags.height)
    bottom = frame.bottom - _AXIS - sides.flags.key_height - sides.notes.key_height
    scale = value_scale(chart, _ticks(frame.height))
    left, right = frame.x + sides.left, frame.right - sides.right
    return Plot(frame.ink, left, top, right, bottom, scale)


def _with_verdict(
    chart: RunChart, frame: Frame, plot: Plot, sides: _Sides, taken: float
) -> tuple[Plot, Frame]:
    """Say under the chart whether it shows a signal, where that leaves room to see it; return
    what is left for the plot, and the frame over which keys stand."""
    words = _told(chart, frame.width, sides, frame.say)
    foot = frame
    if plot.bottom - plot.top - taken >= max(_ROOMY, _least_plot(chart)):
        frame.ink.wrapped(frame.x, frame.bottom - taken + 0.6, frame.width, words, LABEL_SOFT)
        plot = plot.shortened(taken)
        foot = frame.shortened(taken)
    sides.notes.draw_key(foot, foot.bottom)
    return plot, foot.shortened(sides.notes.key_height)


def _draw_ranges(chart: RunChart, plot: Plot, most: float, frame: Frame) -> Plot:
    """Draw the moving ranges at the foot of a plot; return the plot over them."""
    height = plot.bottom - plot.top
    under = height * xmr.RANGES
    low = plot.part(plot.bottom - under, plot.bottom, Scale(0.0, most, ()))
    with _charted(low, frame, Charted(chart, "ranges", 0.0, most)):
        xmr.draw_ranges(low, chart)
    xmr.label_ranges(low, chart, frame.say)
    top_of = plot.bottom - under - xmr.BETWEEN
    return plot.part(plot.top, top_of, xmr.padded(plot.scale, chart))


def _middle_words(chart: RunChart, phase: Phase, say: Say) -> str:
    value = _middle(chart, phase)
    if value is None:
        return ""
    words = with_unit(number_text(value, 3), chart.unit if len(chart.unit) <= 3 else "")
    if chart.method == "limits":
        return say("xmr.mean_label", mean=words)
    return say("run_chart.median_label", median=words)


def _middle(chart: RunChart, phase: Phase) -> float | None:
    if chart.method != "limits":
        return phase.median
    return None if phase.limits is None else phase.limits.mean


def _draw_middles(plot: Plot, chart: RunChart, medians: Sequence[Phase], say: Say) -> None:
    """Draw the median of each phase, or the mean where there are no limits yet."""
    for phase in medians:
        value = _middle(chart, phase)
        if value is None:
            continue
        start, turn, end = xmr.span_of(plot, chart, phase)
        y = plot.y(value)
        plot.ink.line(start, y, turn, y, colour="ink", pt=0.75)
        if end > turn:
            plot.ink.line(turn, y, end, y, colour="ink_soft", pt=0.75, dash=(1.4, 0.9))
    if chart.frozen and chart.medians_by_phase and len(medians) > 1:
        _draw_carried(plot, chart)
    last = medians[-1] if medians else None
    value = None if last is None else _middle(chart, last)
    if last is not None and value is not None:
        base = plot.y(value) + LABEL.size * 0.32 / MM
        plot.ink.text(plot.right + 2.0, base, _middle_words(chart, last, say), LABEL)


def _draw_carried(plot: Plot, chart: RunChart) -> None:
    """Draw the frozen median on through the phases that have medians of their own."""
    phase = whole(chart)
    if phase.median is not None and phase.carried:
        _, turn, end = xmr.span_of(plot, chart, phase)
        y = plot.y(phase.median)
        plot.ink.line(turn, y, end, y, colour="ink_soft", pt=0.75, dash=(1.4, 0.9))
