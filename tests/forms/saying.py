"""The sentence somebody reads when a formula is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from gemba.domain.errors import BadInput
from gemba.words import Words

_WORDS = Words()
T = TypeVar("T")


def said(problem: BadInput) -> str:
    """The sentence; it is a failure where there is none, or where a gap stays open."""
    assert _WORDS.knows(problem.key), problem
    sentence = _WORDS(problem.key, **problem.values)
    assert "…" not in sentence or "…" in str(problem.values), sentence
    return sentence


def tried(work: Callable[[], T]) -> tuple[T | None, BadInput | None]:
    """What work gives, or the trouble it names; anything else it raises is a failure."""
    try:
        return work(), None
    except BadInput as problem:
        return None, problem
