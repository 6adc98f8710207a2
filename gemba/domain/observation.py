"""One thing seen at the gemba: the fact, and apart from it what one makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from gemba.domain.categories import CATEGORIES, GOING_WELL
from gemba.domain.photo_mark import MarkedPhoto, hash_of

__all__ = (
    "CATEGORIES",
    "CONVERSIONS",
    "GOING_WELL",
    "STANDARD_STATES",
    "Count",
    "Observation",
    "SafetyNow",
    "VoiceMemo",
)

STANDARD_STATES: Final = ("normal", "abnormal", "no standard seen")
CONVERSIONS: Final = ("do now", "promise", "idea", "obstacle", "a3", "note")
"""What the debrief makes of an observation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyNow:
    """What was done at once about a hazard, before anything was written."""

    called: str = ""
    made_safe: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A tally: what was counted, and how many."""

    id: str
    label: str
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceMemo:
    """A spoken note: the content hash of its sound (SHA-256, hexadecimal), and its name."""

    id: str
    sound: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What was seen, in facts; ``place`` is its order within the walk, counted from 1.

    ``photos`` and ``standard_photos`` hold content hashes (SHA-256, hexadecimal), a photo on which
    something is marked stands there with its marks. ``kept`` is False while the line is still
    being written, so that a half-typed sentence survives a flat battery.
    ``laps`` are the seconds each cycle of ``timed`` took. ``asked`` is the question that
    ``their_words`` answer. ``spoke`` may hold a name only with ``spoke_consent``.
    ``conversion`` is what the debrief made of it, empty until then.
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
    photos: tuple[str | MarkedPhoto, ...] = ()
    thanked: str = ""
    safety: SafetyNow | None = None
    kept: bool = True
    standard_photos: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    timed: str = ""
    laps: tuple[float, ...] = ()
    asked: str = ""
    memos: tuple[VoiceMemo, ...] = ()
    spoke: str = ""
    spoke_consent: bool = False
    conversion: str = ""

    @property
    def photo_hashes(self) -> tuple[str, ...]:
        """Name the photos of what was seen by their content hashes, marked or not."""
        return tuple(hash_of(one) for one in self.photos)
