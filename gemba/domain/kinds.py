"""The kinds of record there are, by the name they carry in links, files and the command line."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from gemba.domain.coach_log import AfterTalk, AskedQuestion, PracticeLevel, SecondCoach
from gemba.domain.coaching import Storyboard, Talk
from gemba.domain.development import Evidence, Goal, MentorPair, PersonSkill
from gemba.domain.draw import Draw
from gemba.domain.experiment import Experiment
from gemba.domain.form import Filling, Form, FormVersion
from gemba.domain.link import Link
from gemba.domain.observation import Observation
from gemba.domain.person import Area, Person
from gemba.domain.promise import Promise
from gemba.domain.recognition import Recognition
from gemba.domain.reflection import Reflection
from gemba.domain.route import Route
from gemba.domain.routine import Keeping, Routine
from gemba.domain.session import Lesson, QuestionScript, Session
from gemba.domain.sheet import MarginNote, Sheet
from gemba.domain.walk import Walk

Record = (
    Person
    | Area
    | Walk
    | Observation
    | Promise
    | Storyboard
    | Experiment
    | Talk
    | Sheet
    | MarginNote
    | Route
    | Routine
    | Keeping
    | Draw
    | Recognition
    | Reflection
    | QuestionScript
    | Session
    | Lesson
    | PersonSkill
    | Goal
    | Evidence
    | MentorPair
    | AskedQuestion
    | AfterTalk
    | SecondCoach
    | PracticeLevel
    | Form
    | FormVersion
    | Filling
    | Link
)

KINDS: Final[dict[str, type[Record]]] = {
    "person": Person,
    "area": Area,
    "walk": Walk,
    "observation": Observation,
    "promise": Promise,
    "storyboard": Storyboard,
    "experiment": Experiment,
    "talk": Talk,
    "sheet": Sheet,
    "margin_note": MarginNote,
    "route": Route,
    "routine": Routine,
    "keeping": Keeping,
    "draw": Draw,
    "recognition": Recognition,
    "reflection": Reflection,
    "question_script": QuestionScript,
    "session": Session,
    "lesson": Lesson,
    "skill": PersonSkill,
    "goal": Goal,
    "evidence": Evidence,
    "mentor_pair": MentorPair,
    "asked_question": AskedQuestion,
    "after_talk": AfterTalk,
    "second_coach": SecondCoach,
    "practice_level": PracticeLevel,
    "form": Form,
    "form_version": FormVersion,
    "filling": Filling,
    "link": Link,
}
"""In an order in which each kind only names kinds before it (links come last, and a talk names its
sheet and its questions)."""

PRIVATE_KINDS: Final = frozenset({"asked_question", "after_talk", "second_coach", "practice_level"})
"""Kinds that belong to the coach alone: all of such a record is private."""

_NAMES_ONLY: Final = ("id", "revision")


def _private_of(kind: str) -> frozenset[str]:
    names = {one.name for one in fields(KINDS[kind]) if not one.name.endswith("_id")}
    return frozenset(names.difference(_NAMES_ONLY))


PRIVATE_FIELDS: Final[dict[str, frozenset[str]]] = {
    "talk": frozenset({"private_note"}),
    "session": frozenset({"private_answers"}),
    **{kind: _private_of(kind) for kind in sorted(PRIVATE_KINDS)},
}
"""Fields that stay out of every print, export, copy and search unless asked for."""

_NAMES: Final = {cls: name for name, cls in KINDS.items()}


def kind_of(record: Record) -> str:
    """Name the kind of a record."""
    return _NAMES[type(record)]
