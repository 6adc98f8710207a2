"""A skills grid: who can do what, at four levels, and what is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from gemba.domain.figures.place import Place

LEVELS: Final = ("none", "training", "limited", "alone", "teaches")
"""What the levels 0 to 4 mean; from 3 on somebody does the work alone."""
ALONE: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """One column: what can be done, and the level wanted of everybody, as typed."""

    name: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """One row: a person and their levels as typed, in the order of the skills."""

    name: str = ""
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillsGrid:
    """People down, skills across."""

    kind: ClassVar[str] = "skills"
    id: str
    caption: str = ""
    place: Place = Place(side="under")
    skills: tuple[Skill, ...] = ()
    people: tuple[Learner, ...] = ()
