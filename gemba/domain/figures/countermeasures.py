"""Countermeasures compared: what acts on which cause, what it is meant to do, what it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from gemba.domain.figures.place import Place

LEVELS: Final = ("low", "middle", "high")
LASTS: Final = ("temporary", "permanent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that could be done about a cause, and what is predicted of it.

    ``impact``, ``effort`` and ``risk`` are of LEVELS, ``lasts`` of LASTS, or empty while nobody
    has said. ``nothing`` marks the option to leave all as it is.
    """

    id: str
    cause: str = ""
    what: str
    effect: str = ""
    impact: str = ""
    effort: str = ""
    risk: str = ""
    lasts: str = ""
    chosen: bool = False
    nothing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Countermeasures:
    """The options in the order in which they are told; ``grid`` draws effect over effort too."""

    kind: ClassVar[str] = "countermeasures"
    id: str
    caption: str = ""
    place: Place = Place(side="under")
    grid: bool = True
    options: tuple[Option, ...] = ()
