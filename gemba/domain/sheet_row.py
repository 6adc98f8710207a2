"""What the gallery knows of a sheet, and which sheets it shows in which order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from gemba.domain.moment import read_moment
from gemba.domain.sheet import STAGES

ORDERS: Final = ("changed", "started", "title", "person", "stage")
"""Last changed first, newest first, and by the alphabet of titles, of owners, of stages."""

WHERE: Final = ("used", "archived", "all")

CLOSED: Final = "closed"
"""Stands for the stage of a sheet that was closed, whatever stage it was in."""


class SheetRow(NamedTuple):
    """A sheet without its boxes: thousands are read at once, so what can be stays text.

    ``key``, ``owner_key``, ``coach_key`` and ``area_key`` are ids as hexadecimal digits, empty for
    nobody; days are ISO 8601. ``title`` is cut to a few lines. ``changed`` counts on with every
    change of any record, and ``changed_at`` is the instant of the last one as write_moment
    writes it.
    """

    key: str
    owner_key: str
    coach_key: str
    area_key: str
    stage: str
    definition: str
    started_on: str
    archived_on: str
    changed_at: str
    title: str
    revision: int
    definition_version: int
    changed: int
    owner: str
    coach: str
    area: str
    open_questions: int

    @property
    def id(self) -> UUID:
        """The id of the sheet."""
        return UUID(hex=self.key)

    @property
    def changed_on(self) -> date | None:
        """The day of the last change where it was lived; None where it cannot be read."""
        try:
            if self.changed_at:
                return read_moment(self.changed_at).date()
            return date.fromisoformat(self.started_on)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which sheets are asked for; what is None or empty asks for any.

    ``person``, ``area`` and ``found`` are keys as in SheetRow: who owns or coaches them, and the
    sheets that hold what was typed. ``where`` is one of WHERE.
    """

    person: str = ""
    area: str = ""
    stage: str = ""
    definition: str = ""
    where: str = "used"
    found: frozenset[str] | None = None

    @property
    def narrow(self) -> bool:
        """Tell whether anything but the archive is left out."""
        return self.found is not None or any((self.person, self.area, self.stage, self.definition))


def shown(rows: Iterable[SheetRow], wanted: Wanted, order: str = "changed") -> list[SheetRow]:
    """Return the rows that fit all that is asked for at once, in an order of ORDERS."""
    return in_order([row for row in rows if _fits(row, wanted)], order)


def _fits(row: SheetRow, wanted: Wanted) -> bool:
    if wanted.where != "all" and bool(row.archived_on) != (wanted.where == "archived"):
        return False
    if wanted.person and wanted.person not in (row.owner_key, row.coach_key):
        return False
    if wanted.area and wanted.area != row.area_key:
        return False
    if wanted.stage and wanted.stage != row.stage:
        return False
    if wanted.definition and wanted.definition != row.definition:
        return False
    return wanted.found is None or row.key in wanted.found


def in_order(rows: list[SheetRow], order: str) -> list[SheetRow]:
    """Return rows in an order of ORDERS; those that tie stand as they were last changed."""
    rows = sorted(rows, key=lambda row: -row.changed)
    if order == "started":
        rows.sort(key=lambda row: row.started_on, reverse=True)
    elif order == "title":
        rows.sort(key=lambda row: row.title.casefold())
    elif order == "person":
        rows.sort(key=lambda row: (not row.owner, row.owner.casefold()))
    elif order == "stage":
        places = {stage: place for place, stage in enumerate(STAGES)}
        rows.sort(key=lambda row: places.get(row.stage, len(places)))
    return rows
