"""Coaching: talks and cycles, and the storyboard that a learner's answers write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from gemba.domain.figures.run_chart import RunChart
from gemba.domain.sheet_story import Dismissed

TALK_KINDS: Final = ("first talk", "cycle", "sheet talk")

CYCLE_MINUTES: Final = 20
"""A coaching cycle takes twenty minutes or less (Rother's practice, domain.md B9)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Something in the way of the target condition; ``gone_on`` is when it no longer was."""

    id: str
    text: str
    gone_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetMove:
    """The target date was ``before`` and became ``after`` on a day; None for no date."""

    on: date
    before: date
    after: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Storyboard:
    """A learner's board: where they are heading, where they are, and what is in the way.

    ``focus`` is the id of the one obstacle being worked on, or empty. ``target_measure`` is the
    outcome, ``process_measure`` tells how the process runs that leads to it, and
    ``operating_pattern`` how the work is to be done. On ``ended_on`` the board was left, because
    the process is gone or the target was met.
    """

    id: UUID
    revision: int = 0
    learner_id: UUID
    focus_process: str = ""
    challenge: str = ""
    target_condition: str = ""
    target_by: date | None = None
    target_measure: str = ""
    current_condition: str = ""
    chart: RunChart | None = None
    obstacles: tuple[Obstacle, ...] = ()
    focus: str = ""
    started_on: date
    challenge_by: date | None = None
    process_measure: str = ""
    operating_pattern: str = ""
    target_moves: tuple[TargetMove, ...] = ()
    ended_on: date | None = None
    ended_because: str = ""
    dismissed: tuple[Dismissed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question as it was asked and the answer in the learner's words.

    ``unknown`` marks "we don't know that yet"; ``box`` names the A3 box it was asked at.
    """

    id: str
    question: str
    text: str = ""
    unknown: bool = False
    box: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseTime:
    """So many seconds were spent at one question."""

    at_step: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A pause of a talk; ``ended_at`` is None while it lasts."""

    began_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """A talk was taken up again, by a coach who may be another one."""

    at: datetime
    coach: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedLook:
    """The look that was agreed for a day did not happen, and why in one line."""

    day: date
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One coaching conversation: a first talk, a five-step cycle, or a talk at a sheet.

    ``elapsed`` is in seconds. ``sheet_revision`` is the revision of the sheet that was coached.
    ``private_note`` is the coach's alone and leaves the store only when asked for by name.
    ``script_id`` names the questions word for word as they were when it began. ``strong`` is what
    the coach found strong in the learner's thinking, ``practise`` the one thing to practise, and
    ``takeaway`` what the learner takes away; all three are for the learner.
    """

    id: UUID
    revision: int = 0
    kind: str
    learner_id: UUID
    coach: str = ""
    storyboard_id: UUID | None = None
    sheet_id: UUID | None = None
    sheet_revision: int = 0
    definition: str = ""
    definition_version: int = 1
    held_on: date
    started_at: datetime | None = None
    ended_at: datetime | None = None
    elapsed: int = 0
    at_step: str = ""
    answers: tuple[Answer, ...] = ()
    last_experiment_id: UUID | None = None
    next_experiment_id: UUID | None = None
    agreed: str = ""
    next_look_on: date | None = None
    next_look_time: str = ""
    private_note: str = ""
    script_id: UUID | None = None
    planned_minutes: int = CYCLE_MINUTES
    times: tuple[PhaseTime, ...] = ()
    breaks: tuple[Break, ...] = ()
    resumed: tuple[Resumed, ...] = ()
    missed: tuple[MissedLook, ...] = ()
    strong: str = ""
    practise: str = ""
    takeaway: str = ""
    dismissed: tuple[Dismissed, ...] = ()
