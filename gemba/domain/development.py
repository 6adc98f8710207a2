"""How people grow: skills with four levels, goals, what shows them, and who goes with whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

SKILL_LEVELS: Final = ("in training", "limited", "unsupervised", "can teach")
"""From 1 on, as the quarters of a circle are filled in a skills matrix; 0 is not begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillStep:
    """A skill came to a level on a day, and who says so."""

    on: date
    level: int
    said_by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSkill:
    """A skill of one person; ``level`` counts SKILL_LEVELS from 1, 0 is not begun."""

    id: UUID
    revision: int = 0
    learner_id: UUID
    family: str = ""
    name: str
    level: int = 0
    steps: tuple[SkillStep, ...] = ()
    archived_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a person wants to be able to do, by when, and what it takes (hours, money, help).

    ``sheet_id`` is the personal A3 about it.
    """

    id: UUID
    revision: int = 0
    learner_id: UUID
    skill_id: UUID | None = None
    sheet_id: UUID | None = None
    text: str
    by_when: date | None = None
    takes: str = ""
    set_on: date
    reached_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A real cycle, experiment, sheet or walk that shows a skill or a goal, and what it shows."""

    id: UUID
    revision: int = 0
    learner_id: UUID
    skill_id: UUID | None = None
    goal_id: UUID | None = None
    talk_id: UUID | None = None
    experiment_id: UUID | None = None
    sheet_id: UUID | None = None
    walk_id: UUID | None = None
    shown_on: date
    shows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorPair:
    """Somebody who goes with a learner for a while; ``every_days`` is how often, 0 for no rhythm.

    ``last_on`` is the day of their last talk, ``until`` the day it ended.
    """

    id: UUID
    revision: int = 0
    mentor_id: UUID
    learner_id: UUID
    about: str = ""
    every_days: int = 0
    since: date
    last_on: date | None = None
    until: date | None = None
