"""The way of a verified cause from a fishbone into the why tree of its sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gemba.domain.figures import Fishbone, FiveWhys
from gemba.domain.figures.fishbone import BoneCause
from gemba.domain.figures.fishbone_rules import above, into_tree

if TYPE_CHECKING:
    from gemba.ui.pages.sheet_desk import SheetHost


def pass_on(page: SheetHost, box_id: str, cause: BoneCause, effect: str) -> None:
    """Put a cause into the why tree of its box, else of the sheet, else into a new one."""
    if page.sheet is None or not page.may_write():
        return
    boxes = sorted(page.sheet.boxes, key=lambda box: box.id != box_id)
    found = next(
        ((box.id, one) for box in boxes for one in box.figures if isinstance(one, FiveWhys)), None
    )
    new = page.desk.sheets.new_figure_id
    box, tree = found or (box_id, FiveWhys(id=new()))
    bones = [
        one
        for held in boxes
        for one in held.figures
        if isinstance(one, Fishbone) and cause in one.causes
    ]
    leads_to = above(bones[0], cause.id) if bones else ()
    grown = into_tree(tree, cause, effect, new, leads_to)
    if grown == tree:
        page.go.say(page.tr("It stands in the why tree already."))
        return
    page.edits.put_figure(box, grown)
    page.go.say(page.tr("It stands in the why tree now."), page.edits.undo)
