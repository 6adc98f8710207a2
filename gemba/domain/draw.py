"""A random draw that can be repeated: from what, with which seed, and what came out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final
from uuid import UUID

DRAWN_FROM: Final = ("area", "question", "card")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """One of ``choices``, picked by ``seed``; both are kept, so that anybody can draw it again."""

    id: UUID
    revision: int = 0
    drawn_from: str
    seed: int
    choices: tuple[str, ...]
    chosen: str
    drawn_at: datetime


def pick(choices: tuple[str, ...], seed: int) -> str:
    """Pick one of several by a seed; the same seed picks the same. Raises ValueError for none.

    Only Random.random() is used: Python promises its series for a seed, unlike that of choice().
    """
    if not choices:
        raise ValueError("nothing to draw from")
    return choices[int(Random(seed).random() * len(choices))]
