"""The shares of false alarms that are shown, counted again with other dice."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from math import sqrt

import pytest

from gemba.domain.figures import RunChart
from gemba.domain.figures.chart_words import alarms_told
from gemba.domain.figures.false_alarms import READINGS, false_alarms
from gemba.domain.figures.runs import FALSE_ALARMS, FALSE_ALARMS_FROZEN, median, runs_about
from gemba.domain.figures.xmr import limits_of
from gemba.domain.figures.xmr_rules import (
    DEFAULT_RULES,
    NELSON,
    RULES,
    WESTERN_ELECTRIC,
    find,
)

SERIES = 4000


@cache
def fired() -> list[frozenset[str]]:
    """Which rules fire on each of many series of noise, limits taken from the series itself."""
    dice = random.Random(71)
    found = []
    for _ in range(SERIES):
        values = [dice.gauss(0, 1) for _ in range(READINGS)]
        limits = limits_of(values)
        assert limits is not None
        found.append(frozenset(hit.rule for hit in find(values, limits, RULES)))
    return found


def slack(share: float) -> float:
    """Four standard errors of what was counted, and a thousandth for the table's own."""
    return 4 * sqrt(share * (1 - share) / SERIES) + 0.001


@pytest.mark.parametrize(
    "rules", [*((rule,) for rule in RULES), DEFAULT_RULES, WESTERN_ELECTRIC, NELSON, RULES]
)
def test_the_share_shown_is_the_share_counted(rules: tuple[str, ...]) -> None:
    counted = sum(bool(one & set(rules)) for one in fired()) / SERIES
    assert counted == pytest.approx(false_alarms(rules), abs=slack(counted))


@pytest.mark.parametrize(
    ("rules", "share"),
    [(("n1",), 0.057), (DEFAULT_RULES, 0.065), (WESTERN_ELECTRIC, 0.146), (NELSON, 0.186)],
)
def test_the_shares_found_once_before_are_found_again(rules: tuple[str, ...], share: float) -> None:
    # 8,000 series were counted then: their own error is in the slack.
    assert false_alarms(rules) == pytest.approx(share, abs=4 * sqrt(share / 8000))


def test_no_rule_gives_no_alarm_and_more_rules_more() -> None:
    assert false_alarms(()) == 0
    assert false_alarms(("n1",)) < false_alarms(DEFAULT_RULES) < false_alarms(RULES) < 1
    chart = RunChart(id="c", method="limits")
    assert "7 show" in alarms_told(chart)
    assert "15 show" in alarms_told(replace(chart, rules=WESTERN_ELECTRIC))
    assert "about 3 show" in alarms_told(RunChart(id="c"))
    assert "about 8 show" in alarms_told(RunChart(id="c", frozen=True))


def test_the_shares_of_runs_and_crossings_are_counted_again() -> None:
    dice = random.Random(12)
    own = frozen = 0
    for _ in range(SERIES):
        values = [dice.random() for _ in range(READINGS)]
        own += by_runs(values)
        middle = median(values[: READINGS // 2])
        assert middle is not None
        frozen += runs_about(values, middle).signal
    assert own / SERIES == pytest.approx(FALSE_ALARMS, abs=slack(FALSE_ALARMS))
    assert frozen / SERIES == pytest.approx(FALSE_ALARMS_FROZEN, abs=slack(FALSE_ALARMS_FROZEN))


def by_runs(values: Sequence[float]) -> bool:
    middle = median(values)
    assert middle is not None
    return runs_about(values, middle).signal


def six_on_a_side(values: Sequence[float]) -> bool:
    middle = median(values)
    assert middle is not None
    return runs_about(values, middle).longest >= 6


def five_in_a_row(values: Sequence[float]) -> bool:
    up = down = 1
    for one, other in pairwise(values):
        up, down = (up + 1, 1) if other > one else (1, down + 1)
        if max(up, down) >= 5:
            return True
    return False


@pytest.mark.parametrize(
    ("rule", "count", "share"),
    [
        (by_runs, 20, 0.023), (by_runs, 24, 0.030), (by_runs, 60, 0.043),
        (six_on_a_side, 20, 0.10), (six_on_a_side, 24, 0.15), (six_on_a_side, 60, 0.53),
        (five_in_a_row, 20, 0.21), (five_in_a_row, 24, 0.25), (five_in_a_row, 60, 0.56),
    ],
)  # fmt: skip
def test_why_runs_and_crossings_and_not_the_rules_one_often_reads(
    rule: object, count: int, share: float
) -> None:
    assert callable(rule)
    dice = random.Random(f"{count}")
    series = 2500
    counted = sum(rule([dice.random() for _ in range(count)]) for _ in range(series)) / series
    # Five standard errors of both counts: the shares were quoted to two digits.
    assert counted == pytest.approx(share, abs=5 * sqrt(share / series + share / 8000) + 0.005)
