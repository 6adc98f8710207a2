"""An action plan with its strip of time: what, who, where, planned, actual, review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gemba.domain.figures.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadDate:
    """What was typed for a date and not understood, kept as written under its field's name."""

    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One row of the plan; dates may be missing while they are not agreed."""

    id: str
    what: str
    who: str = ""
    where: str = ""
    how: str = ""
    start: date | None = None
    finish: date | None = None
    started: date | None = None
    finished: date | None = None
    review: date | None = None
    reviewed: bool = False
    unread: tuple[UnreadDate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The actions of a sheet, in the order in which they are told."""

    kind: ClassVar[str] = "plan"
    id: str
    caption: str = ""
    place: Place = Place(side="under")
    actions: tuple[Action, ...] = ()
