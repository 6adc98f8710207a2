"""A plain list as rows of cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.errors import BadInput
from gemba.domain.form_list import checked_rows, rows_of


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Is it free, now?\nIs it tidy, too?", [["Is it free, now?"], ["Is it tidy, too?"]]),
        ("Question,Answer\nFree?,yes; no", [["Question", "Answer"], ["Free?", "yes; no"]]),
        ("Free?\tyes\rTidy?\tno", [["Free?", "yes"], ["Tidy?", "no"]]),
        ('"Free, or ""full""?"\tyes\nTidy?\tno', [['Free, or "full"?', "yes"], ["Tidy?", "no"]]),
        ("Free?\nTidy?\nHow many?\tnumber", [["Free?"], ["Tidy?"], ["How many?", "number"]]),
        # A mark that is never closed is one of the words.
        ('"Free?\tyes\nTidy?\tno', [['"Free?', "yes"], ["Tidy?", "no"]]),
    ],
)
def test_a_list_is_rows_of_one_or_two_cells(text: str, rows: list[list[str]]) -> None:
    assert rows_of(text) == rows


@pytest.mark.parametrize("text", ["a," + "b" * 200_000, '"' + "a" * 200_000 + ",", "\t" * 200_000])
def test_a_line_without_end_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadInput):
        checked_rows(rows_of(text))


@given(st.text(alphabet="ab ,;\t|\"'\r\n\x00\u2028?", max_size=60))
def test_any_text_is_rows(text: str) -> None:
    letters = "".join(cell for row in rows_of(text) for cell in row)
    assert {"a", "b"} & set(text) == {"a", "b"} & set(letters)
