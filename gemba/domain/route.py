"""A way through the work that is walked again: its stops in order, its theme, its questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteStop:
    """One place on a route, and what to look for there."""

    id: str
    place: str
    look_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A plan that walks are made from. ``time_box`` is in minutes, 0 for none.

    ``category_set`` names the set of categories of its walks, empty for the usual one.
    """

    id: UUID
    revision: int = 0
    name: str
    purpose: str = ""
    theme: str = ""
    area_id: UUID | None = None
    company: str = ""
    expect: str = ""
    stops: tuple[RouteStop, ...] = ()
    questions: tuple[str, ...] = ()
    time_box: int = 0
    category_set: str = ""
    archived_on: date | None = None
