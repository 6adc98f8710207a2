"""Lines of text: what fits stays, what does not fit goes on, and nothing is lost between."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.prose import Paragraph, Run
from gemba.reports.fonts import advance, width
from gemba.reports.ink import MM
from gemba.reports.lines import BULLET_MM, break_paragraph, cut, face_of, fold
from gemba.reports.style import BOX_TEXT, BOX_TITLE, TextStyle

words = st.sampled_from(
    ["discharge", "a", "ward-round", "17:45/18:00", "Unterbrechungsfreiheit" * 4, "病棟で待つ",
     "e\u0301", "قائمة", "I", "\N{PARTY POPPER}", "\u3000", "  "]
)  # fmt: skip
texts = st.one_of(
    st.lists(words, max_size=30).map(" ".join),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=200),
)
paragraphs = st.builds(
    Paragraph,
    st.lists(st.builds(Run, texts.filter(bool), st.booleans(), st.booleans()), max_size=4).map(
        tuple
    ),
    st.booleans(),
)
widths = st.floats(3, 200)
styles = st.sampled_from([BOX_TEXT, BOX_TITLE])


def letters(paragraph: Paragraph, style: TextStyle) -> list[float]:
    """The width of each letter in mm."""
    found = []
    for run in paragraph.runs:
        face = face_of(run.bold or style.face == "semibold", run.italic)
        found += [advance(letter, face) * style.size / 1000 / MM for letter in run.text]
    return found


@given(paragraphs, widths, styles)
def test_every_line_fits_unless_it_is_a_single_letter(
    paragraph: Paragraph, wide: float, style: TextStyle
) -> None:
    room = wide - (BULLET_MM if paragraph.bullet else 0.0)
    each = letters(paragraph, style)
    text = paragraph.text
    for line in break_paragraph(paragraph, wide, style):
        end = line.start + len(text[line.start : line.end].rstrip(" \t\u3000"))
        assert end - line.start <= 1 or sum(each[line.start : end]) <= room + 0.001


@given(paragraphs, widths, styles)
def test_the_lines_together_are_the_text(
    paragraph: Paragraph, wide: float, style: TextStyle
) -> None:
    lines = break_paragraph(paragraph, wide, style)
    assert lines
    assert "".join(paragraph.text[line.start : line.end] for line in lines) == paragraph.text
    assert all(one.end == other.start for one, other in itertools.pairwise(lines))


@given(st.lists(texts, min_size=1, max_size=4), widths)
def test_folding_keeps_every_letter_and_every_line_end(parts: list[str], wide: float) -> None:
    lines = fold("\n".join(parts), wide, BOX_TEXT)
    assert len(lines) >= len(parts)
    assert "".join("".join(lines).split()) == "".join("".join(parts).split())
    for line in lines:
        assert width(line, BOX_TEXT.face, BOX_TEXT.size) / MM <= wide + 0.001 or len(line) == 1


def test_an_empty_text_is_one_empty_line() -> None:
    assert fold("", 50, BOX_TEXT) == [""]
    assert [tuple(one) for one in break_paragraph(Paragraph(()), 50, BOX_TEXT)] == [(0, 0)]


def test_blanks_at_the_end_of_a_line_take_no_room() -> None:
    text = "discharge lounge"
    room = width("discharge", BOX_TEXT.face, BOX_TEXT.size) / MM
    lines = break_paragraph(Paragraph((Run(text),)), room + 0.01, BOX_TEXT)
    assert next(text[one.start : one.end] for one in lines) == "discharge "


LONG = "The list of tomorrow\u2019s discharges prints at 17:30, and our names come at 17:45. " * 400


def whole(text: str) -> list[tuple[int, int]]:
    """The lines of a text broken from scratch: two runs of one kind go the short way round."""
    parted = Paragraph((Run(text[:1]), Run(text[1:])))
    return [tuple(line) for line in break_paragraph(parted, 160, BOX_TEXT)]  # type: ignore[misc]


@given(
    st.lists(
        st.tuples(
            st.floats(0, 1),
            st.integers(0, 300),
            st.one_of(texts, st.just("x" * 300), st.just("")),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_long_paragraph_that_is_typed_in_breaks_as_if_it_were_new(
    edits: list[tuple[float, int, str]],
) -> None:
    text = LONG
    for share, gone, put in edits:
        at = int(share * len(text))
        text = text[:at] + put + text[at + gone :]
        found = break_paragraph(Paragraph((Run(text),)), 160, BOX_TEXT)
        assert [tuple(line) for line in found] == whole(text)


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("italic", [False, True])
def test_emphasis_breaks_a_long_paragraph_by_its_own_widths(bold: bool, italic: bool) -> None:
    run = Run(LONG, bold, italic)
    long = break_paragraph(Paragraph((run,)), 160, BOX_TEXT)
    parted = (Run(LONG[:1], bold, italic), Run(LONG[1:], bold, italic))
    assert long == break_paragraph(Paragraph(parted), 160, BOX_TEXT)


def test_no_lines_are_left_of_a_room_that_has_none() -> None:
    assert cut(["one", "two"], 0, 40.0, BOX_TEXT) == []
    assert cut(["one", "two"], -3, 40.0, BOX_TEXT) == []
