"""Times of several cycles by the stopwatch: how many, the middle one, and their spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gemba.domain.figures import Pareto, TableFigure
from gemba.domain.figures.pareto import Bar
from gemba.domain.figures.runs import median
from gemba.domain.observation import Count


@dataclass(frozen=True, slots=True)
class Spread:
    """So many cycles, in seconds: the shortest, the middle and the longest."""

    count: int
    least: float
    middle: float
    most: float


def spread_of(laps: Sequence[float]) -> Spread | None:
    """Return the spread of cycles in seconds; None where none was timed."""
    middle = median(laps)
    return None if middle is None else Spread(len(laps), min(laps), middle, max(laps))


def said_seconds(seconds: float) -> str:
    """Return a time as it stands on a stopwatch: "41.3 s", "2:05.0"."""
    tenths = round(seconds * 10)
    minutes, rest = divmod(tenths, 600)
    return f"{minutes}:{rest / 10:04.1f}" if minutes else f"{rest / 10:.1f} s"


def laps_chart(id: str, caption: str, laps: Sequence[float], heads: tuple[str, str]) -> TableFigure:
    """Return cycles as dots in the order they were timed, in seconds, about their median."""
    rows = [heads, *((str(n), f"{seconds:.1f}") for n, seconds in enumerate(laps, 1))]
    return TableFigure(id=id, caption=caption, rows=tuple(rows), drawn="dots")


def counts_chart(id: str, caption: str, counts: Sequence[Count]) -> Pareto:
    """Return tallies as bars."""
    bars = tuple(Bar(label=one.label, count=float(one.number)) for one in counts)
    return Pareto(id=id, caption=caption, bars=bars)
