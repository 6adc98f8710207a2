"""Labels as runs: what window and paper draw, from the one reader of labels."""

from __future__ import annotations

import pytest

from gemba.domain.form_words import plain_words, runs_of
from gemba.domain.prose import Run


@pytest.mark.parametrize(
    ("label", "runs"),
    [
        ("Plain", (Run("Plain"),)),
        ("Is it **free**?", (Run("Is it "), Run("free", bold=True), Run("?"))),
        ("<b>Now</b><br/>then", (Run("Now", bold=True), Run("\n"), Run("then"))),
        ("- one\n- two", (Run("\u2013 "), Run("one"), Run("\n\u2013 "), Run("two"))),
    ],
)
def test_what_a_label_looks_like(label: str, runs: tuple[Run, ...]) -> None:
    assert runs_of(label) == runs


@pytest.mark.parametrize(
    "label",
    ["<script>alert(1)</script>Free?", "<img src=x onerror='alert(1)'>Free?", "\u202eFree?\x07"],
)
def test_nothing_of_a_hostile_label_gets_through(label: str) -> None:
    assert plain_words(label) == "Free?"
