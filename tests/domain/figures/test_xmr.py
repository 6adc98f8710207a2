"""Natural limits and their rules, against numbers worked out elsewhere and by hand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.figures.xmr import FACTOR, LEAST, Limits, limits_of, mean, moving_ranges
from gemba.domain.figures.xmr_rules import (
    DEFAULT_RULES,
    NELSON,
    RULES,
    WESTERN_ELECTRIC,
    Hit,
    find,
)

FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
"""The flow rates of ten batches in the NIST/SEMATECH e-Handbook, section 6.3.2.2."""
ONE = Limits(count=24, mean=0.0, range_mean=1.128, upper=3.0, lower=-3.0, range_limit=3.7)
"""Limits whose standard deviation is 1, so that values are distances."""

anything = st.floats(allow_nan=False, allow_infinity=False)
measured = st.lists(st.integers(-500, 500), min_size=1, max_size=60)


def fired(rule: str, values: Sequence[float]) -> list[tuple[int, int]]:
    return [(hit.first, hit.last) for hit in find(values, ONE, (rule,))]


def test_the_published_example_of_flow_rates() -> None:
    # The handbook gives mean range 1.8778, mean 50.81 and limits 45.8159 and 55.8041; it divides
    # by 1.128 where others multiply by 2.66.
    found = limits_of(FLOW)
    assert found is not None
    assert found.range_mean == pytest.approx(1.8778, abs=5e-5)
    assert found.mean == pytest.approx(50.81)
    assert (found.lower, found.upper) == (
        pytest.approx(45.8159, abs=2e-3),
        pytest.approx(55.8041, abs=2e-3),
    )


def test_limits_worked_by_hand() -> None:
    # Ranges 2 1 4 3 5, their mean 3; mean of the values 60 / 6 = 10.
    found = limits_of([10, 12, 11, 7, 10, 10])
    assert moving_ranges([10, 12, 11, 7, 10, 10]) == (2, 1, 4, 3, 0)
    assert found is not None
    assert (found.mean, found.range_mean) == (10, 2)
    assert found.upper == pytest.approx(10 + 2.66 * 2)
    assert found.lower == pytest.approx(10 - 2.66 * 2)
    assert found.range_limit == pytest.approx(3.27 * 2)


def test_the_factors_come_from_ranges_of_two() -> None:
    assert pytest.approx(3 / 1.128, abs=5e-3) == FACTOR
    assert ONE.away(2.0) == pytest.approx(2.0)


@pytest.mark.parametrize("count", range(LEAST))
def test_too_few_readings_give_no_limits(count: int) -> None:
    found = limits_of([float(at % 3) for at in range(count)])
    assert found is None or not found.usable
    if found is not None:
        assert find([99.0], found, RULES) == ()


@pytest.mark.parametrize("value", [0.0, 5.0, -3.0, 0.1, 1e300])
def test_equal_readings_give_no_limits(value: float) -> None:
    found = limits_of([value] * 20)
    assert found is not None
    assert found.mean == value
    assert not found.usable


def test_readings_too_large_give_no_limits_and_no_crash() -> None:
    found = limits_of([1.7e308, -1.7e308] * 6)
    assert found is not None
    assert not found.usable


@given(st.lists(anything, min_size=1, max_size=40))
def test_any_numbers_give_limits_round_their_mean_or_none(values: list[float]) -> None:
    found = limits_of(values)
    assert found is not None
    assert min(values) <= found.mean <= max(values)
    assert mean(values) == found.mean
    if found.upper is not None and found.lower is not None:
        assert found.lower <= found.mean <= found.upper
    assert all(0 <= hit.first <= hit.last < len(values) for hit in find(values, found, RULES))


@given(measured, st.integers(-1000, 1000), st.integers(1, 50))
def test_limits_move_with_the_values_and_grow_with_their_unit(
    values: list[int], shift: int, times: int
) -> None:
    one = limits_of([float(v) for v in values])
    other = limits_of([float(v * times + shift) for v in values])
    assert one is not None
    assert other is not None
    assert other.mean == pytest.approx(one.mean * times + shift, abs=1e-6)
    assert other.usable == one.usable
    if one.upper is not None and other.upper is not None:
        assert other.upper == pytest.approx(one.upper * times + shift, abs=1e-6)


@given(measured)
def test_the_limits_read_backwards_and_upside_down_are_the_same(values: list[int]) -> None:
    numbers = [float(v) for v in values]
    one, back = limits_of(numbers), limits_of(numbers[::-1])
    over = limits_of([-v for v in numbers])
    assert one is not None
    assert back is not None
    assert over is not None
    assert back.range_mean == pytest.approx(one.range_mean)
    assert over.mean == pytest.approx(-one.mean)


def test_rule_1_one_beyond_the_limits() -> None:
    assert fired("n1", [0, 3.0, 3.01, 0, -3.01]) == [(2, 2), (4, 4)]


@pytest.mark.parametrize(("rule", "length"), [("n2", 9), ("w8", 8)])
def test_runs_on_one_side(rule: str, length: int) -> None:
    assert fired(rule, [0.1] * (length - 1)) == []
    assert fired(rule, [-1, *[0.1] * length, -1]) == [(1, length)]
    assert fired(rule, [*[0.1] * (length - 1), 0.0, 0.1]) == [], "on the mean is no side"
    assert fired(rule, [-0.2] * (length + 4)) == [(0, length + 3)], "one run is one signal"


def test_rule_3_six_rising_or_falling() -> None:
    assert fired("n3", [0, 0.1, 0.2, 0.3, 0.4]) == []
    assert fired("n3", [0, 0.1, 0.2, 0.3, 0.4, 0.5]) == [(0, 5)]
    assert fired("n3", [5, 4, 3, 2, 1, 0, -1]) == [(0, 6)]
    assert fired("n3", [0, 0.1, 0.2, 0.2, 0.4, 0.5]) == [], "equal ones neither rise nor fall"


def test_rule_4_fourteen_in_turn() -> None:
    assert fired("n4", [0.0, 1.0] * 7) == [(0, 13)]
    assert fired("n4", ([0.0, 1.0] * 7)[:13]) == []
    assert fired("n4", [*([0.0, 1.0] * 3), 2.0, *([0.0, 1.0] * 3)]) == []


def test_rule_5_two_of_three_beyond_two() -> None:
    assert fired("n5", [2.1, 0, 2.1]) == [(0, 2)]
    assert fired("n5", [2.1, 0, 0, 2.1]) == []
    assert fired("n5", [2.1, 0, -2.1]) == [], "both on one side"
    assert fired("n5", [2.0, 2.0, 2.0]) == [], "beyond, not at"


def test_rule_6_four_of_five_beyond_one() -> None:
    assert fired("n6", [1.1, 1.1, 0, 1.1, 1.1]) == [(0, 4)]
    assert fired("n6", [1.1, 0, 0, 1.1, 1.1]) == []
    assert fired("n6", [-1.1, 1.1, -1.1, -1.1, -1.1]) == [(0, 4)]


def test_rule_7_fifteen_close_to_the_mean() -> None:
    assert fired("n7", [0.9, -0.9] * 7) == []
    assert fired("n7", [*[0.9, -0.9] * 7, 0.5]) == [(0, 14)]


def test_rule_8_eight_that_avoid_the_mean_on_both_sides() -> None:
    assert fired("n8", [1.1, -1.1] * 4) == [(0, 7)]
    assert fired("n8", [1.1] * 8) == [], "that is a run"
    assert fired("n8", [1.1, -1.1] * 3) == []


def test_a_jump_is_its_own_signal() -> None:
    assert fired("range", [0, 2, -1.8, 0]) == [(1, 2)]


def test_only_rules_that_are_on_are_looked_at() -> None:
    values = [0.1] * 9 + [9.0]
    assert find(values, ONE, ()) == ()
    assert {hit.rule for hit in find(values, ONE, DEFAULT_RULES)} == {"n1", "n2"}
    assert find(values, ONE, ("n99",)) == ()
    assert set(DEFAULT_RULES) <= set(NELSON) <= set(RULES) >= set(WESTERN_ELECTRIC)


@given(st.lists(st.integers(-40, 40).map(lambda n: n / 10), max_size=60))
def test_upside_down_the_same_is_found(values: list[float]) -> None:
    over = [-v for v in values]
    assert find(values, ONE, RULES) == find(over, ONE, RULES)
    for hit in find(values, ONE, RULES):
        assert isinstance(hit, Hit)
        assert 0 <= hit.first <= hit.last < len(values)
