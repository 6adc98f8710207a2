"""Axes that a person would have drawn: round values and dates at even steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, log10
from typing import Final

LARGEST: Final = 1e300
"""No scale reaches beyond it; what lies there is drawn at its end."""
_TINY: Final = 1e-280
"""Nobody measures smaller than this, and numbers lose their digits below it."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of an axis and the values written along it, rising."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """Return where a value lies between the ends, 0 to 1, held at the ends."""
        span = self.high / 2 - self.low / 2
        part = (value / 2 - self.low / 2) / span if span else 0.5
        return min(1.0, max(0.0, part))


def nice_scale(low: float, high: float, most: int = 5) -> Scale:
    """Return a scale of round steps (1, 2 or 5 times a power of ten) that holds both values.

    ``most`` is the largest number of ticks wished for; equal values get room on both sides.
    """
    low, high = min(low, high), max(low, high)
    low, high = (min(LARGEST, max(-LARGEST, end)) for end in (low, high))
    if high - low <= max(abs(low), abs(high), _TINY) * 1e-12:
        room = abs(low) / 2 if abs(low) > _TINY else 1.0
        low, high = low - room, high + room
    step = _nice_step((high - low) / max(1, most - 1))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    while last - first + 1 > most + 1:
        step = _next_step(step)
        first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    ticks = tuple(_clean(count, step) for count in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def fixed_scale(low: float, high: float, most: int = 5) -> Scale:
    """Return a scale between two given ends, with the round values between them."""
    low, high = (min(LARGEST, max(-LARGEST, end)) for end in (low, high))
    if not low < high:
        return nice_scale(low, high, most)
    step = _nice_step((high - low) / max(1, most - 1))
    counts = range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)
    return Scale(low, high, tuple(_clean(count, step) for count in counts))


def _nice_step(rough: float) -> float:
    power = 10.0 ** floor(log10(rough)) if rough > 1e-300 else 1e-300
    for factor in (1, 2, 5):
        if rough <= factor * power * (1 + 1e-9):
            return factor * power
    return 10 * power


def _next_step(step: float) -> float:
    return _nice_step(step * 1.5)


def _clean(count: int, step: float) -> float:
    """Return count times step without the dust of binary fractions."""
    return float(f"{count * step:.12g}")


_DAYS: Final = (1, 2, 7, 14, 21, 28)
_MONTHS: Final = (1, 2, 3, 6, 12, 24, 60, 120)


def date_ticks(first: date, last: date, most: int = 6) -> tuple[date, ...]:
    """Return at most ``most`` dates at even steps: days, weeks from the first day, or months.

    The first tick is the first day where steps are days or weeks, else the first of a month.
    """
    days = max(0, (last - first).days)
    most = max(1, most)
    for step in _DAYS:
        if days // step + 1 <= most:
            return tuple(first + timedelta(days=at) for at in range(0, days + 1, step))
    for months in _MONTHS:
        found = _month_starts(first, last, months)
        if len(found) <= most:
            return found or (first,)
    return (first, last) if most > 1 else (first,)


def week_starts(first: date, last: date) -> tuple[date, ...]:
    """Return each seventh day from the first, for the light lines of a time strip."""
    return tuple(first + timedelta(days=at) for at in range(0, (last - first).days + 1, 7))


def _month_starts(first: date, last: date, months: int) -> tuple[date, ...]:
    number = first.year * 12 + first.month - 1 + (first.day > 1)
    number = -(-number // months) * months
    found = []
    while number // 12 <= last.year:
        if not 1 <= number // 12 <= 9999:
            break
        day = date(number // 12, number % 12 + 1, 1)
        if day > last:
            break
        found.append(day)
        number += months
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Spot:
    """One point of a line: where it stands across (0 to 1) and its value, None for a gap."""

    at: float
    value: float | None


def thinned(spots: Sequence[Spot], columns: int) -> tuple[Spot, ...]:
    """Return fewer spots that draw the same line: each column keeps its first, lowest, highest
    and last value and its gaps, so no peak is lost."""
    if columns < 1 or len(spots) <= 4 * columns:
        return tuple(spots)
    kept: set[int] = {0, len(spots) - 1}
    column: list[int] = []
    number = -1
    for index, spot in enumerate([*spots, Spot(2.0, None)]):
        here = columns if index == len(spots) else min(columns - 1, int(spot.at * columns))
        if here != number and column:
            kept |= _telling(spots, column)
            column = []
        number = here
        column.append(index)
    return tuple(spots[index] for index in sorted(kept))


def _telling(spots: Sequence[Spot], column: list[int]) -> set[int]:
    found = {column[0], column[-1]}
    valued = [(value, i) for i in column if (value := spots[i].value) is not None]
    if valued:
        found |= {min(valued)[1], max(valued)[1]}
    gaps = [i for i in column if spots[i].value is None]
    return found | set(gaps[:1])
