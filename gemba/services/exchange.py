"""All records as one file for another program or another laptop, and back again.

The format is JSON: ``{"format": "gemba", "version": 1, "records": {kind: [record, ...]}}``; its
schema is resources/schema/gemba-data-1.json. ``earlier_sheets`` holds each sheet as it stood when
it was talked about, with the revision it had. With photos it is a zip that holds this as data.json,
each photo as ``photos/<hash>.jpg`` or ``.png``, and each voice memo as ``memos/<hash>.m4a`` or
another suffix of a sound; ``lost_photos`` names those that records speak of and that did not come
along: the disk no longer has them, or something on them is blurred.

What is brought in joins what is there: a record that is there already with the same content is
left alone, one that says something else is refused with the whole file, so that nothing of the
user's is ever overwritten. Revisions are not exported: they count the writes of one folder.
"""

from __future__ import annotations

import io
import weakref
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast, get_args, get_type_hints
from uuid import UUID

import msgspec

from gemba.domain.changes import FieldChange, Ref
from gemba.domain.coaching import Talk
from gemba.domain.codec import from_plain, to_plain
from gemba.domain.errors import BadInput, Damaged, NotFound
from gemba.domain.kinds import KINDS, PRIVATE_KINDS, Record, kind_of
from gemba.domain.person import Area, Person
from gemba.domain.sheet import MarginNote, Sheet
from gemba.services.exchange_file import Parcel, UnderLock, folder_of, is_attached, opened
from gemba.services.exchange_rules import (
    FORMAT,
    VERSION,
    arriving,
    blurred_in,
    named,
    photos_of,
    read_records,
    references,
    without_private,
)
from gemba.services.handover import changes_in, history_of
from gemba.store.attached import suffix_of

if TYPE_CHECKING:
    from gemba.definitions.catalog import Catalog
    from gemba.store.store import Store

Stood = Mapping[tuple[UUID, int], Sheet]
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_CHUNK = 500


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
    """Return the hashes of the photos on which any sheet blurs something, also one in the bin."""
    sheets = (store.find(Sheet, in_bin=binned, skip_damaged=True) for binned in (False, True))
    return frozenset().union(*(blurred_in(sheet) for some in sheets for sheet in some))


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


def bring_in(store: Store, path: Path, *, who: str = "") -> int:
    """Write what a file holds in one transaction and return how many records were new.

    Raises BadInput, with nothing written, when anything in the file does not fit.
    """
    who = who or store.settings.get("me") or ""
    return len(write_package(store, read_package(path), who=who))


def new_in(store: Store, package: Package) -> list[Record]:
    """Check a package against a folder and return the records that would be new there.

    Nothing is written. Raises BadInput naming the record of whatever does not fit.
    """
    _check_definitions(store, package.all)
    _check_references(store, package)
    _check_photos(store, package)
    there = _there(store, package.records)
    return _new_among(package.records, there, package.photos, may_differ=bool(package.learner))


def changed_in(store: Store, package: Package) -> list[tuple[Record, tuple[FieldChange, ...]]]:
    """Return what a handed-over file would change here, record by record and field by field.

    Nothing is written; any other file changes nothing.
    """
    if package.learner is None:
        return []
    return changes_in(package.records, _there(store, package.records))


def write_package(
    store: Store, package: Package, *, who: str = "", begin: Callable[[Record], Record] = arriving
) -> tuple[Ref, ...]:
    """Check a package against a folder, write what is new there and name it.

    ``begin`` makes a record ready for its first write. Raises BadInput naming the record.
    """
    # Before a photo is kept, so that a refused file leaves nothing behind.
    new_in(store, package)
    there = _there(store, package.records)
    renamed = {key: store.photos.take(key, content).hash for key, content in package.photos.items()}
    settled = [_with_photos(one, renamed) for one in package.records]
    fresh = _new_among(settled, there, {}, may_differ=bool(package.learner))
    changed = [new for new, _fields in changes_in(settled, there)] if package.learner else []
    stood = {key: _with_photos(one, renamed) for key, one in package.earlier.items()}
    if fresh or changed:
        store.write([*_as_written(fresh, cast("Stood", stood), begin), *changed], who=who)
    return tuple(Ref(kind_of(one), one.id) for one in fresh)


def _as_written(
    fresh: Sequence[Record], stood: Stood, begin: Callable[[Record], Record]
) -> list[Record]:
    """Put each sheet's earlier states before it, and let talks point to the same ones here."""
    here: dict[tuple[UUID, int], int] = {}
    # The sheets first: what points to them may stand before them.
    led = {one.id: _states(one, stood, begin, here) for one in fresh if isinstance(one, Sheet)}
    puts: list[Record] = []
    for record in fresh:
        first = begin(record)
        if isinstance(record, Sheet):
            puts += led[record.id]
            continue
        if isinstance(record, Talk | MarginNote) and record.sheet_id and stood:
            pointed = here.get((record.sheet_id, record.sheet_revision), 0)
            first = replace(cast("Talk | MarginNote", first), sheet_revision=pointed)
        puts.append(first)
    return puts


def _states(
    sheet: Sheet,
    stood: Stood,
    begin: Callable[[Record], Record],
    here: dict[tuple[UUID, int], int],
) -> list[Record]:
    """Return the writes that lead a sheet through its earlier states to how it is now."""
    puts: list[Record] = []
    earlier = sorted((key[1], one) for key, one in stood.items() if key[0] == sheet.id)
    for revision, state in (*earlier, (0, sheet)):
        step = replace(
            cast(Sheet, begin(state)),
            revision=len(puts),
            versions=tuple(
                replace(one, revision=here.get((sheet.id, one.revision), 0))
                for one in state.versions
            ),
        )
        if not puts or replace(step, revision=0) != replace(cast(Sheet, puts[-1]), revision=0):
            puts.append(step)
        here[sheet.id, revision] = len(puts)
    return puts


def _new_among(
    records: Iterable[Record],
    there: Mapping[Ref, Record],
    coming: Mapping[str, bytes],
    *,
    may_differ: bool = False,
) -> list[Record]:
    """Return the records that are not there yet; raises BadInput where one says something else.

    With ``may_differ`` those are left to who changes them.

    A photo that is ``coming`` may be called otherwise once it is here, so records that name one
    are compared without their photos until then.
    """
    fresh: list[Record] = []
    for record in records:
        old = there.get(Ref(kind_of(record), record.id))
        if old is None:
            fresh.append(record)
        elif may_differ:
            continue
        elif photos_of(record) & coming.keys():
            if not _alike(_unpictured(old), _unpictured(record)):
                raise BadInput("data.differs", record=named(record))
        elif not _alike(arriving(old), arriving(record)):
            raise BadInput("data.differs", record=named(record))
    return fresh


def _unpictured(record: Record) -> Record:
    return arriving(_with_photos(record, dict.fromkeys(photos_of(record), "")))


def _alike(old: Record, new: Record) -> bool:
    """Tell whether two records say the same; a private note left out of the export is no word."""
    return old == new or (new == without_private(new) and without_private(old) == new)


def _there(store: Store, records: Iterable[Record]) -> dict[Ref, Record]:
    """Return the records of a folder that have the ids of these; none may lie in the bin."""
    found: dict[Ref, Record] = {}
    for kind, ids in _chunks(Ref(kind_of(record), record.id) for record in records):
        for binned in store.find(KINDS[kind], in_bin=True, id=ids):
            raise BadInput("data.in_bin", record=named(binned))
        for record in store.find(KINDS[kind], id=ids):
            found[Ref(kind, record.id)] = record
    return found


def _chunks(refs: Iterable[Ref]) -> Iterator[tuple[str, tuple[UUID, ...]]]:
    for kind, group in groupby(sorted(set(refs), key=lambda ref: ref.kind), lambda ref: ref.kind):
        ids = [ref.id for ref in group]
        for start in range(0, len(ids), _CHUNK):
            yield kind, tuple(ids[start : start + _CHUNK])


def _check_references(store: Store, package: Package) -> None:
    """Find what each record names, in the file or in the folder."""
    known = {Ref(kind_of(record), record.id) for record in package.records}
    wanted = {ref for record in package.all for _, ref in references(record)} - known
    for kind, ids in _chunks(wanted):
        known |= {Ref(kind, one.id) for one in store.find(KINDS[kind], id=ids)}
    for record in package.all:
        for name, ref in references(record):
            if ref not in known:
                raise BadInput("data.dangling", field=f"{named(record)}: {name}")


def _check_photos(store: Store, package: Package) -> None:
    for record in package.all:
        for key in sorted(photos_of(record) - package.photos.keys() - package.lost):
            if store.photos.path(key) is None:
                raise BadInput("data.no_photo", record=named(record), photo=key[:12])


def _check_definitions(store: Store, records: Iterable[Record]) -> None:
    """Make sure that every sheet and talk can be opened with the worksheet it was made with."""
    catalog: Catalog | None = None
    for record in records:
        if not isinstance(record, Sheet | Talk) or not record.definition:
            continue
        catalog = catalog or _catalog(store)
        try:
            if isinstance(record, Sheet):
                catalog.sheet(record.definition, record.definition_version)
            else:
                catalog.question_set(record.definition, record.definition_version)
        except NotFound as error:
            found = f"{record.definition} {record.definition_version}"[:80]
            raise BadInput("data.no_definition", record=named(record), found=found) from error


def _catalog(store: Store) -> Catalog:
    from gemba.definitions.catalog import Catalog
    from gemba.resources import resource_path

    return Catalog(resource_path(), store.folder / "definitions")


def _with_photos(record: Record, renamed: Mapping[str, str]) -> Record:
    """Return a record that names its photos as they are called here."""
    if all(renamed.get(key, key) == key for key in photos_of(record)):
        return record
    text = msgspec.json.encode(to_plain(record)).decode()
    for old, new in renamed.items():
        text = text.replace(old, new)
    return from_plain(type(record), msgspec.json.decode(text))
