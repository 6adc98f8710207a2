"""Routes that are walked again, and the stops that come onto a walk by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput
from gemba.domain.promise import Promise
from gemba.domain.route import Route, RouteStop
from gemba.domain.sheet import Sheet
from gemba.domain.titles import first_words
from gemba.domain.walk import CueQuestion, Stop, Walk

if TYPE_CHECKING:
    from gemba.domain.routine import Routine
    from gemba.services.coverage import CoverageFinder
    from gemba.services.recorder import Recorder
    from gemba.services.thread import Thread

MOST_OWED = 6
"""So many stops come by themselves; a walk is for going and seeing, not for a list."""


class Routes:
    """Keeps routes, makes walks from them, and knows what an area is owed."""

    def __init__(self, recorder: Recorder, thread: Thread, coverage: CoverageFinder) -> None:
        self._recorder = recorder
        self._thread = thread
        self._coverage = coverage

    def all(self) -> list[Route]:
        """Return the routes in use, by name."""
        found = [one for one in self._recorder.find(Route) if one.archived_on is None]
        return sorted(found, key=lambda one: one.name.casefold())

    def get(self, route_id: UUID) -> Route:
        """Return one route; raises NotFound."""
        return self._recorder.get(Route, route_id)

    def keep(self, name: str, walk: Walk) -> Route:
        """Keep the plan of a walk as a route; one of the same name takes the plan over.

        Stops that came by themselves stay behind. Raises BadInput without a name or a stop.
        """
        wanted = " ".join(name.split())
        stops = tuple(
            RouteStop(id=stop.id, place=stop.place, look_for=stop.look_for)
            for stop in walk.stops
            if not stop.origin_kind
        )
        if not wanted:
            raise BadInput("route.no_name")
        if not stops:
            raise BadInput("route.no_stop")
        same = [one for one in self.all() if one.name.casefold() == wanted.casefold()]
        route = Route(
            id=same[0].id if same else self._recorder.new_id(),
            revision=same[0].revision if same else 0,
            name=wanted,
            purpose=walk.purpose,
            theme=walk.theme,
            area_id=walk.area_id,
            company=walk.company,
            expect=walk.expect,
            stops=stops,
            questions=tuple(one.text for one in walk.questions),
            time_box=walk.time_box,
            category_set=walk.category_set,
        )
        return self._recorder.add(route)

    def plan_walk(self, route_id: UUID, planned_on: date | None = None, shift: str = "") -> Walk:
        """Make a walk from a route, with what its area is owed as stops of their own."""
        route = self.get(route_id)
        new = self._recorder.new_id
        walk = Walk(
            id=new(),
            purpose=route.purpose or route.name,
            theme=route.theme,
            area_id=route.area_id,
            company=route.company,
            expect=route.expect,
            stops=tuple(
                Stop(id=new().hex[:8], place=one.place, look_for=one.look_for)
                for one in route.stops
            ),
            questions=tuple(CueQuestion(id=new().hex[:8], text=one) for one in route.questions),
            time_box=route.time_box,
            planned_on=planned_on,
            shift=shift,
            category_set=route.category_set,
        )
        return self._recorder.add(self.with_owed(walk))

    def walk_for(self, routine: Routine, day: date) -> Walk:
        """Make the walk of a day of a routine: by its route, or in its area for its reason."""
        if routine.route_id is not None and self._recorder.find(Route, id=routine.route_id):
            return self.plan_walk(routine.route_id, day)
        walk = Walk(
            id=self._recorder.new_id(),
            purpose=routine.why.strip() or routine.name,
            area_id=routine.area_id,
            time_box=routine.minutes,
            planned_on=day,
        )
        return self._recorder.add(self.with_owed(walk))

    def walk_in(self, area_id: UUID, purpose: str, shift: str = "") -> Walk:
        """Make a walk in an area, in one of its shifts, with what the area is owed as stops."""
        walk = Walk(id=self._recorder.new_id(), purpose=purpose, area_id=area_id, shift=shift)
        return self._recorder.add(self.with_owed(walk))

    def with_owed(self, walk: Walk) -> Walk:
        """Return a walk with the stops its area is owed behind its own, each once."""
        known = {(one.origin_id, one.origin_part) for one in walk.stops if one.origin_id}
        owed = [
            one for one in self.owed(walk.area_id) if (one.origin_id, one.origin_part) not in known
        ]
        return replace(walk, stops=(*walk.stops, *owed)) if owed else walk

    def add_owed(self, walk: Walk) -> Walk:
        """Put what an area is owed onto a walk that is planned; return it as it is then."""
        if walk.area_id is None or self.with_owed(walk) == walk:
            return walk
        return self._recorder.change(Walk, walk.id, self.with_owed)

    def owed(self, area_id: UUID | None) -> list[Stop]:
        """Return a stop for each open promise and each check that is due in an area.

        The oldest promise first, then checks by their day, at most MOST_OWED; each has the first
        photo along its thread beside it.
        """
        if area_id is None:
            return []
        found: list[tuple[Ref, str, str, str]] = []
        open_ones = self._recorder.find(Promise, told_back=None, order_by="made_on")
        areas = self._coverage.areas_of({one.id: one.area_id for one in open_ones})
        for one in open_ones:
            if areas.get(one.id) == area_id:
                found.append((Ref("promise", one.id), "", one.text, one.at_place))
        today = self._recorder.today()
        for day, ref, part, what, place in sorted(
            self._checks(area_id), key=lambda row: (row[0], row[3])
        ):
            if day <= today:
                found.append((ref, part, what, place))
        return [self._stop(*one) for one in found[:MOST_OWED]]

    def _checks(self, area_id: UUID) -> list[tuple[date, Ref, str, str, str]]:
        rows: list[tuple[date, Ref, str, str, str]] = []
        for one in self._recorder.find(Promise, area_id=area_id, checked_on=None):
            if one.check_on is not None and not one.owed:
                rows.append((one.check_on, Ref("promise", one.id), "", one.text, one.at_place))
        for sheet in self._recorder.find(Sheet, area_id=area_id):
            for check in sheet.checks:
                if check.done_on is None and sheet.archived_on is None:
                    ref = Ref("sheet", sheet.id)
                    rows.append((check.on, ref, check.id, check.what, ""))
        return rows

    def _stop(self, ref: Ref, part: str, look_for: str, place: str) -> Stop:
        return Stop(
            id=self._recorder.new_id().hex[:8],
            place=place or first_words(look_for, 60),
            look_for=look_for,
            origin_kind=ref.kind,
            origin_id=ref.id,
            origin_part=part,
            photo=self._thread.first_photo(ref, part),
        )
