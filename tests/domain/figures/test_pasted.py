"""What people paste from a spreadsheet, and what is told of the rest."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.figures.pasted import read_date, read_number, read_rows, split_pasted
from gemba.domain.figures.telling import plain_english, short_date

TODAY = date(2026, 11, 22)
NOV_4 = date(2026, 11, 4)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-04", "2026-11-04 08:00", "2026-11-04T08:00:00", "2026/11/4", "4 Nov", "Nov 4",
        "4 Nov 2026", "4-Nov-26", "4 November 2026", "November 4, 2026", "4.11.2026", "04.11.26",
        "4.11.", "4. Nov. 2026", "11/4/2026", "11/4/26", "11/4", "Wed 4 Nov", "4 de nov de 2026",
        " 4  Nov ",
    ],
)  # fmt: skip
def test_dates_as_people_write_them(text: str) -> None:
    assert read_date(text, TODAY) == NOV_4


@pytest.mark.parametrize(
    "text", ["", "soon", "31.2.2026", "2026-13-01", "4", "4 Foo", "11", "4.11.2026.5", "0/0/2026"]
)
def test_what_is_no_date_is_not_guessed(text: str) -> None:
    assert read_date(text, TODAY) is None


def test_a_day_without_a_year_is_the_nearest_one() -> None:
    assert read_date("20 Dec", date(2027, 1, 5)) == date(2026, 12, 20)
    assert read_date("3 Jan", date(2026, 12, 28)) == date(2027, 1, 3)
    assert read_date("29 Feb", date(2026, 6, 1)) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("17", 17), ("17.5", 17.5), ("17,5", 17.5), ("17 %", 17), ("17%", 17), ("-3", -3),
        ("−3", -3), ("(3)", -3), ("1 234,5", 1234.5), ("1,234.5", 1234.5), ("1.234,5", 1234.5),
        ("1,234,567", 1234567), ("1.234.567", 1234567), ("0,125", 0.125), ("1e3", 1000),
        (".5", 0.5), ("1'234", 1234),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["", "abc", "1,2,3", "12 apples", "--3", "1e999", "∞", "nan"])
def test_what_is_no_number_is_not_guessed(text: str) -> None:
    assert read_number(text) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_out_is_read_back(value: float) -> None:
    assert read_number(repr(value)) == value


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_date_written_out_is_read_back(day: date) -> None:
    assert read_date(short_date(day, year=True), TODAY) == day
    assert read_date(day.isoformat(), TODAY) == day


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_either_read_or_kept(on: str, value: str) -> None:
    table = read_rows([(on, value)], TODAY)
    rows = len(table.readings) + len(table.unread)
    assert rows == bool(on.strip() or value.strip())
    assert all(finding.told(plain_english) for finding in table.findings)
    if table.unread:
        assert (table.unread[0].on, table.unread[0].value) == (on, value)
        assert table.findings


def test_a_pasted_range_becomes_readings_by_date() -> None:
    text = "Day\tOut before 12:00\r\n4 Nov\t17,5 %\r\n3 Nov\t12,25 %\r\n5 Nov\tn/a\r\n"
    rows = [(cells[0], cells[1]) for cells in split_pasted(text)]
    table = read_rows(rows, TODAY)
    assert [(r.on.day, r.value) for r in table.readings] == [(3, 12.25), (4, 17.5), (5, None)]
    assert table.unit == "%"
    assert [finding.key for finding in table.findings] == ["paste.heading"]


def test_what_was_not_understood_is_named_cell_by_cell() -> None:
    table = read_rows([("4 Nov", "17"), ("someday", "x"), ("", "5"), ("6 Nov", "?")], TODAY)
    assert [(f.key, f.where, f.values.get("cell")) for f in table.findings] == [
        ("paste.date", "1", "someday"),
        ("paste.value", "1", "x"),
        ("paste.no_date", "2", "5"),
        ("paste.value", "3", "?"),
    ]
    assert [row.at for row in table.unread] == [1, 2, 3]


def test_a_day_over_twelve_tells_how_slashes_are_meant() -> None:
    european = read_rows([("4/11/2026", "1"), ("13/11/2026", "2")], TODAY)
    assert [r.on for r in european.readings] == [NOV_4, date(2026, 11, 13)]
    american = read_rows([("11/4/2026", "1"), ("11/13/2026", "2")], TODAY)
    assert [r.on for r in american.readings] == [NOV_4, date(2026, 11, 13)]
    assert american.findings[0].key == "paste.month_first"


def test_days_in_a_row_tell_how_slashes_are_meant() -> None:
    rows = [(f"{day}/11/2026", "1") for day in range(2, 8)]
    assert [r.on.day for r in read_rows(rows, TODAY).readings] == [2, 3, 4, 5, 6, 7]


def test_a_column_tells_what_a_comma_means() -> None:
    thousands = read_rows([("4 Nov", "1,234"), ("5 Nov", "12,345")], TODAY)
    assert [r.value for r in thousands.readings] == [1234, 12345]
    decimals = read_rows([("4 Nov", "1,234"), ("5 Nov", "12,34")], TODAY)
    assert [r.value for r in decimals.readings] == [1.234, 12.34]


@pytest.mark.parametrize(
    "text", ["4 Nov\t17", "4 Nov;17", "2026-11-04,17", "4 Nov  17", "\n\n4 Nov\t17\n\n"]
)
def test_rows_are_split_where_spreadsheets_part_them(text: str) -> None:
    (cells,) = split_pasted(text)
    assert read_rows([(cells[0], cells[1])], TODAY).readings[0].on == NOV_4
    assert cells[1] == "17"
