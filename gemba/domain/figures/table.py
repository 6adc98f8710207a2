"""A free table: rows of cells as they were typed or pasted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gemba.domain.figures.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFigure:
    """Rows of texts, the short ones ending in empty cells; with ``header`` the first row names
    the columns."""

    kind: ClassVar[str] = "table"
    id: str
    caption: str = ""
    place: Place = Place(side="under")
    header: bool = True
    rows: tuple[tuple[str, ...], ...] = ()
