"""A problem statement: one sentence, and the seven questions it answers (5W2H)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from gemba.domain.figures.place import Place

QUESTIONS: Final = ("what", "who", "where", "when", "why", "how_much", "how_often")
"""The fields after the statement; ``why`` is why it is a problem, not what causes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """The gap in one sentence, and what is known of it under each of QUESTIONS."""

    kind: ClassVar[str] = "problem"
    id: str
    caption: str = ""
    place: Place = Place(side="under")
    statement: str = ""
    what: str = ""
    who: str = ""
    where: str = ""
    when: str = ""
    why: str = ""
    how_much: str = ""
    how_often: str = ""
