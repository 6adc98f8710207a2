"""The coach as a learner: questions asked, twenty seconds after a cycle, and a second coach.

All of it belongs to the coach alone (kinds.py says so) and nobody is compared by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

PRACTICE_LEVELS: Final = ("novice", "advanced beginner", "competent", "proficient", "expert")
"""From 1 on: reads the card; asks clarifying questions; finds the threshold reliably; adapts and
stays under twenty minutes; develops other coaches (the five steps of Dreyfus, 1980)."""

RATED_BY: Final = ("self", "second coach")
AIM_KEPT: Final = ("yes", "partly", "no")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question the coach really asked, the forms found in it, and how it could be asked instead.

    ``forms`` and ``rewrite_forms`` are names of question_form.py; ``kept`` means that the coach
    would ask it so again, whatever was found.
    """

    id: UUID
    revision: int = 0
    coach: str = ""
    talk_id: UUID | None = None
    learner_id: UUID | None = None
    asked_on: date
    words: str
    forms: tuple[str, ...] = ()
    rewrite: str = ""
    rewrite_forms: tuple[str, ...] = ()
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterTalk:
    """Twenty seconds after a talk: how often asked, told, and left a silence, as remembered.

    ``talk_share`` is the coach's part of the talking in percent, None for no estimate. ``aim`` is
    what the coach practises next; ``aim_kept`` says of the aim before one of AIM_KEPT, or nothing.
    """

    id: UUID
    revision: int = 0
    talk_id: UUID
    learner_id: UUID | None = None
    coach: str = ""
    noted_on: date
    asked: int = 0
    told: int = 0
    silences: int = 0
    talk_share: int | None = None
    aim: str = ""
    aim_kept: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedPhase:
    """What a second coach wrote down at one phase, word for word, and how long it took.

    ``id`` is "aim", "now", "obstacle", "next" or "when"; ``seconds`` is 0 where nobody timed it.
    """

    id: str
    coach_said: str = ""
    learner_said: str = ""
    seconds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondCoach:
    """A cycle that a second coach watched; the feedback goes to the coach, not to the learner.

    ``before`` is what the coach meant to practise, ``reply`` what the coach says to the feedback,
    ``minutes`` how long the cycle took. ``level`` counts PRACTICE_LEVELS from 1; 0 is no view.
    """

    id: UUID
    revision: int = 0
    talk_id: UUID | None = None
    learner_id: UUID | None = None
    coach: str = ""
    second_coach: str = ""
    watched_on: date
    minutes: int = 0
    phases: tuple[ObservedPhase, ...] = ()
    before: str = ""
    strong: str = ""
    feedback: str = ""
    practise: str = ""
    reply: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeLevel:
    """Where a coach stands in coaching, by their own view or a second coach's, on one day.

    ``level`` counts PRACTICE_LEVELS from 1; ``by`` is one of RATED_BY.
    """

    id: UUID
    revision: int = 0
    coach: str = ""
    level: int
    by: str = "self"
    second_coach: str = ""
    rated_on: date
    why: str = ""
    watched_id: UUID | None = None
