"""Walks: planned or begun with one sentence, kept line by line, ended with what was learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from gemba.domain.errors import BadInput, NotFound, Refused
from gemba.domain.observation import Observation
from gemba.domain.walk import CueQuestion, Stop, Walk
from gemba.services.observations import Observations


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a pasted list without its bullets, numbers and empty lines."""
    lines = []
    for line in text.splitlines():
        bare = line.strip().lstrip("-*•·–").strip()
        head, dot, rest = bare.partition(" ")
        if dot and head[:-1].isdigit() and head[-1] in ".)":
            bare = rest.strip()
        if bare:
            lines.append(bare)
    return tuple(lines)


class Walks(Observations):
    """Everything a leader does on a walk, before it and after it."""

    def get(self, walk_id: UUID) -> Walk:
        """Return one walk; raises NotFound."""
        return self._recorder.get(Walk, walk_id)

    def settled(self, walk_id: UUID) -> Walk:
        """Return one walk with everything that was typed so far; raises NotFound."""
        self.settle()
        return self.get(walk_id)

    def all(self) -> list[Walk]:
        """Return every walk: under way first, then planned by date, then done, newest first."""
        walks = self._recorder.find(Walk)
        return sorted(walks, key=_order)

    def ahead(self) -> list[Walk]:
        """Return the walks under way, then those planned by date."""
        found = self._recorder.find(Walk, ended_at=None)
        return sorted((w for w in found if w.under_way or w.walked_on is None), key=_order)

    def done(self, limit: int) -> list[Walk]:
        """Return the walks that were made, the newest first."""
        found = self._recorder.find(
            Walk, order_by="walked_on", newest_first=True, limit=limit + len(self._under_way())
        )
        return [w for w in found if w.walked_on is not None and not w.under_way][:limit]

    def under_way(self) -> Walk | None:
        """Return the walk that was started and not ended, or None."""
        return next(iter(self._under_way()), None)

    def _under_way(self) -> list[Walk]:
        return [w for w in self._recorder.find(Walk, ended_at=None) if w.under_way]

    def plan(self, purpose: str, **fields: object) -> Walk:
        """Make a walk ready; only the purpose is needed.

        Raises BadInput for an empty purpose.
        """
        if not purpose.strip():
            raise BadInput("walk.no_purpose")
        walk = Walk(id=self._recorder.new_id(), purpose=purpose.strip())
        return self._recorder.add(replace(walk, **fields))  # type: ignore[arg-type]

    def write(self, walk_id: UUID, *, visit: str, **fields: object) -> None:
        """Save fields of a walk while they are typed in."""
        self._recorder.change_soon(
            Walk,
            walk_id,
            lambda w: replace(w, **fields),  # type: ignore[arg-type]
            visit=visit,
            field=",".join(fields),
        )

    def change(self, walk_id: UUID, **fields: object) -> Walk:
        """Set fields of a walk and return it."""
        return self._recorder.change(
            Walk,
            walk_id,
            lambda w: replace(w, **fields),  # type: ignore[arg-type]
        )

    def change_plan(self, walk_id: UUID, purpose: str, fields: Mapping[str, object]) -> Walk:
        """Replace what is planned for a walk; stops and questions that stay keep their ids.

        Raises BadInput for an empty purpose.
        """
        if not purpose.strip():
            raise BadInput("walk.no_purpose")
        bare = Walk(id=walk_id, purpose=purpose.strip())

        def edit(walk: Walk) -> Walk:
            new = replace(bare, **fields)  # type: ignore[arg-type]
            stops = {stop.place: stop for stop in reversed(walk.stops)}
            asks = {one.text: one for one in walk.questions}
            if "category_set" not in fields:
                new = replace(new, category_set=walk.category_set)
            return replace(
                new,
                revision=walk.revision,
                stops=tuple(stops.get(stop.place, stop) for stop in new.stops),
                questions=tuple(asks.get(one.text, one) for one in new.questions),
            )

        return self._recorder.change(Walk, walk_id, edit)

    def stops_from(self, text: str) -> tuple[Stop, ...]:
        """Turn one place a line into stops in that order."""
        return tuple(Stop(id=self._short_id(), place=place) for place in lines_of(text))

    def questions_from(self, texts: Sequence[str]) -> tuple[CueQuestion, ...]:
        """Turn questions, or a leader's own list, into prompts for the cue card."""
        return tuple(CueQuestion(id=self._short_id(), text=text) for text in texts if text.strip())

    def start(self, walk_id: UUID) -> Walk:
        """Set out now. Raises Refused when the walk is done already."""

        def go(walk: Walk) -> Walk:
            if walk.ended_at is not None:
                raise Refused("walk.already_done")
            if walk.started_at is not None:
                return walk
            now = self._recorder.now()
            first = walk.stops[0].id if walk.stops else ""
            return replace(walk, started_at=now, walked_on=now.date(), at_stop=first)

        return self._recorder.change(Walk, walk_id, go)

    def ask(self, walk_id: UUID, question_id: str, asked: bool = True) -> Walk:
        """Tick a question of the cue card as asked, or take the tick away."""

        def tick(walk: Walk) -> Walk:
            questions = tuple(
                replace(one, asked=asked) if one.id == question_id else one
                for one in walk.questions
            )
            return replace(walk, questions=questions)

        return self._recorder.change(Walk, walk_id, tick)

    def add_stop(self, walk_id: UUID, place: str) -> Walk:
        """Add a place nobody planned after the present stop, and stand there.

        Raises BadInput for a place without a name.
        """
        if not place.strip():
            raise BadInput("walk.no_place")
        stop = Stop(id=self._short_id(), place=" ".join(place.split()))

        def add(walk: Walk) -> Walk:
            here = next((i for i, one in enumerate(walk.stops) if one.id == walk.at_stop), None)
            at = len(walk.stops) if here is None else here + 1
            stops = (*walk.stops[:at], stop, *walk.stops[at:])
            return replace(walk, stops=stops, at_stop=stop.id)

        return self._recorder.change(Walk, walk_id, add)

    def remove_stop(self, walk_id: UUID, stop_id: str) -> tuple[Stop, int]:
        """Take a stop off a walk; return it with its place in the order, for bring_stop.

        What was seen there stays. The leader then stands at the next stop. Raises NotFound.
        """
        walk = self.get(walk_id)
        at = next((i for i, one in enumerate(walk.stops) if one.id == stop_id), None)
        if at is None:
            raise NotFound("walk.no_stop")

        def take(walk: Walk) -> Walk:
            stops = tuple(one for one in walk.stops if one.id != stop_id)
            here = walk.at_stop
            if here == stop_id:
                here = stops[min(at, len(stops) - 1)].id if stops else ""
            return replace(walk, stops=stops, at_stop=here)

        self._recorder.change(Walk, walk_id, take)
        return walk.stops[at], at

    def bring_stop(self, walk_id: UUID, stop: Stop, at: int) -> Walk:
        """Put a stop back in its place, and stand there; once is enough."""

        def put(walk: Walk) -> Walk:
            if any(one.id == stop.id for one in walk.stops):
                return walk
            stops = (*walk.stops[:at], stop, *walk.stops[at:])
            return replace(walk, stops=stops, at_stop=stop.id)

        return self._recorder.change(Walk, walk_id, put)

    def end(self, walk_id: UUID) -> Walk:
        """End a walk now; ending it twice changes nothing."""
        now = self._recorder.now()
        return self._recorder.change(
            Walk, walk_id, lambda w: w if w.ended_at else replace(w, ended_at=now)
        )

    def debrief(self, walk_id: UUID, *, visit: str, **fields: str) -> None:
        """Save lines of the debrief while they are typed in."""
        self._recorder.change_soon(
            Walk,
            walk_id,
            lambda w: replace(w, debrief=replace(w.debrief, **fields)),
            visit=visit,
            field=",".join(fields),
        )

    def write_up(self, purpose: str, walked_on: date) -> Walk:
        """Begin to write up a walk that was made on paper, on any date and without a clock.

        Raises BadInput for an empty purpose.
        """
        return self.plan(purpose, walked_on=walked_on, on_paper=True)

    def move_day(self, walk_id: UUID, walked_on: date) -> Walk:
        """Say that a walk on paper was made on another day, with all that was seen on it."""
        walk = self.change(walk_id, walked_on=walked_on)
        seen = self._recorder.find(Observation, walk_id=walk_id)
        self._recorder.put(*(replace(one, seen_on=walked_on) for one in seen))
        return walk

    def _short_id(self) -> str:
        return self._recorder.new_id().hex[:8]


def _order(walk: Walk) -> tuple[int, float, str]:
    if walk.under_way:
        return (0, 0.0, "")
    if walk.walked_on is None:
        return (1, walk.planned_on.toordinal() if walk.planned_on else 1e9, walk.purpose)
    return (2, -walk.walked_on.toordinal(), walk.purpose)
