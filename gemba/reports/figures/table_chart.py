"""A table drawn as a chart: a curve of steps, dots with their median, or a heat map."""

from __future__ import annotations

from datetime import date
from typing import Final

from gemba.domain.figures import TableFigure
from gemba.domain.figures.scale import Scale
from gemba.domain.figures.table_chart import (
    SHADES,
    Points,
    Shaded,
    across_of,
    points_of,
    shaded_of,
    stepped,
    unread_told,
    value_scale,
    way_of,
)
from gemba.domain.figures.telling import number_text, short_date
from gemba.reports.charted import Charted
from gemba.reports.figures.parts import (
    Frame,
    caption_height,
    draw_caption,
    leading,
    say_quietly,
    say_too_small,
    too_small_height,
)
from gemba.reports.figures.plot import Plot, draw_grid
from gemba.reports.ink import Ink
from gemba.reports.lines import cut, fold
from gemba.reports.style import DATA_PT, HAIRLINE_PT, LABEL, LABEL_SOFT, MM, Colour, TextStyle

_HIGH: Final = 48.0
_LEAST_HIGH: Final = 10.0
_LEAST_WIDE: Final = 30.0
_FOOT: Final = 9.5
"""Room under a plot for its numbers and the name of its axis."""
_ROW: Final = 5.6
_CELL: Final = 1.0
"""A cell of a heat map is at least so wide; with a number in it 5.5 mm."""
_WRITTEN: Final = 5.5
_NAME: Final = 0.38
_GREYS: Final[tuple[Colour, ...]] = ("paper", "grid", "series_3", "series_2", "accent")
_LIGHT: Final = TextStyle("regular", LABEL.size, LABEL.leading, "paper")


def natural_size(figure: TableFigure, available: float) -> tuple[float, float]:
    """Return the room a table takes as a chart at a width."""
    over = caption_height(figure.caption, available)
    if way_of(figure) == "shades":
        shaded = shaded_of(figure)
        foot = leading(LABEL_SOFT) if shaded.unread else 0.0
        return available, over + max(leading(LABEL), (len(shaded.rows) + 1) * _ROW + foot)
    return available, over + _HIGH


def draw(figure: TableFigure, frame: Frame) -> int:
    """Draw a table as a chart; return how many rows and columns found no room."""
    inner = draw_caption(frame, figure.caption)
    if way_of(figure) == "shades":
        return _draw_heat(shaded_of(figure), inner)
    return _draw_points(figure, inner)


def _draw_points(figure: TableFigure, frame: Frame) -> int:
    points = points_of(figure)
    if not points.points:
        say_quietly(frame, frame.say("table.no_points"))
        return 0
    values = value_scale(points, 5 if frame.height > 40 else 4)
    labels = [number_text(tick) for tick in values.ticks]
    dots = way_of(figure) == "dots"
    middle = points.middle
    beside = frame.say("table.middle_label", middle=number_text(middle or 0.0)) if dots else ""
    left = frame.x + max(Ink.text_width(one, LABEL) for one in labels) + 2.0
    right = frame.right - (Ink.text_width(beside, LABEL) + 2.2 if beside else 2.0)
    top = frame.y + leading(LABEL) + 1.0
    plot = Plot(frame.ink, left, top, right, frame.bottom - _FOOT, values)
    if right - left < _LEAST_WIDE or plot.bottom - top < _LEAST_HIGH:
        return say_too_small(frame, len(points.points))
    _words(frame, points.unit, left, right, frame.y)
    across = across_of(points, dots=dots)
    _numbers(plot, across, points.name)
    first, last = plot.x(0.0), plot.x(1.0)
    shows = Charted(figure, way_of(figure), values.low, values.high)
    high = plot.bottom - plot.top
    aside = (first - frame.x, frame.right - last)
    with frame.ink.charted(first, plot.top, last - first, high, *aside, shows):
        _data(plot, points, across, dots=dots)
    if dots and middle is not None:
        base = plot.y(middle) + LABEL.size * 0.32 / MM
        frame.ink.text(plot.right + 2.0, base, beside, LABEL)
    told = unread_told(points, frame.say)
    if told:
        room = right - left
        words = cut(fold(told[0], room, LABEL_SOFT), 1, room, LABEL_SOFT)[0]
        frame.ink.text(right, frame.bottom - 0.8, words, LABEL_SOFT, align="right")
    return 0


def _data(plot: Plot, points: Points, across: Scale, *, dots: bool) -> None:
    """Draw the curve or the dots on their grid, and the median of dots."""
    draw_grid(plot)
    line = points.points if dots else stepped(points.points)
    drawn = [(plot.x(across.share(at)), plot.y(value)) for at, value in line]
    if dots and points.middle is not None:
        y = plot.y(points.middle)
        plot.ink.line(plot.left, y, plot.right, y, colour="ink", pt=0.75)
    plot.ink.polyline(drawn, colour="accent", pt=DATA_PT)
    for x, y in drawn if dots or len(drawn) == 1 else ():
        plot.ink.circle(x, y, 0.7, stroke=None, fill="accent")


def _words(frame: Frame, text: str, left: float, right: float, top: float) -> None:
    """Draw the name of the values over the plot, cut where it is too long."""
    if text.strip():
        words = cut(fold(text, right - left, LABEL_SOFT), 1, right - left, LABEL_SOFT)[0]
        frame.ink.text(left, top + Ink.baseline_of(LABEL_SOFT), words, LABEL_SOFT)


def _numbers(plot: Plot, across: Scale, name: str) -> None:
    """Draw the numbers along the foot of a plot, and what they count."""
    taken = plot.left - 99.0
    for tick in across.ticks:
        words, x = number_text(tick), plot.x(across.share(tick))
        width = Ink.text_width(words, LABEL)
        if x - width / 2 < taken + 2.0:
            continue
        taken = x + width / 2
        plot.ink.line(x, plot.bottom, x, plot.bottom + 0.9, colour="axis", pt=HAIRLINE_PT)
        plot.ink.text(x, plot.bottom + 4.3, words, LABEL_SOFT, align="centre")
    if name.strip():
        room = (plot.right - plot.left) * 0.6
        words = cut(fold(name, room, LABEL_SOFT), 1, room, LABEL_SOFT)[0]
        plot.ink.text(plot.left, plot.bottom + 8.4, words, LABEL_SOFT)


def _draw_heat(shaded: Shaded, frame: Frame) -> int:
    if not shaded.rows or not shaded.heads:
        say_quietly(frame, frame.say("table.no_points"))
        return 0
    names = max(Ink.text_width(name, LABEL) for name, _row in shaded.rows) + 2.0
    names = min(names, frame.width * _NAME)
    columns = min(len(shaded.heads), int((frame.width - names) / _CELL))
    rows = _rows_in(frame.height, shaded)
    missing = len(shaded.rows) - rows + len(shaded.heads) - columns
    if missing:
        # What says so takes room of its own.
        rows = _rows_in(frame.height - too_small_height(frame, missing), shaded)
        missing = len(shaded.rows) - rows + len(shaded.heads) - columns
    if columns < 1 or rows < 1:
        return say_too_small(frame, len(shaded.rows))
    told = unread_told(shaded, frame.say)
    if told and not missing and frame.height - (rows + 1) * _ROW > leading(LABEL_SOFT) - 0.01:
        words = cut(fold(told[0], frame.width, LABEL_SOFT), 1, frame.width, LABEL_SOFT)[0]
        top = frame.y + (rows + 1) * _ROW
        frame.ink.text(frame.x, top + Ink.baseline_of(LABEL_SOFT), words, LABEL_SOFT)
    wide = min(14.0, (frame.width - names) / columns)
    _heads(frame, shaded, names, wide, columns)
    for number, (name, values) in enumerate(shaded.rows[:rows]):
        top = frame.y + (number + 1) * _ROW
        base = top + _ROW / 2 + LABEL.size * 0.32 / MM
        said = cut(fold(name, names - 2.0, LABEL), 1, names - 2.0, LABEL)[0] if name else ""
        frame.ink.text(frame.x, base, said, LABEL)
        for at, value in enumerate(values[:columns]):
            _cell(frame.ink, shaded, value, frame.x + names + at * wide, top, wide)
    return say_too_small(frame, missing) if missing else 0


def _rows_in(height: float, shaded: Shaded) -> int:
    """Return how many rows of a heat map stand in a height, under their heads."""
    return min(len(shaded.rows), int(height / _ROW + 0.01) - 1)


def _cell(ink: Ink, shaded: Shaded, value: float | None, x: float, top: float, wide: float) -> None:
    shade = shaded.shade(value)
    ink.rect(x, top, wide, _ROW, stroke="grid", fill=_GREYS[shade], pt=HAIRLINE_PT)
    if value is None or wide < _WRITTEN:
        return
    words = number_text(value)
    if Ink.text_width(words, LABEL) < wide - 0.6:
        style = _LIGHT if shade == SHADES else LABEL
        ink.text(
            x + wide / 2, top + _ROW / 2 + LABEL.size * 0.32 / MM, words, style, align="centre"
        )


def _heads(frame: Frame, shaded: Shaded, names: float, wide: float, columns: int) -> None:
    """Draw the heads that find room, days in short."""
    taken = -99.0
    for at, head in enumerate(shaded.heads[:columns]):
        words = _head_words(head)
        x = frame.x + names + at * wide
        width = Ink.text_width(words, LABEL_SOFT)
        if x < taken + 1.5 or x + width > frame.right + 0.5:
            continue
        taken = x + width
        frame.ink.text(x, frame.y + Ink.baseline_of(LABEL_SOFT), words, LABEL_SOFT)


def _head_words(head: str) -> str:
    try:
        return short_date(date.fromisoformat(head))
    except ValueError:
        return head
