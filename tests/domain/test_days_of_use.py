"""Days are counted, so that no wrong clock empties the bin."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.days_of_use import (
    DAYS_IN_BIN,
    LONGEST_GAP,
    DaysOfUse,
    read_days,
    write_days,
)

DAY = date(2026, 11, 24)


def used(*steps: int, rows: int = 10) -> DaysOfUse:
    """Count a first day and one more after each step; the journal grows by so many rows a day."""
    counted, day = DaysOfUse().seen(DAY, 0), DAY
    for number, step in enumerate(steps, 1):
        day += timedelta(days=step)
        counted = counted.seen(day, number * rows)
    return counted


def test_thirty_days_of_work_empty_the_bin_and_not_one_less() -> None:
    assert used(*[1] * 29).left(0) == 1
    assert used(*[1] * 30).left(0) == 0


def test_a_clock_ten_years_ahead_counts_a_week_and_back_again_nothing() -> None:
    ahead = used(1, 3650)
    assert ahead.age(0) == 1 + LONGEST_GAP
    back = ahead.seen(DAY + timedelta(days=2), 30)
    assert back.age(0) == 1 + LONGEST_GAP
    # And the days after it count as usual.
    assert back.seen(DAY + timedelta(days=3), 40).age(0) == 2 + LONGEST_GAP


def test_a_clock_in_1970_counts_nothing_and_keeps_nothing_for_ever() -> None:
    counted = used(1).seen(date(1970, 1, 1), 20)
    assert counted.age(0) == 1
    for number in range(1, 40):
        counted = counted.seen(date(1970, 1, 1) + timedelta(days=number), 20 + number)
    assert counted.left(0) == 0


def test_the_same_day_counts_once() -> None:
    assert used(0, 0, 0).days == 0


def test_days_on_which_nothing_is_written_count_too() -> None:
    assert used(*[1] * 30, rows=0).left(0) == 0


def test_rows_that_a_restored_backup_took_back_tell_nothing() -> None:
    counted = used(*[1] * 5).seen(DAY + timedelta(days=6), 20)
    assert max(mark.row for mark in counted.marks) == 20


def test_what_was_thrown_away_later_stays_longer() -> None:
    counted = used(*[1] * 35)
    assert counted.left(0) == 0
    assert counted.left(200) == DAYS_IN_BIN - 15
    assert counted.left(10_000) == DAYS_IN_BIN


@given(st.lists(st.integers(-4000, 4000), max_size=120))
def test_no_clock_makes_time_run_faster_than_a_week_a_day(steps: list[int]) -> None:
    day, counted = DAY, DaysOfUse().seen(DAY, 0)
    for number, step in enumerate(steps, 1):
        moved = day.toordinal() + step
        day = date.fromordinal(min(max(moved, 1), date.max.toordinal()))
        counted = counted.seen(day, number)
        assert 0 <= counted.age(0) <= LONGEST_GAP * number
        assert read_days(write_days(counted)) == counted
    # Old marks go, but never the one that tells for what is old enough.
    assert len(counted.marks) <= DAYS_IN_BIN * 2 + len(steps)


def test_a_line_that_is_no_count_begins_a_new_one() -> None:
    for text in ("", "x", "5 -", "1 2026-99-99 3:4", "1 2 3", "7 - 1:2:3"):
        assert read_days(text).left(5) in range(DAYS_IN_BIN + 1)
