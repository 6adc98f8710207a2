"""Observations: written line by line on a walk or captured alone, with photos and promises."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput
from gemba.domain.link import BECAME
from gemba.domain.observation import CONVERSIONS, Observation, SafetyNow
from gemba.domain.photo_mark import MarkedPhoto, PhotoMark, hash_of
from gemba.domain.promise import Promise
from gemba.domain.walk import Walk
from gemba.services.photo_marks import (
    MarkedSource,
    PhotoMarks,
    Plain,
    marks_in,
    with_marks,
)
from gemba.services.promises import Promises
from gemba.services.recorder import WHOLE_PHOTOS, Recorder
from gemba.services.thread import Thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from gemba.domain.question_form import AskedAs
    from gemba.domain.recurrence import Recurrence
    from gemba.services.fact_wording import FactWording
    from gemba.services.question_classes import QuestionClasses


class Observations:
    """What is seen, on a walk or without one."""

    def __init__(
        self,
        recorder: Recorder,
        promises: Promises,
        thread: Thread,
        classes: QuestionClasses,
        facts: FactWording,
    ) -> None:
        self._recorder = recorder
        self._promises = promises
        self._thread = thread
        self._classes = classes
        self._facts = facts
        self.photo_marks = PhotoMarks(recorder)

    def asked_as(self, text: str) -> AskedAs:
        """Return how a question was put, for the leader alone; nothing for no words."""
        return self._classes.asked_as(text)

    def asked_of_fact(self, text: str) -> str:
        """Return what to ask oneself where a fact sounds like blame; nothing keeps it."""
        return self._facts.ask(text)

    def observations(self, walk_id: UUID) -> list[Observation]:
        """Return what was kept on a walk, in the order it was seen."""
        found = self._recorder.find(Observation, walk_id=walk_id, order_by="place")
        return [seen for seen in found if seen.kept]

    def loose(self, limit: int | None = None) -> list[Observation]:
        """Return what was captured outside any walk, newest first."""
        if limit is not None:
            keys = self._recorder.store.overview.newest_loose(limit)
            found = {one.id: one for one in self._recorder.find(Observation, id=keys)}
            return [found[key] for key in keys if key in found]
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

    def name_speaker(self, observation_id: UUID, name: str, consent: bool) -> Observation:
        """Note who spoke; without their consent no name is kept, whatever was typed."""
        spoke = " ".join(name.split()) if consent else ""
        return self.change_line(observation_id, spoke=spoke, spoke_consent=consent)

    def keep(self, observation_id: UUID, **fields: object) -> Observation:
        """Keep a line: from now on it is an observation with its place and time.

        Raises BadInput when nothing was written in "I saw".
        """
        before = self.observation(observation_id)
        walk_id = cast("UUID | None", fields.get("walk_id", before.walk_id))
        clock = None if self._on_paper(walk_id) else self._recorder.now()

        def stand(line: Observation) -> Observation:
            kept = replace(line, **fields)  # type: ignore[arg-type]
            if not kept.saw.strip():
                raise BadInput("observation.nothing_seen")
            if line.kept:
                return kept
            # Counted where writes stand in line, so that no two have one place.
            return replace(kept, kept=True, place=self._next_place(walk_id), seen_at=clock)

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

    def add_lines(self, walk_id: UUID, text: str) -> list[Observation]:
        """Add one observation a line to a walk on paper, after those that stand there."""
        walk = self._recorder.get(Walk, walk_id)
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

    def keeps_whole_photos(self) -> bool:
        """Tell whether photos are kept as large as they come."""
        return self._recorder.recall(WHOLE_PHOTOS) == "yes"

    def attach_photo(self, observation_id: UUID, photo: str | MarkedPhoto) -> Observation:
        """Attach a photo that was taken in to this observation and to no other."""

        def attach(seen: Observation) -> Observation:
            if hash_of(photo) in seen.photo_hashes:
                return seen
            return replace(seen, photos=(*seen.photos, photo))

        return self._recorder.change(Observation, observation_id, attach)

    def detach_photo(self, observation_id: UUID, photo: str) -> Observation:
        """Take a photo off an observation; the picture itself stays in the folder."""

        def detach(seen: Observation) -> Observation:
            return replace(seen, photos=tuple(one for one in seen.photos if hash_of(one) != photo))

        return self._recorder.change(Observation, observation_id, detach)

    def add_photo(self, observation_id: UUID, data: bytes, name: str = "") -> Observation:
        """Take in a photo together with this observation and no other; call it beside the window.

        Raises GembaError when the data is no photo or is too large.
        """

        def attach(seen: Observation, photo: str) -> Observation:
            if photo in seen.photo_hashes:
                return seen
            return replace(seen, photos=(*seen.photos, photo))

        self._recorder.take_photo_onto(Observation, observation_id, data, name, attach)
        return self.observation(observation_id)

    def add_standard_photo(self, observation_id: UUID, data: bytes, name: str = "") -> None:
        """Take in a photo of the standard beside an observation; call it beside the window.

        Raises GembaError when the data is no photo or is too large.
        """

        def attach(seen: Observation, photo: str) -> Observation:
            if photo in seen.standard_photos:
                return seen
            return replace(seen, standard_photos=(*seen.standard_photos, photo))

        self._recorder.take_photo_onto(Observation, observation_id, data, name, attach)

    def take_standard_off(self, observation_id: UUID, photo: str) -> Callable[[], None]:
        """Take a photo of the standard off an observation; what comes back puts it on again."""

        def without(seen: Observation) -> tuple[str, ...]:
            return tuple(one for one in seen.standard_photos if one != photo)

        def put_back() -> None:
            self._recorder.change(
                Observation,
                observation_id,
                lambda seen: replace(seen, standard_photos=(*without(seen), photo)),
            )

        self._recorder.change(
            Observation,
            observation_id,
            lambda seen: replace(seen, standard_photos=without(seen)),
        )
        return put_back

    def mark_photo(
        self, observation_id: UUID, photo: str, marks: tuple[PhotoMark, ...]
    ) -> Observation:
        """Say what is marked on a photo of an observation; the photo itself stays as it was."""
        return self._recorder.change(
            Observation, observation_id, lambda seen: with_marks(seen, photo, marks)
        )

    def photo_source(self, photo: str) -> Plain | MarkedSource:
        """Return where a photo is read from, or nothing when it is not there.

        What is marked on it goes along, for whoever shows it.
        """
        source = self.bare_photo(photo)
        marks = self.photo_marks.on(photo) if source else ()
        return MarkedSource(source, marks) if marks else source

    def shown_photo(self, seen: Observation, photo: str) -> Plain | MarkedSource:
        """Return where a photo of one observation is read from, with what is marked there."""
        source = self.bare_photo(photo)
        marks = self.photo_marks.on(photo, marks_in(seen, photo)) if source else ()
        return MarkedSource(source, marks) if marks else source

    def as_shown(self, seen: Observation) -> Observation:
        """Return an observation with everything that is to be drawn over its photos."""
        for photo in seen.photo_hashes:
            marks = self.photo_marks.on(photo, marks_in(seen, photo))
            if marks != marks_in(seen, photo):
                seen = with_marks(seen, photo, marks)
        return seen

    def bare_photo(self, photo: str) -> Plain:
        """Return the file a photo lies in as it was taken, or nothing when it is not there.

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
        walk = self._recorder.get(Walk, seen.walk_id) if seen.walk_id is not None else None
        stops = walk.stops if walk is not None else ()
        promise = self._promises.make(
            text or seen.saw,
            to=to,
            made_on=seen.seen_on,
            category=seen.category,
            area_id=walk.area_id if walk is not None else None,
            at_place=next((stop.place for stop in stops if stop.id == seen.stop_id), ""),
            photos_before=seen.photo_hashes,
            source=Ref("observation", observation_id),
        )
        self.convert(observation_id, "promise")
        return promise

    def convert(self, observation_id: UUID, conversion: str) -> Observation:
        """Say what becomes of an observation, one of CONVERSIONS; empty takes it back.

        Raises BadInput for any other word.
        """
        if conversion and conversion not in CONVERSIONS:
            raise BadInput("observation.bad_conversion", conversion=conversion)
        return self.change_line(observation_id, conversion=conversion)

    def like(self, observation_id: UUID) -> Recurrence:
        """Return what was seen before like this: at the same stop, of one kind, in like words."""
        from gemba.services.recurrences import like_observation

        return like_observation(self._recorder.store, self.observation(observation_id))

    def tie_to(self, observation_id: UUID, target: Ref, part: str = "") -> None:
        """Say that an observation became a sheet, an obstacle or a promise."""
        source = Ref("observation", observation_id)
        self._thread.tie(BECAME, source, target, to_part=part)

    def _next_place(self, walk_id: UUID | None) -> int:
        if walk_id is None:
            return 0
        last = self._recorder.store.columns(
            Observation, ("place",), walk_id=walk_id, order_by="place", newest_first=True, limit=1
        )
        return (last[0][0] if last else 0) + 1

    def _on_paper(self, walk_id: UUID | None) -> bool:
        return walk_id is not None and self._recorder.get(Walk, walk_id).on_paper
