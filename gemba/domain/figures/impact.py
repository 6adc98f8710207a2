"""An impact summary: each measure before, its target, and after, with what must not get worse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from gemba.domain.figures.place import Place

AMOUNTS: Final = ("before", "target", "after")
TEXTS: Final = ("measure", "unit", *AMOUNTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One measure with its amounts as typed; ``guard`` marks one that must not get worse."""

    id: str
    measure: str = ""
    unit: str = ""
    before: str = ""
    target: str = ""
    after: str = ""
    guard: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """The measures in the order in which they are told, those that are guards last."""

    kind: ClassVar[str] = "impact"
    id: str
    caption: str = ""
    place: Place = Place(side="under")
    effects: tuple[Effect, ...] = ()
