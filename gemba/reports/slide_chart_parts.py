"""What charts of PowerPoint's own share: where their plot lies, their workbook, lines and axes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from gemba.domain.legible import legible
from gemba.reports.marks import ChartMark
from gemba.reports.slide_text import FACE
from gemba.reports.slide_xml import emu
from gemba.reports.style import COLOURS, LABEL, Colour

Number = float | None


@dataclass(frozen=True, slots=True)
class Around:
    """The room of a chart round its plot in mm: for what is written along the axes."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    values: tuple[Number, ...]


def add_chart(
    slide: Any,
    kind: Any,
    names: Sequence[str | date],
    series: Sequence[Series],
    mark: ChartMark,
    around: Around,
) -> Any:
    """Add a chart of categories whose inner plot is exactly where paper has it."""
    from pptx.chart import data as chart_data

    data: Any = chart_data.CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = [legible(one) if isinstance(one, str) else one for one in names]
    for one in series:
        data.add_series(legible(one.name), [finite(value) for value in one.values])
    return placed_chart(slide, kind, data, workbook_of(names, series), mark, around)


def placed_chart(
    slide: Any, kind: Any, data: Any, workbook: bytes, mark: ChartMark, around: Around
) -> Any:
    """Add a chart with its workbook, its inner plot exactly where paper has it."""
    x, y = mark.x - around.left, mark.y - around.top
    width = mark.width + around.left + around.right
    height = mark.height + around.top + around.bottom
    frame = slide.shapes.add_chart(kind, emu(x), emu(y), emu(width), emu(height), data)
    made = frame.chart
    made.part.chart_workbook.update_from_xlsx_blob(workbook)
    made.has_legend = False
    made.has_title = False
    made.font.name, made.font.size = FACE, in_points(LABEL.size)
    shares = (
        around.left / width,
        around.top / height,
        mark.width / width,
        mark.height / height,
    )
    lay_out(made, shares)
    return frame


def finite(value: Number) -> Number:
    return value if value is not None and isfinite(value) else None


def workbook_of(names: Sequence[str | date], series: Iterable[Series]) -> bytes:
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
            if (known := finite(value)) is not None:
                page.write_number(row, column, known)
    book.close()
    return out.getvalue()


def lay_out(made: Any, shares: tuple[float, float, float, float]) -> None:
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


def value_axis(axis: Any, low: float, high: float, ticks: Sequence[float]) -> None:
    axis.minimum_scale, axis.maximum_scale = low, high
    if len(ticks) > 1:
        axis.major_unit = ticks[1] - ticks[0]
    axis.has_major_gridlines = True
    line = axis.major_gridlines.format.line
    line.width, line.color.rgb = in_points(0.5), rgb("grid")
    axis.format.line.fill.background()
    write_in(axis.tick_labels.font, "ink_soft")
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "General", False
    set_child(axis._element, "crossBetween", "midCat")


def name_axis(axis: Any) -> None:
    """Draw the axis without words: as text of their own the dates stand where paper has them."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    write_axis(axis)
    axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE


def write_axis(axis: Any) -> None:
    from pptx.enum.chart import XL_TICK_MARK

    axis.has_major_gridlines = False
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.width, axis.format.line.color.rgb = in_points(0.5), rgb("axis")
    write_in(axis.tick_labels.font, "ink_soft")


def write_in(font: Any, colour: Colour) -> None:
    font.size, font.name, font.bold = in_points(LABEL.size), FACE, False
    font.color.rgb = rgb(colour)


def set_child(element: Any, name: str, value: str) -> None:
    found = element.find(f"{{{element.nsmap['c']}}}{name}")
    if found is not None:
        found.set("val", value)


def stroke(
    series: Any, colour: Colour, pt: float, *, dots: bool = False, dashed: bool = False
) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE

    series.smooth = False
    line = series.format.line
    line.width, line.color.rgb = in_points(pt), rgb(colour)
    if dashed:
        line.dash_style = MSO_LINE.DASH
    series.marker.style = XL_MARKER_STYLE.CIRCLE if dots else XL_MARKER_STYLE.NONE
    if dots:
        series.marker.size = 3
        fill(series.marker.format, colour)
        series.marker.format.line.color.rgb = rgb(colour)


def label_point(series: Any, at: int, words: str, where: Any) -> None:
    label = series.points[at].data_label
    frame = label.text_frame
    frame.text = legible(words)
    write_in(frame.paragraphs[0].runs[0].font, "ink")
    frame.word_wrap = False
    label.position = where


def outline(series: Any, colour: Colour) -> None:
    series.format.fill.background()
    series.format.line.width, series.format.line.color.rgb = in_points(0.5), rgb(colour)


def fill(look: Any, colour: Colour) -> None:
    look.fill.solid()
    look.fill.fore_color.rgb = rgb(colour)


def in_points(pt: float) -> Any:
    from pptx.util import Pt

    return Pt(pt)


def rgb(colour: Colour) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(COLOURS[colour][1:])  # type: ignore[no-untyped-call]
