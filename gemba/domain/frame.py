"""A rectangle, on a page or in a figure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle in mm from the top left corner of the page, or of the figure it is part of."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge in mm."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge in mm."""
        return self.y + self.height
