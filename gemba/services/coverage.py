"""Coverage: where a leader has not been, whom nobody coached, and what to draw at random."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.coverage import (
    AREA,
    PERSON,
    SHIFT,
    Coverage,
    Suggestion,
    Waiting,
    longest_first,
    suggest,
)
from gemba.domain.draw import DRAWN_FROM, Draw, pick
from gemba.domain.errors import BadInput
from gemba.domain.link import BECAME, Link
from gemba.domain.observation import Observation
from gemba.domain.person import Area, Person
from gemba.domain.promise import Promise
from gemba.domain.walk import Walk

if TYPE_CHECKING:
    from gemba.services.recorder import Recorder

_SEED_BITS = 32


class CoverageFinder:
    """Reads when each area, shift and person was last seen; safe to call beside the window."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def rows(self) -> list[Coverage]:
        """Return areas, shifts and people, those unseen the longest first."""
        overview = self._recorder.store.overview
        seen: dict[tuple[UUID, str], date] = {}
        for (area, shift), on in overview.last_walked().items():
            for key in {(area, ""), (area, shift)}:
                seen[key] = max(on, seen.get(key, on))
        found: list[Coverage] = []
        for one in self._recorder.find(Area):
            last = seen.get((one.id, ""))
            found.append(Coverage(kind=AREA, id=one.id, name=one.name, last=last))
            for shift in one.shifts:
                last = seen.get((one.id, shift))
                found.append(Coverage(kind=SHIFT, id=one.id, name=one.name, shift=shift, last=last))
        met = overview.last_met()
        me = self._recorder.who.casefold()
        found += [
            Coverage(kind=PERSON, id=one.id, name=one.name, last=met.get(one.id))
            for one in self._recorder.find(Person)
            if one.name.casefold() != me
        ]
        return longest_first(found)

    def waiting(self) -> list[Waiting]:
        """Return every promise not yet told back with its area, the oldest first."""
        names = ("id", "text", "made_on", "area_id")
        owed = self._recorder.store.columns(Promise, names, told_back=None, order_by="made_on")
        areas = self.areas_of({key: area for key, _text, _on, area in owed})
        return [
            Waiting(id=key, text=text, made_on=on, area_id=areas.get(key))
            for key, text, on, _area in owed
        ]

    def areas_of(self, promises: Mapping[UUID, UUID | None]) -> dict[UUID, UUID]:
        """Return the area of each promise: its own, or that of the walk it was made on."""
        store = self._recorder.store
        found = {key: area for key, area in promises.items() if area is not None}
        missing = [key for key in promises if key not in found]
        if not missing:
            return found
        # In three queries, not three for each promise: there may be hundreds.
        links = store.columns(Link, ("to_id", "from_kind", "from_id"), role=BECAME, to_id=missing)
        seen = [key for _to, kind, key in links if kind == "observation"]
        walk_of = dict(store.columns(Observation, ("id", "walk_id"), id=seen)) if seen else {}
        walks = {walk_of.get(key, key) for _to, _kind, key in links} - {None}
        area_of = dict(store.columns(Walk, ("id", "area_id"), id=list(walks))) if walks else {}
        for promise, _kind, key in links:
            area = area_of.get(walk_of.get(key, key))
            if area is not None:
                found[promise] = area
        return found

    def suggestion(self, rows: Sequence[Coverage] | None = None) -> Suggestion | None:
        """Return the walk to make next, None where nothing is known yet; ``rows`` spare a look."""
        return suggest(self.rows() if rows is None else rows, self.waiting())

    # At random

    def draw(self, drawn_from: str, choices: Sequence[str], seed: int | None = None) -> Draw:
        """Draw one of several at random and keep seed and choices.

        With ``seed`` the same comes out of the same choices. Raises BadInput where there is
        nothing to draw from.
        """
        offered = tuple(dict.fromkeys(one for one in choices if one.strip()))
        if drawn_from not in DRAWN_FROM or not offered:
            raise BadInput("draw.nothing")
        drawn = secrets.randbits(_SEED_BITS) if seed is None else seed
        return self._recorder.add(
            Draw(
                id=self._recorder.new_id(),
                drawn_from=drawn_from,
                seed=drawn,
                choices=offered,
                chosen=pick(offered, drawn),
                drawn_at=self._recorder.now(),
            )
        )

    def drawn(self, limit: int = 20) -> list[Draw]:
        """Return what was drawn, the newest first."""
        return self._recorder.find(Draw, order_by="drawn_at", newest_first=True, limit=limit)
