"""Days, ages and times as the window says them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from gemba.ui.days import age, clock, long_day, near_day, said_day, short_day

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 4), "4 Nov"),
        (date(2026, 9, 17), "17 Sep"),
        (date(2025, 11, 4), "4 Nov 2025"),
    ],
)
def test_a_short_day_has_its_year_where_it_is_another(day: date, words: str) -> None:
    assert short_day(day, TODAY) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 24), "Today"),
        (date(2026, 11, 25), "Tomorrow"),
        (date(2026, 11, 23), "Yesterday"),
        (date(2026, 11, 27), "Fri 27 Nov"),
        (date(2027, 1, 9), "9 Jan 2027"),
    ],
)
def test_a_near_day_is_said_from_today(day: date, words: str) -> None:
    assert near_day(day, TODAY) == words


def test_a_title_says_the_whole_day() -> None:
    assert long_day(date(2026, 11, 22)) == "Sunday 22 November"


def test_ages_are_days() -> None:
    assert [age(days) for days in (-1, 0, 1, 16)] == ["today", "today", "1 day", "16 days"]


def test_a_clock_has_24_hours() -> None:
    assert clock(datetime(2026, 11, 24, 17, 8)) == "17:08"
    assert clock(None) == ""


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 24), "today"),
        (date(2026, 11, 25), "tomorrow"),
        (date(2026, 11, 23), "yesterday"),
        (date(2026, 11, 26), "Thu 26 Nov"),
    ],
)
def test_within_a_sentence_a_near_day_is_a_small_word(day: date, words: str) -> None:
    assert said_day(day, TODAY) == words
