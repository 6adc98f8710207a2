"""What a table is: its cells, its columns of numbers, and how it is pasted and told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.codec import from_plain, to_plain
from gemba.domain.figures import TableFigure
from gemba.domain.figures.data import data_of
from gemba.domain.figures.table_rules import (
    body_of,
    column_letter,
    is_amount,
    kept,
    number_columns,
    split_table,
    squared,
    table_findings,
    tail_of,
)
from gemba.domain.figures.words import described, words_of

WARDS = TableFigure(
    id="t",
    rows=(
        ("Ward", "Beds", "Out", ""),
        ("6", "24", "37 %", "yes"),
        ("9", "18", "8,5 %", "no"),
        ("11", "about 6", "–", "no"),
        ("12", "6", "1 200 %", ""),
        ("13", "7", ""),
    ),
)


def test_rows_are_squared_and_what_is_empty_at_the_ends_goes() -> None:
    rows = (("a", " ", ""), ("", "b  c", " "), ("", "", ""))
    assert squared(rows) == (("a", ""), ("", "b c"))
    assert kept(rows) == (("a", " "), ("", "b  c"))
    assert squared(()) == ()
    assert body_of(TableFigure(id="t")) == ((), ())
    assert body_of(TableFigure(id="t", header=False, rows=(("a", "b"),))) == (
        ("", ""),
        (("a", "b"),),
    )


def test_columns_of_numbers_are_known_and_what_breaks_one_is_named() -> None:
    assert number_columns(WARDS) == (True, False, True, False)
    assert [(one.key, one.where) for one in table_findings(WARDS)] == [
        ("table.not_a_number", "3:1"),
    ]
    unnamed = TableFigure(id="t", rows=(("Ward", ""), ("6", "24")))
    assert [(one.key, one.where) for one in table_findings(unnamed)] == [("table.no_head", "0:1")]
    assert number_columns(TableFigure(id="t", rows=(("only heads",),))) == (False,)


@pytest.mark.parametrize(
    ("cell", "amount", "tail"),
    [
        ("17", True, ""), ("17,5 %", True, ",5 %"), ("−3.25", True, ".25"),
        ("12 min", True, " min"), ("< 5", True, ""), ("1 200", True, ""), ("", False, ""),
        ("about 3", False, ""), ("2026-11-04", False, ""), ("12:30", False, ""),
        ("9" * 400, False, ""), ("٣", True, ""),
    ],
)  # fmt: skip
def test_numbers_and_where_their_decimals_begin(cell: str, amount: bool, tail: str) -> None:
    assert is_amount(cell) == amount
    if amount:
        assert tail_of(cell) == tail


def test_a_comma_of_thousands_begins_no_decimals() -> None:
    assert tail_of("1,234", "thousands") == ""
    assert tail_of("1,234", "decimal") == ",234"


def test_columns_are_named_as_in_a_spreadsheet() -> None:
    assert [column_letter(at) for at in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


def test_files_and_ranges_are_split_into_cells() -> None:
    assert split_table("Ward\tBeds\n6\t24\n") == (("Ward", "Beds"), ("6", "24"))
    assert split_table("Ward,Beds\nsix,24\n") == (("Ward", "Beds"), ("six", "24"))
    assert split_table("One line, with a comma") == (("One line, with a comma",),)
    assert split_table("") == ()
    assert split_table('a\t"two\nlines"\nb\tc') == (("a", "two lines"), ("b", "c"))


@given(st.lists(st.lists(st.text(max_size=6), max_size=5), max_size=6))
def test_any_rows_are_kept_as_they_are_and_told(rows: list[list[str]]) -> None:
    first = kept(rows)
    assert kept(first) == first
    figure = TableFigure(id="t", rows=first)
    assert from_plain(TableFigure, to_plain(figure)) == figure
    assert described(figure)
    words = {cell for row in rows for cell in row if cell.strip()}
    assert words <= set(words_of(figure))


def test_a_table_is_told_row_by_row_and_given_to_spreadsheets_whole() -> None:
    told = described(WARDS)
    assert told.startswith("Table. Rows: 5. Columns: 4. Columns: Ward, Beds, Out, –.")
    assert "6; Beds: 24; Out: 37 %; yes." in told
    many = TableFigure(id="t", rows=(("n",), *((str(at),) for at in range(40))))
    assert described(many).endswith("And 28 more rows.")
    (table,) = data_of(many)
    assert (table.heads, len(table.rows), table.rows[3]) == (("n",), 40, (3,))
    (wards,) = data_of(WARDS)
    assert wards.rows[0] == (6, "24", "37 %", "yes")
    assert wards.rows[3] == (12, "6", "1 200 %", "")
    (heads,) = data_of(TableFigure(id="t", rows=(("only", "heads"),)))
    assert heads.heads == ("only", "heads")
    assert described(TableFigure(id="t")) == "Table, nothing written yet."
