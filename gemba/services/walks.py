"""Walks: planned or begun with one sentence, kept line by line, ended with what was learned."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import cast
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput, Refused
from gemba.domain.link import BECAME
from gemba.domain.observation import Observation, SafetyNow
from gemba.domain.promise import Promise
from gemba.domain.walk import CueQuestion, Stop, Walk
from gemba.services.promises import Promises
from gemba.services.recorder import Recorder
from gemba.services.thread import Thread


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


class Walks:
    """Everything a leader does on a walk, before it and after it."""

    def __init__(self, recorder: Recorder, promises: Promises, thread: Thread) -> None:
        self._recorder = recorder
        self._promises = promises
        self._thread = thread

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

    def observations(self, walk_id: UUID) -> list[Observation]:
        """Return what was kept on a walk, in the order it was seen."""
        found = self._recorder.find(Observation, walk_id=walk_id, order_by="place")
        return [seen for seen in found if seen.kept]

    def loose(self, limit: int | None = None) -> list[Observation]:
        """Return what was captured outside any walk, newest first."""
        return self._recorder.find(
            Observation, walk_id=None, kept=True, newest_first=True, limit=limit
        )

    def observation(self, observation_id: UUID) -> Observation:
        """Return one observation; raises NotFound."""
        return self._recorder.get(Observation, observation_id)

    def settled_observation(self, observation_id: UUID) -> Observation:
        """Return one observation with everything that was typed so far; raises NotFound."""
        self.settle()
        return self.observation(observation_id)

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

    def draft(self, walk_id: UUID | None) -> Observation | None:
        """Return the line that was being written on a walk when the app went away, or None."""
        found = self._recorder.find(Observation, walk_id=walk_id, kept=False)
        return found[-1] if found else None

    def begin_line(self, walk_id: UUID | None, stop_id: str = "") -> Observation:
        """Open a new line to write on; it counts as seen once it is kept."""
        now = self._recorder.now()
        line = Observation(
            id=self._recorder.new_id(),
            walk_id=walk_id,
            stop_id=stop_id,
            seen_on=now.date(),
            saw="",
            kept=False,
        )
        return self._recorder.add(line)

    def write_line(self, observation_id: UUID, *, visit: str, **fields: object) -> None:
        """Save what is being typed on a line."""
        self._recorder.change_soon(
            Observation,
            observation_id,
            lambda o: replace(o, **fields),  # type: ignore[arg-type]
            visit=visit,
            field=",".join(fields),
        )

    def change_line(self, observation_id: UUID, **fields: object) -> Observation:
        """Set fields of an observation and return it."""
        return self._recorder.change(
            Observation,
            observation_id,
            lambda o: replace(o, **fields),  # type: ignore[arg-type]
        )

    def keep(self, observation_id: UUID, **fields: object) -> Observation:
        """Keep a line: from now on it is an observation with its place and time.

        Raises BadInput when nothing was written in "I saw".
        """
        before = self.observation(observation_id)
        walk_id = cast("UUID | None", fields.get("walk_id", before.walk_id))
        place = self._next_place(walk_id)
        clock = None if self._on_paper(walk_id) else self._recorder.now()

        def stand(line: Observation) -> Observation:
            kept = replace(line, **fields)  # type: ignore[arg-type]
            if not kept.saw.strip():
                raise BadInput("observation.nothing_seen")
            if line.kept:
                return kept
            return replace(kept, kept=True, place=place, seen_at=clock)

        return self._recorder.change(Observation, observation_id, stand)

    def capture(self, saw: str, *, category: str = "", walk_id: UUID | None = None) -> Observation:
        """Keep a single observation from anywhere. Raises BadInput when nothing was seen."""
        if not saw.strip():
            raise BadInput("observation.nothing_seen")
        now = self._recorder.now()
        return self._recorder.add(
            Observation(
                id=self._recorder.new_id(),
                walk_id=walk_id,
                place=self._next_place(walk_id),
                seen_on=now.date(),
                seen_at=now,
                saw=saw,
                category=category,
            )
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

    def add_lines(self, walk_id: UUID, text: str) -> list[Observation]:
        """Add one observation a line to a walk on paper, after those that stand there."""
        walk = self.get(walk_id)
        place = self._next_place(walk_id)
        on = walk.walked_on or self._recorder.today()
        seen = [
            Observation(
                id=self._recorder.new_id(),
                walk_id=walk_id,
                place=place + number,
                seen_on=on,
                saw=line,
            )
            for number, line in enumerate(line for line in text.splitlines() if line.strip())
        ]
        if seen:
            self._recorder.put(*seen)
        return seen

    def remove(self, observation_id: UUID) -> None:
        """Put an observation into the bin; restore brings it back."""
        self._recorder.remove(Ref("observation", observation_id))

    def restore(self, observation_id: UUID) -> None:
        """Take an observation out of the bin."""
        self._recorder.restore(Ref("observation", observation_id))

    def import_photo(self, data: bytes, name: str = "") -> str:
        """Take in a photo and return its hash; slow, and safe to call beside the window.

        Raises GembaError when the data is no photo or is too large.
        """
        return self._recorder.take_photo(data, name)

    def attach_photo(self, observation_id: UUID, photo: str) -> Observation:
        """Attach a photo that was taken in to this observation and to no other."""

        def attach(seen: Observation) -> Observation:
            if photo in seen.photos:
                return seen
            return replace(seen, photos=(*seen.photos, photo))

        return self._recorder.change(Observation, observation_id, attach)

    def detach_photo(self, observation_id: UUID, photo: str) -> Observation:
        """Take a photo off an observation; the picture itself stays in the folder."""

        def detach(seen: Observation) -> Observation:
            return replace(seen, photos=tuple(one for one in seen.photos if one != photo))

        return self._recorder.change(Observation, observation_id, detach)

    def add_photo(self, observation_id: UUID, data: bytes, name: str = "") -> Observation:
        """Take in a photo and attach it to this observation and to no other.

        Raises GembaError when the data is no photo or is too large.
        """
        return self.attach_photo(observation_id, self.import_photo(data, name))

    def photo_source(self, photo: str) -> str | Callable[[], bytes]:
        """Return the file a photo lies in, or nothing when it is not there.

        For one under lock, what reads its bytes: they never lie in a file of their own.
        """
        photos = self._recorder.store.photos
        path = photos.path(photo)
        if path is not None and photos.sealed:
            return lambda: photos.read(photo) or b""
        return str(path) if path is not None else ""

    def settle(self) -> None:
        """Wait until what was typed so far is committed."""
        self._recorder.settle()

    def thank(self, observation_id: UUID, words: str) -> Observation:
        """Note who was thanked for what was seen, and how."""
        return self.change_line(observation_id, thanked=words)

    def safety_now(self, observation_id: UUID, called: str, made_safe: str) -> Observation:
        """Note who was called about a hazard and what was made safe; time is now."""
        now = self._recorder.now()
        safety = SafetyNow(called=called, made_safe=made_safe, at=now)
        return self.change_line(observation_id, safety=safety, category="safety")

    def promise(self, observation_id: UUID, text: str = "", to: str = "") -> Promise:
        """Promise an answer about what was seen to the person who raised it."""
        seen = self.observation(observation_id)
        return self._promises.make(
            text or seen.saw,
            to=to,
            made_on=seen.seen_on,
            source=Ref("observation", observation_id),
        )

    def tie_to(self, observation_id: UUID, target: Ref, part: str = "") -> None:
        """Say that an observation became a sheet, an obstacle or a promise."""
        source = Ref("observation", observation_id)
        self._thread.tie(BECAME, source, target, to_part=part)

    def _next_place(self, walk_id: UUID | None) -> int:
        if walk_id is None:
            return 0
        last = self._recorder.find(
            Observation, walk_id=walk_id, order_by="place", newest_first=True, limit=1
        )
        return (last[0].place if last else 0) + 1

    def _on_paper(self, walk_id: UUID | None) -> bool:
        return walk_id is not None and self.get(walk_id).on_paper

    def _short_id(self) -> str:
        return self._recorder.new_id().hex[:8]


def _order(walk: Walk) -> tuple[int, float, str]:
    if walk.under_way:
        return (0, 0.0, "")
    if walk.walked_on is None:
        return (1, walk.planned_on.toordinal() if walk.planned_on else 1e9, walk.purpose)
    return (2, -walk.walked_on.toordinal(), walk.purpose)
