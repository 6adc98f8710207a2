"""Whose words a sheet holds: its owner's, and another's only with the pen taken in sight."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gemba.domain.figures import Figure
    from gemba.domain.sheet import Box, Sheet, TrayPiece

OWNER: Final = "owner"
COACH: Final = "coach"
HANDS: Final = (OWNER, COACH)
PENS: Final = "pens"
"""The setting that names the sheets whose pen is in another hand, so that a start finds them."""


def holds_pen(sheet: Sheet, *, owner: str, who: str) -> bool:
    """Tell whether somebody may write the owner's words on a sheet.

    The owner always may, and anybody on a sheet that is nobody's or while nobody said who writes;
    anyone else once the pen was handed over.
    """
    if sheet.pen == COACH or not owner or not who:
        return True
    return owner.casefold() == who.casefold()


def writes_for_owner(before: Sheet, after: Sheet) -> bool:
    """Tell whether an edit changes what is the owner's to write: boxes, their shape, the tray.

    On which day an action began, ended or was looked at is a fact anybody can report.
    """
    if (before.format, before.definition) != (after.format, after.definition):
        return True
    if before.boxes != after.boxes and _thought(before.boxes) != _thought(after.boxes):
        return True
    return before.tray != after.tray and _laid_aside(before) != _laid_aside(after)


def _laid_aside(sheet: Sheet) -> tuple[TrayPiece, ...]:
    return tuple(replace(one, box=_bare(one.box)) for one in sheet.tray)


def _thought(boxes: tuple[Box, ...]) -> tuple[Box, ...]:
    """Return boxes without the days on which something happened; an empty one counts as none."""
    return tuple(box for box in map(_bare, boxes) if not box.empty)


def _bare(box: Box) -> Box:
    return replace(box, figures=tuple(map(_undated, box.figures)))


def _undated(figure: Figure) -> Figure:
    # A start asks here for the name of a setting only, and needs no figure.
    from gemba.domain.figures import Plan

    if not isinstance(figure, Plan):
        return figure
    actions = tuple(
        replace(one, started=None, finished=None, reviewed=False) for one in figure.actions
    )
    return replace(figure, actions=actions)
