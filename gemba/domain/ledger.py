"""The prediction ledger: what one learner predicted, what happened, and what that taught."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple
from uuid import UUID

from gemba.domain.experiment import OUTCOMES

EXPECTED, DIFFERENT, UNCLEAR = OUTCOMES
ENOUGH: Final = 5
"""So many results in a row that all came as expected raise a question; fewer may be chance."""
WEEKS_UNSEEN: Final = 3
"""Whoever had no talk for longer than so many weeks has not been coached for weeks."""


@dataclass(frozen=True, slots=True)
class LedgerMonth:
    """How the predictions of one month came out; ``month`` is its first day."""

    month: date
    expected: int = 0
    different: int = 0
    unclear: int = 0
    open: int = 0

    @property
    def all(self) -> int:
        """How many predictions were made in the month."""
        return self.expected + self.different + self.unclear + self.open


class LinePlace(NamedTuple):
    """Where a line stands, so that the next page begins behind it."""

    on: date
    counter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One prediction against what happened; ``amended`` counts what was added below it.

    ``error`` is what happened less what was predicted, in ``unit``; None where
    one of the two is no number.
    """

    id: UUID
    counter: int
    planned_on: date
    result_on: date | None = None
    prediction: str
    measure: str = ""
    happened: str = ""
    outcome: str = ""
    learned: str = ""
    amended: int = 0
    error: float | None = None
    unit: str = ""

    @property
    def place(self) -> LinePlace:
        """Where this line stands."""
        return LinePlace(self.planned_on, self.counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObstacleTime:
    """An obstacle that was worked on: from the first experiment at it until it was gone.

    ``until`` is the day it was gone, or the last day something was tried at it; one that is in
    ``focus`` still takes time today.
    """

    text: str
    process: str
    first: date
    until: date
    gone: bool
    experiments: int
    focus: bool = False

    def days(self, today: date) -> int:
        """Count the days it took so far, the first and the last among them."""
        last = max(self.until, today) if self.focus and not self.gone else self.until
        return (last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Threshold:
    """A question at which "we don't know that yet" was said, and how often."""

    question: str
    times: int


def all_expected(newest: Sequence[str]) -> bool:
    """Tell whether enough results are known, and the newest all came as expected."""
    return len(newest) >= ENOUGH and set(newest[:ENOUGH]) == {EXPECTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """What a learner's cycles and predictions show between two days.

    ``cycles`` are their days with the minutes they took, 0 where nobody knows; ``phases`` the
    minutes that each question took in all, where that was noted, the longest first. ``missed``
    are days on which a look was agreed and did not happen, with the reason in one line.
    """

    months: tuple[LedgerMonth, ...] = ()
    newest_outcomes: tuple[str, ...] = ()
    cycles: tuple[tuple[date, int], ...] = ()
    obstacles: tuple[ObstacleTime, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    phases: tuple[tuple[str, float], ...] = ()
    missed: tuple[tuple[date, str], ...] = ()

    @property
    def surprised_by_none(self) -> bool:
        """Tell whether the last results all came as expected.

        Then there is one question to ask: what would have surprised you? A prediction that
        always holds teaches nothing (domain.md A1: a refuted one counts as learning).
        """
        return all_expected(self.newest_outcomes)

    def count(self, outcome: str) -> int:
        """Count predictions by how they came out; empty counts those nobody has looked at."""
        names = {EXPECTED: "expected", DIFFERENT: "different", UNCLEAR: "unclear", "": "open"}
        return sum(getattr(month, names[outcome]) for month in self.months)

    @property
    def longest_gap(self) -> int:
        """How many days lay between two cycles at most; 0 with fewer than two."""
        days = [on for on, _ in self.cycles]
        return max(((later - on).days for on, later in _pairs(days)), default=0)


def _pairs(days: Sequence[date]) -> list[tuple[date, date]]:
    return list(pairwise(days))
