"""The prediction ledger: what one learner predicted, what happened, and what that taught."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from gemba.domain.experiment import OUTCOMES, Experiment

EXPECTED, DIFFERENT, UNCLEAR = OUTCOMES
ENOUGH: Final = 5
"""So many results in a row that all came as expected raise a question; fewer may be chance."""


@dataclass(frozen=True, slots=True)
class LedgerMonth:
    """How the predictions of one month came out; ``month`` is its first day."""

    month: date
    expected: int = 0
    different: int = 0
    unclear: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One prediction against what happened.

    ``error`` is what happened less what was predicted, in the unit of the measure; None where
    one of the two is no number.
    """

    id: UUID
    planned_on: date
    result_on: date | None
    prediction: str
    happened: str
    outcome: str
    learned: str
    error: float | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All predictions of one learner, the newest first, and their months, the oldest first.

    ``surprised_by_none`` tells that the last ones all came as expected, so that there is one
    question to ask: what would have surprised you?
    """

    lines: tuple[LedgerLine, ...] = ()
    months: tuple[LedgerMonth, ...] = ()
    surprised_by_none: bool = False

    def count(self, outcome: str) -> int:
        """Count the lines with an outcome; empty counts those nobody has looked at."""
        return sum(line.outcome == outcome for line in self.lines)


def outcome_of(experiment: Experiment) -> str:
    """Return how an experiment came out; a result that nobody judged is unclear."""
    return experiment.outcome or (UNCLEAR if experiment.result.strip() else "")


def ledger_of(
    experiments: Iterable[Experiment], first: date | None = None, last: date | None = None
) -> Ledger:
    """Return the ledger of experiments planned between two days, both included."""
    chosen = [
        one
        for one in experiments
        if (one.step.strip() or one.prediction.strip())
        and (first is None or one.planned_on >= first)
        and (last is None or one.planned_on <= last)
    ]
    # The sort keeps the order of writing within a day; turned round, the later one stands first.
    ordered = sorted(chosen, key=lambda one: one.planned_on)
    lines = tuple(_line(one) for one in reversed(ordered))
    return Ledger(lines, _months(lines), _all_expected(lines))


def _line(one: Experiment) -> LedgerLine:
    return LedgerLine(
        id=one.id,
        planned_on=one.planned_on,
        result_on=one.result_on,
        prediction=one.prediction or one.step,
        happened=one.result,
        outcome=outcome_of(one),
        learned=one.learned,
    )


def _months(lines: Iterable[LedgerLine]) -> tuple[LedgerMonth, ...]:
    counts: dict[date, dict[str, int]] = {}
    for line in lines:
        month = counts.setdefault(line.planned_on.replace(day=1), {})
        month[line.outcome] = month.get(line.outcome, 0) + 1
    return tuple(
        LedgerMonth(
            month,
            found.get(EXPECTED, 0),
            found.get(DIFFERENT, 0),
            found.get(UNCLEAR, 0),
            found.get("", 0),
        )
        for month, found in sorted(counts.items())
    )


def _all_expected(lines: Iterable[LedgerLine]) -> bool:
    judged = [line.outcome for line in lines if line.outcome][:ENOUGH]
    return len(judged) == ENOUGH and set(judged) == {EXPECTED}
