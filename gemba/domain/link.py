"""The thread: two records, or parts of them, that belong together, readable both ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from gemba.domain.changes import Ref

BECAME: Final = "became"
"""From what was seen or said to what was made of it: a promise, a sheet, an obstacle."""
ACTS_ON: Final = "acts on"
"""From a countermeasure to its cause, from a cause to its gap."""
SEEN_IN: Final = "seen in"
"""From a box of a sheet to the observation it rests on."""
GO_AND_SEE: Final = "go and see"
"""From a countermeasure or a check to the stop of the walk that looks at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A directed link; ``*_part`` names a box, a figure, a stop or an obstacle, or is empty."""

    id: UUID
    revision: int = 0
    role: str
    from_kind: str
    from_id: UUID
    from_part: str = ""
    to_kind: str
    to_id: UUID
    to_part: str = ""

    @property
    def source(self) -> Ref:
        """Name the record the link starts at."""
        return Ref(self.from_kind, self.from_id)

    @property
    def target(self) -> Ref:
        """Name the record the link points to."""
        return Ref(self.to_kind, self.to_id)
