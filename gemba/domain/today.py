"""What Today shows: who waits for an answer, where to walk, whom to coach, what to check.

Small on purpose: this is read before the first picture of the window.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

if TYPE_CHECKING:
    from gemba.domain.practice import Practice

ME: Final = "me"
"""The setting that holds the leader's own name."""

IN_TRAY: Final = "tray:"
"""Stands before the id of a piece of the tray, where else the box of an action is named."""

READY: Final = "ready"
MISSING: Final = "missing"
NEWER: Final = "newer"
BUSY: Final = "busy"
DAMAGED: Final = "damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPromise:
    """A promise nobody was told back yet; ``to`` is who raised it, where a name was given."""

    id: UUID
    text: str
    to: str
    made_on: date
    due_on: date | None
    resolver: str
    note: str

    def age(self, today: date) -> int:
        """Count the days since the promise was made."""
        return max(0, (today - self.made_on).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWalk:
    """A walk that is planned, or under way; ``planned_on`` may lie in the past."""

    id: UUID
    purpose: str
    area: str
    places: tuple[str, ...]
    planned_on: date | None
    under_way: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkedOnly:
    """A walk that ended a short while ago and whose debrief is still empty."""

    id: UUID
    purpose: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NextLook:
    """When to look again with a learner, as agreed at the last talk.

    ``talk_id`` names that talk, ``last_on`` its day; ``focus`` is what the learner works on.
    """

    talk_id: UUID
    kind: str
    learner_id: UUID
    learner: str
    focus: str
    agreed: str
    look_on: date
    look_time: str
    last_on: date

    def days_since(self, today: date) -> int:
        """Count the days since the last talk."""
        return max(0, (today - self.last_on).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDue:
    """A check of a sheet that nobody did yet."""

    sheet_id: UUID
    check_id: str
    title: str
    what: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDue:
    """What an action of a sheet's plan waits for: ``step`` is "start", "finish" or "review".

    ``part`` is the action as a part of its sheet, ``title`` the sheet's; ``aside`` tells that the
    plan lies in the tray beside it.
    """

    sheet_id: UUID
    part: str
    title: str
    what: str
    who: str
    step: str
    on: date
    aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectDue:
    """A promise that was worked on, and the day on which somebody looks whether it holds."""

    promise_id: UUID
    text: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnProblem:
    """A sheet that the leader owns: leading starts with one's own work."""

    sheet_id: UUID
    title: str
    last_there: str
    started_on: date

    def age(self, today: date) -> int:
        """Count the days since the sheet was begun."""
        return max(0, (today - self.started_on).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayGlance:
    """Everything Today shows. ``state`` is READY, or says why there is nothing to show.

    ``promises`` are the oldest first, at most fifty of ``promise_count``; ``any_record`` is False
    for a new user. ``week`` are the routines with the days of this week. ``damaged`` counts what
    would stand here and is no longer what was written. ``untold`` are the last walks without a
    word of debrief.
    """

    today: date
    state: str = READY
    me: str = ""
    promises: tuple[OpenPromise, ...] = ()
    promise_count: int = 0
    walks: tuple[PlannedWalk, ...] = ()
    looks: tuple[NextLook, ...] = ()
    effects: tuple[EffectDue, ...] = ()
    checks: tuple[CheckDue, ...] = ()
    actions: tuple[ActionDue, ...] = ()
    own: tuple[OwnProblem, ...] = ()
    any_record: bool = False
    damaged: int = 0
    week: tuple[Practice, ...] = ()
    untold: tuple[WalkedOnly, ...] = ()
