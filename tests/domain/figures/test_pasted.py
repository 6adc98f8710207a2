"""What people paste from a spreadsheet, and what is told of the rest."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.figures.pasted import (
    read_date,
    read_number,
    read_rows,
    split_pasted,
    upright,
)
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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11", date(2026, 11, 1)), ("11/2026", date(2026, 11, 1)),
        ("Nov 2026", date(2026, 11, 1)), ("November 2026", date(2026, 11, 1)),
        ("Nov-26", date(2026, 11, 1)), ("Mai 2026", date(2026, 5, 1)),
        ("2026-W45", date(2026, 11, 2)), ("2026W45", date(2026, 11, 2)),
        ("KW 45", date(2026, 11, 2)), ("CW45 2026", date(2026, 11, 2)),
        ("week 45", date(2026, 11, 2)), ("W1 2027", date(2027, 1, 4)),
    ],
)  # fmt: skip
def test_months_and_weeks_as_people_write_them(text: str, day: date) -> None:
    assert read_date(text, TODAY) == day


@pytest.mark.parametrize("text", ["2026-W54", "KW 60", "2026-13", "Foo 2026", "W 0"])
def test_what_is_no_month_or_week_is_not_guessed(text: str) -> None:
    assert read_date(text, TODAY) is None


def test_a_column_of_day_numbers_is_a_column_of_days() -> None:
    table = read_rows([("46330", "1"), ("46331", "2")], TODAY)
    assert [r.on for r in table.readings] == [NOV_4, date(2026, 11, 5)]
    assert [f.key for f in table.findings] == ["paste.day_number"]
    lone = read_rows([("46330", "1"), ("5 Nov", "2"), ("6 Nov", "2")], TODAY)
    assert [f.key for f in lone.findings] == ["paste.date"], "one number among dates is no date"


def test_a_number_without_percent_among_others_is_named() -> None:
    table = read_rows([("4 Nov", "17 %"), ("5 Nov", "0,18"), ("6 Nov", "n/a")], TODAY)
    assert [(f.key, f.where) for f in table.findings] == [("paste.no_percent", "1")]
    assert table.readings[1].value == 0.18


def test_a_number_too_large_to_draw_is_named_and_kept() -> None:
    table = read_rows([("4 Nov", "1e307")], TODAY)
    assert table.readings[0].value == 1e307
    assert [f.key for f in table.findings] == ["paste.too_large"]


def test_the_third_column_is_a_note_and_stays_with_a_row_not_understood() -> None:
    table = read_rows([("4 Nov", "17", " fire drill "), ("someday", "5", "who knows")], TODAY)
    assert table.readings[0].note == "fire drill"
    assert table.unread[0].note == "who knows"
    alone = read_rows([("", "", "only a note")], TODAY)
    assert (alone.unread[0].note, alone.findings[0].key) == ("only a note", "paste.no_date")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('4 Nov\t"17,5"\t"fire\ndrill"\r\n5 Nov\t18\t', (("4 Nov", "17,5", "fire drill"),
                                                         ("5 Nov", "18", ""))),
        ('Day,"Share"\n2026-11-04,"17,5"', (("Day", "Share"), ("2026-11-04", "17,5"))),
        ("2026-11-04,17,drill\n2026-11-05,18,", (("2026-11-04", "17", "drill"),
                                                 ("2026-11-05", "18", ""))),
        ("2026-11-04,17,5\n2026-11-05,18,5", (("2026-11-04", "17,5"), ("2026-11-05", "18,5"))),
        ('4 Nov;17,5;"a;b"', (("4 Nov", "17,5", "a;b"),)),
        ('4 Nov\t5" pipe', (("4 Nov", '5" pipe'),)),
        ('He said "go", and left\nShe said "no", and stayed', (('He said "go", and left',),
                                                               ('She said "no", and stayed',))),
        ("a, b, c\nd, e, f", (("a, b, c",), ("d, e, f",))),
        ("a\x00b\t1", (("ab", "1"),)),
        ("\ufeff4 Nov\t17", (("4 Nov", "17"),)),
        ("=1+1\t2", (("=1+1", "2"),)),
        ('4 Nov\t"17', (("4 Nov", "17"),)),
        ("\t\t\t", ()),
    ],
)  # fmt: skip
def test_cells_in_quotes_and_sentences_with_commas(
    text: str, rows: tuple[tuple[str, ...], ...]
) -> None:
    assert split_pasted(text) == rows


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=4), max_size=6))
def test_what_a_spreadsheet_copies_is_split_into_its_cells(cells: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\r\n").writerows(cells)
    for row in split_pasted(out.getvalue()):
        assert all("\t" not in cell or '"' in out.getvalue() for cell in row)


@given(st.text(max_size=200))
def test_any_pasted_text_is_split_and_no_letter_is_lost(text: str) -> None:
    letters = {one for one in text if one.isalnum()}
    assert {one for row in split_pasted(text) for cell in row for one in cell} >= letters


def test_a_range_on_its_side_is_turned() -> None:
    lying = split_pasted("Day\t3 Nov\t4 Nov\t5 Nov\nOut\t1\t2\t3")
    assert upright(lying, TODAY) == (("Day", "Out"), ("3 Nov", "1"), ("4 Nov", "2"), ("5 Nov", "3"))
    standing = split_pasted("3 Nov\t1\n4 Nov\t2")
    assert upright(standing, TODAY) == standing
    assert upright((), TODAY) == ()
