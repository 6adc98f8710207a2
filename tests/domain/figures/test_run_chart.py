"""Phases, scale and places of a run chart, with the data people really have."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.codec import from_plain, to_plain
from gemba.domain.figures.chart_words import verdict
from gemba.domain.figures.pareto import UnreadAmount
from gemba.domain.figures.run_chart import (
    METHODS,
    ChangeMark,
    Reading,
    RunChart,
    UnreadRow,
    across,
    lower_drawn,
    phases,
    spots,
    typed,
    value_scale,
    whole,
    with_typed,
)
from gemba.domain.figures.scale import Spot, date_ticks, nice_scale, thinned
from gemba.domain.figures.words import described, words_of
from gemba.domain.figures.xmr_rules import RULES

START = date(2026, 8, 31)
finite = st.floats(min_value=-1e12, max_value=1e12)
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 1, 1))


def chart(values: list[float | None], **more: object) -> RunChart:
    readings = tuple(
        Reading(on=START + timedelta(days=at), value=value) for at, value in enumerate(values)
    )
    return RunChart(id="c", readings=readings, **more)  # type: ignore[arg-type]


def test_a_reading_on_the_day_of_a_change_belongs_to_what_follows() -> None:
    marked = chart([1, 1, 9, 9], changes=(ChangeMark(on=START + timedelta(days=2), label="x"),))
    assert [(p.first, p.end, p.median) for p in phases(marked)] == [(0, 2, 1), (2, 4, 9)]


def test_changes_without_readings_between_make_no_phase() -> None:
    marks = tuple(
        ChangeMark(on=START + timedelta(days=at), label=str(at)) for at in (-5, 2, 2, 3, 90)
    )
    found = phases(chart([1, 2, 3, 4], changes=marks))
    assert [(p.first, p.end) for p in found] == [(0, 2), (2, 3), (3, 4)]


def test_one_median_where_phases_are_not_wanted() -> None:
    mark = ChangeMark(on=START + timedelta(days=2), label="x")
    found = phases(chart([1, 1, 9, 9], changes=(mark,), medians_by_phase=False))
    assert [p.median for p in found] == [5]


def test_gaps_take_room_and_no_part_in_the_median() -> None:
    holed = chart([1, None, 3, None, 5])
    assert whole(holed).median == 3
    assert [spot.value for spot in spots(holed)] == [1, None, 3, None, 5]


def test_no_readings_at_all() -> None:
    empty = chart([])
    assert whole(empty).median is None
    assert spots(empty) == ()
    assert value_scale(empty).low == 0
    assert across(empty, START) == 0


def test_scale_holds_the_goal_and_starts_at_zero() -> None:
    scale = value_scale(chart([14, 38, 17], goal=40))
    assert (scale.low, scale.ticks[0]) == (0, 0)
    assert scale.high >= 40


def test_fixed_ends_are_kept_while_nothing_would_be_cut() -> None:
    assert value_scale(chart([14, 38], low=0, high=60)).ticks == (0, 20, 40, 60)
    assert value_scale(chart([14, 80], low=0, high=60)).high >= 80


@given(st.lists(finite, min_size=1, max_size=40), st.none() | finite)
def test_every_value_lies_on_the_scale(values: list[float], goal: float | None) -> None:
    made = value_scale(chart(list(values), goal=goal))
    slack = (made.high - made.low) * 1e-6
    assert made.low - slack <= min(values)
    assert max(values) <= made.high + slack
    assert 2 <= len(made.ticks) <= 8
    assert list(made.ticks) == sorted(set(made.ticks))


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_any_two_ends_give_a_scale(one: float, other: float) -> None:
    scale = nice_scale(one, other)
    assert scale.low < scale.high
    assert 0 <= scale.share(one) <= 1


def test_weekdays_are_spaced_evenly_and_long_silences_are_not() -> None:
    weekdays = [START + timedelta(days=at) for at in range(21) if at % 7 < 5]
    even = RunChart(id="c", readings=tuple(Reading(on=day, value=1) for day in weekdays))
    assert [round(spot.at, 6) for spot in spots(even)] == [
        round(at / 14, 6) for at in range(len(weekdays))
    ]
    gone = (*weekdays, weekdays[-1] + timedelta(days=60))
    uneven = RunChart(id="c", readings=tuple(Reading(on=day, value=1) for day in gone))
    assert spots(uneven)[-2].at < 0.3


def test_a_change_stands_between_the_readings_it_parts() -> None:
    series = chart([1, 2, 3, 4, 5])
    assert across(series, START + timedelta(days=2), before=True) == 0.375
    assert across(series, START + timedelta(days=2)) == 0.5
    assert across(series, START - timedelta(days=2)) == 0
    assert across(series, START + timedelta(days=99)) == 1


@given(st.lists(days, min_size=1, max_size=30), days)
def test_places_are_on_the_chart_and_in_order(on: list[date], other: date) -> None:
    made = RunChart(id="c", readings=tuple(Reading(on=day, value=1.0) for day in on))
    places = [spot.at for spot in spots(made)]
    assert places == sorted(places)
    assert all(0 <= at <= 1 for at in [*places, across(made, other, before=True)])


@given(st.lists(st.none() | finite, min_size=0, max_size=400), st.integers(1, 50))
def test_thinning_keeps_every_column_s_peaks_and_both_ends(
    values: list[float | None], columns: int
) -> None:
    last = max(1, len(values) - 1)
    placed = [Spot(i / last, value) for i, value in enumerate(values)]
    kept = thinned(placed, columns)
    assert len(kept) <= max(5 * columns + 2, 4 * columns)
    real = [v for v in values if v is not None]
    if real:
        drawn = [s.value for s in kept if s.value is not None]
        assert (min(drawn), max(drawn)) == (min(real), max(real))
        assert (kept[0], kept[-1]) == (placed[0], placed[-1])


def test_two_thousand_readings_are_placed_parted_and_judged() -> None:
    long = chart([float(at * 7919 % 100) for at in range(2000)])
    assert [spot.at for spot in spots(long)][::1999] == [0.0, 1.0]
    assert [(phase.first, phase.end) for phase in phases(long)] == [(0, 2000)]
    assert (value_scale(long).low, value_scale(long).high) == (0, 100)
    runs = whole(long).runs
    assert runs is not None
    assert runs.useful == 2000


@given(days, st.integers(0, 20000), st.integers(1, 12))
def test_date_ticks_are_few_and_inside(first: date, length: int, most: int) -> None:
    last = first + timedelta(days=length)
    ticks = date_ticks(first, last, most)
    assert 1 <= len(ticks) <= most
    assert all(first <= tick <= last for tick in ticks)
    assert list(ticks) == sorted(set(ticks))


def test_date_ticks_as_on_the_sheet() -> None:
    assert date_ticks(date(2026, 9, 28), date(2026, 12, 6), 4) == (
        date(2026, 9, 28),
        date(2026, 10, 19),
        date(2026, 11, 9),
        date(2026, 11, 30),
    )


def change(at: int, label: str = "x", *, anew: bool = False) -> ChangeMark:
    return ChangeMark(on=START + timedelta(days=at), label=label, anew=anew)


BEFORE = [10.0, 12, 11, 7, 10, 10]
AFTER = [4.0, 3, 4, 3, 4, 3, 4, 3, 4, 3]


def test_a_frozen_baseline_does_not_move_with_what_comes_after() -> None:
    lone = chart(list(BEFORE), method="limits")
    frozen = chart([*BEFORE, *AFTER], method="limits", frozen=True, changes=(change(6),))
    (own,), (found,) = phases(lone), phases(frozen)
    assert found.limits == own.limits
    assert (found.first, found.base, found.end) == (0, 6, 16)
    assert found.carried
    assert {hit.rule for hit in found.hits} == {"n1", "n2"}
    assert own.hits == ()


@given(st.lists(finite, min_size=8, max_size=30), st.lists(finite, max_size=20))
def test_no_reading_after_the_change_touches_the_frozen_line(
    before: list[float], after: list[float]
) -> None:
    mark = change(len(before))
    for method in ("median", "limits"):
        more = {"method": method, "frozen": True, "changes": (mark,), "medians_by_phase": False}
        one = chart([*before, 1.0], **more)
        other = chart([*before, 1.0, *after], **more)
        assert phases(one)[0].median == phases(other)[0].median
        assert phases(one)[0].limits == phases(other)[0].limits


def test_the_baseline_ends_where_it_is_told_to() -> None:
    told = chart(
        [*BEFORE, *AFTER],
        method="limits",
        frozen=True,
        changes=(change(2), change(6)),
        baseline=START + timedelta(days=6),
    )
    assert [phase.base for phase in phases(told)] == [6]


def test_a_frozen_line_without_a_change_is_taken_from_all() -> None:
    (phase,) = phases(chart([*BEFORE, *AFTER], method="limits", frozen=True))
    assert (phase.base, phase.carried) == (16, False)


def test_limits_begin_anew_only_where_a_shift_is_declared_and_explained() -> None:
    values: list[float | None] = [*BEFORE, *AFTER]
    plain = chart(values, method="limits", frozen=True, changes=(change(6),))
    anew = chart(values, method="limits", frozen=True, changes=(change(6, "runner", anew=True),))
    wordless = chart(values, method="limits", frozen=True, changes=(change(6, " ", anew=True),))
    assert len(phases(plain)) == len(phases(wordless)) == 1
    one, other = phases(anew)
    assert (one.first, one.base, other.first, other.base) == (0, 6, 6, 16)
    assert other.limits is not None
    assert other.limits.mean == 3.5


def test_a_frozen_median_judges_what_comes_after() -> None:
    values: list[float | None] = [5.0, 7] * 8 + [1.0] * 10
    moving = whole(chart(values, changes=(change(16),)))
    frozen = whole(chart(values, changes=(change(16),), frozen=True))
    assert frozen.median == 6
    assert frozen.runs is not None
    assert frozen.runs.longest == 10
    assert moving.median == 5


def test_rules_look_past_days_without_a_reading() -> None:
    holed = chart([*BEFORE, None, None, 99], method="limits", frozen=True, changes=(change(6),))
    (phase,) = phases(holed)
    assert [phase.counted[hit.last] for hit in phase.hits] == [8]


def test_the_scale_of_an_xmr_chart_holds_its_limits() -> None:
    made = chart([*BEFORE], method="limits")
    (phase,) = phases(made)
    assert phase.limits is not None
    assert phase.limits.upper is not None
    assert value_scale(made).high >= phase.limits.upper
    assert value_scale(made).low == 0


def test_a_lower_limit_that_cannot_be_passed_is_not_drawn() -> None:
    counts = chart([0, 3, 1, 0, 2, 4, 0], method="limits")
    below = chart([-1, 3, 1, 0, 2, 4, 0], method="limits")
    for made, drawn in ((counts, False), (below, True)):
        (phase,) = phases(made)
        assert phase.limits is not None
        least = min(r.value for r in made.readings if r.value is not None)
        assert (lower_drawn(phase.limits, least) is not None) is drawn


def test_the_verdict_says_by_which_median_it_judges() -> None:
    values: list[float | None] = [5.0, 7] * 8 + [1.0] * 10
    moved = chart(values, changes=(change(16),), frozen=True)
    still = chart([5.0, 7] * 13, changes=(change(16),), frozen=True)
    assert verdict(moved).endswith("The median is that before 16 Sep.")
    assert "10 in a row" in verdict(moved)
    assert verdict(still) == "No signal: the readings still scatter about the median before 16 Sep."
    assert verdict(chart([5.0, 7] * 13)).startswith("No signal: the readings scatter")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([], "no readings yet"),
        ([None, None], "no readings yet"),
        ([3.0] * 4, "Too few readings for limits: 4, 6 needed."),
        ([3.0] * 12, "All 12 readings are 3: without a spread there are no limits."),
        ([1e308, -1e308] * 6, "These readings are too large for limits."),
        ([1.0, 2.0] * 6, "No signal"),
        ([1.0, 2.0] * 6 + [50], "12 Sep beyond the limits"),
        ([-5.0, -3.0] * 6, "No signal"),
        ([0.0] * 11 + [None], "All 11 readings are 0"),
    ],
)
def test_an_xmr_chart_says_plainly_what_it_shows_or_why_it_cannot(
    values: list[float | None], said: str
) -> None:
    made = chart(values, method="limits")
    assert said in verdict(made)
    assert said in described(made)
    assert described(made).count("Too few") <= 1


def test_no_rule_means_no_verdict() -> None:
    assert verdict(chart([1.0, 2.0] * 6, method="limits", rules=())).startswith("No rule is on")


def test_a_baseline_with_too_few_readings_is_named() -> None:
    made = chart([1.0, 2, 1, *AFTER], method="limits", frozen=True, changes=(change(3),))
    assert verdict(made) == "Too few readings for limits: 3, 6 needed."


def test_what_was_noted_is_told_and_found() -> None:
    made = RunChart(
        id="c",
        readings=(Reading(on=START, value=3, note="fire drill"),),
        unread=(UnreadRow(at=1, on="soon", value="7", note="maybe"),),
    )
    assert "31 Aug: fire drill." in described(made)
    assert {"fire drill", "soon", "7", "maybe"} <= set(words_of(made))


@given(
    st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False), max_size=30),
    st.sampled_from(["median", "limits", "of another day"]),
    st.booleans(),
    st.booleans(),
    st.lists(st.tuples(st.integers(-3, 33), st.booleans()), max_size=4),
)
def test_any_readings_and_any_lines_are_told(
    values: list[float | None],
    method: str,
    frozen: bool,
    each: bool,
    marks: list[tuple[int, bool]],
) -> None:
    made = chart(
        values,
        method=method,
        frozen=frozen,
        medians_by_phase=each,
        changes=tuple(change(at, anew=anew) for at, anew in marks),
        rules=RULES,
    )
    assert described(made).endswith(".")
    assert verdict(made)
    found = phases(made)
    assert [phase.first for phase in found[1:]] == [phase.end for phase in found[:-1]]
    assert all(phase.first < phase.base <= phase.end for phase in found if values)


def test_what_no_scale_reaches_is_told() -> None:
    assert "Readings too large to be drawn to scale: 1." in described(chart([1.0, 1e306]))
    assert "too large" not in described(chart([1.0, 1e12]))


NAMES = st.text(max_size=12)


@given(
    st.lists(st.tuples(st.dates(), st.none() | finite, NAMES), max_size=8),
    st.lists(st.tuples(st.dates(), NAMES, st.booleans()), max_size=3),
    st.sampled_from(METHODS),
    st.none() | st.dates(),
    st.lists(st.sampled_from(RULES), unique=True),
)
def test_any_chart_is_written_and_read_back(
    rows: list[tuple[date, float | None, str]],
    marks: list[tuple[date, str, bool]],
    method: str,
    baseline: date | None,
    rules: list[str],
) -> None:
    made = RunChart(
        id="c",
        readings=tuple(Reading(on=on, value=value, note=note) for on, value, note in rows),
        changes=tuple(ChangeMark(on=on, label=label, anew=anew) for on, label, anew in marks),
        method=method,
        frozen=baseline is not None,
        baseline=baseline,
        rules=tuple(rules),
        unread_fields=(UnreadAmount(field="goal", text="about 40"),),
    )
    assert from_plain(RunChart, to_plain(made)) == made
    assert typed(made, "goal") == "about 40"
    assert typed(with_typed(made, "goal", None), "goal") is None
