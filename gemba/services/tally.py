"""What walks saw, by category, area or stop: the names to be counted, one for each line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.observation import GOING_WELL, Observation
from gemba.domain.walk import Walk

if TYPE_CHECKING:
    from gemba.services.people import People
    from gemba.services.walks import Walks

WAYS: Final = ("category", "area", "stop")


def seen_by(walks: Walks, people: People, way: str) -> list[str]:
    """Return the category, area or stop of each observation, empty where none is said.

    What goes well is left out: a Pareto counts what is in the way.
    """
    areas: dict[UUID | None, str] = dict(people.areas())
    found: list[str] = []
    for walk in walks.all():
        for seen in walks.observations(walk.id):
            if seen.category != GOING_WELL:
                found.append(_name(seen, walk, areas, way))
    for seen in walks.loose():
        if seen.category != GOING_WELL:
            found.append(seen.category if way == "category" else "")
    return found


def _name(seen: Observation, walk: Walk, areas: dict[UUID | None, str], way: str) -> str:
    if way == "category":
        return seen.category
    if way == "area":
        return areas.get(walk.area_id, "")
    return next((stop.place for stop in walk.stops if stop.id == seen.stop_id), "")
