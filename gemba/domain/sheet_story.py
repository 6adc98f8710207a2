"""What is kept of how a sheet came about: its format, its versions, its stages, who was asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

STANCES: Final = ("for", "can_live_with", "against")
"""How someone who was asked stands to the sheet; empty while they have not said."""


MARKS: Final = (0, 1, 2, 3)
"""Absent, asserted, supported by fact, supported and self-explaining."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxFormat:
    """One box as this sheet has it: its label, its column and its height in mm."""

    id: str
    label: str
    column: str
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedVersion:
    """A name the owner gave to the sheet as it stood at a revision."""

    id: str
    name: str
    revision: int
    named_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StageStep:
    """The owner's statement by which a sheet came to a stage."""

    stage: str
    on: date
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How a sheet was closed: what is the standard now, what was learned, which problem is next.

    ``next_sheet`` is the sheet that was begun from the next problem.
    """

    closed_on: date
    standard: str = ""
    learned: str = ""
    next_problem: str = ""
    next_sheet: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewMark:
    """What one item of a rubric came to, from 0 (absent) to 3 (supported, visual), and why."""

    section: str
    item: str
    mark: int
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One look over the whole sheet, by "owner" or "coach"; there is no total."""

    id: str
    by: str
    on: date
    marks: tuple[ReviewMark, ...] = ()
    strongest: str = ""
    work_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulted:
    """Somebody who was asked one to one: what they fear, and what was changed for it.

    ``role`` is "must_know", "gives_input" or "approves"; ``stance`` one of STANCES or empty.
    """

    id: str
    name: str
    role: str = ""
    concern: str = ""
    changed: str = ""
    stance: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """A line to sign; ``on`` is the day it was signed."""

    id: str
    name: str
    role: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissed:
    """A question about the wording of a sentence that the writer answered with a reason."""

    check: str
    box: str
    sentence: str
    reason: str = ""
    on: date
