"""An axis for any two numbers: few round values, rising, and wide enough for both."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.figures.scale import LARGEST, Scale, fixed_scale, nice_scale

ANY = st.floats(allow_nan=True, allow_infinity=True)


def held(value: float) -> float:
    return min(LARGEST, max(-LARGEST, value))


def sound(scale: Scale) -> bool:
    rising = all(a < b for a, b in zip(scale.ticks, scale.ticks[1:], strict=False))
    return rising and all(math.isfinite(v) for v in (scale.low, scale.high, *scale.ticks))


@given(low=ANY, high=ANY, most=st.integers(2, 12))
def test_a_nice_scale_holds_any_two_numbers(low: float, high: float, most: int) -> None:
    scale = nice_scale(low, high, most)
    assert sound(scale)
    assert 1 <= len(scale.ticks) <= most + 2
    if not (math.isnan(low) or math.isnan(high)):
        slack = (scale.high - scale.low) * 1e-6
        assert scale.low - slack <= held(min(low, high))
        assert held(max(low, high)) <= scale.high + slack


@given(low=ANY, high=ANY, most=st.integers(2, 12))
def test_a_scale_between_given_ends_has_few_round_values(
    low: float, high: float, most: int
) -> None:
    scale = fixed_scale(low, high, most)
    assert sound(scale)
    assert len(scale.ticks) <= most + 2


@pytest.mark.parametrize("low", [-math.inf, -1.7976931348623157e308])
def test_ends_that_lie_a_whole_range_of_numbers_apart_are_held(low: float) -> None:
    scale = fixed_scale(low, 1.6e148)
    assert (scale.low, scale.high) == (-LARGEST, 1.6e148)
    assert scale.ticks
