"""Charts of PowerPoint's own, with their data in a workbook, laid over the plot as paper has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gemba.domain.figures import Pareto, RunChart, TableFigure
from gemba.domain.figures.pareto_rules import rank
from gemba.domain.figures.run_chart import (
    evenly_spaced,
    in_order,
    phases,
    value_scale,
    whole,
)
from gemba.domain.figures.telling import Say, number_text, short_date, with_unit
from gemba.domain.figures.words import bar_words
from gemba.reports.marks import ChartMark, RectMark, TextMark
from gemba.reports.slide_chart_parts import (
    Around,
    Series,
    add_chart,
    fill,
    label_point,
    name_axis,
    outline,
    rgb,
    stroke,
    value_axis,
    write_axis,
    write_in,
)
from gemba.reports.slide_limits import add_limits, add_ranges
from gemba.reports.slide_points import add_points
from gemba.reports.style import Colour

_LEAST_BAR: Final = 4.0


def add_own_chart(slide: Any, mark: ChartMark, say: Say) -> Any:
    """Add what a chart on paper shows as a chart of PowerPoint's own and return its frame; None
    where it has none."""
    shows = mark.shows
    figure = shows.figure if shows is not None else None
    if shows is None:
        return None
    if isinstance(figure, RunChart) and shows.part == "limits":
        return add_limits(slide, figure, mark, shows, say)
    if isinstance(figure, RunChart) and shows.part == "ranges":
        return add_ranges(slide, figure, mark, shows, say)
    if isinstance(figure, RunChart):
        if figure.method != "median":
            # Without limits paper shows a mean, which moves with every reading to come.
            return None
        return add_run_chart(slide, figure, mark, say)
    if isinstance(figure, Pareto):
        return add_pareto(slide, figure, mark, say)
    if isinstance(figure, TableFigure):
        return add_points(slide, figure, mark, shows, say)
    return None


def add_run_chart(slide: Any, chart: RunChart, mark: ChartMark, say: Say) -> Any:
    """Add a line chart with readings, a median for each phase and the goal; return its frame."""
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION

    readings = in_order(chart)
    days = [reading.on for reading in readings]
    even = evenly_spaced(readings) or len(set(days)) < len(days)
    names: Sequence[str | date] = [short_date(day) for day in days] if even else days
    series = [Series(_measure(chart, say), tuple(reading.value for reading in readings))]
    medians = _medians(chart)
    for line in medians:
        inside = range(line.first, line.end)
        median = with_unit(number_text(line.value, 3), _short(chart.unit))
        label = say("run_chart.median_label", median=median)
        values = tuple(line.value if at in inside else None for at in range(len(readings)))
        series.append(Series(label, values))
    if chart.goal is not None:
        label = chart.goal_label.strip() or say(
            "run_chart.goal_label", goal=with_unit(number_text(chart.goal), _short(chart.unit))
        )
        series.append(Series(label, tuple(chart.goal for _ in readings)))
    around = Around(mark.before, 3, mark.after, 7)
    frame = add_chart(slide, XL_CHART_TYPE.LINE_MARKERS, names, series, mark, around)
    made = frame.chart
    scale = value_scale(chart, 5 if mark.height > 40 else 4)
    value_axis(made.value_axis, scale.low, scale.high, scale.ticks)
    name_axis(made.category_axis)
    lines = list(made.plots[0].series)
    dotted = any(isinstance(one, RectMark) and one.round for one in mark.marks)
    stroke(lines[0], "accent", 1.0, dots=dotted)
    for number, line in enumerate(medians, 1):
        stroke(lines[number], "ink_soft" if line.carried else "ink", 0.75, dashed=line.carried)
        if number == len(medians):
            at = line.end - 1
            label_point(lines[number], at, series[number].name, XL_LABEL_POSITION.RIGHT)
    if chart.goal is not None:
        stroke(lines[-1], "ink", 1.0, dashed=True)
        at = _free_place(mark, series[-1].name, len(readings))
        label_point(lines[-1], at, series[-1].name, XL_LABEL_POSITION.ABOVE)
    return frame


@dataclass(frozen=True, slots=True)
class _Median:
    """A median over the readings from ``first`` up to ``end``; dashed where it is carried on."""

    value: float
    first: int
    end: int
    carried: bool = False


def _medians(chart: RunChart) -> list[_Median]:
    """Return the medians as paper draws them; the one frozen before a change reaches on."""
    held = [phase for phase in phases(chart) if phase.median is not None]
    found: list[_Median] = []
    frozen = whole(chart)
    if chart.frozen and chart.medians_by_phase and len(held) > 1 and frozen.median is not None:
        found.append(_Median(frozen.median, max(0, frozen.base - 1), frozen.end, carried=True))
    for phase in held:
        value = phase.median or 0.0
        turn = min(phase.end, max(phase.first, phase.base)) if chart.frozen else phase.end
        if turn > phase.first:
            found.append(_Median(value, phase.first, turn))
        if turn < phase.end:
            found.append(_Median(value, max(phase.first, turn - 1), phase.end, carried=True))
    return found


def _free_place(mark: ChartMark, words: str, count: int) -> int:
    """Return the reading over which paper has the words of a line."""
    found = [one for one in mark.marks if isinstance(one, TextMark) and one.text == words]
    share = (found[0].x + found[0].width / 2 - mark.x) / mark.width if found else 0.2
    return min(count - 1, max(0, round(share * (count - 1))))


def _measure(chart: RunChart, say: Say) -> str:
    return chart.caption.strip() or chart.unit.strip() or "1"


def _short(unit: str) -> str:
    return unit if len(unit) <= 3 else ""


def add_pareto(slide: Any, figure: Pareto, mark: ChartMark, say: Say) -> Any:
    """Add lying bars, the largest on top; return the frame of the chart, None without room."""
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION

    ranking = rank(figure)
    if mark.height < _LEAST_BAR * len(ranking.bars):
        # Paper shows the largest only; squeezed together none could be read.
        return None
    names = [bar_words(bar, say) for bar in ranking.bars]
    key = "before" if figure.compares else "cost" if figure.by == "cost" else "count"
    series = [Series(say(f"pareto.{key}"), tuple(bar.value for bar in ranking.bars))]
    if figure.compares:
        series.append(Series(say("pareto.after"), tuple(bar.after for bar in ranking.bars)))
    kind = XL_CHART_TYPE.BAR_CLUSTERED
    frame = add_chart(slide, kind, names, series, mark, Around(mark.before, 1, mark.after, 1))
    made = frame.chart
    longest = max(max(bar.value, bar.after or 0.0) for bar in ranking.bars) or 1.0
    made.value_axis.visible = False
    made.value_axis.has_major_gridlines = False
    made.value_axis.minimum_scale, made.value_axis.maximum_scale = 0.0, longest
    axis = made.category_axis
    axis.reverse_order = True
    write_axis(axis)
    axis.tick_labels.font.color.rgb = rgb("ink")
    plot = made.plots[0]
    plot.gap_width, plot.overlap = (50, 100) if not figure.compares else (36, -8)
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = "General", False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    write_in(labels.font, "ink")
    drawn = list(plot.series)
    if figure.compares:
        outline(drawn[0], "ink_soft")
        fill(drawn[1].format, "accent")
        return frame
    for number, bar in enumerate(ranking.bars):
        few = ranking.telling and number < ranking.few
        colour: Colour = "series_3" if bar.other else "accent" if few else "series_2"
        fill(drawn[0].points[number].format, colour)
    return frame
