"""A Pareto: how often each thing happened and what it cost, largest first, "other" last."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Final

from gemba.domain.figures.counted import Counted
from gemba.domain.figures.place import Place
from gemba.domain.later import LATER

AMOUNTS: Final = ("count", "cost", "count_after", "cost_after")
"""The numbers of a row, in the order in which they are pasted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadAmount:
    """What was typed for a number and not understood, kept as written under its field's name."""

    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One thing that happens: how often and at what cost, before and after; None: not counted."""

    label: str
    count: float | None = None
    cost: float | None = None
    count_after: float | None = None
    cost_after: float | None = None
    unread: tuple[UnreadAmount, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pareto:
    """Bars in the order in which they were typed; the drawing sorts them.

    ``by`` is "count" or "cost". With ``compares`` before and after stand on one scale.
    """

    kind: ClassVar[str] = "pareto"
    id: str
    caption: str = ""
    place: Place = Place()
    by: str = "count"
    unit: str = ""
    cost_unit: str = ""
    compares: bool = False
    bars: tuple[Bar, ...] = ()
    counted: Counted | None = field(default=None, metadata=LATER)
