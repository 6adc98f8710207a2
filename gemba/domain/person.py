"""People and the areas they work in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone a leader walks with, coaches or owes an answer.

    ``formerly`` holds the names of people who turned out to be this one and were merged into them.
    """

    id: UUID
    revision: int = 0
    name: str
    role: str = ""
    area_id: UUID | None = None
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A place where work is done: a ward, a line, an office.

    ``formerly`` holds the names it had before, and those of areas that were merged into it.
    """

    id: UUID
    revision: int = 0
    name: str
    formerly: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()
