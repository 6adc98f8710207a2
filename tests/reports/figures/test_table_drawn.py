"""A table drawn as a curve of steps or as dots shows each of its numbers where it belongs."""

from __future__ import annotations

from itertools import pairwise

import pytest

from gemba.domain.figures import TableFigure
from gemba.reports.marks import Mark, PathMark, RectMark
from tests.reports.figures.test_grey import flat, marks_of

ROWS = (("Day", "%"), ("0", "10"), ("30", "50"), ("60", "80"), ("90", "30"))
VALUES = [10.0, 50.0, 80.0, 30.0]


def drawn_as(way: str) -> list[Mark]:
    return marks_of(TableFigure(id="t", rows=ROWS, drawn=way))


def curve(marks: list[Mark]) -> list[tuple[float, float]]:
    """The corners of the one line that carries the data."""
    (line,) = [one for one in flat(marks) if isinstance(one, PathMark) and one.stroke == "accent"]
    return list(line.points)


def in_proportion(heights: list[float]) -> list[float]:
    """Heights on paper as the values they stand for, by the highest and the lowest."""
    low, high = max(heights), min(heights)
    return [10.0 + (low - one) / (low - high) * 70.0 for one in heights]


def test_steps_stay_at_a_value_until_the_next_one() -> None:
    corners = curve(drawn_as("steps"))
    assert len(corners) == 2 * len(VALUES) - 1
    for (x1, y1), (x2, y2) in pairwise(corners):
        assert (x1 == x2) is not (y1 == y2)
    assert in_proportion([y for _x, y in corners[::2]]) == pytest.approx(VALUES, abs=0.5)
    xs = [x for x, _y in corners[::2]]
    assert [b - a for a, b in pairwise(xs)] == pytest.approx([xs[1] - xs[0]] * 3, abs=0.05)


def test_a_dot_stands_at_each_value_and_a_line_at_the_median() -> None:
    marks = drawn_as("dots")
    dots = [one for one in flat(marks) if isinstance(one, RectMark) and one.round]
    middles = [one.y + one.height / 2 for one in dots]
    assert in_proportion(middles) == pytest.approx(VALUES, abs=0.5)
    level = [
        one.points[0][1]
        for one in flat(marks)
        if isinstance(one, PathMark) and one.stroke == "ink" and one.pt == 0.75
    ]
    # The median of 10, 30, 50 and 80.
    assert in_proportion([*middles, *level])[-1] == pytest.approx(40.0, abs=0.5)
