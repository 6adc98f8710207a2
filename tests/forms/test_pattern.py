"""regex(): finds what the library finds, and never runs away."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.forms.pattern import search
from gemba.forms.trouble import FormulaError
from tests.forms.saying import said

_LETTER = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", "c", r"\b", "^", "$"])
_TIMES = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,3}", "{0,2}", "+?"])


def _more(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    group = st.tuples(inner, _TIMES).map(lambda parts: f"(?:{parts[0]}){parts[1]}")
    row = st.lists(inner, min_size=1, max_size=3).map("".join)
    either = st.tuples(inner, inner).map("|".join)
    ahead = inner.map(lambda part: f"(?={part})")
    return st.one_of(group, row, either, ahead)


_SIMPLE = st.tuples(st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\d", "c"]), _TIMES)
PATTERNS = st.recursive(st.one_of(_LETTER, _SIMPLE.map("".join)), _more, max_leaves=6)


@given(PATTERNS, st.text("abc1 ", max_size=8))
@settings(max_examples=400, deadline=None)
def test_it_finds_what_the_library_finds(pattern: str, text: str) -> None:
    assert search(pattern, text) is (re.search(pattern, text) is not None)


@pytest.mark.parametrize("pattern", ["(a+)+$", "^(a|aa)*$", "(.*)*x$", "(?:a?){30}a{30}$"])
def test_a_pattern_that_explodes_elsewhere_is_answered(pattern: str) -> None:
    assert search(pattern, "a" * 40 + "!") is False


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("(a{1000}){1000}", "a"), ("((((a{99}){99}){99}){99})", "a"), (".*.*.*.*.*z", "a" * 90_000)],
)
def test_what_has_no_bound_is_refused_with_a_sentence(pattern: str, text: str) -> None:
    with pytest.raises(FormulaError) as caught:
        search(pattern, text)
    assert "too" in said(caught.value)


@pytest.mark.parametrize("pattern", ["(", "[a", "*", "a{3,1}", "\\", r"(a)\1", "(?<=a)b", "(" * 99])
def test_a_broken_pattern_is_refused_with_a_sentence(pattern: str) -> None:
    with pytest.raises(FormulaError) as caught:
        search(pattern, "aa")
    assert said(caught.value).endswith(".")


def test_letters_of_other_scripts_have_their_category() -> None:
    assert search(r"^\p{Lu}\p{L}+$", "\u0141\u00f3d\u017a")
    assert not search(r"^\p{L}+$", "a1")
