"""A run chart: one measure over time, its median, its goal and the changes made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from gemba.domain.figures.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value of the measure; ``value`` is None where nothing was counted."""

    on: date
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMark:
    """A change made on a day, with the short label that stands over its line."""

    on: date
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunChart:
    """Readings in order of time. ``low`` and ``high`` fix the scale, or are None.

    ``medians_by_phase`` draws one median between each two change marks.
    """

    kind: ClassVar[str] = "run_chart"
    id: str
    caption: str = ""
    place: Place = Place()
    unit: str = ""
    readings: tuple[Reading, ...] = ()
    goal: float | None = None
    goal_label: str = ""
    changes: tuple[ChangeMark, ...] = ()
    medians_by_phase: bool = True
    low: float | None = None
    high: float | None = None
