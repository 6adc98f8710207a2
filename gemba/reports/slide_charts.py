"""Charts of PowerPoint's own, with their data in a workbook, laid over the plot as paper has it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any, Final

from gemba.domain.figures import Pareto, RunChart
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
from gemba.domain.legible import legible
from gemba.reports.marks import ChartMark, RectMark, TextMark
from gemba.reports.slide_text import FACE
from gemba.reports.slide_xml import emu
from gemba.reports.style import COLOURS, LABEL, Colour

Number = float | None
_LEAST_BAR: Final = 4.0


@dataclass(frozen=True, slots=True)
class _Around:
    """The room of a chart round its plot in mm: for what is written along the axes."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Series:
    name: str
    values: tuple[Number, ...]


def add_run_chart(slide: Any, chart: RunChart, mark: ChartMark, say: Say) -> Any:
    """Add a line chart with readings, a median for each phase and the goal; return its frame."""
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION

    readings = in_order(chart)
    days = [reading.on for reading in readings]
    even = evenly_spaced(readings) or len(set(days)) < len(days)
    names: Sequence[str | date] = [short_date(day) for day in days] if even else days
    series = [_Series(_measure(chart, say), tuple(reading.value for reading in readings))]
    medians = _medians(chart)
    for line in medians:
        inside = range(line.first, line.end)
        median = with_unit(number_text(line.value, 3), _short(chart.unit))
        label = say("run_chart.median_label", median=median)
        values = tuple(line.value if at in inside else None for at in range(len(readings)))
        series.append(_Series(label, values))
    if chart.goal is not None:
        label = chart.goal_label.strip() or say(
            "run_chart.goal_label", goal=with_unit(number_text(chart.goal), _short(chart.unit))
        )
        series.append(_Series(label, tuple(chart.goal for _ in readings)))
    around = _Around(mark.before, 3, mark.after, 7)
    frame = _add(slide, XL_CHART_TYPE.LINE_MARKERS, names, series, mark, around)
    made = frame.chart
    scale = value_scale(chart, 5 if mark.height > 40 else 4)
    _value_axis(made.value_axis, scale.low, scale.high, scale.ticks)
    _name_axis(made.category_axis)
    lines = list(made.plots[0].series)
    dotted = any(isinstance(one, RectMark) and one.round for one in mark.marks)
    _stroke(lines[0], "accent", 1.0, dots=dotted)
    for number, line in enumerate(medians, 1):
        _stroke(lines[number], "ink_soft" if line.carried else "ink", 0.75, dashed=line.carried)
        if number == len(medians):
            at = line.end - 1
            _label_point(lines[number], at, series[number].name, XL_LABEL_POSITION.RIGHT)
    if chart.goal is not None:
        _stroke(lines[-1], "ink", 1.0, dashed=True)
        at = _free_place(mark, series[-1].name, len(readings))
        _label_point(lines[-1], at, series[-1].name, XL_LABEL_POSITION.ABOVE)
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
    series = [_Series(say(f"pareto.{key}"), tuple(bar.value for bar in ranking.bars))]
    if figure.compares:
        series.append(_Series(say("pareto.after"), tuple(bar.after for bar in ranking.bars)))
    kind = XL_CHART_TYPE.BAR_CLUSTERED
    frame = _add(slide, kind, names, series, mark, _Around(mark.before, 1, mark.after, 1))
    made = frame.chart
    longest = max(max(bar.value, bar.after or 0.0) for bar in ranking.bars) or 1.0
    made.value_axis.visible = False
    made.value_axis.has_major_gridlines = False
    made.value_axis.minimum_scale, made.value_axis.maximum_scale = 0.0, longest
    axis = made.category_axis
    axis.reverse_order = True
    _write_axis(axis)
    axis.tick_labels.font.color.rgb = _rgb("ink")
    plot = made.plots[0]
    plot.gap_width, plot.overlap = (50, 100) if not figure.compares else (36, -8)
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = "General", False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    _write(labels.font, "ink")
    drawn = list(plot.series)
    if figure.compares:
        _outline(drawn[0], "ink_soft")
        _fill(drawn[1].format, "accent")
        return frame
    for number, bar in enumerate(ranking.bars):
        few = ranking.telling and number < ranking.few
        colour: Colour = "series_3" if bar.other else "accent" if few else "series_2"
        _fill(drawn[0].points[number].format, colour)
    return frame


def _add(
    slide: Any,
    kind: Any,
    names: Sequence[str | date],
    series: Sequence[_Series],
    mark: ChartMark,
    around: _Around,
) -> Any:
    """Add a chart whose inner plot is exactly where paper has it."""
    from pptx.chart import data as chart_data

    data: Any = chart_data.CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = [legible(one) if isinstance(one, str) else one for one in names]
    for one in series:
        data.add_series(legible(one.name), [_finite(value) for value in one.values])
    x, y = mark.x - around.left, mark.y - around.top
    width = mark.width + around.left + around.right
    height = mark.height + around.top + around.bottom
    frame = slide.shapes.add_chart(kind, emu(x), emu(y), emu(width), emu(height), data)
    made = frame.chart
    made.part.chart_workbook.update_from_xlsx_blob(_workbook(names, series))
    made.has_legend = False
    made.has_title = False
    made.font.name, made.font.size = FACE, _points(LABEL.size)
    shares = (
        around.left / width,
        around.top / height,
        mark.width / width,
        mark.height / height,
    )
    _lay_out(made, shares)
    return frame


def _finite(value: Number) -> Number:
    return value if value is not None and isfinite(value) else None


def _workbook(names: Sequence[str | date], series: Iterable[_Series]) -> bytes:
    """Return the workbook behind a chart; every text in it stays a text."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book: Any = Workbook(out, {"in_memory": True})
    page = book.add_worksheet("Sheet1")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for row, name in enumerate(names, 1):
        if isinstance(name, str):
            page.write_string(row, 0, legible(name)[:32_767])
        else:
            page.write_datetime(row, 0, name, day)
    for column, one in enumerate(series, 1):
        page.write_string(0, column, legible(one.name)[:32_767])
        for row, value in enumerate(one.values, 1):
            if (known := _finite(value)) is not None:
                page.write_number(row, column, known)
    book.close()
    return out.getvalue()


def _lay_out(made: Any, shares: tuple[float, float, float, float]) -> None:
    """Fix the inner plot at shares of the chart: left, top, width and height."""
    from pptx.oxml import parse_xml

    x, y, width, height = shares
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    layout = parse_xml(
        f'<c:layout xmlns:c="{space}"><c:manualLayout><c:layoutTarget val="inner"/>'
        f'<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="{x:.5f}"/><c:y val="{y:.5f}"/>'
        f'<c:w val="{width:.5f}"/><c:h val="{height:.5f}"/></c:manualLayout></c:layout>'
    )
    area = made._chartSpace.chart.plotArea
    for old in area.findall(f"{{{space}}}layout"):
        area.remove(old)
    area.insert(0, layout)


def _value_axis(axis: Any, low: float, high: float, ticks: Sequence[float]) -> None:
    axis.minimum_scale, axis.maximum_scale = low, high
    if len(ticks) > 1:
        axis.major_unit = ticks[1] - ticks[0]
    axis.has_major_gridlines = True
    line = axis.major_gridlines.format.line
    line.width, line.color.rgb = _points(0.5), _rgb("grid")
    axis.format.line.fill.background()
    _write(axis.tick_labels.font, "ink_soft")
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "General", False
    _set(axis._element, "crossBetween", "midCat")


def _name_axis(axis: Any) -> None:
    """Draw the axis without words: as text of their own the dates stand where paper has them."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    _write_axis(axis)
    axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE


def _write_axis(axis: Any) -> None:
    from pptx.enum.chart import XL_TICK_MARK

    axis.has_major_gridlines = False
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.width, axis.format.line.color.rgb = _points(0.5), _rgb("axis")
    _write(axis.tick_labels.font, "ink_soft")


def _write(font: Any, colour: Colour) -> None:
    font.size, font.name, font.bold = _points(LABEL.size), FACE, False
    font.color.rgb = _rgb(colour)


def _set(element: Any, name: str, value: str) -> None:
    found = element.find(f"{{{element.nsmap['c']}}}{name}")
    if found is not None:
        found.set("val", value)


def _stroke(
    series: Any, colour: Colour, pt: float, *, dots: bool = False, dashed: bool = False
) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE

    series.smooth = False
    line = series.format.line
    line.width, line.color.rgb = _points(pt), _rgb(colour)
    if dashed:
        line.dash_style = MSO_LINE.DASH
    series.marker.style = XL_MARKER_STYLE.CIRCLE if dots else XL_MARKER_STYLE.NONE
    if dots:
        series.marker.size = 3
        _fill(series.marker.format, colour)
        series.marker.format.line.color.rgb = _rgb(colour)


def _label_point(series: Any, at: int, words: str, where: Any) -> None:
    label = series.points[at].data_label
    frame = label.text_frame
    frame.text = legible(words)
    _write(frame.paragraphs[0].runs[0].font, "ink")
    frame.word_wrap = False
    label.position = where


def _outline(series: Any, colour: Colour) -> None:
    series.format.fill.background()
    series.format.line.width, series.format.line.color.rgb = _points(0.5), _rgb(colour)


def _fill(look: Any, colour: Colour) -> None:
    look.fill.solid()
    look.fill.fore_color.rgb = _rgb(colour)


def _points(pt: float) -> Any:
    from pptx.util import Pt

    return Pt(pt)


def _rgb(colour: Colour) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(COLOURS[colour][1:])  # type: ignore[no-untyped-call]
