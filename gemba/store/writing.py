"""One write: records, journal, what waits for a day and the search rows, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, Update, bindparam, insert, select, update
from sqlalchemy.engine import Connection

from gemba.domain.changes import FieldChange, JournalEntry, Plain, Ref, field_changes
from gemba.domain.coaching import Talk
from gemba.domain.codec import from_plain, to_plain
from gemba.domain.errors import BadInput, Conflict, Damaged, NotFound
from gemba.domain.experiment import Experiment, check_experiment
from gemba.domain.kinds import KINDS, Record
from gemba.domain.references import REFERENCES
from gemba.domain.sheet import MarginNote, Sheet
from gemba.store import journal
from gemba.store.due import keep_due
from gemba.store.records import (
    DECODING_ERRORS,
    read_rows,
    read_whole,
    record_columns,
    ref_of,
    row_of,
)
from gemba.store.search_index import SearchIndex
from gemba.store.tables import RECORDS
from gemba.store.tables import journal as journal_table

_CHUNK = 500

# Each is built once: putting a statement together costs more than running it.


@cache
def _fetch(kind: str) -> Select[Any]:
    ids = RECORDS[kind].c.id.in_(bindparam("ids", expanding=True))
    return select(*record_columns(KINDS[kind])).where(ids)


@cache
def _update(kind: str) -> Update:
    table = RECORDS[kind]
    return update(table).where(table.c.id == bindparam("this_id"))


@cache
def _exists(kind: str) -> Select[Any]:
    table = RECORDS[kind]
    return select(table.c.counter).where(table.c.id == bindparam("this_id"))


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did: the records with their new revisions, the journal's rows, and all refs."""

    records: tuple[Record, ...]
    entries: tuple[JournalEntry, ...]
    refs: frozenset[Ref]


@dataclass(frozen=True, slots=True)
class _Stored:
    """A record as it stands in the database, whether it lies in the bin, and its plain content."""

    record: Record
    in_bin: bool
    plain: dict[str, Plain] | None = None


class Writing:
    """Carries one write out on an open transaction; whoever opened it commits or rolls back."""

    def __init__(self, connection: Connection, writer: journal.Writer) -> None:
        self._connection = connection
        self._writer = writer
        self._index = SearchIndex(connection)
        self._stored: dict[Ref, _Stored] = {}
        self._new: dict[str, list[dict[str, Any]]] = {}
        self._rows: list[dict[str, Any]] = []
        self._extended: list[JournalEntry] = []
        self._changed: set[Ref] = set()
        self._known: set[Ref] = set()
        self._next = 0

    def run(
        self, puts: Sequence[Record], removes: Iterable[Ref], restores: Iterable[Ref]
    ) -> Written:
        """Do everything, or raise Conflict, NotFound, Refused, BadInput or Damaged."""
        clean = [_clean(record) for record in puts]
        away, back = list(removes), list(restores)
        self._fetch([*(ref_of(record) for record in clean), *away, *back])
        records = tuple(self._put(record) for record in clean)
        for ref in away:
            self._move(ref, to_bin=True)
        for ref in back:
            self._move(ref, to_bin=False)
        self._flush()
        self._check_references(records)
        return Written(
            records=records,
            entries=(*self._extended, *(journal.entry_of(row) for row in self._rows)),
            refs=frozenset(self._changed),
        )

    def _fetch(self, refs: Iterable[Ref]) -> None:
        wanted: dict[str, list[UUID]] = {}
        for ref in refs:
            wanted.setdefault(ref.kind, []).append(ref.id)
        for kind, ids in wanted.items():
            cls = KINDS[kind]
            for start in range(0, len(ids), _CHUNK):
                self._fetch_some(kind, cls, ids[start : start + _CHUNK])

    def _fetch_some(self, kind: str, cls: type[Record], ids: list[UUID]) -> None:
        try:
            for row in self._connection.execute(_fetch(kind), {"ids": ids}).all():
                record, plain = read_whole(cls, row)
                self._stored[Ref(kind, record.id)] = _Stored(record, row[-2] is not None, plain)
        except Damaged:
            raise
        except DECODING_ERRORS:
            # Read again, one by one, to name the record.
            query = select(*record_columns(cls)).where(RECORDS[kind].c.id.in_(ids))
            for one in read_rows(self._connection, cls, query):
                if isinstance(one, Damaged):
                    raise one from None
            raise

    def _put(self, record: Record) -> Record:
        ref = ref_of(record)
        stored = self._stored.get(ref)
        before = stored.record if stored else None
        held = before.revision if before else 0
        if record.revision != held:
            raise Conflict(
                "store.conflict", kind=ref.kind, id=ref.id, given=record.revision, stored=held
            )
        if stored is not None and stored.in_bin:
            raise NotFound("store.in_bin", kind=ref.kind, id=ref.id)
        if isinstance(record, Experiment):
            check_experiment(cast("Experiment | None", before), record)
        if before == record:
            return record
        return self._keep(ref, before, record)

    def _keep(self, ref: Ref, before: Record | None, given: Record) -> Record:
        """Write one record that is new or has changed, with all that follows from it."""
        after = replace(given, revision=given.revision + 1)
        plain = cast("dict[str, Plain]", to_plain(after))
        row = row_of(after, plain)
        if before is None:
            row["deleted_at"] = None
            self._new.setdefault(ref.kind, []).append(row)
            whole = FieldChange(ref=ref, field="", before=None, after=plain)
            self._append(whole, 0, after.revision)
        else:
            self._flush_new()
            held = self._stored[ref].plain or cast("dict[str, Plain]", to_plain(before))
            # What was read is what the checksum covers: all but the revision.
            held = {**held, "revision": before.revision}
            changed = {name: row[name] for name in row if not _same(name, held, plain)}
            self._connection.execute(_update(ref.kind), {**changed, "this_id": ref.id})
            self._journal_changes(ref, held, after, plain)
        self._follow(ref, before, after)
        self._seal_sheet(before, after)
        self._stored[ref] = _Stored(after, in_bin=False)
        return after

    def _seal_sheet(self, before: Record | None, after: Record) -> None:
        """Keep a state of a sheet that was talked about or named from merging into later typing."""
        if isinstance(after, Sheet) and isinstance(before, Sheet):
            if after.versions != before.versions:
                journal.seal(self._connection, Ref("sheet", after.id), self._writer.at)
            return
        if not isinstance(after, Talk | MarginNote) or after.sheet_id is None:
            return
        pointed = None if before is None else cast("Talk | MarginNote", before).sheet_revision
        if after.sheet_revision not in (0, pointed):
            journal.seal(self._connection, Ref("sheet", after.sheet_id), self._writer.at)

    def _journal_changes(self, ref: Ref, before: Plain, after: Record, plain: Plain) -> None:
        visits = journal.Visits(self._connection, ref, self._writer)
        for change in field_changes(ref, before, plain):
            number = visits.row_for(change.field)
            if number is None:
                self._append(change, after.revision - 1, after.revision)
            else:
                self._extended.append(visits.extend(number, change.after, after.revision))

    def _move(self, ref: Ref, *, to_bin: bool) -> None:
        """Put a record into the bin or take it out again; twice is as good as once."""
        stored = self._stored.get(ref)
        if stored is None:
            raise NotFound("store.not_found", kind=ref.kind, id=ref.id)
        if stored.in_bin is to_bin:
            return
        record = stored.record
        moved = replace(record, revision=record.revision + 1)
        self._flush_new()
        gone = {"revision": moved.revision, "deleted_at": self._writer.at if to_bin else None}
        self._connection.execute(_update(ref.kind), {**gone, "this_id": ref.id})
        plain: Plain = to_plain(record if to_bin else moved)
        change = FieldChange(
            ref=ref,
            field="",
            before=plain if to_bin else None,
            after=None if to_bin else plain,
        )
        self._append(change, record.revision, moved.revision)
        self._follow(ref, record if to_bin else None, None if to_bin else moved)
        self._stored[ref] = _Stored(moved, in_bin=to_bin)

    def _follow(self, ref: Ref, before: Record | None, after: Record | None) -> None:
        keep_due(self._connection, ref, before, after)
        self._index.change(ref, before, after)
        self._changed.add(ref)

    def _append(self, change: FieldChange, revision_before: int, revision: int) -> None:
        # Asked only where a row is added: typing on extends the one before.
        self._next = self._next or journal.newest_number(self._connection) + 1
        row = journal.new_row(self._next, self._writer, change, revision_before, revision)
        self._rows.append(row)
        self._next += 1

    def _flush_new(self) -> None:
        for kind, rows in self._new.items():
            self._connection.execute(insert(RECORDS[kind]), rows)
        self._new.clear()

    def _flush(self) -> None:
        self._flush_new()
        if self._rows:
            self._connection.execute(insert(journal_table), self._rows)
        self._index.flush()

    def _check_references(self, records: Iterable[Record]) -> None:
        """Name the record and field that point to nothing, before the database only says "no"."""
        for record in records:
            ref = ref_of(record)
            if ref not in self._changed:
                continue
            for field, kind in REFERENCES.get(ref.kind, {}).items():
                target = getattr(record, field)
                if target is not None and not self._exists(Ref(kind, target)):
                    raise BadInput(
                        "store.unknown_reference",
                        kind=ref.kind,
                        id=ref.id,
                        field=field,
                        target=kind,
                        target_id=target,
                    )

    def _exists(self, ref: Ref) -> bool:
        if ref in self._stored or ref in self._known:
            return True
        if self._connection.execute(_exists(ref.kind), {"this_id": ref.id}).first() is None:
            return False
        self._known.add(ref)
        return True


def _clean(record: Record) -> Record:
    """Bring a record into the form it is read back in; raises BadInput where it has none."""
    return from_plain(type(record), to_plain(record))


def _same(name: str, before: dict[str, Plain], after: dict[str, Plain]) -> bool:
    """Tell whether a column holds to the letter what it held; 1 and 1.0 are two values."""
    if name not in before:
        return False
    old, new = before[name], after[name]
    return old == new and repr(old) == repr(new)
