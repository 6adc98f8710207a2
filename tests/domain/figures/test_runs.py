"""The rule for runs and crossings, against published limits and against plain noise."""

from __future__ import annotations

import random
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.figures.runs import (
    LEAST,
    least_crossings,
    longest_allowed,
    median,
    runs_about,
)

numbers = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("useful", "longest", "crossings"),
    [(10, 6, 2), (12, 7, 3), (16, 7, 4), (20, 7, 6), (24, 8, 8), (60, 9, 23), (100, 10, 41)],
)
def test_limits_as_published(useful: int, longest: int, crossings: int) -> None:
    assert longest_allowed(useful) == longest
    assert least_crossings(useful) == crossings


@given(st.integers(min_value=2, max_value=400))
def test_least_crossings_is_the_five_percent_quantile(useful: int) -> None:
    tosses = useful - 1
    limit = least_crossings(useful)

    def at_most(count: int) -> int:
        return 20 * sum(comb(tosses, k) for k in range(count + 1))

    assert at_most(limit) >= 2**tosses
    assert limit == 0 or at_most(limit - 1) < 2**tosses


def test_long_series_are_judged_too() -> None:
    assert 950 < least_crossings(2000) < 1000


@given(st.lists(numbers, min_size=1))
def test_median_lies_in_the_middle(values: list[float]) -> None:
    middle = median(values)
    assert middle is not None
    assert min(values) <= middle <= max(values)
    assert sum(v < middle for v in values) <= len(values) / 2
    assert sum(v > middle for v in values) <= len(values) / 2


def test_median_of_huge_values_is_a_number() -> None:
    assert median([1.7e308, 1.7e308]) == 1.7e308
    assert median([]) is None


def test_values_on_the_median_neither_run_nor_cross() -> None:
    runs = runs_about([1, 2, 2, 3, 2, 3, 1], 2)
    assert (runs.useful, runs.longest, runs.crossings) == (4, 2, 2)


@given(st.lists(numbers, max_size=60), numbers)
def test_counts_stay_within_what_was_counted(values: list[float], middle: float) -> None:
    runs = runs_about(values, middle)
    assert 0 <= runs.longest <= runs.useful <= len(values)
    assert runs.crossings <= max(0, runs.useful - 1)
    assert runs.useful >= LEAST or not runs.signal


def test_equal_values_say_nothing() -> None:
    runs = runs_about([5.0] * 40, 5.0)
    assert not runs.enough
    assert not runs.signal


def test_a_shift_is_a_signal_and_alternation_is_not() -> None:
    shifted = [1.0, 1.2] * 12 + [3.0, 3.1] * 12
    middle = median(shifted)
    assert middle is not None
    assert runs_about(shifted, middle).long_run
    assert runs_about(shifted, middle).few_crossings
    assert not runs_about([1.0, 3.0] * 24, 2.0).signal


@pytest.mark.parametrize(("count", "at_most"), [(20, 0.05), (24, 0.06), (60, 0.08)])
def test_noise_seldom_looks_like_a_signal(count: int, at_most: float) -> None:
    dice = random.Random(7)
    false = 0
    for _ in range(1500):
        values = [dice.gauss(0, 1) for _ in range(count)]
        middle = median(values)
        assert middle is not None
        false += runs_about(values, middle).signal
    assert false / 1500 <= at_most
