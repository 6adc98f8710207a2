"""A gemba walk: why we go, where, what we expect, and what we learned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One place on the way; ``origin_*`` name the record it comes from, if it was sent here.

    ``origin_kind`` is "sheet", "promise" or empty; ``origin_part`` the box of a sheet.
    """

    id: str
    place: str
    look_for: str = ""
    origin_kind: str = ""
    origin_id: UUID | None = None
    origin_part: str = ""
    photo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CueQuestion:
    """One prompt on the cue card, and whether it was asked."""

    id: str
    text: str
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """What the walk came to, within the hour; every line may stay empty."""

    against_expected: str = ""
    pattern: str = ""
    learn_next: str = ""
    thank_you: str = ""
    learned: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A walk, planned, under way, or done. ``time_box`` is in minutes, 0 for none.

    ``on_paper`` marks a walk written up afterwards: it has a date and no clock. ``shift`` is the
    shift that was seen; ``category_set`` names a set of categories, empty for the usual one.
    """

    id: UUID
    revision: int = 0
    purpose: str
    theme: str = ""
    area_id: UUID | None = None
    company: str = ""
    expect: str = ""
    stops: tuple[Stop, ...] = ()
    questions: tuple[CueQuestion, ...] = ()
    time_box: int = 0
    planned_on: date | None = None
    walked_on: date | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    on_paper: bool = False
    at_stop: str = ""
    debrief: Debrief = Debrief()
    shift: str = ""
    category_set: str = ""

    @property
    def under_way(self) -> bool:
        """Tell whether the leader is out walking now."""
        return self.started_at is not None and self.ended_at is None
