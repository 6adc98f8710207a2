"""The kinds of record there are, by the name they carry in links, files and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast

from gemba.domain.on_demand import OnDemand

if TYPE_CHECKING:
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
else:
    # Only a name at run time: the union would load every kind wherever one is spoken of.
    Record = object

_PLACES: Final = {
    "person": "gemba.domain.person:Person",
    "area": "gemba.domain.person:Area",
    "walk": "gemba.domain.walk:Walk",
    "observation": "gemba.domain.observation:Observation",
    "promise": "gemba.domain.promise:Promise",
    "storyboard": "gemba.domain.coaching:Storyboard",
    "experiment": "gemba.domain.experiment:Experiment",
    "talk": "gemba.domain.coaching:Talk",
    "sheet": "gemba.domain.sheet:Sheet",
    "margin_note": "gemba.domain.sheet:MarginNote",
    "route": "gemba.domain.route:Route",
    "routine": "gemba.domain.routine:Routine",
    "keeping": "gemba.domain.routine:Keeping",
    "draw": "gemba.domain.draw:Draw",
    "recognition": "gemba.domain.recognition:Recognition",
    "reflection": "gemba.domain.reflection:Reflection",
    "question_script": "gemba.domain.session:QuestionScript",
    "session": "gemba.domain.session:Session",
    "lesson": "gemba.domain.session:Lesson",
    "skill": "gemba.domain.development:PersonSkill",
    "goal": "gemba.domain.development:Goal",
    "evidence": "gemba.domain.development:Evidence",
    "mentor_pair": "gemba.domain.development:MentorPair",
    "asked_question": "gemba.domain.coach_log:AskedQuestion",
    "after_talk": "gemba.domain.coach_log:AfterTalk",
    "second_coach": "gemba.domain.coach_log:SecondCoach",
    "practice_level": "gemba.domain.coach_log:PracticeLevel",
    "form": "gemba.domain.form:Form",
    "form_version": "gemba.domain.form:FormVersion",
    "filling": "gemba.domain.form:Filling",
    "link": "gemba.domain.link:Link",
}


def _load(kind: str) -> type[Record]:
    module, _, name = _PLACES[kind].partition(":")
    return cast("type[Record]", getattr(import_module(module), name))


KINDS: Final[Mapping[str, type[Record]]] = OnDemand(_PLACES, _load)
"""Each kind is loaded when it is first asked for: a start needs none. In an order in which each
kind only names kinds before it (links come last, and a talk names its sheet and its questions)."""

PRIVATE_KINDS: Final = frozenset({"asked_question", "after_talk", "second_coach", "practice_level"})
"""Kinds that belong to the coach alone: all of such a record is private."""

_SOME_PRIVATE: Final = {
    "talk": frozenset({"private_note"}),
    "session": frozenset({"private_answers"}),
}
_NAMES_ONLY: Final = ("id", "revision")


def _private_of(kind: str) -> frozenset[str]:
    if kind in _SOME_PRIVATE:
        return _SOME_PRIVATE[kind]
    names = {one.name for one in fields(KINDS[kind]) if not one.name.endswith("_id")}
    return frozenset(names.difference(_NAMES_ONLY))


PRIVATE_FIELDS: Final[Mapping[str, frozenset[str]]] = OnDemand(
    (*_SOME_PRIVATE, *sorted(PRIVATE_KINDS)), _private_of
)
"""Fields that stay out of every print, export, copy and search unless asked for."""

_NAMES: Final = {place: kind for kind, place in _PLACES.items()}


def kind_of(record: Record) -> str:
    """Name the kind of a record."""
    return kind_named(type(record))


def kind_named(cls: type[Any]) -> str:
    """Name the kind whose records a class holds; raises KeyError for a class that is none."""
    return _NAMES[f"{cls.__module__}:{cls.__qualname__}"]
