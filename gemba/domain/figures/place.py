"""Where a figure stands in its box."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """``side`` is "beside" (right of the text) or "under"; sizes in mm, 0 for the natural size."""

    side: str = "beside"
    width: float = 0.0
    height: float = 0.0
