"""Which actions on Today stand in boxes that their sheet does not show: those lie in its tray."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gemba.domain.errors import GembaError
from gemba.domain.sheet_part import SheetPart

if TYPE_CHECKING:
    from uuid import UUID

    from gemba.domain.today import ActionDue, TodayGlance
    from gemba.services.sheets import Sheets


def with_trays(glance: TodayGlance, sheets: Sheets) -> TodayGlance:
    """Return what Today shows, with the actions that no box of their sheet shows as aside.

    Which boxes a worksheet has is known only once everything is loaded.
    """
    known: dict[UUID, frozenset[str]] = {}

    def placed(action: ActionDue) -> ActionDue:
        box = SheetPart.read(action.part).box
        if action.sheet_id not in known:
            known[action.sheet_id] = _unseen(sheets, action.sheet_id)
        return replace(action, aside=True) if box in known[action.sheet_id] else action

    return replace(glance, actions=tuple(map(placed, glance.actions)))


def _unseen(sheets: Sheets, sheet_id: UUID) -> frozenset[str]:
    """Return the boxes of a sheet that it does not show; none where it cannot be read."""
    try:
        sheet = sheets.get(sheet_id)
        shown = {box.id for box in sheets.definition(sheet).boxes}
    except GembaError:
        return frozenset()
    return frozenset(box.id for box in sheet.boxes) - shown
