"""Putting a sound record in the place of one that the disk altered."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.engine import Connection

from gemba.domain.changes import FieldChange, Plain
from gemba.domain.codec import to_plain
from gemba.domain.kinds import Record
from gemba.store import journal
from gemba.store.due import keep_due
from gemba.store.records import ref_of, row_of
from gemba.store.search_index import SEARCH_TABLES, SearchIndex
from gemba.store.tables import RECORDS, due, search_entry
from gemba.store.tables import journal as rows
from gemba.store.writing import Written


def mend_record(connection: Connection, writer: journal.Writer, record: Record) -> Written:
    """Write a record over what is left of it, as its newest revision; it lives, not in the bin.

    What cannot be read of the old row is not asked for. The journal keeps all of the new one.
    """
    ref = ref_of(record)
    table = RECORDS[ref.kind]
    known = select(func.max(rows.c.revision)).where(
        rows.c.kind == ref.kind, rows.c.record_id == ref.id
    )
    newest = max(connection.execute(known).scalar() or 0, record.revision)
    after = replace(record, revision=newest + 1)
    plain = cast("dict[str, Plain]", to_plain(after))
    row = {**row_of(after, plain), "deleted_at": None}
    done = connection.execute(update(table).where(table.c.id == ref.id).values(row))
    if not done.rowcount:
        connection.execute(insert(table).values(row))
    _forget_derived(connection, ref.kind, ref.id.hex)
    keep_due(connection, ref, None, after)
    index = SearchIndex(connection)
    index.change(ref, None, after)
    index.flush()
    change = FieldChange(ref=ref, field="", before=None, after=plain)
    number = journal.newest_number(connection) + 1
    said = journal.new_row(number, writer, change, newest, after.revision)
    connection.execute(insert(rows).values(said))
    return Written(records=(after,), entries=(journal.entry_of(said),), refs=frozenset({ref}))


def _forget_derived(connection: Connection, kind: str, key: str) -> None:
    """Drop what was made from a record, whatever it says now."""
    mine = {"kind": kind, "key": key}
    held = "SELECT number FROM search_entry WHERE kind = :kind AND record_id = :key"
    for name in SEARCH_TABLES:
        connection.execute(text(f"DELETE FROM {name} WHERE rowid IN ({held})"), mine)
    for table in (search_entry, due):
        where = text("kind = :kind AND record_id = :key").bindparams(**mine)
        connection.execute(delete(table).where(where))
