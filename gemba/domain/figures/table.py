"""A free table: rows of cells as they were typed or pasted, and how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Final

from gemba.domain.figures.counted import Counted
from gemba.domain.figures.place import Place
from gemba.domain.later import LATER

CELLS: Final = "cells"
DRAWN: Final = (CELLS, "shades", "steps", "dots")
"""As cells; as a heat map; as a curve of steps; as dots with their median."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFigure:
    """Rows of texts, the short ones ending in empty cells; with ``header`` the first row names
    the columns. ``drawn`` is one of DRAWN: with numbers in its cells a table can be a chart."""

    kind: ClassVar[str] = "table"
    id: str
    caption: str = ""
    place: Place = Place(side="under")
    header: bool = True
    rows: tuple[tuple[str, ...], ...] = ()
    drawn: str = field(default=CELLS, metadata=LATER)
    counted: Counted | None = field(default=None, metadata=LATER)
