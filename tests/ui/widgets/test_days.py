"""Days and times read from words, and the fields that take them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.ui.theme import Theme
from gemba.ui.widgets import DateField, TimeField
from gemba.ui.widgets.days import read_day, read_time, say_day, say_time
from gemba.ui.widgets.month import MonthDays, MonthPopup

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Thu", date(2026, 11, 26)),
        ("thursday", date(2026, 11, 26)),
        ("next Thu", date(2026, 11, 26)),
        ("Tue", date(2026, 12, 1)),
        ("4 Nov", date(2026, 11, 4)),
        ("Nov 4", date(2026, 11, 4)),
        ("4th november", date(2026, 11, 4)),
        ("Wed 4 Nov", date(2026, 11, 4)),
        ("5 Jan", date(2027, 1, 5)),
        ("5 Jan 2026", date(2026, 1, 5)),
        ("tomorrow", date(2026, 11, 25)),
        ("Yesterday", date(2026, 11, 23)),
        ("today", TODAY),
        ("in 3 days", date(2026, 11, 27)),
        ("in 2 weeks", date(2026, 12, 8)),
        ("2026-11-04", date(2026, 11, 4)),
        ("2026/11/4", date(2026, 11, 4)),
        ("29 Feb 2028", date(2028, 2, 29)),
    ],
)
def test_words_that_name_a_day(words: str, day: date) -> None:
    assert read_day(words, TODAY) == day


@pytest.mark.parametrize(
    "words",
    ["", "soonish", "32 Nov", "T", "Ju", "4", "29 Feb 2026", "4 Nov 26", "2026-13-01", "x y z"],
)
def test_words_that_name_no_day(words: str) -> None:
    assert read_day(words, TODAY) is None


@given(day=st.dates(date(1990, 1, 1), date(2090, 1, 1)), today=st.dates(date(2000, 1, 1)))
def test_a_day_that_is_said_is_read_as_itself(day: date, today: date) -> None:
    today = min(today, date(2080, 1, 1))
    assert read_day(say_day(day, today), today) == day


@given(st.text(max_size=20))
def test_any_words_are_read_without_trouble(words: str) -> None:
    found = read_day(words, TODAY)
    assert found is None or isinstance(found, date)
    moment = read_time(words)
    assert moment is None or isinstance(moment, time)


def test_the_year_is_said_only_where_it_is_needed() -> None:
    assert say_day(date(2026, 11, 26), TODAY) == "Thu 26 Nov"
    assert say_day(TODAY + timedelta(days=700), TODAY) == "Tue 24 Oct 2028"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("7:45", "07:45"),
        ("0745", "07:45"),
        ("14", "14:00"),
        ("2 pm", "14:00"),
        ("12am", "00:00"),
        ("7.45", "07:45"),
        ("9h", "09:00"),
    ],
)
def test_words_that_name_a_time(words: str, said: str) -> None:
    moment = read_time(words)
    assert moment is not None
    assert say_time(moment) == said


@pytest.mark.parametrize("words", ["", "25:00", "7:65", "13 pm", "noonish"])
def test_words_that_name_no_time(words: str) -> None:
    assert read_time(words) is None


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> DateField:
    made = DateField(theme, "We look together on", today=lambda: TODAY)
    qtbot.addWidget(made)
    made.show()
    return made


def test_typed_words_become_a_day(qtbot: QtBot, field: DateField) -> None:
    qtbot.keyClicks(field.line, "thu")
    with qtbot.waitSignal(field.changed) as caught:
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert caught.args == [date(2026, 11, 26)]
    assert field.line.text() == "Thu 26 Nov"
    assert field.value() == date(2026, 11, 26)


def test_who_is_led_to_a_day_writes_over_it(qtbot: QtBot, field: DateField) -> None:
    field.set_value(date(2026, 11, 26))
    field.activateWindow()
    field.opener.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.opener.setFocus()
    field.line.setFocus()
    qtbot.waitUntil(field.line.hasFocus)
    assert field.line.selectedText() == "Thu 26 Nov"
    qtbot.keyClicks(field.line, "4 Nov")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.value() == date(2026, 11, 4)


def test_wrong_words_stay_with_a_sentence_and_the_day_before_holds(
    qtbot: QtBot, field: DateField
) -> None:
    field.set_value(date(2026, 11, 26))
    field.line.selectAll()
    qtbot.keyClicks(field.line, "soonish")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.line.text() == "soonish"
    assert field.said() != ""
    assert field.value() == date(2026, 11, 26)
    field.line.selectAll()
    qtbot.keyClicks(field.line, "4 Nov")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.said() == ""
    assert field.value() == date(2026, 11, 4)


def test_an_emptied_field_is_no_day(qtbot: QtBot, field: DateField) -> None:
    field.set_value(date(2026, 11, 26))
    field.line.selectAll()
    qtbot.keyClick(field.line, Qt.Key.Key_Delete)
    with qtbot.waitSignal(field.changed) as caught:
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert caught.args == [None]
    assert field.value() is None


def test_a_day_is_chosen_from_the_calendar_by_keys(qtbot: QtBot, field: DateField) -> None:
    field.set_value(date(2026, 11, 26))
    qtbot.keyClick(field.line, Qt.Key.Key_F4)
    (month,) = field.findChildren(MonthPopup)
    assert month.isVisible()
    assert month.days.day == date(2026, 11, 26)
    qtbot.keyClick(month.days, Qt.Key.Key_Right)
    with qtbot.waitSignal(field.changed) as caught:
        qtbot.keyClick(month.days, Qt.Key.Key_Return)
    assert caught.args == [date(2026, 11, 27)]
    assert not month.isVisible()
    assert field.line.text() == "Fri 27 Nov"


def test_a_day_is_chosen_from_the_calendar_by_pointer(qtbot: QtBot, field: DateField) -> None:
    qtbot.mouseClick(field.opener, Qt.MouseButton.LeftButton)
    (month,) = field.findChildren(MonthPopup)
    assert month.title.text() == "November 2026"
    qtbot.mouseClick(month.after, Qt.MouseButton.LeftButton)
    assert month.title.text() == "December 2026"
    where = month.days.cell(date(2026, 12, 31)).center()
    with qtbot.waitSignal(field.changed) as caught:
        qtbot.mouseClick(month.days, Qt.MouseButton.LeftButton, pos=where)
    assert caught.args == [date(2026, 12, 31)]


def test_the_month_turns_by_page_keys_and_keeps_to_short_months(qtbot: QtBot, theme: Theme) -> None:
    days = MonthDays(theme, TODAY)
    qtbot.addWidget(days)
    days.show_day(date(2026, 12, 31))
    qtbot.keyClick(days, Qt.Key.Key_PageDown)
    qtbot.keyClick(days, Qt.Key.Key_PageDown)
    assert days.day == date(2027, 2, 28)
    qtbot.keyClick(days, Qt.Key.Key_Up)
    assert days.day == date(2027, 2, 21)
    assert days.first().weekday() == 0
    assert days.accessibleName() == "21 February 2027"


def test_a_time_is_read_on_enter(qtbot: QtBot, theme: Theme) -> None:
    field = TimeField(theme, "at")
    qtbot.addWidget(field)
    qtbot.keyClicks(field.line, "0745")
    with qtbot.waitSignal(field.changed) as caught:
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert caught.args == [time(7, 45)]
    assert field.line.text() == "07:45"
    field.line.selectAll()
    qtbot.keyClicks(field.line, "25")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.said() != ""
    assert field.value() == time(7, 45)
