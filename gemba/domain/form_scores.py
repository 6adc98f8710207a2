"""Scores of a form over time: by question and area, never by person."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

MOST_DAYS: Final = 12
"""So many of the newest days stand beside each other."""
FEWEST_SPOKES: Final = 3
MOST_SPOKES: Final = 12


@dataclass(frozen=True, slots=True)
class ScoreSeries:
    """What one thing was worth, by day, the oldest first; several of one day are their mean."""

    name: str
    points: tuple[tuple[date, float], ...]

    @property
    def last(self) -> float:
        """The newest value."""
        return self.points[-1][1]

    @property
    def before(self) -> float | None:
        """The value before the newest, None where there is none."""
        return self.points[-2][1] if len(self.points) > 1 else None


def series_of(scored: Iterable[tuple[date, Sequence[tuple[str, float]]]]) -> list[ScoreSeries]:
    """Gather scores by name, in the order in which names come first, at most the newest days."""
    found: dict[str, dict[date, list[float]]] = {}
    for day, values in scored:
        for name, value in values:
            found.setdefault(name, {}).setdefault(day, []).append(value)
    return [
        ScoreSeries(
            name,
            tuple((day, sum(held) / len(held)) for day, held in sorted(days.items()))[-MOST_DAYS:],
        )
        for name, days in found.items()
    ]


def top_of(series: Sequence[ScoreSeries]) -> float:
    """Return a round number that no value exceeds: 1, 2, 4, 5 or 10 times a power of ten."""
    most = max((value for one in series for _, value in one.points), default=0.0)
    if most <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(most))
    return next(step * power for step in (1, 1.2, 1.5, 2, 4, 5, 8, 10) if step * power >= most)


def can_be_radar(series: Sequence[ScoreSeries]) -> bool:
    """Tell whether scores make a radar: a handful of them, none below zero, on one scale.

    Where one is more than ten times another a shape would say nothing.
    """
    if not FEWEST_SPOKES <= len(series) <= MOST_SPOKES:
        return False
    tops = [max(value for _, value in one.points) for one in series]
    least = min(value for one in series for _, value in one.points)
    filled = [one for one in tops if one > 0]
    return least >= 0 and bool(filled) and max(filled) <= 10 * min(filled)


def said(value: float) -> str:
    """Say a score: a whole number as one, any other with at most one decimal."""
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"
