"""Which of the walks that are planned leads to a place first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from gemba.domain.walk import Walk


def next_there(walks: Iterable[Walk], area_id: UUID | None, place: str = "") -> Walk | None:
    """Return the earliest walk in an area, else one with a stop at the place, else any.

    Within each a walk without a date comes last. None where there is no walk.
    """

    def order(walk: Walk) -> tuple[int, date]:
        return _away(walk, area_id, place), walk.planned_on or date.max

    return min(walks, key=order, default=None)


def _away(walk: Walk, area_id: UUID | None, place: str) -> int:
    """Say how far a walk is from leading there: 0 in the area, 1 past the place, 2 elsewhere."""
    if area_id is not None and walk.area_id == area_id:
        return 0
    wanted = " ".join(place.split()).casefold()
    passed = {" ".join(stop.place.split()).casefold() for stop in walk.stops}
    return 1 if wanted and wanted in passed else 2
