"""What a drawing tells apart by tone stays apart on a copy in grey."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from gemba.domain.figures import Figure
from gemba.reports.figures import draw, natural_size
from gemba.reports.marks import ChartMark, Mark, Marks, PathMark, RectMark, TableMark
from gemba.reports.style import COLOURS, Colour, rgb
from tests.reports.figures.test_drawings import ALL, HEAT, PARETO, TODAY, a_photo
from tests.reports.figures.test_pair_drawn import CHARTS
from tests.reports.figures.test_xmr_drawn import CHANGED

APART = 0.08
"""A twelfth of the way from black to white: what the eye keeps apart on a plain copier's paper."""

DRAWN: list[Figure] = [
    *ALL,
    replace(PARETO, compares=True),
    *(replace(HEAT, drawn=way) for way in ("shades", "steps", "dots")),
    CHARTS,
    CHANGED,
]


def light(colour: Colour) -> float:
    return rgb(colour, grey=True)[0]


def close(colours: set[Colour]) -> list[tuple[Colour, Colour]]:
    """Return the pairs that a copy in grey would show as one."""
    pairs = combinations(sorted(colours), 2)
    return [pair for pair in pairs if abs(light(pair[0]) - light(pair[1])) < APART]


def marks_of(figure: Figure) -> list[Mark]:
    def photo(_hash: str) -> bytes:
        return a_photo()

    width, height = natural_size(figure, 190.0, photo=photo)
    marks = Marks(width + 40, height + 40)
    draw(figure, marks, 20, 20, width, height, today=TODAY, photo=photo)
    return marks.marks


def flat(marks: Sequence[Mark]) -> Iterator[PathMark | RectMark]:
    for mark in marks:
        if isinstance(mark, TableMark | ChartMark):
            yield from flat(mark.marks)
        elif isinstance(mark, PathMark | RectMark):
            yield mark


@pytest.mark.parametrize("figure", DRAWN, ids=lambda one: one.kind)
def test_fills_and_lines_of_one_kind_stay_apart_in_grey(figure: Figure) -> None:
    fills: set[Colour] = set()
    lines: dict[tuple[tuple[float, ...], float], set[Colour]] = {}
    for mark in flat(marks_of(figure)):
        if mark.fill is not None:
            fills.add(mark.fill)
        if mark.stroke is not None:
            # Lines of another dash or width are told apart by these.
            dash = mark.dash if isinstance(mark, PathMark) else ()
            lines.setdefault((dash, mark.pt), set()).add(mark.stroke)
    assert close(fills) == []
    for colours in lines.values():
        assert close(colours) == []


def test_every_shade_of_a_heat_map_is_darker_than_the_one_before() -> None:
    figure = replace(
        HEAT, rows=(("", "a", "b", "c", "d", "e"), ("x", "0", "1", "2", "3", "4")), drawn="shades"
    )
    fills = [mark.fill for mark in flat(marks_of(figure)) if isinstance(mark, RectMark)]
    steps = [light(fill) if fill else 1.0 for fill in fills]
    assert len(steps) == 5
    assert all(one - other >= APART for one, other in pairwise(steps))


def test_two_tones_that_a_copy_makes_one_are_found() -> None:
    assert close({"accent", "ink_soft"}) == [("accent", "ink_soft")]
    assert close(set(COLOURS) - {"accent", "rule", "watch", "axis"}) == []
