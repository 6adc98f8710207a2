"""The rules by which patterns are counted and read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.patterns import (
    MONTH,
    WEEK,
    Answer,
    Counted,
    CountedPlace,
    Patterns,
    Span,
    abnormal_share,
    after,
    begin_of,
    by_category,
    going_well,
    heat,
    heat_figure,
    told_curve,
    told_within,
    trend,
    well_share,
)

MONDAY = date(2026, 11, 2)


def _counted(weeks: int, category: str, count: int, standard: str = "") -> Counted:
    begin = MONDAY + timedelta(7 * weeks)
    return Counted(begin=begin, category=category, standard=standard, count=count)


def _patterns(*counted: Counted) -> Patterns:
    span = Span(first=MONDAY, last=MONDAY + timedelta(7 * 3 + 1))
    return Patterns(span=span, counted=counted)


def test_a_week_nobody_walked_has_no_value_and_a_half_week_is_left_out() -> None:
    found = _patterns(_counted(0, "safety", 3), _counted(2, "going well", 2), _counted(3, "x", 9))
    assert [one.value for one in trend(found)] == [3, None, 0]
    assert [one.value for one in trend(found, "quality")] == [0, None, 0]
    assert [one.value for one in well_share(found)] == [0, None, 100]
    assert going_well(found) == (2, 14)


def test_only_what_was_compared_with_a_standard_counts_for_its_share() -> None:
    found = _patterns(
        _counted(0, "safety", 1, "abnormal"),
        _counted(0, "people", 3, "normal"),
        _counted(0, "cost", 5, "no standard seen"),
        _counted(1, "cost", 5),
    )
    assert [one.value for one in abnormal_share(found)] == [25, None, None]


def test_the_largest_stands_first_and_what_goes_well_is_not_in_the_way() -> None:
    found = _patterns(
        _counted(0, "cost", 1), _counted(1, "safety", 1), _counted(2, "cost", 2),
        _counted(2, "going well", 9),
    )  # fmt: skip
    assert by_category(found) == (("cost", 3), ("safety", 1))


def test_a_heat_map_keeps_the_hottest_stops_and_every_week() -> None:
    span = Span(first=MONDAY, last=MONDAY + timedelta(13))
    rows = [(0, "Bay", 1), (1, "Bay", 2), (1, "Hatch", 5), (0, "Desk", 1)]
    places = tuple(
        CountedPlace(begin=MONDAY + timedelta(7 * week), place=place, count=count)
        for week, place, count in rows
    )
    found = heat(Patterns(span=span, places=places), most=2)
    assert (found.places, found.counts) == (("Hatch", "Bay"), ((0, 5), (1, 2)))
    assert found.largest == 5
    nowhere = heat(Patterns(span=span, places=(replace(places[0], place=""),)))
    assert heat_figure("a", "Heat", nowhere, "Stop", "none said").rows[1][0] == "none said"
    table = heat_figure("a", "Heat", found, "Stop")
    assert table.rows == (
        ("Stop", "2026-11-02", "2026-11-09"), ("Hatch", "", "5"), ("Bay", "1", "2"),
    )  # fmt: skip


def test_a_long_time_is_counted_by_month() -> None:
    long = Span(first=date(2016, 2, 29), last=date(2026, 11, 24))
    assert long.step == MONTH
    assert len(long.steps()) == 130
    assert long.whole_steps()[0] == date(2016, 3, 1)
    assert Span(first=MONDAY, last=MONDAY).step == WEEK
    assert Span(first=MONDAY, last=MONDAY - timedelta(1)).steps() == ()


@given(st.dates(max_value=date.max - timedelta(40)), st.sampled_from([WEEK, MONTH]))
def test_each_day_lies_in_one_step(day: date, step: str) -> None:
    if day < date(1, 1, 8):
        return
    begin = begin_of(day, step)
    assert begin <= day < after(begin, step)
    assert begin_of(after(begin, step) - timedelta(1), step) == begin


def test_the_curve_follows_the_textbook() -> None:
    # Ten promises: told back after 5, 10, 10 and 40 days; open for 8, 20, 30, 50, 60 and 90.
    told = [Answer(days=days, told=True, count=count) for days, count in ((5, 1), (10, 2), (40, 1))]
    waits = [Answer(days=days, told=False, count=1) for days in (8, 20, 30, 50, 60, 90)]
    curve = told_curve([*told, *waits])
    # 1 of 10, then 2 of 8, then 1 of 4 still at risk.
    assert [one.day for one in curve] == [0, 5, 10, 40]
    assert [one.share for one in curve] == pytest.approx(
        [0, 0.1, 1 - 0.9 * 0.75, 1 - 0.9 * 0.75 * 0.75]
    )
    assert told_within([*told, *waits], 30) == pytest.approx(0.325)
    assert told_within([*told, *waits], 91) is None


def test_what_nobody_can_know_yet_is_not_said() -> None:
    assert told_within([], 30) is None
    young = [Answer(days=3, told=False, count=7)]
    assert told_within(young, 30) is None
    assert told_within(young, 3) == 0
    assert told_within([Answer(days=2, told=True, count=4)], 90) == 1


@given(
    st.lists(
        st.builds(
            Answer,
            days=st.integers(0, 4000),
            told=st.booleans(),
            count=st.integers(1, 50),
        ),
        max_size=40,
    )
)
def test_the_share_never_falls_and_stays_a_share(answers: list[Answer]) -> None:
    shares = [one.share for one in told_curve(answers)]
    assert shares == sorted(shares)
    assert all(-1e-12 <= share <= 1 + 1e-12 for share in shares)
