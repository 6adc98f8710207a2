"""All records as one file for another program or another laptop.

The format is JSON: ``{"format": "gemba", "version": 1, "records": {kind: [record, ...]}}``; its
schema is resources/schema/gemba-data-1.json. ``earlier_sheets`` holds each sheet as it stood when
it was talked about, with the revision it had. With photos it is a zip that holds this as data.json,
each photo as ``photos/<hash>.jpg`` or ``.png``, and each voice memo as ``memos/<hash>.m4a`` or
another suffix of a sound; ``lost_photos`` names those that records speak of and that did not come
along: the disk no longer has them, or something on them is blurred.

Revisions are not exported: they count the writes of one folder.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO, cast, get_args, get_type_hints
from uuid import UUID

import msgspec

from gemba.domain.changes import Ref
from gemba.domain.coaching import Talk
from gemba.domain.codec import to_plain
from gemba.domain.errors import Damaged, NotFound
from gemba.domain.kinds import KINDS, PRIVATE_KINDS, Record, kind_of
from gemba.domain.observation import Observation
from gemba.domain.person import Area, Person
from gemba.domain.sheet import MarginNote, Sheet
from gemba.services.exchange_file import folder_of
from gemba.services.exchange_rules import (
    FORMAT,
    VERSION,
    blurred_in,
    photos_of,
    references,
    without_private,
)
from gemba.services.handover import history_of
from gemba.store.attached import suffix_of

if TYPE_CHECKING:
    from gemba.store.store import Store

_CHUNK = 500
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def export_data(
    store: Store, *, private: bool = False, hidden: Collection[UUID] = frozenset()
) -> bytes:
    """Return every record, as JSON or, where records name photos, as a zip; as write_data."""
    out = io.BytesIO()
    write_data(store, out, private=private, hidden=hidden)
    return out.getvalue()


def write_data(
    store: Store,
    out: BinaryIO,
    *,
    private: bool = False,
    hidden: Collection[UUID] = frozenset(),
    learner: UUID | None = None,
) -> bool:
    """Write every record, as JSON or, where records name photos, as a zip; tell whether as a zip.

    The same data give the same bytes. Private fields are empty unless asked for, records that
    belong to the coach alone are left out, and photos on
    which something is blurred stay behind: a file holds photos as they were taken. Records in the
    bin stay behind, and with them what cannot be without them; so do the ``hidden`` sheets and the
    talks about them. No more than one photo is in memory at a time. With ``learner`` only the
    history of one learner is written, to be handed over.
    """
    stored = (record for cls in KINDS.values() for record in store.find(cls))
    records = [one for one in stored if not _stays(one, hidden, private=private)]
    records = _whole(records if learner is None else history_of(records, learner, hidden))
    rows: dict[str, list[object]] = {kind: [] for kind in KINDS}
    hashes: set[str] = set()
    for record in records:
        hashes |= photos_of(record)
        plain = cast("dict[str, object]", to_plain(record if private else without_private(record)))
        del plain["revision"]
        rows[kind_of(record)].append(plain)
    earlier = _as_talked_about(store, records)
    for sheet in earlier:
        hashes |= photos_of(sheet)
    kept_back = frozenset() if private else blurred_photos(store)
    document: dict[str, object] = {"format": FORMAT, "version": VERSION, "records": rows}
    if learner is not None:
        document["handover_of"] = str(learner)
    if earlier:
        document["earlier_sheets"] = [to_plain(sheet) for sheet in earlier]
    with ExitStack() as stack:
        archive: zipfile.ZipFile | None = None
        lost: list[str] = []
        for key in sorted(hashes):
            content = None if key in kept_back else store.photos.read(key)
            if content is None:
                lost.append(key)
                continue
            if archive is None:
                archive = stack.enter_context(zipfile.ZipFile(out, "w"))
            suffix = suffix_of(content)
            member = _member(f"{folder_of(suffix)}/{key}{suffix}")
            archive.writestr(member, content, zipfile.ZIP_STORED)
        if lost:
            document["lost_photos"] = lost
        data = msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"
        if archive is None:
            out.write(data)
        else:
            archive.writestr(_member("data.json"), data, zipfile.ZIP_DEFLATED)
    return archive is not None


def blurred_photos(store: Store) -> frozenset[str]:
    """Return the hashes of the photos on which something is blurred, also by what is in the bin.

    On sheets, and on what was seen.
    """
    marked = store.overview.marked()
    parts = [marked[at : at + _CHUNK] for at in range(0, len(marked), _CHUNK)]
    found: set[str] = set()
    for in_bin in (False, True):
        for sheet in store.find(Sheet, in_bin=in_bin, skip_damaged=True):
            found |= blurred_in(sheet)
        for part in parts:
            for seen in store.find(Observation, in_bin=in_bin, skip_damaged=True, id=part):
                found |= blurred_in(seen)
    return frozenset(found)


def _is_about(record: Record, hidden: Collection[UUID]) -> bool:
    return record.id in hidden or (isinstance(record, Talk) and record.sheet_id in hidden)


def _stays(record: Record, hidden: Collection[UUID], *, private: bool) -> bool:
    """Tell whether a record stays behind: it is the coach's alone, or about a hidden sheet."""
    return _is_about(record, hidden) or (not private and kind_of(record) in PRIVATE_KINDS)


def _as_talked_about(store: Store, records: Iterable[Record]) -> list[Sheet]:
    """Return the sheets as they stood at the talks and margin notes that point to them."""
    there = {Ref("sheet", record.id) for record in records if isinstance(record, Sheet)}
    wanted = {
        (record.sheet_id, record.sheet_revision)
        for record in records
        if isinstance(record, Talk | MarginNote) and record.sheet_id and record.sheet_revision
    }
    sheets = [record for record in records if isinstance(record, Sheet)]
    wanted |= {(one.id, named.revision) for one in sheets for named in one.versions}
    wanted = {(sheet_id, revision) for sheet_id, revision in wanted if revision > 0}
    found: list[Sheet] = []
    for sheet_id, revision in sorted(wanted, key=str):
        try:
            stood = store.at_revision(Sheet, sheet_id, revision)
        except (NotFound, Damaged):
            # What the journal no longer tells cannot travel; the talk itself does.
            continue
        closed = _without_gaps(stood, there | _people_and_areas(records))
        if isinstance(closed, Sheet):
            found.append(replace(closed, revision=revision))
    return found


def _people_and_areas(records: Iterable[Record]) -> set[Ref]:
    return {Ref(kind_of(one), one.id) for one in records if isinstance(one, Person | Area)}


def _whole(records: list[Record]) -> list[Record]:
    """Return the records that can stand without the bin, naming only each other."""
    while True:
        there = {Ref(kind_of(record), record.id) for record in records}
        closed = [_without_gaps(record, there) for record in records]
        kept = [record for record in closed if record is not None]
        if len(kept) == len(records):
            return kept
        records = kept


def _without_gaps(record: Record, there: set[Ref]) -> Record | None:
    """Return a record that names only records that are there, or None where it needs another."""
    gone = [name for name, ref in references(record) if ref not in there]
    if not gone:
        return record
    hints = get_type_hints(type(record))
    if any(type(None) not in get_args(hints[name]) for name in gone):
        return None
    empty: dict[str, Any] = dict.fromkeys(gone)
    return replace(record, **empty)


def _member(name: str) -> zipfile.ZipInfo:
    """Name a member so that the clock, the user and the system leave no trace in the bytes."""
    info = zipfile.ZipInfo(name, _EARLIEST)
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info
