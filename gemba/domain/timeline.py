"""A timeline: what happened with a learner, or with a coach, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from gemba.domain.changes import Ref

TIMELINE_KINDS: Final = (
    "talk", "session", "experiment", "lesson", "sheet", "walk", "reflection", "second_coach",
)  # fmt: skip
"""What stands on a timeline, in the order in which things of one day follow each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedTime:
    """What of a timeline is asked for; an empty field asks for everything.

    ``coach`` is a name as talks hold it. ``own`` brings in what belongs to the folder's leader
    alone: walks and reflections, and that a second coach watched, whose words come only with
    ``private``.
    ``obstacle`` is the id of its storyboard without hyphens, a slash and its own. ``first`` and
    ``last`` are included.
    """

    learner_id: UUID | None = None
    coach: str = ""
    own: bool = False
    kinds: tuple[str, ...] = TIMELINE_KINDS
    process: str = ""
    obstacle: str = ""
    first: date | None = None
    last: date | None = None
    words: str = ""
    private: bool = False


class TimePlace(NamedTuple):
    """Where a row stands, so that the next page begins behind it."""

    on: date
    kind: str
    counter: int


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing on a timeline: what it is, its day, its words, and whose it is.

    ``what`` is the kind of talk or the questions of a cycle, ``outcome`` how an experiment came
    out, ``minutes`` how long a talk took, 0 where nobody knows.
    """

    ref: Ref
    on: date
    counter: int
    title: str
    what: str = ""
    outcome: str = ""
    minutes: int = 0
    learner_id: UUID | None = None
    learner: str = ""

    @property
    def place(self) -> TimePlace:
        """Where this row stands."""
        return TimePlace(self.on, self.ref.kind, self.counter)


@dataclass(frozen=True, slots=True)
class TimelineChoices:
    """What a timeline can be narrowed to: coaches, processes, and obstacles by id and words."""

    coaches: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    obstacles: tuple[tuple[str, str], ...] = ()
