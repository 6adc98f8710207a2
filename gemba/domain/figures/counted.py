"""A figure that was counted in Patterns: what was asked there, and the figure as it counts now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

ALL_THE_TIME: Final = 0
FROM_DAY_TO_DAY: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Which pattern was counted on which day, over which time and area.

    ``number`` is that of the pattern, from 1. ``weeks`` are the last so many weeks, ALL_THE_TIME
    or FROM_DAY_TO_DAY: then ``first`` and ``last`` are asked for, else they are what it came to.
    """

    number: int
    on: date
    weeks: int
    first: date
    last: date
    area_id: UUID | None = None
