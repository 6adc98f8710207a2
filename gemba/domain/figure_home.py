"""A figure goes to another box, whole, and with it all that was said of it and tied to it."""

from __future__ import annotations

from dataclasses import replace

from gemba.domain.definition import SheetDefinition
from gemba.domain.errors import Refused
from gemba.domain.figures.placing import put_at
from gemba.domain.sheet import Box, Sheet
from gemba.domain.sheet_format import shaped
from gemba.domain.sheet_part import SheetPart
from gemba.domain.tray import Moved, joined


def move_figure(
    sheet: Sheet,
    definition: SheetDefinition,
    part: SheetPart,
    to: str,
    *,
    side: str = "",
    index: int | None = None,
) -> tuple[Moved, str]:
    """Take the figure a part names into another box, and return its id there as well.

    Without ``side`` it stands as it stood, without ``index`` behind what stands on that side. The
    id changes where another figure of that box has it. Raises Refused for a figure that is gone
    and for a box not on the sheet.
    """
    held = sheet.box(part.box)
    figure = next((one for one in held.figures if one.id == part.figure), None)
    if figure is None:
        raise Refused("figure.gone")
    if all(box.id != to for box in shaped(definition, sheet.format).boxes):
        raise Refused("format.no_box")
    rest = tuple(one for one in held.figures if one.id != figure.id)
    left = sheet.with_box(replace(held, figures=rest))
    there = joined(left.box(to), Box(id=to, figures=(figure,)))
    made = there.figures[-1].id
    place = len(there.figures) if index is None else index
    figures = put_at(there.figures, made, side or figure.place.side, place)
    moved = left.with_box(replace(there, figures=figures))
    return Moved(moved, {str(SheetPart(part.box, part.figure)): str(SheetPart(to, made))}), made
