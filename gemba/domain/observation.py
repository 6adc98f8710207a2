"""One thing seen at the gemba: the fact, and apart from it what one makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

GOING_WELL: Final = "going well"
CATEGORIES: Final = (GOING_WELL, "safety", "quality", "delivery", "cost", "people")
"""Going well first, then safety, quality, delivery, cost, people: Alt+0 to Alt+5."""

STANDARD_STATES: Final = ("normal", "abnormal", "no standard seen")


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyNow:
    """What was done at once about a hazard, before anything was written."""

    called: str = ""
    made_safe: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What was seen, in facts; ``place`` is its order within the walk, counted from 1.

    ``photos`` hold content hashes (SHA-256, hexadecimal). ``kept`` is False while the line is
    still being written, so that a half-typed sentence survives a flat battery.
    """

    id: UUID
    revision: int = 0
    walk_id: UUID | None = None
    stop_id: str = ""
    place: int = 0
    seen_on: date
    seen_at: datetime | None = None
    saw: str
    think: str = ""
    their_words: str = ""
    in_the_way: str = ""
    might_try: str = ""
    category: str = ""
    standard: str = ""
    photos: tuple[str, ...] = ()
    thanked: str = ""
    safety: SafetyNow | None = None
    kept: bool = True
