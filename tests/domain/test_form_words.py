"""Labels of forms: Markdown and HTML become bold and italic, and nothing else gets through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.form_words import Run, plain_words, runs_of


@pytest.mark.parametrize(
    ("label", "runs"),
    [
        ("Plain", (Run("Plain"),)),
        ("Is it **free**?", (Run("Is it "), Run("free", bold=True), Run("?"))),
        ("_Look_ here", (Run("Look", italic=True), Run(" here"))),
        ("<b>Now</b><br/>then", (Run("Now", bold=True), Run("\nthen"))),
        ("# Head\ntext", (Run("Head", bold=True), Run("\ntext"))),
        ('<span style="color:red">red</span>', (Run("red"),)),
        ("[the guide](https://example.org)", (Run("the guide"),)),
        ("a_b_c and 2 * 3 * 4", (Run("a_b_c and 2 * 3 * 4"),)),
        ("less than < 5 and > 3", (Run("less than < 5 and > 3"),)),
        (r"not \*bold\*", (Run("not *bold*"),)),
        ("R&amp;D &lt;b&gt;", (Run("R&D <b>"),)),
    ],
)
def test_what_a_label_looks_like(label: str, runs: tuple[Run, ...]) -> None:
    assert runs_of(label) == runs


@pytest.mark.parametrize(
    "label",
    [
        "<script>alert(1)</script>Free?",
        "<SCRIPT src='x'>Free?</script >Free?",
        "<img src=x onerror='alert(1)'>Free?",
        "<iframe src='javascript:x'>no</iframe>Free?",
        "<style>p{}</style>Free?",
        "<!-- hidden -->Free?",
        "<a href='javascript:alert(1)'>Free?</a>",
        "\u202eFree?",
    ],
)
def test_nothing_of_a_hostile_label_gets_through(label: str) -> None:
    assert plain_words(label) == "Free?"


@given(st.text(st.sampled_from("*_<>/b i#[]()\\&;\n\"'!a"), max_size=300))
def test_any_label_is_read_and_adds_no_letter(label: str) -> None:
    letters = plain_words(label).count("a")
    assert letters <= label.count("a")


@pytest.mark.parametrize("part", ["**", "*a", "_a ", "<a ", '<a "', "[", "<b", "<script>", "&"])
def test_a_long_hostile_label_is_read_to_its_end(part: str) -> None:
    assert len(plain_words(part * 20_000)) <= len(part) * 20_000
