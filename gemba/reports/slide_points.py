"""Tables drawn as a curve or as dots, as charts of PowerPoint's own."""

from __future__ import annotations

import io
from typing import Any

from gemba.domain.figures import TableFigure
from gemba.domain.figures.table_chart import across_of, points_of, stepped, value_scale
from gemba.domain.figures.telling import Say, number_text
from gemba.domain.legible import legible
from gemba.reports.charted import Charted
from gemba.reports.marks import ChartMark
from gemba.reports.slide_chart_parts import (
    Around,
    name_axis,
    placed_chart,
    stroke,
    value_axis,
)

_Places = tuple[tuple[float, float], ...]


def add_points(slide: Any, figure: TableFigure, mark: ChartMark, shows: Charted, say: Say) -> Any:
    """Add a chart of points with lines: dots with their median, or the curve of their steps."""
    from pptx.chart import data as chart_data
    from pptx.enum.chart import XL_CHART_TYPE

    points, dots = points_of(figure), shows.part == "dots"
    across = across_of(points, dots=dots)
    places = points.points if dots else tuple(stepped(points.points))
    series: list[tuple[str, _Places]] = [(points.unit.strip() or figure.caption.strip(), places)]
    middle = points.middle
    if dots and middle is not None:
        words = say("table.middle_label", middle=number_text(middle))
        series.append((words, ((across.low, middle), (across.high, middle))))
    data: Any = chart_data.XyChartData()  # type: ignore[no-untyped-call]
    for name, found in series:
        one = data.add_series(legible(name))
        for at, value in found:
            one.add_data_point(at, value)
    around = Around(mark.before, 3, mark.after, 7)
    kind = XL_CHART_TYPE.XY_SCATTER_LINES
    made = placed_chart(slide, kind, data, _workbook(series), mark, around)
    ticks = value_scale(points, 5 if mark.height > 40 else 4).ticks
    value_axis(made.chart.value_axis, shows.low, shows.high, ticks)
    name_axis(made.chart.category_axis)
    made.chart.category_axis.minimum_scale = across.low
    made.chart.category_axis.maximum_scale = across.high
    lines = list(made.chart.plots[0].series)
    stroke(lines[0], "accent", 1.0, dots=dots or len(places) == 1)
    for line in lines[1:]:
        stroke(line, "ink", 0.75)
    return made


def _workbook(series: list[tuple[str, _Places]]) -> bytes:
    """Return the workbook behind a chart: for each series its points under its name."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book: Any = Workbook(out, {"in_memory": True})
    page = book.add_worksheet("Sheet1")
    row = 0
    for name, places in series:
        page.write_string(row, 1, legible(name)[:32_767])
        for number, (at, value) in enumerate(places, row + 1):
            page.write_number(number, 0, at)
            page.write_number(number, 1, value)
        row += len(places) + 2
    book.close()
    return out.getvalue()
