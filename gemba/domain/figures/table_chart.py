"""The rules of a table that is drawn as a chart: its points, its steps, its shades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gemba.domain.figures.pasted import comma_in, read_number
from gemba.domain.figures.runs import median
from gemba.domain.figures.scale import Scale, fixed_scale, nice_scale
from gemba.domain.figures.table import CELLS, DRAWN, TableFigure
from gemba.domain.figures.table_rules import body_of
from gemba.domain.figures.telling import Say, number_text, plain_english

SHADES: Final = 4
"""So many greys beside white: more cannot be told apart on a copy."""


@dataclass(frozen=True, slots=True)
class Points:
    """Two columns as numbers, in the order of the first; ``unread`` rows hold no two numbers."""

    name: str
    unit: str
    points: tuple[tuple[float, float], ...]
    unread: int

    @property
    def middle(self) -> float | None:
        """Return the median of the values."""
        return median([value for _at, value in self.points])


@dataclass(frozen=True, slots=True)
class Shaded:
    """Rows of numbers under their heads; None where a cell holds no number."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]

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
    unread = 0
    for row in cells:
        at = read_number(row[0], comma=commas[0])
        value = read_number(row[1], comma=commas[1])
        if at is not None and value is not None:
            found.append((at, value))
        elif any(row):
            unread += 1
    return Points(named[0], named[1], tuple(sorted(found, key=lambda one: one[0])), unread)


def value_scale(points: Points, most: int = 5) -> Scale:
    """Return the axis of values: from 0 where nothing is negative; shares end at 100."""
    values = [value for _at, value in points.points] or [0.0]
    low, high = min(0.0, *values), max(0.0, *values)
    if "%" in points.unit and low >= 0 and high <= 100:
        return fixed_scale(0.0, 100.0, most)
    return nice_scale(low, high, most)


def shaded_of(figure: TableFigure) -> Shaded:
    """Return a table as rows of numbers; the first column names them."""
    heads, rows = body_of(figure)
    commas = [comma_in([row[at] for row in rows]) for at in range(len(heads))]
    read = tuple(
        (
            row[0],
            tuple(read_number(row[at], comma=commas[at]) for at in range(1, len(heads))),
        )
        for row in rows
    )
    return Shaded(heads[1:], read)


def told_as_chart(figure: TableFigure, say: Say = plain_english) -> list[str]:
    """Say what is drawn beside the cells; nothing for a table of cells."""
    way = way_of(figure)
    if way == CELLS:
        return []
    if way == "shades":
        shaded = shaded_of(figure)
        return [say("table.shades", largest=number_text(shaded.largest))]
    points = points_of(figure)
    if not points.points:
        return [say("table.no_points")]
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


def unread_told(points: Points, say: Say = plain_english) -> list[str]:
    """Say how many rows are not drawn because they hold no two numbers."""
    if not points.unread:
        return []
    return [say("table.not_drawn", count=points.unread)]


def stepped(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the corners of a curve that stays at each value until the next point."""
    line: list[tuple[float, float]] = []
    for at, value in points:
        if line:
            line.append((at, line[-1][1]))
        line.append((at, value))
    return line
