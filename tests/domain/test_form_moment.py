"""Days and times among the answers of a form."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from gemba.domain.form_moment import moment_of, said_moment


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("date", "2026-11-20", "20 Nov 2026"),
        ("time", "07:45:00.000", "07:45"),
        ("time", "07:45:09.000+01:00", "07:45:09"),
        # By the clock where it was given, wherever it is read.
        ("datetime", "2026-11-20T07:45:00.000+09:00", "20 Nov 2026 07:45"),
        ("date", "0001-01-01", "1 Jan 1"),
        ("date", "next week", "next week"),
        ("date", "", ""),
        ("text", "2026-11-20", "2026-11-20"),
    ],
)
def test_a_moment_is_said_as_people_do(kind: str, text: str, said: str) -> None:
    assert said_moment(kind, text) == said


def test_a_moment_has_the_clock_where_it_was_given() -> None:
    assert moment_of("datetime", "2026-11-20T07:45:00.000+09:00") == datetime(2026, 11, 20, 7, 45)
    assert moment_of("time", "07:45:00.000Z") == time(7, 45)
    assert moment_of("date", "2026-11-20") == date(2026, 11, 20)
    assert moment_of("date", "half a day") is None
