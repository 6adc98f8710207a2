"""What is marked on the photos of observations, wherever such a photo is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.observation import Observation
from gemba.domain.photo_mark import MarkedPhoto, PhotoMark, hash_of, marks_of

if TYPE_CHECKING:
    from gemba.services.recorder import Recorder

_CHUNK: Final = 500
Plain = str | Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class MarkedSource:
    """Where a photo is read from, and what is drawn over it before it is shown."""

    source: Plain
    marks: tuple[PhotoMark, ...]


class PhotoMarks:
    """Knows by its hash what is marked on a photo; read once, then only what was written since.

    A promise or a stop shows the photo of an observation by its hash alone.
    """

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._held: dict[UUID, tuple[MarkedPhoto, ...]] | None = None
        self._stale: set[UUID] = set()
        recorder.bulletin.listen(self._hear)

    def on(self, photo: str, own: tuple[PhotoMark, ...] | None = None) -> tuple[PhotoMark, ...]:
        """Return what is marked on a photo anywhere; with its ``own``, those and what is blurred.

        What one observation blurs is nobody's to see beside another one.
        """
        marks = [one for held in self._all().values() for one in held if one.photo == photo]
        every = [mark for one in marks for mark in one.marks]
        if own is not None:
            every = [*own, *(mark for mark in every if mark.shape == "blur")]
        return tuple(dict.fromkeys(every))

    def _all(self) -> dict[UUID, tuple[MarkedPhoto, ...]]:
        if self._held is None:
            self._held = {}
            self._stale = set(self._recorder.store.overview.marked())
        keys = list(self._stale)
        self._stale.clear()
        for at in range(0, len(keys), _CHUNK):
            part = keys[at : at + _CHUNK]
            found = {one.id: _marked(one) for one in self._recorder.find(Observation, id=part)}
            for key in part:
                if found.get(key):
                    self._held[key] = found[key]
                else:
                    self._held.pop(key, None)
        return self._held

    def _hear(self, refs: frozenset[Ref]) -> None:
        # Read again when a photo is shown, so that keeping a line waits for nothing.
        self._stale |= {ref.id for ref in refs if ref.kind == "observation"}


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
