"""Bringing what a file holds into a folder: looked at whole first, then one write or none.

It joins what is there: a record that is there already with the same content is left alone, one that
says something else is refused with the whole file, so that nothing of the user's is ever
overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import UUID

import msgspec

from gemba.domain.changes import FieldChange, Ref
from gemba.domain.coaching import Talk
from gemba.domain.codec import from_plain, to_plain
from gemba.domain.errors import BadInput, NotFound
from gemba.domain.kinds import KINDS, Record, kind_of
from gemba.domain.sheet import MarginNote, Sheet
from gemba.services.exchange_package import Package, read_package
from gemba.services.exchange_rules import (
    arriving,
    named,
    photos_of,
    references,
    without_private,
)
from gemba.services.handover import changes_in

if TYPE_CHECKING:
    from gemba.definitions.catalog import Catalog
    from gemba.store.store import Store

Stood = Mapping[tuple[UUID, int], Sheet]
_CHUNK = 500


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
