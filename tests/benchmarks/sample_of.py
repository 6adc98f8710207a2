"""Which record of the sample is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gemba.domain.sheet import Sheet


def sample_sheet(sheets: list[Sheet]) -> Sheet:
    """Return the one sheet of the sample that is complete to Follow-up: the fullest."""
    return max(sheets, key=lambda sheet: sum(len(box.text) for box in sheet.boxes))
