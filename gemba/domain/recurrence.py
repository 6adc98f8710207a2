"""Recurrence: what was seen at the same stop before, of the same kind and in like words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from gemba.domain.likeness import telling_words

LEAST_SHARED: Final = 2
"""Words that tell something and stand in both; one alone is chance (our own choice)."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """One that was seen before: its id, words and day."""

    id: UUID
    saw: str
    on: date


@dataclass(frozen=True, slots=True)
class Recurrence:
    """What came back, where; ``earlier`` are the times before this one, the newest first."""

    place: str = ""
    earlier: tuple[Earlier, ...] = ()

    @property
    def times(self) -> int:
        """Count this time and those before."""
        return len(self.earlier) + 1


def alike_among(
    saw: str, candidates: Sequence[tuple[UUID, str, date]], besides: UUID | None = None
) -> tuple[Earlier, ...]:
    """Return those in which two telling words of a text stand, or its only one; order stays."""
    words = set(telling_words(saw))
    needed = min(LEAST_SHARED, len(words))
    if not needed:
        return ()
    return tuple(
        Earlier(key, held, on)
        for key, held, on in candidates
        if key != besides and len(words.intersection(telling_words(held))) >= needed
    )
