"""All records as one file for another program or another laptop, and back again.

The format is JSON: ``{"format": "gemba", "version": 1, "records": {kind: [record, ...]}}``; its
schema is resources/schema/gemba-data-1.json. With photos it is a zip that holds this as data.json
and each photo as ``photos/<hash>.jpg`` or ``.png``.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

import msgspec

from gemba.domain.codec import from_plain, to_plain
from gemba.domain.errors import BadInput, GembaError
from gemba.domain.experiment import Experiment, check_experiment
from gemba.domain.figures import PhotoFigure
from gemba.domain.kinds import KINDS, PRIVATE_FIELDS, Record, kind_of
from gemba.domain.link import Link
from gemba.domain.observation import Observation
from gemba.domain.sheet import Sheet
from gemba.domain.walk import Walk

if TYPE_CHECKING:
    from gemba.store.store import Store

FORMAT, VERSION = "gemba", 1
MOST_BYTES = 200 * 1024 * 1024
MOST_PHOTO_BYTES = 50 * 1024 * 1024
_EARLIEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Package:
    """What a file holds, checked and ready to be written: records, and photos by hash."""

    records: tuple[Record, ...]
    photos: Mapping[str, bytes] = field(default_factory=dict)


def export_data(store: Store, *, private: bool = False) -> bytes:
    """Return every record, as JSON or, where records name photos, as a zip.

    The same data give the same bytes. Private fields are empty unless asked for.
    """
    records: dict[str, list[object]] = {}
    hashes: set[str] = set()
    for kind, cls in KINDS.items():
        rows: list[object] = []
        for record in sorted(store.find(cls), key=lambda one: one.id.hex):
            hashes |= photos_of(record)
            plain = cast("dict[str, object]", to_plain(record))
            if not private:
                for name in PRIVATE_FIELDS.get(kind, ()):
                    plain[name] = ""
            rows.append(plain)
        records[kind] = rows
    whole = {"format": FORMAT, "version": VERSION, "records": records}
    data = msgspec.json.format(msgspec.json.encode(whole), indent=1)
    found = {key: store.photos.read(key) for key in sorted(hashes)}
    photos = {key: content for key, content in found.items() if content is not None}
    return _zipped(data, photos) if photos else data


def _zipped(data: bytes, photos: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("data.json", _EARLIEST), data, zipfile.ZIP_DEFLATED)
        for key, content in photos.items():
            suffix = "png" if content.startswith(b"\x89PNG") else "jpg"
            archive.writestr(zipfile.ZipInfo(f"photos/{key}.{suffix}", _EARLIEST), content)
    return out.getvalue()


def photos_of(record: Record) -> set[str]:
    """Return the hashes of the photos a record names."""
    match record:
        case Observation():
            return set(record.photos)
        case Walk():
            return {stop.photo for stop in record.stops if stop.photo}
        case Sheet():
            boxes = (*record.boxes, *record.first_draft)
            figures = [figure for box in boxes for figure in box.figures]
            return {one.photo for one in figures if isinstance(one, PhotoFigure) and one.photo}
        case _:
            return set()


def read_package(path: Path) -> Package:
    """Read and check a file whole; nothing is written anywhere.

    Raises BadInput naming the record and the field for whatever does not fit.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise BadInput("data.too_large", file=path.name)
        data = path.read_bytes()
    except OSError as error:
        raise GembaError("file.missing", file=str(path)) from error
    if zipfile.is_zipfile(io.BytesIO(data)):
        return _read_zip(data, path.name)
    return Package(read_records(data, path.name))


def _read_zip(data: bytes, name: str) -> Package:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            total = sum(one.file_size for one in archive.infolist())
            if total > 4 * MOST_BYTES:
                raise BadInput("data.too_large", file=name)
            if "data.json" not in archive.namelist():
                raise BadInput("data.no_data_json", file=name)
            records = read_records(_member(archive, "data.json", MOST_BYTES), name)
            photos = {}
            for member in archive.namelist():
                folder, _, rest = member.partition("/")
                if folder == "photos" and rest:
                    # The name within the archive is only a hash to compare with, never a path.
                    key = rest.partition(".")[0]
                    photos[key] = _member(archive, member, MOST_PHOTO_BYTES)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise BadInput("data.bad_zip", file=name) from error
    for record in records:
        for key in photos_of(record):
            if key not in photos:
                raise BadInput("data.no_photo", record=_named(record), photo=key[:12])
    return Package(records, photos)


def _member(archive: zipfile.ZipFile, member: str, most: int) -> bytes:
    with archive.open(member) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise BadInput("data.too_large", file=member)
    return content


def read_records(data: bytes, name: str) -> tuple[Record, ...]:
    """Read records from JSON; raises BadInput naming record and field."""
    try:
        whole = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput("data.no_json", file=name, reason=str(error)) from error
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise BadInput("data.not_gemba", file=name)
    version = whole.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise BadInput("data.no_version", file=name)
    if version > VERSION:
        raise BadInput("data.newer", file=name, version=version)
    kinds = whole.get("records")
    if not isinstance(kinds, dict):
        raise BadInput("data.no_records", file=name)
    for kind in kinds:
        if kind not in KINDS:
            raise BadInput("data.unknown_kind", kind=str(kind)[:60])
    records = tuple(record for kind in KINDS for record in _of_kind(kind, kinds.get(kind, [])))
    _check_ids(records)
    return records


def _of_kind(kind: str, rows: object) -> Iterator[Record]:
    if not isinstance(rows, list):
        raise BadInput("data.wrong_type", field=kind, expected="a list", found=type(rows).__name__)
    for number, row in enumerate(rows):
        told = row.get("id") if isinstance(row, dict) else None
        where = f"{kind} {told if isinstance(told, str) else number + 1}"
        try:
            yield from_plain(KINDS[kind], row)
        except GembaError as error:
            values = {**error.values, "field": f"{where}: {error.values.get('field', '')}"}
            raise BadInput(error.key, **values) from error
        except RecursionError as error:
            raise BadInput("data.too_deep", record=where) from error


def _check_ids(records: tuple[Record, ...]) -> None:
    known: dict[UUID, str] = {}
    for record in records:
        if record.id in known:
            raise BadInput("data.same_id_twice", record=_named(record))
        known[record.id] = kind_of(record)
    for record in records:
        for name, wanted in _references(record):
            if wanted not in known:
                raise BadInput("data.dangling", field=f"{_named(record)}: {name}")
        if isinstance(record, Experiment):
            try:
                check_experiment(None, record)
            except GembaError as error:
                raise BadInput("data.against_rules", record=_named(record)) from error


def _references(record: Record) -> Iterator[tuple[str, UUID]]:
    for one in fields(cast(Any, record)):
        value = getattr(record, one.name)
        if one.name != "id" and isinstance(value, UUID):
            yield one.name, value
    if isinstance(record, Link):
        return
    for part in getattr(record, "stops", ()):
        if part.origin_id is not None:
            yield "stops", part.origin_id


def _named(record: Record) -> str:
    return f"{kind_of(record)} {record.id}"


def bring_in(store: Store, path: Path, *, who: str = "") -> int:
    """Write what a file holds in one transaction and return how many records were new.

    A record that is there already with the same content is left alone; one that differs is
    refused with the whole file, so that nothing of the user's is overwritten.
    """
    return write_package(store, read_package(path), who=who)


def write_package(store: Store, package: Package, *, who: str = "") -> int:
    """Write a checked package; raises BadInput when a record is there with other content."""
    renamed = {key: store.photos.take(key, content).hash for key, content in package.photos.items()}
    fresh: list[Record] = []
    for record in package.records:
        made = _with_photos(replace(record, revision=0), renamed)
        there = store.find(type(made), id=made.id)
        if there and replace(there[0], revision=0) != made:
            raise BadInput("data.differs", record=_named(made))
        if not there:
            fresh.append(made)
    if fresh:
        store.write(fresh, who=who)
    return len(fresh)


def _with_photos(record: Record, renamed: Mapping[str, str]) -> Record:
    if all(old == new for old, new in renamed.items()) or not photos_of(record):
        return record
    text = msgspec.json.encode(to_plain(record)).decode()
    for old, new in renamed.items():
        text = text.replace(old, new)
    return from_plain(type(record), msgspec.json.decode(text))
