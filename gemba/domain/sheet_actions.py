"""An action of a plan on a sheet: found wherever its plan lies, and what is reported of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from gemba.domain.errors import BadInput, Refused
from gemba.domain.figures import Plan
from gemba.domain.figures.plan import Action
from gemba.domain.sheet import Box, Sheet
from gemba.domain.sheet_part import SheetPart
from gemba.domain.today import IN_TRAY


def reported(action: Action, step: str, on: date) -> Action:
    """Return an action that was begun ("start"), done ("finish") or reviewed ("review") on a day.

    The day of a review is the one it was planned for; only that it was held is reported.
    """
    match step:
        case "start":
            return replace(action, started=on)
        case "finish":
            return replace(action, finished=on)
        case "review":
            return replace(action, reviewed=True)
        case _:
            raise BadInput("plan.bad_step", step=step)


def with_action(sheet: Sheet, part: str, edit: Callable[[Action], Action]) -> Sheet:
    """Return a sheet with one action edited, in its box or in the tray as Today names it.

    Raises Refused for an action that is not there any more.
    """
    at = SheetPart.read(part)
    if not at.box.startswith(IN_TRAY):
        return sheet.with_box(_in_box(sheet.box(at.box), at, edit))
    wanted = at.box.removeprefix(IN_TRAY)
    if all(piece.id != wanted for piece in sheet.tray):
        raise Refused("plan.action_gone")
    pieces = (
        replace(piece, box=_in_box(piece.box, at, edit)) if piece.id == wanted else piece
        for piece in sheet.tray
    )
    return replace(sheet, tray=tuple(pieces))


def _in_box(box: Box, at: SheetPart, edit: Callable[[Action], Action]) -> Box:
    for number, figure in enumerate(box.figures):
        if isinstance(figure, Plan) and figure.id == at.figure:
            if all(action.id != at.item for action in figure.actions):
                break
            actions = tuple(edit(one) if one.id == at.item else one for one in figure.actions)
            made = replace(figure, actions=actions)
            return replace(box, figures=(*box.figures[:number], made, *box.figures[number + 1 :]))
    raise Refused("plan.action_gone")
