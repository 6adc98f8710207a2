"""Runs and crossings about a median: whether a run chart shows more than noise.

The two limits are the rule Anhøj studied by simulation (PLoS ONE 9:e113825, 2014); a trend rule
is left out on purpose, since it fires on noise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from typing import Final

LEAST: Final = 10
"""With fewer readings off the median the rules say next to nothing."""

FALSE_ALARMS: Final = 0.030
"""The share of charts of 24 stable readings in which one of the two rules fires.

It and the next were counted on 60,000 series; tests/domain/figures/test_false_alarms.py counts
them again with other dice.
"""
FALSE_ALARMS_FROZEN: Final = 0.080
"""The same where the median is that of the first 12 of the 24 readings."""


@dataclass(frozen=True, slots=True)
class Runs:
    """What was counted about a median, and the limits for that many readings.

    ``useful`` counts the readings that do not lie on the median.
    """

    useful: int
    longest: int
    longest_allowed: int
    crossings: int
    least_crossings: int

    @property
    def enough(self) -> bool:
        """Tell whether there are readings enough to judge."""
        return self.useful >= LEAST

    @property
    def long_run(self) -> bool:
        """Tell whether too many readings in a row lie on one side."""
        return self.enough and self.longest > self.longest_allowed

    @property
    def few_crossings(self) -> bool:
        """Tell whether the line crosses its median less often than noise would."""
        return self.enough and self.crossings < self.least_crossings

    @property
    def signal(self) -> bool:
        """Tell whether either rule found something that noise seldom does."""
        return self.long_run or self.few_crossings


def median(values: Iterable[float]) -> float | None:
    """Return the middle value, or the mean of the middle two; None where there is none."""
    ordered = sorted(values)
    if not ordered:
        return None
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    low, high = ordered[half - 1], ordered[half]
    middle = low / 2 + high / 2  # halved first: the sum of two huge values is not a number
    return min(max(middle, low), high)


def longest_allowed(useful: int) -> int:
    """Return the longest run that noise still explains: log2(n) + 3, rounded."""
    return round(log2(useful) + 3) if useful > 0 else 0


@lru_cache(maxsize=256)
def least_crossings(useful: int) -> int:
    """Return the fewest crossings that noise explains: the 5 % quantile of B(n - 1, 0.5)."""
    tosses = useful - 1
    if tosses < 1:
        return 0
    term = below = 1
    count = 0
    whole = 1 << tosses
    while 20 * below < whole:
        term = term * (tosses - count) // (count + 1)
        count += 1
        below += term
    return count


def runs_about(values: Sequence[float], middle: float) -> Runs:
    """Count runs and crossings of values, in order of time, about a middle line."""
    sides = [value > middle for value in values if value != middle]
    longest = run = crossings = 0
    before: bool | None = None
    for side in sides:
        if side == before:
            run += 1
        else:
            crossings += before is not None
            run = 1
        before = side
        longest = max(longest, run)
    return Runs(
        useful=len(sides),
        longest=longest,
        longest_allowed=longest_allowed(len(sides)),
        crossings=crossings,
        least_crossings=least_crossings(len(sides)),
    )
