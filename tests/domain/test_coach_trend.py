"""How questions changed over months, and times as they are written down."""

from __future__ import annotations

from datetime import date

import pytest

from gemba.domain.coach_trend import asked_months, trend
from gemba.domain.minutes import read_minutes, said_minutes
from gemba.domain.question_form import AskedAs


def test_months_are_counted_by_class_and_no_question_counts_for_nothing() -> None:
    months = asked_months(
        [
            (date(2026, 11, 3), ("closed", "leading"), 1),
            (date(2026, 10, 30), ("open",), 1),
            (date(2026, 11, 20), ("open",), 1),
            (date(2026, 11, 21), ("none",), 3),
            (date(2026, 11, 22), (), 2),
        ]
    )
    assert [(one.month, one.asked) for one in months] == [
        (date(2026, 10, 1), 1),
        (date(2026, 11, 1), 2),
    ]
    assert months[1].count("leading") == 1
    assert months[1].share("open") == 50.0


def test_a_class_is_a_run_chart_in_percent() -> None:
    months = asked_months([(date(2026, 9, 3), ("open",), 2), (date(2026, 10, 3), ("closed",), 1)])
    chart = trend(months, "open")
    assert [(one.on.month, one.value) for one in chart.readings] == [(9, 100.0), (10, 0.0)]
    assert (chart.low, chart.high, chart.unit) == (0.0, 100.0, "%")
    assert asked_months([]) == []


def test_what_a_record_keeps_in_one_list_is_read_back() -> None:
    for asked in (AskedAs(), AskedAs("open"), AskedAs("closed", ("leading", "blaming"))):
        assert AskedAs.of(asked.classes) == asked
    assert AskedAs.of(("leading",)) == AskedAs("", ("leading",))
    assert AskedAs.of(("a word of another version",)) == AskedAs()


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:30", 90),
        (" 2 ", 120),
        ("0:05", 5),
        ("", 0),
        ("  ", 0),
        ("1:75", None),
        ("soon", None),
        ("-3", None),
        ("1:2:3", None),
        ("99999999999", None),
    ],
)
def test_minutes_as_written(text: str, seconds: int | None) -> None:
    assert read_minutes(text) == seconds
    if seconds:
        assert read_minutes(said_minutes(seconds)) == seconds
    assert said_minutes(0) == ""
