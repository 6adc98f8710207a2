"""Two states of a sheet: what the marked text says, and that both states can be read from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.compared import BREAK, GAP, MarkedText, compare_sheets, marked_text
from gemba.domain.figures import FiveWhys, RunChart
from gemba.domain.prose import Run, read
from gemba.domain.sheet import Box, Sheet

_TEXT = st.text(alphabet="ab cé\n-*漢א1.", max_size=40)


def letters(marked: MarkedText, leave_out: str) -> str:
    """All letters but those of one kind, without line ends."""
    found = []
    for paragraph, marks in zip(marked.paragraphs, marked.marks, strict=True):
        gone = {n for one in marks if one.kind == leave_out for n in range(one.start, one.end)}
        found += [letter for n, letter in enumerate(paragraph.text) if n not in gone]
    return "".join(found).replace(BREAK, "").replace(GAP, "")


def told(before: str, after: str) -> list[str]:
    out = []
    marked = marked_text(before, after)
    for paragraph, marks in zip(marked.paragraphs, marked.marks, strict=True):
        text = paragraph.text
        for one in reversed(marks):
            sign = {"gone": "-", "new": "+", "look": "~"}[one.kind]
            text = f"{text[: one.start]}[{sign}{text[one.start : one.end]}]{text[one.end :]}"
        out.append(("• " if paragraph.bullet else "") + text)
    return out


@given(before=_TEXT, after=_TEXT)
def test_both_states_can_be_read_from_the_marked_text(before: str, after: str) -> None:
    marked = marked_text(before, after)
    assert letters(marked, "new") == "".join(one.text for one in read(before))
    assert letters(marked, "gone") == "".join(one.text for one in read(after))
    if before == after:
        assert marked.paragraphs == read(after)
        assert not marked.changed


def test_words_lines_and_bullets_are_marked_where_they_stand() -> None:
    assert told("19 % leave.", "31 % leave.") == ["[-19 ][+31 ]% leave."]
    assert told("One\nTwo\nThree", "One\nThree") == ["One", "[-Two]", "Three"]
    assert told("One", "One\n- Two") == ["One", "• [+Two]"]
    assert told("One Two", "One\nTwo") == ["One[- ][+¶]", "Two"]
    assert told("Same words", "- Same words") == ["• [~Same words]"]
    assert told("", "First words") == ["[+First words]"]


def test_letters_that_are_only_bold_or_italic_now_or_were_are_marked() -> None:
    assert told("the old way", "the **old way**") == ["the [~old way]"]
    assert told("the **old** way", "the old *way*") == ["the [~old] [~way]"]
    assert told("**all of it** went", "all *of* it stays") == ["[~all of it] [-went]\u2009[+stays]"]
    assert told("a **b c** d", "a **b** **c** d") == ["a b c d"]
    assert told("- One\n- Two", "One\n- Two") == ["[~One]", "• Two"]


def test_letters_keep_how_they_looked() -> None:
    marked = marked_text("the **old** way", "the **new** way")
    assert marked.paragraphs[0].runs == (
        Run("the "),
        Run("old", bold=True),
        Run(" "),
        Run("new", bold=True),
        Run(" way"),
    )


def test_figures_and_facts_are_told_and_boxes_that_stayed_are_not() -> None:
    sheet = Sheet(
        id=UUID(int=1),
        title="Half leave late",
        started_on=date(2026, 11, 2),
        boxes=(
            Box(id="current", text="19 %", figures=(RunChart(id="a"), FiveWhys(id="b"))),
            Box(id="goal", text="half"),
        ),
    )
    now = replace(sheet, title="Half leave too late", stage="cause").with_box(
        Box(id="current", text="19 %", figures=(RunChart(id="a", unit="%"), RunChart(id="c")))
    )
    found = compare_sheets(sheet, now)
    assert list(found.boxes) == ["current"]
    assert [one.kind for one in found.boxes["current"].figures] == ["changed", "new", "gone"]
    assert not found.boxes["current"].text.changed
    assert found.facts["title"].words("new") == ["too "]
    assert not found.same
    assert compare_sheets(now, now).same
    other = compare_sheets(now, replace(now, definition="proposal"))
    assert (other.reshaped, other.same) == (True, False)


def test_a_huge_text_and_a_box_that_is_gone_are_compared_as_well() -> None:
    words = " ".join(f"word{n % 900}" for n in range(150_000))
    before = Sheet(
        id=UUID(int=1), title="", started_on=date(2026, 1, 1), boxes=(Box(id="x", text=words),)
    )
    found = compare_sheets(before, replace(before, boxes=()))
    assert found.boxes["x"].text.words("gone") == [words]
