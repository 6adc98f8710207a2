"""Word by word: the pieces give both texts back, and a huge text is no trouble."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.domain.word_diff import compare, earlier, later, words_of

_SOME = st.text(alphabet="ab é\n-,.漢字אب1", max_size=60)


@given(before=st.text(max_size=80) | _SOME, after=st.text(max_size=80) | _SOME)
@settings(max_examples=300)
def test_the_pieces_give_both_texts_back(before: str, after: str) -> None:
    pieces = compare(before, after)
    assert earlier(pieces) == before
    assert later(pieces) == after
    assert all(one.text for one in pieces)
    assert all(one.kind != other.kind for one, other in pairwise(pieces))


@given(text=st.text(max_size=200))
def test_a_text_is_the_same_as_itself_and_all_new_beside_nothing(text: str) -> None:
    assert "".join(words_of(text)) == text
    assert [one.kind for one in compare(text, text)] == (["same"] if text else [])
    assert [one.kind for one in compare("", text)] == (["new"] if text else [])
    assert [one.kind for one in compare(text, "")] == (["gone"] if text else [])


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("19 % left before noon.", "31 % left before noon.", "-19 +31 =% left before noon."),
        (
            "Pharmacy waits for the list.",
            "Pharmacy waits 40 minutes for the list.",
            "=Pharmacy waits +40 minutes =for the list.",
        ),
        ("one two", "three four", "-one two+three four"),
        ("A\nB\nC", "A\nC", "=A-\nB=\nC"),
        (
            "Left at noon.",
            "Left at noon.\nWhy? Nobody asked.",
            "=Left at noon.+\nWhy? Nobody asked.",
        ),
        ("药房等待", "药房不等待", "=药房+不=等待"),
        ("0,5 min", "0,7 min", "-0,5 +0,7 =min"),
    ],
)
def test_it_reads_as_a_person_would_mark_it(before: str, after: str, said: str) -> None:
    sign = {"same": "=", "gone": "-", "new": "+"}
    assert "".join(sign[one.kind] + one.text for one in compare(before, after)) == said


@pytest.mark.parametrize(
    "words",
    [
        ["a"] * 170_000,
        ["a", "b"] * 90_000,
        [f"word{number % 700}" for number in range(120_000)],
        [f"word{number}" for number in range(120_000)],
    ],
    ids=["one word", "two words", "seven hundred", "all different"],
)
def test_a_megabyte_with_many_changes_still_gives_both_texts_back(words: list[str]) -> None:
    chance = random.Random(4)
    other = [one for one in words if chance.random() > 0.05]
    for _ in range(2_000):
        other.insert(chance.randrange(len(other)), chance.choice(["new", "a", "word5"]))
    before, after = " ".join(words), " ".join(other)
    pieces = compare(before, after)
    assert earlier(pieces) == before
    assert later(pieces) == after


def test_few_changes_in_a_megabyte_are_found_as_few() -> None:
    lines = [f"Line {n % 50} of what was seen on the ward, told once more." for n in range(18_000)]
    other = list(lines)
    other[400] = "Something else."
    del other[9_000]
    other.insert(17_000, "A line that is new.")
    changed = [one for one in compare("\n".join(lines), "\n".join(other)) if one.kind != "same"]
    assert sum(len(one.text) for one in changed) < 300
