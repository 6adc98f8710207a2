"""How a question that was asked is put: open or closed, and whether it leads, stacks or blames.

The classes follow Schein, Humble Inquiry (2013), and the habits coaches are warned of: a verb in
front is answered by yes or no, a question may carry its own answer, several may come at once, and
"why did you" may be heard as blame. They are for the coach alone; people are never scored by them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

OPEN: Final = "open"
CLOSED: Final = "closed"
LEADING: Final = "leading"
STACKED: Final = "stacked"
BLAMING: Final = "blaming"
NO_QUESTION: Final = "none"
FORMS: Final = (OPEN, CLOSED, NO_QUESTION)
FAULTS: Final = (LEADING, STACKED, BLAMING)
CLASSES: Final = (OPEN, CLOSED, LEADING, STACKED, BLAMING)
"""The classes a question may be in, in the order they are told."""


@dataclass(frozen=True, slots=True)
class AskedAs:
    """What a line is: its form (one of FORMS, nothing for no words) and its faults of FAULTS."""

    form: str = ""
    faults: tuple[str, ...] = ()

    @classmethod
    def of(cls, classes: Iterable[str]) -> AskedAs:
        """Return what a record keeps as one list of classes."""
        known = tuple(classes)
        form = next((one for one in FORMS if one in known), "")
        return cls(form, tuple(one for one in FAULTS if one in known))

    @property
    def chief(self) -> str:
        """The one class to name quietly: the heaviest fault, else the form."""
        for fault in (BLAMING, LEADING, STACKED):
            if fault in self.faults:
                return fault
        return self.form

    @property
    def classes(self) -> tuple[str, ...]:
        """Every class it is in, the form first."""
        return (self.form, *self.faults) if self.form else ()
