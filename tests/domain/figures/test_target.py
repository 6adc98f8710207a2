"""What a target card says, and what each of its letters still lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gemba.domain.codec import from_plain, to_plain
from gemba.domain.figures import Target
from gemba.domain.figures.target import LETTERS
from gemba.domain.figures.target_rules import (
    amount,
    difference,
    letters_told,
    missing,
    target_findings,
)
from gemba.domain.figures.telling import plain_english
from gemba.domain.figures.words import described, words_of

TODAY = date(2026, 11, 22)
WHOLE = Target(
    id="t",
    measure="Out before 12:00",
    where="Ward 6",
    start="19",
    goal="40",
    unit="%",
    by=date(2026, 12, 11),
    source="bed board",
    reach="Ward 9 is at 43 %",
    serves="Nobody waits over 4 hours",
    balance="Readmission, 4.1 %",
)


def keys(figure: Target) -> list[tuple[str, str]]:
    return [(one.key, one.where) for one in target_findings(figure, TODAY)]


def test_a_whole_card_lacks_nothing() -> None:
    assert not any(missing(WHOLE).values())
    assert letters_told(WHOLE) == []
    assert keys(WHOLE) == []
    assert difference(WHOLE) == "+21 points"


@pytest.mark.parametrize(
    ("field", "letter"),
    [
        ("measure", "s"), ("where", "s"), ("start", "m"), ("goal", "m"), ("unit", "m"),
        ("source", "m"), ("reach", "a"), ("serves", "r"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_at_its_letter(field: str, letter: str) -> None:
    lacks = missing(replace(WHOLE, **{field: " "}))
    assert {name: names for name, names in lacks.items() if names} == {letter: (field,)}


def test_an_empty_card_lacks_all_and_a_day_that_is_none_counts_as_missing() -> None:
    assert list(missing(Target(id="t"))) == list(LETTERS)
    assert all(missing(Target(id="t")).values())
    unread = replace(WHOLE, by=None, by_words="soon", balance="")
    assert letters_told(unread) == ["T: by which day?", "What must not get worse?"]
    assert keys(unread) == [("target.not_a_day", "by")]
    assert "By soon ?." in described(unread)


def test_what_contradicts_is_named_where_it_stands() -> None:
    wrong = replace(WHOLE, start="40", by=date(2026, 11, 1), measure="Late trains")
    assert keys(wrong) == [
        ("target.passed", "by"),
        ("target.same", "goal"),
    ]
    assert keys(replace(WHOLE, start="a lot " * 900)) == [("target.not_a_number", "start")]
    told = target_findings(replace(WHOLE, start="a lot " * 900), TODAY)[0].told(plain_english)
    assert len(told) < 80


@pytest.mark.parametrize(
    ("start", "goal", "unit", "text"),
    [
        ("19 %", "40 %", "", "+21 points"), ("3,2", "3.1", "days", "−0.1\u00a0days"),
        ("0.3", "0.1", "", "−0.2"), ("-5", "-5.0", "°C", "0\u00a0°C"), ("0", "0", "", "0"),
        ("1e5", "", "", ""), ("x", "3", "", ""), ("1 200", "1 500", "h", "+300\u00a0h"),
        ("9" * 400, "1", "", ""),
    ],
)  # fmt: skip
def test_how_far_it_is(start: str, goal: str, unit: str, text: str) -> None:
    assert difference(replace(WHOLE, start=start, goal=goal, unit=unit)) == text


def test_numbers_may_carry_their_unit() -> None:
    assert amount("3,2 days") == 3.2
    assert amount("  −4 °C") == -4
    assert amount("about 3") is None
    assert amount("") is None


def test_a_card_is_told_searched_and_kept() -> None:
    told = described(WHOLE)
    assert "From 19\u00a0% to 40\u00a0% (+21 points)." in told
    assert "By 11 Dec 2026." in told
    assert "Must not get worse: Readmission, 4.1 %." in told
    assert {"Ward 6", "bed board", "Readmission, 4.1 %"} <= set(words_of(WHOLE))
    assert from_plain(Target, to_plain(WHOLE)) == WHOLE
    assert described(Target(id="t")) == "Target card, nothing written yet."
