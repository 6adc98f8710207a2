"""The little language of a box: written and read, it says the same."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gemba.domain.prose import Paragraph, Run, plain, read, tidy, write

# Marks, blanks and what they stand between are tried far more often than chance would.
letters = st.one_of(
    st.sampled_from("*\\- ab\u00a0\t"),
    st.characters(exclude_categories=["Cs"], exclude_characters="\n"),
)
texts = st.text(letters, max_size=12)
runs = st.builds(Run, texts.filter(bool), st.booleans(), st.booleans())
paragraphs = st.builds(Paragraph, st.lists(runs, max_size=5).map(tuple), st.booleans())
sources = st.text(st.one_of(st.sampled_from("*\\- ab\n"), letters), max_size=30)


@given(st.lists(paragraphs, min_size=1, max_size=4))
@example([Paragraph((Run("a", bold=True), Run("b", italic=True)))])
@example([Paragraph((Run("a", True, True), Run("b", True), Run("c", False, True)))])
@example([Paragraph((Run("- "),)), Paragraph((Run("- "),), bullet=True)])
@example([Paragraph((Run("\\"), Run("*", bold=True)))])
def test_what_is_written_is_read_as_it_was(written: list[Paragraph]) -> None:
    assert read(write(written)) == tuple(tidy(one) for one in written)


@given(sources)
@example("***a** b*")
@example("**a*b**c*")
@example("****")
@example("\\")
@example("- - a")
def test_what_was_read_and_written_once_stays_as_it_is(source: str) -> None:
    once = write(read(source))
    assert write(read(once)) == once
    assert plain(once) == plain(source)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="*\\\n"), max_size=60))
def test_text_without_marks_is_literal(text: str) -> None:
    (paragraph,) = read(text)
    bullet = text.startswith("- ")
    assert paragraph.bullet == bullet
    assert paragraph.text == (text[2:] if bullet else text)
    assert all(not (run.bold or run.italic) for run in paragraph.runs)
    assert write(read(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "# of defects",
        "> 30 min",
        "1986. A good year",
        "1. first",
        "+ more",
        "_not italic_ and __not bold__",
        "`code` ~~gone~~ [link](http://a.b) ![](x.png)",
        "<b>bold</b> & <img src=x>",
        "a | b",
        "---",
        "    four blanks",
        "5 * 3 * 2",
        "a \\n b \\x",
        "-no bullet",
        " - no bullet either",
        "**",
        "* not a bullet",
        "**never closed",
        "&amp; &#42;",
        "http://a.b/c_d_e",
        "\ufeffbom",
        "\x00\x07\x1f",
    ],
)
def test_what_looks_like_markup_elsewhere_is_letters_here(text: str) -> None:
    assert read(text) == (Paragraph((Run(text),)),)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ()),
        ("**a**", (Run("a", bold=True),)),
        ("*a*", (Run("a", italic=True),)),
        ("***a***", (Run("a", bold=True, italic=True),)),
        ("**a *b* c**", (Run("a ", True), Run("b", True, True), Run(" c", True))),
        ("\\*a\\*", (Run("*a*"),)),
        ("\\\\", (Run("\\"),)),
        ("un*believ*able", (Run("un"), Run("believ", italic=True), Run("able"))),
    ],
)
def test_emphasis_is_read(source: str, expected: tuple[Run, ...]) -> None:
    assert read(source) == (Paragraph(expected),)


def test_a_bullet_is_a_hyphen_and_a_blank_and_can_be_escaped() -> None:
    assert read("- a\n\\- a\n-a") == (
        Paragraph((Run("a"),), bullet=True),
        Paragraph((Run("- a"),)),
        Paragraph((Run("-a"),)),
    )
    assert write(read("- a\n\\- a\n-a")) == "- a\n\\- a\n-a"


@given(st.text(st.sampled_from("ab -\n*\\")))
def test_letters_without_marks_are_those_of_each_paragraph(text: str) -> None:
    assert plain(text) == "\n".join(("- " if one.bullet else "") + one.text for one in read(text))
