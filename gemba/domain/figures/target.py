"""A target card: from what to what, by when, measured how, and what must not get worse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from gemba.domain.figures.place import Place

LETTERS: Final = ("s", "m", "a", "r", "t")
"""Specific, measurable, achievable, relevant, time-bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One target. ``start`` and ``goal`` are kept as typed; ``by_words`` is what was typed for
    the day where that names none. ``reach`` says why it can be reached, ``serves`` what for,
    ``balance`` what must not get worse meanwhile."""

    kind: ClassVar[str] = "target"
    id: str
    caption: str = ""
    place: Place = Place(side="under")
    measure: str = ""
    where: str = ""
    start: str = ""
    goal: str = ""
    unit: str = ""
    by: date | None = None
    by_words: str = ""
    source: str = ""
    reach: str = ""
    serves: str = ""
    balance: str = ""
