"""What is marked on photos of observations, and blurred on sheets, wherever a photo is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Final, TypeVar
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.observation import Observation
from gemba.domain.photo_mark import MarkedPhoto, PhotoMark, hash_of, marks_of

if TYPE_CHECKING:
    from gemba.domain.figures.photo_marks import Area
    from gemba.domain.kinds import Record
    from gemba.services.recorder import Recorder

_CHUNK: Final = 500
R = TypeVar("R", bound="Record")
Plain = str | Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class MarkedSource:
    """Where a photo is read from, and what is drawn over it before it is shown."""

    source: Plain
    marks: tuple[PhotoMark, ...]


class PhotoMarks:
    """Knows by its hash what is marked on a photo; read once, then only what was written since.

    A promise or a stop shows the photo of an observation or a sheet by its hash alone. Safe to
    ask from several threads.
    """

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._held: dict[Ref, tuple[MarkedPhoto, ...]] | None = None
        self._stale: set[Ref] = set()
        self._reading = Lock()
        recorder.bulletin.listen(self._hear)

    def on(self, photo: str, own: tuple[PhotoMark, ...] | None = None) -> tuple[PhotoMark, ...]:
        """Return what is marked on a photo anywhere; with its ``own``, those and what is blurred.

        What one observation or sheet blurs is nobody's to see beside another one.
        """
        marks = self._marks(photo)
        if own is not None:
            marks = [*own, *(mark for mark in marks if mark.shape == "blur")]
        return tuple(dict.fromkeys(marks))

    def blurred(self, photo: str, but: UUID | None = None) -> tuple[Area, ...]:
        """Return what is blurred on a photo anywhere but in one record, in shares of the photo."""
        from gemba.domain.figures.photo_marks import blurred_areas

        return tuple(dict.fromkeys(blurred_areas(tuple(self._marks(photo, but)))))

    def read(self, photo: str, but: UUID | None = None) -> bytes | None:
        """Return the bytes of a photo without what is blurred on it anywhere but in one record.

        None when it is not there. Raises OSError where it is no picture and something is blurred.
        """
        data, areas = self._recorder.store.photos.read(photo), self.blurred(photo, but)
        if data is None or not areas:
            return data
        from gemba.reports.pictures import without_areas

        return without_areas(data, areas)

    def _marks(self, photo: str, but: UUID | None = None) -> list[PhotoMark]:
        with self._reading:
            held = [marked for ref, marked in self._all().items() if ref.id != but]
        return [mark for many in held for one in many if one.photo == photo for mark in one.marks]

    def _all(self) -> dict[Ref, tuple[MarkedPhoto, ...]]:
        from gemba.domain.sheet import Sheet
        from gemba.domain.sheet_photos import blurred_on

        overview = self._recorder.store.overview
        stale, self._stale = self._stale, set()
        first = self._held is None
        if self._held is None:
            self._held = {}
            seen, sheets = overview.marked(), overview.blurring()
        else:
            seen = [ref.id for ref in stale if ref.kind == "observation"]
            sheets = [ref.id for ref in stale if ref.kind == "sheet"]
        self._take("observation", Observation, seen, _marked)
        for at in range(0, len(sheets), _CHUNK):
            part = sheets[at : at + _CHUNK]
            # A long sheet is read whole only where it says so.
            blurring = set(part if first else overview.blurring(part))
            for key in set(part) - blurring:
                self._held.pop(Ref("sheet", key), None)
            self._take("sheet", Sheet, list(blurring), lambda one: tuple(blurred_on(one)))
        return self._held

    def _take(
        self,
        kind: str,
        cls: type[R],
        keys: list[UUID],
        marks: Callable[[R], tuple[MarkedPhoto, ...]],
    ) -> None:
        assert self._held is not None
        for at in range(0, len(keys), _CHUNK):
            part = keys[at : at + _CHUNK]
            found = {one.id: marks(one) for one in self._recorder.find(cls, id=part)}
            for key in part:
                if found.get(key):
                    self._held[Ref(kind, key)] = found[key]
                else:
                    self._held.pop(Ref(kind, key), None)

    def _hear(self, refs: frozenset[Ref]) -> None:
        # Read again when a photo is shown, so that keeping a line waits for nothing.
        self._stale |= {ref for ref in refs if ref.kind in ("observation", "sheet")}


def _marked(seen: Observation) -> tuple[MarkedPhoto, ...]:
    return tuple(one for one in seen.photos if isinstance(one, MarkedPhoto))


def with_marks(seen: Observation, photo: str, marks: tuple[PhotoMark, ...]) -> Observation:
    """Return an observation with these marks on one of its photos; without the photo, as it was."""
    new = MarkedPhoto(photo=photo, marks=marks) if marks else photo
    photos = tuple(new if hash_of(one) == photo else one for one in seen.photos)
    return replace(seen, photos=photos)


def marks_in(seen: Observation, photo: str) -> tuple[PhotoMark, ...]:
    """Return what an observation marks on one of its photos."""
    return next((marks_of(one) for one in seen.photos if hash_of(one) == photo), ())
