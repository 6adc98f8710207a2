"""On which days a routine falls, and what became of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.domain.routine import Keeping, Pause, Routine
from gemba.domain.routine_days import expected, marks, minute_of, minutes_late, monday_of
from tests.strategies import records

MONDAY = date(2026, 11, 2)
SUNDAY = date(2026, 11, 29)


def routine(**fields: object) -> Routine:
    made = {"id": uuid4(), "kind": "huddle", "name": "Huddle", "starts_on": MONDAY, **fields}
    return Routine(**made)  # type: ignore[arg-type]


def days(one: Routine) -> list[int]:
    return [day.day for day in expected(one, MONDAY, SUNDAY)]


def test_weekdays_every_other_week_and_weeks_of_the_month() -> None:
    assert days(routine(weekdays=(1, 3))) == [2, 4, 9, 11, 16, 18, 23, 25]
    assert days(routine(weekdays=(5,), every_weeks=2)) == [6, 20]
    # Counted from the week of the first day, whichever day of it that was.
    begun = routine(weekdays=(1, 5), every_weeks=2, starts_on=date(2026, 11, 4))
    assert days(begun) == [6, 16, 20]
    assert days(routine(weekdays=(2,), week_of_month=1)) == [3]
    assert days(routine(weekdays=(5,), week_of_month=5)) == [27]
    ends = routine(weekdays=(1,), ends_on=date(2026, 11, 16), archived_on=date(2026, 11, 9))
    assert days(ends) == [2, 9]


def test_the_last_weekday_of_december_9999_is_one() -> None:
    one = routine(weekdays=(5,), week_of_month=5, starts_on=date(9999, 12, 1))
    assert expected(one, date(9999, 12, 1), date.max) == [date.max]


def test_each_day_is_kept_missed_coming_or_off() -> None:
    today = date(2026, 11, 12)
    walk, never_made = uuid4(), uuid4()
    one = routine(pauses=(Pause(id="p", first=date(2026, 11, 9), last=date(2026, 11, 10)),))

    def said(day: int, kept: bool, **more: object) -> Keeping:
        made = {"id": uuid4(), "routine_id": one.id, "day": date(2026, 11, day), "kept": kept}
        return Keeping(**made, **more)  # type: ignore[arg-type]

    held = [
        said(2, True),
        said(3, False, why="ill"),
        said(4, True, walk_id=walk),
        said(5, True, walk_id=never_made),
        said(7, True),
        said(9, True),
    ]
    found = marks(one, held, {walk}, MONDAY, date(2026, 11, 13), today)
    assert [(mark.day.day, mark.state, mark.why) for mark in found] == [
        (2, "kept", ""),
        (3, "missed", "ill"),
        (4, "kept", ""),
        (5, "missed", ""),
        (6, "missed", ""),
        # A Saturday out of turn, and a day kept in spite of days off.
        (7, "kept", ""),
        (9, "kept", ""),
        (10, "off", ""),
        (11, "missed", ""),
        (12, "coming", ""),
        (13, "coming", ""),
    ]


def test_late_is_what_comes_after_window_and_grace() -> None:
    one = routine(time_of_day="08:15", window=5, grace=10)
    at = datetime(2026, 11, 2, 8, 30, tzinfo=ZoneInfo("Europe/London"))
    assert minutes_late(one, at) == 0
    assert minutes_late(one, at + timedelta(minutes=7)) == 7
    assert minutes_late(routine(), at) == 0
    assert minutes_late(one, None) == 0


def test_a_time_of_day_is_read_strictly() -> None:
    assert [minute_of(text) for text in ("08:15", "8:15", "23:59", "00:00")] == [495, 495, 1439, 0]
    for text in ("", "24:00", "8", "8:60", "8:-1", "٨:٠٠x", "008:15", "8:15:00", "noon"):
        assert minute_of(text) is None, text


@settings(max_examples=60, deadline=None)
@given(records("routine"), st.dates(), st.integers(0, 60))
def test_no_routine_however_odd_breaks_its_days(one: Routine, first: date, count: int) -> None:
    last = date.fromordinal(min(first.toordinal() + count, date.max.toordinal()))
    found = marks(one, (), (), monday_of(first), last, first)
    assert [mark.day for mark in found] == sorted({mark.day for mark in found})
    assert all(mark.day.isoweekday() in one.weekdays for mark in found)
    assert all(mark.state in ("missed", "coming", "off") for mark in found)
