"""A process sketch: steps, waits, queues and handovers in a line, with the time each takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from gemba.domain.figures.place import Place

SORTS: Final = ("step", "wait", "queue", "handover")
UNITS: Final = ("s", "min", "h", "d")
DAY_HOURS: Final = (24, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessItem:
    """One thing that happens, or does not, on the way; ``sort`` is one of SORTS.

    ``time`` is kept as typed ("1 h 45", "20"); ``stock`` says how many stand in a queue.
    """

    id: str
    sort: str = "step"
    what: str = ""
    who: str = ""
    time: str = ""
    stock: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """The items in the order in which the work passes them.

    ``unit``, one of UNITS, is the one of a time typed without any; ``day_hours`` is how many
    hours a day is counted as: 24, or 8 where only working hours count.
    """

    kind: ClassVar[str] = "process"
    id: str
    caption: str = ""
    place: Place = Place(side="under")
    unit: str = "min"
    day_hours: int = 24
    items: tuple[ProcessItem, ...] = ()
