"""The thread through the records: links readable from both ends, and going to see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.definition import SheetDefinition
from gemba.domain.errors import GembaError
from gemba.domain.figures import Pair, PhotoFigure
from gemba.domain.kinds import KINDS, Record
from gemba.domain.link import GO_AND_SEE, Link
from gemba.domain.next_walk import next_there
from gemba.domain.observation import Observation
from gemba.domain.promise import Promise
from gemba.domain.record_titles import title_of
from gemba.domain.sheet import Sheet
from gemba.domain.sheet_part import SheetPart, holds
from gemba.domain.thread_picture import ThreadPicture, thread_picture
from gemba.domain.walk import Stop, Walk
from gemba.services.recorder import Recorder


@dataclass(frozen=True, slots=True)
class Chip:
    """The other end of a link as a chip shows it: kind and first words."""

    link_id: UUID
    ref: Ref
    part: str
    role: str
    words: str
    outward: bool
    own_part: str = ""
    """Which part of the record itself is tied."""


class Thread:
    """Ties records together and follows the ties in either direction."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def tie(
        self, role: str, source: Ref, target: Ref, *, from_part: str = "", to_part: str = ""
    ) -> Link:
        """Link two records, or parts of them; the same link twice stays one."""
        for link in self._recorder.find(Link, from_id=source.id, to_id=target.id):
            if (link.role, link.from_part, link.to_part) == (role, from_part, to_part):
                return link
        return self._recorder.add(
            self.new_tie(role, source, target, from_part=from_part, to_part=to_part)
        )

    def new_tie(
        self, role: str, source: Ref, target: Ref, *, from_part: str = "", to_part: str = ""
    ) -> Link:
        """Return a link that is to be committed together with what it ties."""
        return Link(
            id=self._recorder.new_id(),
            role=role,
            from_kind=source.kind,
            from_id=source.id,
            from_part=from_part,
            to_kind=target.kind,
            to_id=target.id,
            to_part=to_part,
        )

    def untie(self, link_id: UUID) -> None:
        """Take a tie away."""
        self._recorder.remove(Ref("link", link_id))

    def tie_again(self, link_id: UUID) -> None:
        """Bring back a tie that was taken away."""
        self._recorder.restore(Ref("link", link_id))

    def chips(self, ref: Ref, part: str | None = None) -> list[Chip]:
        """Return what a record, or one part of it, is tied to, in the order it was tied.

        What is tied to a cause or an action counts for its box as well.
        """
        outward = self._recorder.find(Link, from_id=ref.id)
        inward = self._recorder.find(Link, to_id=ref.id)
        found: dict[UUID, Chip] = {}
        for link, out in [(one, True) for one in outward] + [(one, False) for one in inward]:
            own_part = link.from_part if out else link.to_part
            if part is not None and not holds(part, own_part):
                continue
            other = link.target if out else link.source
            words = self.words_of(other)
            if words:
                other_part = link.to_part if out else link.from_part
                chip = Chip(link.id, other, other_part, link.role, words, out, own_part)
                found.setdefault(link.id, chip)
        return list(found.values())

    def picture(self, sheet: Sheet, definition: SheetDefinition) -> ThreadPicture:
        """Return the thread of a sheet from gap to check, with what hangs loose."""
        own = self._recorder.find(Link, from_id=sheet.id, to_id=sheet.id)
        ties = [(link.from_part, link.to_part) for link in own if link.from_part and link.to_part]
        return thread_picture(sheet, definition, ties)

    def words_of(self, ref: Ref) -> str:
        """Return the first words of a record, or nothing when it is in the bin."""
        record = self.record(ref)
        return title_of(record) if record is not None else ""

    def record(self, ref: Ref) -> Record | None:
        """Return the record a ref names, or None when it is gone or in the bin."""
        cls = KINDS.get(ref.kind)
        if cls is None:
            return None
        try:
            return self._recorder.get(cls, ref.id)
        except GembaError:
            return None

    def first_photo(self, ref: Ref, part: str = "") -> str:
        """Return the hash of the first photo along the thread from here, or nothing.

        The ties of the part lead before those of the whole record.
        """
        seen: set[tuple[Ref, str]] = set()
        waiting = [(ref, part)]
        late = [(ref, "")] if part else []
        while (waiting or late) and len(seen) < 50:
            here, at = waiting.pop(0) if waiting else late.pop(0)
            if (here, at) in seen:
                continue
            seen.add((here, at))
            record = self.record(here)
            if isinstance(record, Observation) and record.photos:
                return record.photo_hashes[0]
            if isinstance(record, Sheet):
                photo = _photo_in(record, at)
                if photo:
                    return photo
            for chip in self.chips(here, at or None):
                if chip.ref.kind != "walk":
                    waiting.append((chip.ref, chip.part if chip.ref.kind == "sheet" else ""))
        return ""

    def go_and_see(self, ref: Ref, part: str, look_for: str, place: str = "") -> Walk:
        """Make a stop on the next walk that looks at this, with the first photo beside it.

        The next walk is the earliest one there that is planned and not started, else the earliest
        anywhere; where there is none a walk is made ready without a date.
        """
        recorder = self._recorder
        stop = Stop(
            id=recorder.new_id().hex[:8],
            place=place or look_for,
            look_for=look_for,
            origin_kind=ref.kind,
            origin_id=ref.id,
            origin_part=part,
            photo=self.first_photo(ref, part),
        )
        area_id = self._area_of(ref)
        walk = self.next_walk(area_id, place)
        if walk is None:
            walk = Walk(id=recorder.new_id(), purpose=look_for, area_id=area_id, stops=(stop,))
            target = Ref("walk", walk.id)
            recorder.put(
                walk, self.new_tie(GO_AND_SEE, ref, target, from_part=part, to_part=stop.id)
            )
            return recorder.get(Walk, walk.id)
        for known in walk.stops:
            if (known.origin_id, known.origin_part) == (ref.id, part):
                return walk
        walk = recorder.change(Walk, walk.id, lambda w: replace(w, stops=(*w.stops, stop)))
        self.tie(GO_AND_SEE, ref, Ref("walk", walk.id), from_part=part, to_part=stop.id)
        return walk

    def next_walk(self, area_id: UUID | None = None, place: str = "") -> Walk | None:
        """Return the earliest walk that is planned and not started, or None.

        One in this area comes before one that only stops at the place, and that before any other.
        """
        ready = self._recorder.find(Walk, started_at=None, walked_on=None)
        return next_there([walk for walk in ready if not walk.on_paper], area_id, place)

    def _area_of(self, ref: Ref) -> UUID | None:
        """Return where a record is at home: its own area, or that of the walk it was seen on."""
        record = self.record(ref)
        match record:
            case Sheet() | Walk():
                return record.area_id
            case Observation() if record.walk_id is not None:
                return self._area_of(Ref("walk", record.walk_id))
            case Promise():
                seen = [one.ref for one in self.chips(ref) if one.ref.kind == "observation"]
                areas = (record.area_id, *(self._area_of(one) for one in seen))
                return next((area for area in areas if area is not None), None)
        return None

    def origin(self, stop: Stop) -> Record | None:
        """Return the record a stop was made from: a sheet or a promise."""
        if stop.origin_id is None:
            return None
        record = self.record(Ref(stop.origin_kind, stop.origin_id))
        return record if isinstance(record, Sheet | Promise | Observation) else None


def _photo_in(sheet: Sheet, part: str) -> str:
    """Return the first photo of the box a part stands in, or of the whole sheet for no part."""
    box_id = SheetPart.read(part).box
    for box in sheet.boxes:
        if box_id not in ("", box.id):
            continue
        for figure in box.figures:
            halves = (figure.after, figure.before) if isinstance(figure, Pair) else (figure,)
            for one in halves:
                if isinstance(one, PhotoFigure) and one.photo:
                    return one.photo
    return ""
