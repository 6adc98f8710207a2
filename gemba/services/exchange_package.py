"""What a file of exported data holds, checked by itself before anything is written."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from gemba.domain.errors import BadInput
from gemba.domain.kinds import Record
from gemba.domain.sheet import Sheet
from gemba.services.exchange_file import Parcel, UnderLock, is_attached, opened
from gemba.services.exchange_rules import (
    photos_of,
    read_records,
)

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Package:
    """What a file holds, checked by itself: records, photos by hash, and the hashes of lost ones.

    Each record names only records before it or in the folder it comes to. ``learner`` is whose
    history is handed over; only then does a file change what is there already.
    """

    records: tuple[Record, ...]
    photos: Mapping[str, bytes] = field(default_factory=dict)
    lost: frozenset[str] = frozenset()
    earlier: Mapping[tuple[UUID, int], Sheet] = field(default_factory=dict)
    photo_bytes: int = 0
    learner: UUID | None = None

    @property
    def all(self) -> Iterator[Record]:
        """Every record, with the sheets as they stood earlier."""
        yield from self.records
        yield from self.earlier.values()


def read_package(path: Path | UnderLock) -> Package:
    """Read a file, JSON or zip, and check it by itself; nothing is written anywhere.

    Raises BadInput naming the record and the field of whatever does not fit.
    """
    with opened(path) as parcel:
        held = read_records(parcel.data, parcel.name)
        keys = {key for one in (*held.records, *held.earlier.values()) for key in photos_of(one)}
        sizes = {key: _size_of_photo(parcel, key) for key in sorted(keys)}
    there = {key: size for key, size in sizes.items() if size}
    return Package(
        held.records,
        _Photos(path, tuple(there)),
        held.lost,
        held.earlier,
        sum(there.values()),
        held.learner,
    )


def _size_of_photo(parcel: Parcel, key: str) -> int:
    """Return how many bytes a photo has, 0 where it did not come along.

    Raises BadInput for one that is not what its name says.
    """
    content = parcel.photo(key)
    if content is None:
        return 0
    if sha256(content).hexdigest() != key:
        raise BadInput("photo.wrong_hash", name=key[:12])
    if not is_attached(content):
        raise BadInput("photo.not_an_image", name=key[:12])
    return len(content)


class _Photos(Mapping[str, bytes]):
    """The photos of a file, read one by one when asked for: together they may be gigabytes."""

    def __init__(self, path: Path | UnderLock, keys: tuple[str, ...]) -> None:
        self._path = path
        self._keys = dict.fromkeys(keys)
        self._stack = ExitStack()
        self._parcel: Parcel | None = None
        weakref.finalize(self, self._stack.close)

    def __getitem__(self, key: str) -> bytes:
        if key not in self._keys:
            raise KeyError(key)
        if self._parcel is None:
            self._parcel = self._stack.enter_context(opened(self._path, photos_only=True))
        content = self._parcel.photo(key)
        if content is None:
            raise BadInput("photo.wrong_hash", name=key[:12])
        return content

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
