"""Changing the type of a sheet: boxes with the same role keep what they hold, the rest is kept too.

The way back is the same rule: what went into the tray comes out of it into the box it came from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gemba.domain.definition import BoxDefinition, SheetDefinition
from gemba.domain.figures import Plan
from gemba.domain.sheet import Box, Sheet, TrayPiece
from gemba.domain.sheet_format import shaped
from gemba.domain.sheet_story import BoxFormat
from gemba.domain.tray import Moved, joined, laid_aside, piece_of, tray_of


@dataclass(frozen=True, slots=True)
class TypeChange:
    """What a change does: the labels of written boxes that stay, go to the tray, come out of it.

    ``plan_aside`` tells that actions go to the tray; Today goes on to show them.
    """

    stays: tuple[str, ...]
    aside: tuple[str, ...]
    returns: tuple[str, ...]
    plan_aside: bool = False


def pairs(now: SheetDefinition, to: SheetDefinition) -> dict[str, str]:
    """Return which box of one worksheet is which of another: the same id and role, else the role.

    Several boxes of one role are paired in reading order. "other" is no role to go by: there only
    the same id counts. Read backwards these are the pairs of the way back.
    """
    there = {box.id: box for box in to.boxes}
    found = {
        box.id: box.id for box in now.boxes if box.id in there and there[box.id].role == box.role
    }
    for role in dict.fromkeys(box.role for box in now.boxes):
        if role == "other":
            continue
        mine = _free(now.boxes, role, set(found))
        theirs = _free(to.boxes, role, set(found.values()))
        found.update(zip(mine, theirs, strict=False))
    return found


def _free(boxes: Sequence[BoxDefinition], role: str, taken: set[str]) -> list[str]:
    return [box.id for box in boxes if box.role == role and box.id not in taken]


def change_type(
    sheet: Sheet,
    now: SheetDefinition,
    to: SheetDefinition,
    format: tuple[BoxFormat, ...] = (),
) -> Moved:
    """Return a sheet as one of another type, with every text and figure it had.

    ``now`` is the worksheet it is on, as defined; ``format`` the boxes it had when it was of that
    other type before. What has no box of its role goes into the tray; pieces that came from the
    other type leave the tray for their box.
    """
    here, there = shaped(now, sheet.format), shaped(to, format)
    paired = pairs(here, there)
    wanted = {box.id for box in there.boxes}
    returning = [one for one in sheet.tray if _returns(one, there, wanted)]
    boxes = {box.id: Box(id=box.id) for box in there.boxes}
    for piece in returning:
        boxes[piece.box.id] = joined(boxes[piece.box.id], piece.box)
    for old, new in paired.items():
        boxes[new] = replace(joined(boxes[new], sheet.box(old)), id=new)
    left = [one for one in tray_of(sheet, now) if one not in returning]
    gone = [
        piece_of(sheet, box.label, sheet.box(box.id)) for box in here.boxes if box.id not in paired
    ]
    made = replace(
        sheet,
        definition=to.id,
        definition_version=to.version,
        format=format if there != to else (),
        boxes=tuple(boxes.values()),
        tray=laid_aside((), [*left, *gone]),
    )
    return Moved(made, {old: new for old, new in paired.items() if old != new})


def _returns(piece: TrayPiece, to: SheetDefinition, boxes: set[str]) -> bool:
    return piece.definition == to.id and piece.box.id in boxes


def told(
    sheet: Sheet,
    now: SheetDefinition,
    to: SheetDefinition,
    format: tuple[BoxFormat, ...] = (),
) -> TypeChange:
    """Say beforehand what a change of type would do with what is written."""
    here, there = shaped(now, sheet.format), shaped(to, format)
    paired = pairs(here, there)
    written = [box for box in here.boxes if not sheet.box(box.id).empty]
    wanted = {box.id for box in there.boxes}
    gone = [sheet.box(box.id) for box in written if box.id not in paired]
    return TypeChange(
        tuple(box.label for box in written if box.id in paired),
        tuple(box.label for box in written if box.id not in paired),
        tuple(one.label for one in sheet.tray if _returns(one, there, wanted)),
        any(has_actions(box) for box in gone),
    )


def has_actions(box: Box) -> bool:
    """Tell whether a plan with actions stands in a box."""
    return any(isinstance(one, Plan) and one.actions for one in box.figures)
