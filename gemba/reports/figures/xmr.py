"""The lines of an XmR chart on paper: mean and limits, and the panel of the moving ranges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gemba.domain.figures import RunChart
from gemba.domain.figures.run_chart import Phase, lower_drawn, phases, ranges, spots
from gemba.domain.figures.scale import Scale, Spot
from gemba.domain.figures.telling import Say, number_text
from gemba.reports.figures.plot import Plot, line_of
from gemba.reports.ink import Ink
from gemba.reports.style import HAIRLINE_PT, LABEL, LABEL_SOFT, MM

RANGES: Final = 0.24
"""The share of the height that the moving ranges take."""
BETWEEN: Final = 3.0
LEFT: Final = 6.0
_DASH: Final = (1.4, 0.9)
_LIMIT: Final = (0.8, 0.8)
_CARRIED: Final = (0.5, 0.7)
_STEP: Final = 3.3
_PAD: Final = 0.06


def has_limits(chart: RunChart) -> bool:
    """Tell whether there are limits to be drawn; without them readings are drawn on a grid."""
    found = phases(chart) if chart.method == "limits" else ()
    return any(phase.limits is not None and phase.limits.usable for phase in found)


def labels(chart: RunChart, say: Say) -> list[str]:
    """Return the words that stand right of the lines, to know how much room they take."""
    return [words for _, words in [*_value_labels(chart, say), *_range_labels(chart, say)]]


def _last(chart: RunChart) -> Phase | None:
    return next(
        (p for p in reversed(phases(chart)) if p.limits is not None and p.limits.usable), None
    )


def _value_labels(chart: RunChart, say: Say) -> list[tuple[float, str]]:
    phase = _last(chart)
    if phase is None or phase.limits is None or phase.limits.upper is None:
        return []
    limits = phase.limits
    upper, low = phase.limits.upper, lower_drawn(limits, _least(chart))
    found = [
        (upper, say("xmr.upper_label", value=number_text(limits.sensible(upper)))),
        (limits.mean, say("xmr.mean_label", mean=number_text(limits.sensible(limits.mean)))),
    ]
    if low is not None:
        found.append((low, say("xmr.lower_label", value=number_text(limits.sensible(low)))))
    return found


def _range_labels(chart: RunChart, say: Say) -> list[tuple[float, str]]:
    phase = _last(chart)
    if phase is None or phase.limits is None or phase.limits.range_limit is None:
        return []
    limit, middle = phase.limits.range_limit, phase.limits.range_mean
    return [
        (limit, say("xmr.limit_label", value=number_text(limit, 3))),
        (middle, say("xmr.mean_label", mean=number_text(middle, 2))),
    ]


def _least(chart: RunChart) -> float:
    return min((r.value for r in chart.readings if r.value is not None), default=0.0)


def padded(scale: Scale, chart: RunChart) -> Scale:
    """Return the ends between which readings and limits of an XmR chart lie, with some air."""
    values = [r.value for r in chart.readings if r.value is not None]
    values += [value for value, _ in _all_lines(chart)]
    if chart.goal is not None:
        values.append(chart.goal)
    low, high = min(values), max(values)
    if chart.low is not None and chart.high is not None and scale.low <= low < high <= scale.high:
        return scale
    air = (high / 2 - low / 2) * 2 * _PAD
    bottom = low - air if low < 0 or low - air > 0 else 0.0
    return Scale(max(bottom, -1.7e308), min(high + air, 1.7e308), ())


def _all_lines(chart: RunChart) -> list[tuple[float, Phase]]:
    found: list[tuple[float, Phase]] = []
    for phase in phases(chart):
        if phase.limits is None or phase.limits.upper is None:
            continue
        low = lower_drawn(phase.limits, _least(chart))
        values = (phase.limits.mean, phase.limits.upper, low)
        found += [(value, phase) for value in values if value is not None]
    return found


def draw_lines(plot: Plot, chart: RunChart) -> None:
    """Draw mean and limits of each phase."""
    for value, phase in _all_lines(chart):
        assert phase.limits is not None
        solid = value == phase.limits.mean
        _draw_line(plot, chart, phase, value, solid)


def label_lines(plot: Plot, chart: RunChart, say: Say) -> None:
    """Write right of the plot what mean and limits are, and left what is drawn."""
    _draw_labels(plot, _value_labels(chart, say))
    plot.ink.text(plot.left - 2.0, (plot.top + plot.bottom) / 2, "X", LABEL_SOFT, align="right")


def _draw_line(plot: Plot, chart: RunChart, phase: Phase, value: float, solid: bool) -> None:
    """Draw a level line; where it is carried on it is lighter."""
    start, turn, end = span_of(plot, chart, phase)
    y, dash = plot.y(value), () if solid else _LIMIT
    plot.ink.line(start, y, turn, y, pt=0.75, dash=dash)
    if end > turn:
        carried = _DASH if solid else _CARRIED
        plot.ink.line(turn, y, end, y, colour="ink_soft", pt=0.75, dash=carried)


def span_of(plot: Plot, chart: RunChart, phase: Phase) -> tuple[float, float, float]:
    """Return where the lines of a phase begin, where they are carried on, and where they end."""
    placed = spots(chart)
    half = (placed[1].at - placed[0].at) / 2 if len(placed) > 1 else 0.02
    start = max(plot.left, plot.x(placed[phase.first].at - half))
    end = min(plot.right, plot.x(placed[phase.end - 1].at + half))
    turn = end
    if phase.carried and phase.base > phase.first:
        turn = plot.x((placed[phase.base - 1].at + placed[phase.base].at) / 2)
    return start, turn, end


def _draw_labels(plot: Plot, found: Sequence[tuple[float, str]]) -> None:
    """Write beside the lines, from above, each far enough under the one before."""
    tops = [plot.y(value) for value, _ in found]
    for at in range(1, len(tops)):
        tops[at] = max(tops[at], tops[at - 1] + _STEP)
    for at in reversed(range(len(tops))):
        below = tops[at + 1] - _STEP if at + 1 < len(tops) else plot.bottom - 0.5
        tops[at] = min(tops[at], below)
    for top, (_, words) in zip(tops, found, strict=True):
        plot.ink.text(plot.right + 2.0, top + LABEL.size * 0.32 / MM, words, LABEL)


def draw_ranges(plot: Plot, chart: RunChart) -> None:
    """Draw the moving ranges under the readings, with their mean and their limit."""
    ink = plot.ink
    ink.line(plot.left, plot.bottom, plot.right, plot.bottom, colour="axis", pt=HAIRLINE_PT)
    for phase in phases(chart):
        if phase.limits is None or phase.limits.range_limit is None:
            continue
        for value, solid in ((phase.limits.range_mean, True), (phase.limits.range_limit, False)):
            _draw_line(plot, chart, phase, value, solid)
    line_of(plot, range_spots(chart), colour="series_2", pt=0.75)


def label_ranges(plot: Plot, chart: RunChart, say: Say) -> None:
    """Write right of the ranges what their mean and limit are, and left what is drawn."""
    _draw_labels(plot, _range_labels(chart, say))
    middle = (plot.top + plot.bottom) / 2 + LABEL.size * 0.32 / MM
    plot.ink.text(plot.left - 2.0, middle, "mR", LABEL_SOFT, align="right")


def range_spots(chart: RunChart) -> list[Spot]:
    """Return each moving range at the place of its later reading, a gap where a phase begins."""
    placed = spots(chart)
    begins = {phase.counted[0] for phase in phases(chart) if phase.counted}
    found = [(at, Spot(placed[at].at, None)) for at in begins]
    found += [(at, Spot(placed[at].at, value)) for at, value in ranges(chart)]
    return [spot for _, spot in sorted(found, key=lambda one: one[0])]


def range_scale(chart: RunChart) -> Scale:
    """Return the scale of the moving ranges, from zero up."""
    tops = [spot.value for spot in range_spots(chart) if spot.value is not None]
    tops += [
        phase.limits.range_limit
        for phase in phases(chart)
        if phase.limits is not None and phase.limits.range_limit is not None
    ]
    return Scale(0.0, min(max(tops, default=1.0) * (1 + _PAD), 1.7e308), ())


def label_room(chart: RunChart, say: Say) -> float:
    """Return the room right of the plot, in mm."""
    return max(Ink.text_width(words, LABEL) for words in labels(chart, say)) + 2.2
