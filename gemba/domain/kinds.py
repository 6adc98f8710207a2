"""The kinds of record there are, by the name they carry in links, files and the command line."""

from __future__ import annotations

from typing import Final

from gemba.domain.coaching import Storyboard, Talk
from gemba.domain.draw import Draw
from gemba.domain.experiment import Experiment
from gemba.domain.link import Link
from gemba.domain.observation import Observation
from gemba.domain.person import Area, Person
from gemba.domain.promise import Promise
from gemba.domain.recognition import Recognition
from gemba.domain.reflection import Reflection
from gemba.domain.route import Route
from gemba.domain.routine import Keeping, Routine
from gemba.domain.sheet import MarginNote, Sheet
from gemba.domain.walk import Walk

Record = (
    Person
    | Area
    | Walk
    | Observation
    | Promise
    | Storyboard
    | Experiment
    | Talk
    | Sheet
    | MarginNote
    | Route
    | Routine
    | Keeping
    | Draw
    | Recognition
    | Reflection
    | Link
)

KINDS: Final[dict[str, type[Record]]] = {
    "person": Person,
    "area": Area,
    "walk": Walk,
    "observation": Observation,
    "promise": Promise,
    "storyboard": Storyboard,
    "experiment": Experiment,
    "talk": Talk,
    "sheet": Sheet,
    "margin_note": MarginNote,
    "route": Route,
    "routine": Routine,
    "keeping": Keeping,
    "draw": Draw,
    "recognition": Recognition,
    "reflection": Reflection,
    "link": Link,
}
"""In an order in which each kind only names kinds before it (links come last)."""

PRIVATE_FIELDS: Final = {"talk": frozenset({"private_note"})}
"""Fields that stay out of every print, export, copy and search unless asked for."""

_NAMES: Final = {cls: name for name, cls in KINDS.items()}


def kind_of(record: Record) -> str:
    """Name the kind of a record."""
    return _NAMES[type(record)]
