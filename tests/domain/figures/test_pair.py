"""Two sides on one scale, told and kept, whatever stands on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.codec import from_plain, to_plain
from gemba.domain.figures import Pair, PhotoFigure, RunChart
from gemba.domain.figures.data import data_of
from gemba.domain.figures.pair import (
    doubt_told,
    halves,
    heading,
    moved_told,
    photos_in,
    split_at,
)
from gemba.domain.figures.run_chart import ChangeMark, Reading, value_scale
from gemba.domain.figures.words import described, words_of

START = date(2026, 9, 14)
PHOTO = PhotoFigure(id="x", photo="a" * 64, caption="17 September", description="Nine bags")
values = st.lists(st.none() | st.floats(-1e9, 1e9), max_size=20)


def chart(*numbers: float | None, start: date = START, **more: object) -> RunChart:
    readings = tuple(
        Reading(on=start + timedelta(days=at), value=value) for at, value in enumerate(numbers)
    )
    return RunChart(id="c", readings=readings, **more)  # type: ignore[arg-type]


def test_two_charts_share_scale_and_goal() -> None:
    pair = Pair(id="p", before=chart(17, 19, goal=40, goal_label="40 by May"), after=chart(35, 58))
    one, other = halves(pair)
    assert isinstance(one, RunChart)
    assert isinstance(other, RunChart)
    assert value_scale(one) == value_scale(other)
    assert (value_scale(one).low, value_scale(one).high) == (0, 60)
    assert (other.goal, other.goal_label) == (40, "40 by May")


@given(values, values)
def test_any_two_charts_stand_on_one_scale_that_holds_both(
    before: list[float | None], after: list[float | None]
) -> None:
    one, other = halves(Pair(id="p", before=chart(*before), after=chart(*after)))
    assert isinstance(one, RunChart)
    assert isinstance(other, RunChart)
    counted = [v for v in (*before, *after) if v is not None]
    if any(v is not None for v in before) and any(v is not None for v in after):
        scale = value_scale(one)
        assert scale == value_scale(other)
        slack = (scale.high - scale.low) * 1e-6
        assert scale.low - slack <= min(counted)
        assert max(counted) <= scale.high + slack


def test_one_chart_alone_keeps_its_own_scale() -> None:
    lone = chart(17, 19)
    assert halves(Pair(id="p", before=lone)) == (lone, None)
    assert halves(Pair(id="p", before=lone, after=PHOTO)) == (lone, PHOTO)


def test_the_heading_says_which_side_and_which_days() -> None:
    pair = Pair(id="p", before=chart(1, 2), after=PHOTO)
    assert heading(pair, "before") == "Before: 14 Sep to 15 Sep"
    assert heading(pair, "after") == "After: 17 September"
    assert heading(Pair(id="p"), "after") == "After"
    assert heading(Pair(id="p", before=chart(1)), "before") == "Before: 14 Sep"
    long = Pair(id="p", before=chart(1, start=date(2025, 12, 31)))
    later = replace(long, before=chart(1, 2, start=date(2025, 12, 31)))
    assert heading(later, "before") == "Before: 31 Dec 2025 to 1 Jan 2026"


def test_it_is_told_with_how_far_it_moved() -> None:
    pair = Pair(id="p", caption="Out", before=chart(17, 19, unit="%"), after=chart(35, unit="%"))
    told = described(pair)
    assert "Before: Run chart." in told
    assert "After: Run chart." in told
    assert moved_told(pair) == ["From a median of 18\u00a0% to one of 35\u00a0%."]
    assert moved_told(pair)[0] in told
    assert "nothing there yet" in described(Pair(id="p"))


def test_what_cannot_be_compared_is_said() -> None:
    assert doubt_told(Pair(id="p", before=chart(1), after=PHOTO)) == [
        "A photo and a chart cannot be compared."
    ]
    units = Pair(id="p", before=chart(1, unit="%"), after=chart(1, unit="min"))
    assert doubt_told(units) == ["Before is in % and after in min: they cannot be compared."]
    assert moved_told(units) == []
    assert doubt_told(Pair(id="p", before=PHOTO)) == []


def test_a_chart_is_parted_at_a_change_and_nothing_is_lost() -> None:
    marks = tuple(ChangeMark(on=START + timedelta(days=at), label=str(at)) for at in (1, 3, 5))
    whole = chart(1, 2, None, 4, 5, 6, caption="Out", unit="%", goal=3, changes=marks)
    made = split_at(whole, START + timedelta(days=3), "p")
    one, other = made.before, made.after
    assert isinstance(one, RunChart)
    assert isinstance(other, RunChart)
    assert (*one.readings, *other.readings) == whole.readings
    assert [mark.label for mark in (*one.changes, *other.changes)] == ["1", "5"]
    assert (made.caption, one.id, other.id) == ("Out", "p-before", "p-after")
    assert one.unit == other.unit == "%"


def test_words_photos_and_data_of_both_sides_are_found() -> None:
    noted = replace(chart(1), readings=(Reading(on=START, value=1, note="drill"),), caption="Out")
    pair = Pair(id="p", caption="Both", before=PHOTO, after=noted)
    assert {"Both", "17 September", "Nine bags", "Out", "drill"} <= set(words_of(pair))
    assert photos_in(pair) == {"a" * 64}
    assert photos_in(Pair(id="p", before=PhotoFigure(id="", photo=""))) == set()
    assert any(table.name == "After: Readings" for table in data_of(pair))


def test_it_is_written_and_read_back() -> None:
    for pair in (Pair(id="p"), Pair(id="p", before=PHOTO, after=chart(1, None))):
        assert from_plain(Pair, to_plain(pair)) == pair


def test_what_is_smaller_than_the_lines_of_a_scale_does_not_part_the_two() -> None:
    pair = Pair(id="p", before=chart(1e-113, -1.0), after=chart(-3.0))
    one, other = halves(pair)
    assert isinstance(one, RunChart)
    assert isinstance(other, RunChart)
    assert value_scale(one) == value_scale(other)
