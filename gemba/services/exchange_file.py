"""The outside of exported data: JSON or a zip with photos and memos; neither is trusted."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, NoReturn

from gemba.domain.errors import BadInput, GembaError
from gemba.store.attached import SUFFIXES, is_sound

MOST_JSON: Final = 200 * 1024 * 1024
MOST_VALUES: Final = 10_000_000
"""Of lists, objects and what stands in them; each takes memory, which only Linux can limit."""
MOST_PHOTO: Final = 60 * 1024 * 1024
MOST_PHOTOS: Final = 20 * 1024 * 1024 * 1024
_MOST_MEMBERS: Final = 100_000
_SOUNDS: Final = tuple(one[1:] for one in SUFFIXES[2:])
_MEMBER: Final = re.compile(
    rf"photos/([0-9a-f]{{64}})\.(?:jpg|png)|memos/([0-9a-f]{{64}})\.(?:{'|'.join(_SOUNDS)})"
)
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_BOM: Final = b"\xef\xbb\xbf"
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
# What reading a zip raises when its bytes are not what they should be, or are locked.
_ZIP_TROUBLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class UnderLock:
    """A sealed file that can be opened: it has a name, and what it says is on no disk."""

    name: str
    open: Callable[[], BinaryIO]


class Parcel:
    """An opened file: the bytes of its JSON, and its photos by hash, read when asked for."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.data = data

    def photo(self, key: str) -> bytes | None:
        """Return the bytes of a photo, None when it did not come along."""
        return None


class _Loose(Parcel):
    """A JSON file; its photos and memos may lie in folders beside it, as in an unpacked zip."""

    def __init__(self, name: str, data: bytes, folder: Path) -> None:
        super().__init__(name, data)
        self._folder = folder
        self._sizes: dict[str, int] = {}

    def photo(self, key: str) -> bytes | None:
        """Return the bytes of a photo beside the file."""
        if not _HASH.fullmatch(key):
            return None
        for suffix in SUFFIXES:
            path = self._folder / folder_of(suffix) / f"{key}{suffix}"
            if path.is_file():
                content = _whole_file(path, MOST_PHOTO)
                self._sizes[key] = len(content)
                if sum(self._sizes.values()) > MOST_PHOTOS:
                    raise BadInput("data.too_large", file=self.name)
                return content
        return None


class _Packed(Parcel):
    """A zip. The names in it are compared with a pattern and never used as paths."""

    def __init__(self, name: str, archive: zipfile.ZipFile, photos_only: bool) -> None:
        self._archive = archive
        self._photos: dict[str, zipfile.ZipInfo] = {}
        data: zipfile.ZipInfo | None = None
        members = archive.infolist()
        if len(members) > _MOST_MEMBERS:
            raise BadInput("data.too_large", file=name)
        seen: set[str] = set()
        for member in members:
            if member.filename in seen:
                raise BadInput("data.strange_member", file=name, member=shown(member.filename))
            seen.add(member.filename)
            found = _MEMBER.fullmatch(member.filename)
            if member.filename == "data.json":
                data = member
            elif found:
                self._photos[found[1] or found[2]] = member
            elif member.filename not in ("photos/", "memos/"):
                raise BadInput("data.strange_member", file=name, member=shown(member.filename))
        if data is None:
            raise BadInput("data.no_data_json", file=name)
        if sum(member.file_size for member in self._photos.values()) > MOST_PHOTOS:
            raise BadInput("data.too_large", file=name)
        super().__init__(name, b"" if photos_only else self._read(name, data, MOST_JSON))

    def photo(self, key: str) -> bytes | None:
        """Return the bytes of a photo in the zip."""
        member = self._photos.get(key)
        return None if member is None else self._read(self.name, member, MOST_PHOTO)

    def _read(self, name: str, member: zipfile.ZipInfo, most: int) -> bytes:
        """Read one member, and no further than it may be long, whatever it says of itself."""
        try:
            with self._archive.open(member) as stream:
                content = stream.read(most + 1)
        except _ZIP_TROUBLE as error:
            raise BadInput("data.bad_zip", file=name) from error
        if len(content) > most:
            raise BadInput("data.too_large", file=f"{name}: {member.filename}")
        return content


@contextmanager
def opened(path: Path | UnderLock, *, photos_only: bool = False) -> Iterator[Parcel]:
    """Open exported data, a JSON file or a zip, by what it holds and not by its name.

    Raises BadInput for what can be neither, and GembaError when the file cannot be read.
    """
    try:
        if isinstance(path, UnderLock):
            with path.open() as file:
                yield _from_lock(path.name, file, photos_only)
            return
        if path.stat().st_size > MOST_JSON + MOST_PHOTOS:
            raise BadInput("data.too_large", file=path.name)
        with path.open("rb") as file:
            start = file.read(4)
            if start[:2] == b"PK":
                try:
                    archive = zipfile.ZipFile(file)
                except _ZIP_TROUBLE as error:
                    raise BadInput("data.bad_zip", file=path.name) from error
                with archive:
                    yield _Packed(path.name, archive, photos_only)
                return
        data = b"" if photos_only else _whole_file(path, MOST_JSON)
        yield _Loose(path.name, data, path.parent)
    except OSError as error:
        reason = error.strerror or str(error)
        name = path.name if isinstance(path, UnderLock) else str(path)
        raise GembaError("file.cannot_read", file=name, reason=reason) from error


def _from_lock(name: str, file: BinaryIO, photos_only: bool) -> Parcel:
    packed = file.read(2) == b"PK"
    file.seek(0)
    if not packed:
        # No folder of photos can lie beside it: a sealed file with photos is a zip.
        data = file.read(MOST_JSON + 1)
        if len(data) > MOST_JSON:
            raise BadInput("data.too_large", file=name)
        return Parcel(name, data)
    try:
        archive = zipfile.ZipFile(file)
    except _ZIP_TROUBLE as error:
        raise BadInput("data.bad_zip", file=name) from error
    return _Packed(name, archive, photos_only)


def _whole_file(path: Path, most: int) -> bytes:
    if path.stat().st_size > most:
        raise BadInput("data.too_large", file=path.name)
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise BadInput("data.too_large", file=path.name)
    return content


def is_hash(key: str) -> bool:
    """Tell whether a text names a photo: a SHA-256 in hexadecimal."""
    return _HASH.fullmatch(key) is not None


def is_attached(content: bytes) -> bool:
    """Tell whether bytes begin as a JPEG, a PNG or a sound does."""
    return content.startswith(_PICTURES) or is_sound(content)


def folder_of(suffix: str) -> str:
    """Return the folder of exported data in which a file with this suffix lies."""
    return "photos" if suffix in SUFFIXES[:2] else "memos"


def parse(data: bytes, name: str) -> object:
    """Read JSON strictly: UTF-8, no name twice in one object, no NaN.

    Raises BadInput saying what is wrong and where.
    """
    content = data.removeprefix(_BOM)
    if not content.strip():
        raise BadInput("data.empty", file=name)
    # Counted with those in texts: quick, and far from what anybody writes.
    if sum(content.count(mark) for mark in (b"[", b"{", b",")) > MOST_VALUES:
        raise BadInput("data.too_large", file=name)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput("data.not_utf8", file=name) from error
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        reason = f"{error.msg}, line {error.lineno}, column {error.colno}"
        raise BadInput("data.no_json", file=name, reason=reason) from error
    except RecursionError as error:
        raise BadInput("data.too_deep", record=name) from error
    except ValueError as error:
        # Python refuses to turn thousands of digits into one number.
        raise BadInput("data.number_too_large", field=name) from error


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadInput("data.name_twice", field=shown(twice))
    return made


def _no_number(name: str) -> NoReturn:
    raise BadInput("data.not_finite", field=name)


def shown(text: str, most: int = 80) -> str:
    """Return a stranger's words so that they can be shown in one sentence."""
    plain = "".join(c if c.isprintable() else "?" for c in text[: most + 1])
    return plain if len(plain) <= most else plain[:most] + "…"
