"""How a coach's questions changed over months: counts by class, and one class as a run chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gemba.domain.figures.run_chart import Reading, RunChart
from gemba.domain.question_form import CLASSES


@dataclass(frozen=True, slots=True)
class AskedMonth:
    """The questions of a month, named by its first day; ``counts`` go in the order of CLASSES.

    A question may be in several classes, so that the counts may be more than ``asked``.
    """

    month: date
    asked: int
    counts: tuple[int, ...]

    def count(self, one: str) -> int:
        """How many were in a class."""
        return self.counts[CLASSES.index(one)]

    def share(self, one: str) -> float:
        """What part of the questions was in a class, in percent, to a tenth."""
        return round(100.0 * self.count(one) / self.asked, 1) if self.asked else 0.0


def asked_months(rows: Iterable[tuple[date, Sequence[str], int]]) -> list[AskedMonth]:
    """Return the months of questions, the oldest first.

    Each row is a day, classes, and how many questions of that day were in just these. What is no
    question at all counts for nothing.
    """
    asked: Counter[date] = Counter()
    counts: dict[date, Counter[str]] = {}
    for on, classes, number in rows:
        known = [one for one in CLASSES if one in classes]
        if known:
            month = on.replace(day=1)
            asked[month] += number
            counts.setdefault(month, Counter()).update(dict.fromkeys(known, number))
    return [
        AskedMonth(month, asked[month], tuple(counts[month][one] for one in CLASSES))
        for month in sorted(asked)
    ]


def trend(months: Sequence[AskedMonth], one: str) -> RunChart:
    """Return the share of a class in percent, a reading for each month in which anything stands."""
    readings = tuple(Reading(on=month.month, value=month.share(one)) for month in months)
    return RunChart(id="asked", unit="%", readings=readings, low=0.0, high=100.0)
