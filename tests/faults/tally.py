"""What a fault test says it is, and what it counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import ClassVar, Final

MOST_TOLD: Final = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: its words, and how often it runs whole and in its short form."""

    words: str
    times: int
    short: int


@dataclass(frozen=True, slots=True)
class Failure:
    """One time that did not hold: the seed that makes it again, and what broke."""

    seed: int
    what: str


class Broke(Exception):
    """What must hold does not; the words say what was found."""


@dataclass(slots=True)
class Tally:
    """How often a fault test ran and held.

    ``control`` tells whether the broken mechanism was caught: True, False, or None where the
    control could not be run. ``skipped`` is the reason why nothing could be run here at all.
    ``notes`` are numbers and limits that belong beside the count.
    """

    name: str
    times: int = 0
    held: int = 0
    failures: list[Failure] = field(default_factory=list)
    control: bool | None = None
    skipped: str = ""
    notes: list[str] = field(default_factory=list)
    controls: ClassVar[bool] = True
    """Whether controls are run; they take as long again as the short forms themselves."""

    @property
    def sound(self) -> bool:
        """Tell whether everything held and the control was caught."""
        held = self.times == self.held and not self.failures
        return held and not self.skipped and self.control is True

    @contextmanager
    def once(self, seed: int) -> Iterator[None]:
        """Count one time; Broke and AssertionError inside make it a failure, all else stops."""
        self.times += 1
        try:
            yield
        except (Broke, AssertionError) as error:
            self.failures.append(Failure(seed, " ".join(str(error).split())[:2000]))
        else:
            self.held += 1

    def catch(self, broken: Callable[[], object], because: str = "") -> None:
        """Run the test once over a broken mechanism; it must raise Broke or AssertionError.

        ``because`` is a part of what it must say: what breaks for another reason proves nothing.
        """
        if not Tally.controls:
            return
        try:
            broken()
        except (Broke, AssertionError) as error:
            self.control = because in str(error)
            if not self.control:
                self.notes.append(f"the control broke for another reason: {error}"[:500])
        except Exception as error:
            # A program that falls over where data are damaged has not said that they are.
            self.control = False
            self.notes.append(f"the control fell over: {error!r}"[:500])
        else:
            self.control = False

    def as_json(self) -> dict[str, object]:
        """Return what is written to the file; of many failures the first ones."""
        return {
            "name": self.name,
            "times": self.times,
            "held": self.held,
            "control": self.control,
            "skipped": self.skipped,
            "notes": self.notes,
            "failures": [{"seed": one.seed, "what": one.what} for one in self.failures[:MOST_TOLD]],
        }


def must(holds: object, what: str) -> None:
    """Raise Broke with these words unless it holds."""
    if not holds:
        raise Broke(what)
