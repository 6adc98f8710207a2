"""The sentence somebody reads when a formula is refused."""

from __future__ import annotations

from gemba.forms.trouble import FormulaError
from gemba.words import Words

_WORDS = Words()


def said(problem: FormulaError) -> str:
    """The sentence; it is a failure where there is none, or where a gap stays open."""
    assert _WORDS.knows(problem.key), problem
    sentence = _WORDS(problem.key, **problem.values)
    assert "…" not in sentence or "…" in str(problem.values), sentence
    return sentence
