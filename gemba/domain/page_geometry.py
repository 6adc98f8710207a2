"""The page of a sheet and its columns, before any box lies on it.

All lengths are millimetres on paper. The origin is the top left corner of the page and y grows
downwards.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, TypeAlias, get_args

from gemba.domain.definition_checks import DefinitionError, check_length
from gemba.domain.frame import Frame

Column: TypeAlias = Literal["left", "right", "first", "second", "third", "fourth"]

COLUMNS: tuple[Column, ...] = get_args(Column)

# A tenth of a hairline: what adding decimal fractions may leave over, and nothing one could see.
TOLERANCE_MM = 0.01

_ACROSS: dict[int, tuple[Column, ...]] = {
    1: ("first",),
    2: ("left", "right"),
    3: ("first", "second", "third"),
    4: ("first", "second", "third", "fourth"),
}


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """The fixed lengths of a sheet in mm; the default is A3 lying on its side, two columns.

    ``columns`` holds from one to four shares of the width: (2, 1) makes the left column twice as
    wide as the right.
    """

    width: float = 420.0
    height: float = 297.0
    margin: float = 8.0
    header: float = 16.0
    footer: float = 6.0
    footer_gap: float = 2.0
    gutter: float = 6.0
    between: float = 3.0
    columns: tuple[float, ...] = (1.0, 1.0)

    def __post_init__(self) -> None:
        for name in (one.name for one in fields(self) if one.name != "columns"):
            check_length(getattr(self, name), f"page.{name}")
        if len(self.columns) not in _ACROSS:
            raise DefinitionError(
                "definition.columns", where="page.columns", value=len(self.columns)
            )
        for number, share in enumerate(self.columns):
            check_length(share, f"page.columns[{number}]")
        if self._across <= 0 or self.body_height <= 0:
            raise DefinitionError("definition.page", where="page")

    @property
    def column_names(self) -> tuple[Column, ...]:
        """What the columns are called, from left to right."""
        return _ACROSS[len(self.columns)]

    @property
    def _across(self) -> float:
        """The width in mm that the columns share out."""
        return self.width - 2 * self.margin - (len(self.columns) - 1) * self.gutter

    def column_width(self, column: Column) -> float:
        """Return the width of a column in mm."""
        share = self.columns[self.column_names.index(column)]
        return self._across * share / sum(self.columns)

    @property
    def body_top(self) -> float:
        """The y in mm at which the first box of a column begins."""
        return self.margin + self.header + self.between

    @property
    def body_height(self) -> float:
        """The height in mm that a column of boxes, with the gaps between them, fills."""
        below = self.footer_gap + self.footer + self.margin
        return self.height - self.body_top - below

    @property
    def header_frame(self) -> Frame:
        """The band that holds the title and the header facts."""
        return Frame(self.margin, self.margin, self.width - 2 * self.margin, self.header)

    @property
    def footer_frame(self) -> Frame:
        """The band at the foot of the page."""
        top = self.height - self.margin - self.footer
        return Frame(self.margin, top, self.width - 2 * self.margin, self.footer)

    def column_x(self, column: Column) -> float:
        """Return the left edge of a column in mm."""
        before = self.column_names[: self.column_names.index(column)]
        return self.margin + sum(self.column_width(one) + self.gutter for one in before)
