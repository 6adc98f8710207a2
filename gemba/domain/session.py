"""Other conversations with a set of questions, what was learned in them, and the sets themselves.

An after-action review, a reflection, a left-hand column: whatever is not one learner's cycle.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gemba.domain.coaching import Answer, Break, PhaseTime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionScript:
    """A set of questions, word for word, as somebody used it; ``text`` is its TOML.

    Kept so that a talk can be read as it was when the set has been edited or deleted since.
    """

    id: UUID
    revision: int = 0
    definition: str
    version: int
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A set of questions that was gone through, alone, with a learner or with a team.

    ``elapsed`` is in seconds. A set that is for nobody else's eyes puts what is answered into
    ``private_answers``, which leave the store only when asked for by name.
    """

    id: UUID
    revision: int = 0
    definition: str
    definition_version: int = 1
    script_id: UUID | None = None
    learner_id: UUID | None = None
    about: str = ""
    led_by: str = ""
    with_whom: str = ""
    held_on: date
    started_at: datetime | None = None
    ended_at: datetime | None = None
    elapsed: int = 0
    at_step: str = ""
    times: tuple[PhaseTime, ...] = ()
    breaks: tuple[Break, ...] = ()
    answers: tuple[Answer, ...] = ()
    private_answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """Something that was learned, in words others can use, and on which day."""

    id: UUID
    revision: int = 0
    words: str
    learned_on: date
    learner_id: UUID | None = None
    talk_id: UUID | None = None
    session_id: UUID | None = None
    experiment_id: UUID | None = None
    area_id: UUID | None = None
