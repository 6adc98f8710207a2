"""A table drawn as a chart: which numbers are its points, how dark a cell is, what is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.codec import from_plain, to_plain
from gemba.domain.cycle_times import laps_chart
from gemba.domain.figures import TableFigure
from gemba.domain.figures.table import CELLS
from gemba.domain.figures.table_chart import (
    SHADES,
    Shaded,
    chart_findings,
    points_of,
    shaded_of,
    stepped,
    value_scale,
    way_of,
)
from gemba.domain.figures.words import described
from gemba.domain.patterns import Answer, told_curve, told_figure

LAPS = laps_chart("f", "Fetching a chair", [41.34, 38.0, 77.5], ("Cycle", "Seconds"))


def test_laps_are_dots_in_the_order_they_were_timed() -> None:
    assert LAPS.drawn == "dots"
    points = points_of(LAPS)
    assert points.points == ((1, 41.3), (2, 38.0), (3, 77.5))
    assert (points.name, points.unit, points.unread, points.middle) == (
        "Cycle",
        "Seconds",
        (),
        41.3,
    )
    assert described(LAPS).endswith("Drawn as dots. Points: 3, from 38 to 77.5. Median 41.3.")


def test_what_is_no_number_is_named_and_not_drawn() -> None:
    rows = (("x", "y"), ("2", "b"), ("1", "3,5"), ("", ""), ("0", "1"))
    points = points_of(TableFigure(id="f", rows=rows, drawn="steps"))
    assert points.points == ((0, 1), (1, 3.5))
    assert points.unread == ((2, "b"),)
    told = described(TableFigure(id="f", rows=rows, drawn="steps"))
    assert "Not drawn, no number: row 2 “b”." in told
    empty = TableFigure(id="f", rows=(("a",), ("b",)), drawn="dots")
    assert "No numbers to draw yet" in described(empty)


def test_each_cell_that_is_missing_in_a_chart_is_named_by_row_and_column() -> None:
    rows = (("x", "y"), ("2", "b"), ("1", "3,5 min"), ("", ""), ("4 Nov", "1"), ("6", "-"))
    steps = TableFigure(id="f", rows=rows, drawn="steps")
    found = chart_findings(steps, date(2026, 11, 22))
    assert [(one.key, one.where) for one in found] == [
        ("table.not_counted", "1:1"),
        ("table.a_day", "4:0"),
        ("table.no_value", "5:1"),
    ]
    assert points_of(steps).points == ((1, 3.5),), "a unit is no hindrance"
    shades = TableFigure(id="f", rows=(("", "Mo", "Tu"), ("Ward 6", "3", "many")), drawn="shades")
    (odd,) = chart_findings(shades, date(2026, 11, 22))
    assert (odd.where, odd.values["cell"]) == ("1:2", "many")
    assert "Not drawn, no number: row 2 “many”." in described(shades)
    assert not chart_findings(replace(steps, drawn="cells"), date(2026, 11, 22))
    three = TableFigure(id="f", rows=(("x", "y", "z"), ("1", "2", "3")), drawn="dots")
    (third,) = chart_findings(three, date(2026, 11, 22))
    assert (third.key, third.where) == ("table.third", "0:2")


def test_a_curve_of_steps_stays_until_the_next_point() -> None:
    assert stepped([(0, 0), (5, 10), (9, 30)]) == [(0, 0), (5, 0), (5, 10), (9, 10), (9, 30)]
    assert stepped([]) == []


def test_the_share_told_back_reaches_as_far_as_anything_is_known() -> None:
    answers = [Answer(days=5, told=True, count=1), Answer(days=40, told=False, count=1)]
    figure = told_figure("f", "Told", answers, ("Days", "% told back"))
    assert figure.drawn == "steps"
    assert figure.rows == (("Days", "% told back"), ("0", "0.0"), ("5", "50.0"), ("40", "50.0"))
    assert [(one.day, 100 * one.share) for one in told_curve(answers)] == [(0, 0), (5, 50)]
    scale = value_scale(points_of(figure))
    assert (scale.low, scale.high) == (0, 100)


def test_the_largest_cell_is_the_darkest_and_nothing_is_white() -> None:
    rows = (("Stop", "w1", "w2", "w3"), ("Bay", "", "1", "8"), ("Hatch", "0", "4", "none"))
    shaded = shaded_of(TableFigure(id="f", rows=rows, drawn="shades"))
    assert shaded.heads == ("w1", "w2", "w3")
    shades = [[shaded.shade(one) for one in row] for _name, row in shaded.rows]
    assert shades == [[0, 1, SHADES], [0, 2, 0]]


@given(st.lists(st.none() | st.floats(-1e9, 1e9), min_size=1))
def test_darker_is_never_less(values: list[float | None]) -> None:
    shaded = Shaded(("",) * len(values), (("row", tuple(values)),))
    known = sorted(one for one in values if one is not None)
    shades = [shaded.shade(one) for one in known]
    assert shades == sorted(shades)
    assert all(0 <= one <= SHADES for one in shades)


def test_a_table_written_before_it_could_be_drawn_reads_as_it_was() -> None:
    before = TableFigure(id="f", rows=(("a", "b"),))
    plain = to_plain(before)
    assert "drawn" not in plain  # type: ignore[operator]
    assert from_plain(TableFigure, plain).drawn == CELLS
    assert way_of(replace(before, drawn="from a newer Gemba")) == CELLS


@pytest.mark.parametrize("way", ["cells", "shades", "steps", "dots"])
def test_the_cells_are_told_whatever_is_drawn(way: str) -> None:
    assert "1; 41.3" in described(replace(LAPS, drawn=way)).replace("Seconds: ", "")
