"""Natural limits of single values: mean, moving ranges and what stable work stays within.

The constants are those of Wheeler, Understanding Variation (1993): 2.66 = 3 / 1.128 and 3.27 =
1 + 3 x 0.853 / 1.128, where 1.128 and 0.853 are the mean and the standard deviation of the range
of two values from a normal distribution (d2 and d3 for n = 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, fsum, isfinite, log10
from typing import Final

FACTOR: Final = 2.66
"""Limits of single values stand this many mean moving ranges from the mean."""
RANGE_FACTOR: Final = 3.27
"""The limit of the moving range is this many mean moving ranges."""
D2: Final = 1.128
"""Mean moving range over standard deviation, for neighbours that are independent."""
LEAST: Final = 6
"""With fewer readings limits say next to nothing."""
FIRM: Final = 17
"""From so many readings on, one more moves the limits only little."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the moving ranges of some readings give, in the unit of the readings.

    ``count`` is how many readings they come from. ``upper`` and ``lower`` are None where there
    are too few readings, where all are equal, or where the limits are too large to be numbers.
    """

    count: int
    mean: float
    range_mean: float
    upper: float | None
    lower: float | None
    range_limit: float | None

    @property
    def usable(self) -> bool:
        """Tell whether there are limits to judge by."""
        return self.upper is not None and self.lower is not None

    @property
    def firm(self) -> bool:
        """Tell whether the limits come from readings enough to hardly move any more."""
        return self.count >= FIRM

    def sensible(self, value: float) -> float:
        """Return a value without the digits that a spread so wide says nothing about."""
        if self.range_mean <= 0 or not isfinite(value):
            return value
        return round(value, min(300, 1 - floor(log10(self.range_mean))))

    def away(self, value: float) -> float:
        """Return how many standard deviations a value lies from the mean; 0 without limits."""
        if not self.usable:
            return 0.0
        sigma = self.range_mean / D2
        return (value / 2 - self.mean / 2) / (sigma / 2)


def moving_ranges(values: Sequence[float]) -> tuple[float, ...]:
    """Return how far each value lies from the one before it; one fewer than values.

    The distance of two huge values that is no number is left at the largest one.
    """
    return tuple(min(abs(b - a), 1.7e308) for a, b in pairwise(values))


def mean(values: Sequence[float]) -> float | None:
    """Return the mean, or None where there is no value; huge values do not overflow."""
    if not values:
        return None
    low, high = min(values), max(values)
    count = len(values)
    middle = fsum(value / 2 / count for value in values) * 2  # halved: a sum of huge ones is none
    return min(max(middle, low), high)


def limits_of(values: Sequence[float]) -> Limits | None:
    """Return the limits that values, in order of time, give; None where there is no value."""
    middle = mean(values)
    if middle is None:
        return None
    width = mean(moving_ranges(values)) or 0.0
    upper, lower = middle + FACTOR * width, middle - FACTOR * width
    limit = RANGE_FACTOR * width
    drawn = len(values) >= LEAST and all(isfinite(one) for one in (upper, lower, limit))
    # A spread under the last digit of the mean is the dust of binary fractions, not a spread.
    if not drawn or width <= abs(middle) * 1e-13:
        return Limits(len(values), middle, width, None, None, None)
    return Limits(len(values), middle, width, upper, lower, limit)
