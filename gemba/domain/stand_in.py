"""The worksheet a sheet is read on when its own is gone: every box it holds, none left out."""

from __future__ import annotations

from typing import Final

from gemba.domain.definition import ROLES, BoxDefinition, Role, SheetDefinition
from gemba.domain.page_geometry import PageGeometry
from gemba.domain.sheet import Box, Sheet

_MOST_BELOW: Final = 11
"""So many boxes of the least height fill a column of an A3."""


def stand_in(sheet: Sheet) -> SheetDefinition:
    """Return a worksheet with a box for each box of a sheet, in their order and equally high.

    It is private, because nobody knows any more whether the lost one was. Raises DefinitionError
    where the boxes have no usable ids or do not fit on one page.
    """
    boxes = sheet.boxes or (Box(id="current"),)
    across = 1 if len(boxes) == 1 else 2 if len(boxes) <= 2 * _MOST_BELOW else 4
    below = -(-len(boxes) // across)
    page = PageGeometry(columns=(1.0,) * -(-len(boxes) // below))
    made = []
    for number, column in enumerate(page.column_names):
        here = boxes[number * below : (number + 1) * below]
        for box in here:
            height = (page.body_height - page.between * (len(here) - 1)) / len(here)
            made.append(
                BoxDefinition(
                    id=box.id,
                    label=_words(box.id),
                    column=column,
                    height_mm=height,
                    role=_role(box.id),
                    question="What belongs here?",
                )
            )
    return SheetDefinition(
        id=sheet.definition,
        version=sheet.definition_version,
        label=_words(sheet.definition),
        description="The file of this sheet type is not there any more.",
        boxes=tuple(made),
        page=page,
        private=True,
    )


def _words(id: str) -> str:
    return id.replace("_", " ").strip().capitalize() or "?"


def _role(id: str) -> Role:
    return next((role for role in ROLES if role == id), "other")
