"""How single lines of the little language are read, and how long a very long one takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.prose import Paragraph, Run, read, read_paragraph, write


def bold(text: str) -> Run:
    return Run(text, bold=True)


def italic(text: str) -> Run:
    return Run(text, italic=True)


@pytest.mark.parametrize(
    ("line", "runs"),
    [
        ("", ()),
        ("plain words", (Run("plain words"),)),
        ("**bold**", (bold("bold"),)),
        ("*soft* word", (italic("soft"), Run(" word"))),
        ("***both***", (Run("both", bold=True, italic=True),)),
        ("**a *b* c**", (bold("a "), Run("b", True, True), bold(" c"))),
        ("2 * 3 * 4", (Run("2 * 3 * 4"),)),
        ("a **b", (Run("a **b"),)),
        ("** b **", (Run("** b **"),)),
        ("four****stars", (Run("four****stars"),)),
        ("****", (Run("****"),)),
        (r"\*not\*", (Run("*not*"),)),
        (r"C:\temp\new", (Run(r"C:\temp\new"),)),
        ("# of defects", (Run("# of defects"),)),
        ("> 30 min", (Run("> 30 min"),)),
        ("1986. A year", (Run("1986. A year"),)),
        ("<b>x</b> & <img src=x>", (Run("<b>x</b> & <img src=x>"),)),
        ("_not soft_ `nor code` [nor](a link)", (Run("_not soft_ `nor code` [nor](a link)"),)),
        ("-5 degrees", (Run("-5 degrees"),)),
        (r"\- no bullet", (Run("- no bullet"),)),
    ],
)
def test_a_line_reads_as_people_mean_it(line: str, runs: tuple[Run, ...]) -> None:
    assert read_paragraph(line) == Paragraph(runs)


def test_bullets_begin_with_a_hyphen_and_a_blank() -> None:
    assert read("- one\n-two\n - three") == (
        Paragraph((Run("one"),), bullet=True),
        Paragraph((Run("-two"),)),
        Paragraph((Run(" - three"),)),
    )


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_only_marks_are_taken_out_in_reading(text: str) -> None:
    marks = set("*\\- \n")
    kept = [letter for letter in text if letter not in marks]
    assert [c for one in read(text) for c in one.text if c not in marks] == kept


def test_a_megabyte_is_read_and_written() -> None:
    part = "a **b** *c* \\* d. "
    text = part * (1_000_000 // len(part))
    assert write(read(text)) == text
