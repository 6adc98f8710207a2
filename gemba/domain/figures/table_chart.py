"""The rules of a table that is drawn as a chart: its points, its steps, its shades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from gemba.domain.figures.pasted import comma_in, is_gap, read_date
from gemba.domain.figures.runs import median
from gemba.domain.figures.scale import Scale, fixed_scale, nice_scale
from gemba.domain.figures.table import CELLS, DRAWN, TableFigure
from gemba.domain.figures.table_rules import amount_in, body_of
from gemba.domain.figures.telling import (
    Finding,
    Say,
    cut_short,
    number_text,
    plain_english,
    row_named,
    some_named,
)

SHADES: Final = 4
"""So many greys beside white: more cannot be told apart on a copy."""


@dataclass(frozen=True, slots=True)
class Points:
    """Two columns as numbers, in the order of the first.

    ``unread`` is each row that holds no two numbers, by its number from 1 and the cell that is
    none.
    """

    name: str
    unit: str
    points: tuple[tuple[float, float], ...]
    unread: tuple[tuple[int, str], ...]

    @property
    def middle(self) -> float | None:
        """Return the median of the values."""
        return median([value for _at, value in self.points])


@dataclass(frozen=True, slots=True)
class Shaded:
    """Rows of numbers under their heads; None where a cell holds no number.

    ``unread`` is each cell that says something else, by its row from 1 and its words.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]
    unread: tuple[tuple[int, str], ...] = ()

    @property
    def largest(self) -> float:
        """Return the largest number, at the least 0."""
        return max((one for _name, row in self.rows for one in row if one is not None), default=0.0)

    def shade(self, value: float | None) -> int:
        """Return how dark a number is, 0 for nothing to SHADES for the largest."""
        if value is None or value <= 0 or self.largest <= 0:
            return 0
        return max(1, min(SHADES, -int(-SHADES * value // self.largest)))


def way_of(figure: TableFigure) -> str:
    """Return how a table is drawn: what it asks for, or its cells where it knows no such way."""
    return figure.drawn if figure.drawn in DRAWN else CELLS


def points_of(figure: TableFigure) -> Points:
    """Return the first two columns as points, sorted by the first."""
    heads, rows = body_of(figure)
    named = (*heads, "", "")[:2]
    cells = [(*row, "", "")[:2] for row in rows]
    commas = [comma_in([row[at] for row in cells]) for at in range(2)]
    found: list[tuple[float, float]] = []
    unread = []
    for number, row in enumerate(cells, 2 if figure.header else 1):
        at, value = (amount_in(row[column], commas[column]) for column in range(2))
        if at is not None and value is not None:
            found.append((at, value))
        elif any(row):
            odd = row[0] if at is None and not is_gap(row[0]) else row[1]
            unread.append((number, odd))
    return Points(named[0], named[1], tuple(sorted(found, key=lambda one: one[0])), tuple(unread))


def value_scale(points: Points, most: int = 5) -> Scale:
    """Return the axis of values: from 0 where nothing is negative; shares end at 100."""
    values = [value for _at, value in points.points] or [0.0]
    low, high = min(0.0, *values), max(0.0, *values)
    if "%" in points.unit and low >= 0 and high <= 100:
        return fixed_scale(0.0, 100.0, most)
    return nice_scale(low, high, most)


def across_of(points: Points, *, dots: bool) -> Scale:
    """Return the axis along which points stand; a curve begins at 0 where nothing is negative."""
    first, last = points.points[0][0], points.points[-1][0]
    return nice_scale(first if dots else min(0.0, first), last, 8)


def shaded_of(figure: TableFigure) -> Shaded:
    """Return a table as rows of numbers; the first column names them."""
    heads, rows = body_of(figure)
    commas = [comma_in([row[at] for row in rows]) for at in range(len(heads))]
    read = tuple(
        (
            row[0],
            tuple(amount_in(row[at], commas[at]) for at in range(1, len(heads))),
        )
        for row in rows
    )
    unread = tuple(
        (number, cell)
        for number, (row, (_name, values)) in enumerate(
            zip(rows, read, strict=True), 2 if figure.header else 1
        )
        for cell, value in zip(row[1:], values, strict=True)
        if value is None and not is_gap(cell)
    )
    return Shaded(heads[1:], read, unread)


def chart_findings(figure: TableFigure, today: date) -> tuple[Finding, ...]:
    """Name each cell that is missing in the chart a table is drawn as, and the first of the
    columns that a curve or dots leave out; nothing for a table of cells.

    ``where`` is "row:column", both from 0.
    """
    way = way_of(figure)
    heads, rows = body_of(figure)
    if way == CELLS or not heads:
        return ()
    columns = range(1, len(heads)) if way == "shades" else range(min(2, len(heads)))
    commas = [comma_in([row[at] for row in rows]) for at in range(len(heads))]
    first = 1 if figure.header else 0
    found = []
    for number, row in enumerate(rows, first):
        if not any(row):
            continue
        for at in columns:
            cell = row[at]
            if amount_in(cell, commas[at]) is not None or (way == "shades" and is_gap(cell)):
                continue
            if is_gap(cell):
                key = "table.no_value"
            else:
                key = "table.a_day" if read_date(cell, today) else "table.not_counted"
            found.append(Finding(key, f"{number}:{at}", {"cell": cut_short(cell)}))
    if way != "shades" and len(heads) > 2:
        found.append(Finding("table.third", "0:2"))
    return tuple(found)


def told_as_chart(figure: TableFigure, say: Say = plain_english) -> list[str]:
    """Say what is drawn beside the cells; nothing for a table of cells."""
    way = way_of(figure)
    if way == CELLS:
        return []
    if way == "shades":
        shaded = shaded_of(figure)
        largest = say("table.shades", largest=number_text(shaded.largest))
        return [largest, *unread_told(shaded, say)]
    points = points_of(figure)
    if not points.points:
        return [say("table.no_points"), *unread_told(points, say)]
    values = [value for _at, value in points.points]
    told = [
        say(
            f"table.{way}",
            count=len(values),
            low=number_text(min(values)),
            high=number_text(max(values)),
        )
    ]
    if way == "dots" and points.middle is not None:
        told.append(say("table.middle", middle=number_text(points.middle)))
    return told + unread_told(points, say)


def unread_told(drawn: Points | Shaded, say: Say = plain_english) -> list[str]:
    """Name the cells that are not drawn because they hold no number."""
    if not drawn.unread:
        return []
    names = [row_named(row, cell, say) for row, cell in drawn.unread]
    return [say("table.not_drawn", names=some_named(names, say))]


def stepped(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the corners of a curve that stays at each value until the next point."""
    line: list[tuple[float, float]] = []
    for at, value in points:
        if line:
            line.append((at, line[-1][1]))
        line.append((at, value))
    return line
