"""Sheet types of the user's own, written as files into the data folder."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gemba.domain.errors import BadInput, GembaError, ReadOnly
from gemba.services.sheets import Sheets

if TYPE_CHECKING:
    from gemba.definitions.catalog import Catalog
    from gemba.domain.definition import SheetDefinition
    from gemba.domain.sheet import Sheet

MOST_LETTERS: Final = 60
"""A longer name finds no room on the card of its sheet type."""
_AFTER_THE_BUNDLED: Final = 500


class SheetTypes:
    """Keeps the boxes of a sheet, empty, as a type from which new sheets are begun."""

    def __init__(self, catalog: Catalog, sheets: Sheets, writable: Callable[[], bool]) -> None:
        self._catalog = catalog
        self._sheets = sheets
        self._writable = writable

    def all(self) -> list[SheetDefinition]:
        """Return every kind of sheet there is, in the order they are offered."""
        return self._catalog.sheets()

    def get(self, kind: str) -> SheetDefinition:
        """Return the newest version of one kind of sheet; raises NotFound."""
        return self._catalog.sheet(kind)

    def problems(self) -> list[GembaError]:
        """Return what is wrong with the user's own files."""
        return list(self._catalog.problems)

    def save_as(self, sheet: Sheet, name: str, situation: str = "") -> Path:
        """Write the worksheet of a sheet under a new name and return its file.

        None of the words of the sheet go with it. Raises BadInput for a name that is empty, too
        long or taken, ReadOnly for a folder that is only read, GembaError when the disk is full.
        """
        label = " ".join(name.split())
        if not label:
            raise BadInput("sheet_type.no_name")
        if len(label) > MOST_LETTERS:
            raise BadInput("sheet_type.long_name", most=MOST_LETTERS)
        known = self._catalog.sheets()
        if any(one.label.casefold() == label.casefold() for one in known):
            raise BadInput("sheet_type.same_name", name=label)
        if not self._writable():
            raise ReadOnly("store.read_only")
        made = replace(
            self._sheets.definition(sheet),
            id=_new_id(label, known),
            version=1,
            label=label,
            description=" ".join(situation.split()),
            order=_AFTER_THE_BUNDLED,
        )
        return self._catalog.keep(made)


def _new_id(label: str, known: list[SheetDefinition]) -> str:
    taken = {one.id for one in known}
    wanted = "own_" + (re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:40] or "sheet")
    number = 1
    found = wanted
    while found in taken:
        number += 1
        found = f"{wanted}_{number}"
    return found
