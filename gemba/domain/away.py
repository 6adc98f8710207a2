"""What lies in the bin: one thing that was thrown away, with all that went with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gemba.domain.changes import Ref
from gemba.domain.kinds import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """One record in the bin: when and by whom it was thrown away.

    ``group`` is the same for everything that one step threw away; ``row`` is the number of the
    journal's row, which tells the order whatever the clock said.
    """

    ref: Ref
    record: Record
    at: datetime
    who: str
    group: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """What was thrown away in one step: the record one sees, and what hung together with it."""

    head: Away
    rest: tuple[Away, ...] = ()

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Name everything in it, the head first."""
        return (self.head.ref, *(one.ref for one in self.rest))
