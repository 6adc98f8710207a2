"""The weekly reflection of a leader: a few questions, answered in a few minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReflectionAnswer:
    """A question as it was asked, and the answer."""

    question: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflection:
    """What a leader wrote about one week; ``week_of`` is its Monday, ``note`` is anything else."""

    id: UUID
    revision: int = 0
    week_of: date
    answers: tuple[ReflectionAnswer, ...] = ()
    note: str = ""
