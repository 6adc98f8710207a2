"""Erasing a field for good: from the record, the journal and the search index."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Row, select, text, update
from sqlalchemy.engine import Connection

from gemba.domain.changes import FieldChange, Plain, Ref
from gemba.domain.codec import from_plain, to_plain
from gemba.domain.kinds import KINDS
from gemba.store import journal
from gemba.store.due import keep_due
from gemba.store.reading import get_record
from gemba.store.records import row_of
from gemba.store.search_index import SEARCH_TABLES, SearchIndex
from gemba.store.tables import RECORDS
from gemba.store.tables import journal as table
from gemba.store.writing import Written


def erase_field(connection: Connection, writer: journal.Writer, ref: Ref, field: str) -> Written:
    """Empty a field wherever it was ever written; the journal keeps that it was erased.

    ``field`` is a dotted path as in the journal. Raises NotFound, or BadInput for a field that
    cannot be empty.
    """
    cls = KINDS[ref.kind]
    before = get_record(connection, cls, ref.id, in_bin=True)
    plain = cast("dict[str, Plain]", to_plain(before))
    journal.put_at(plain, field, journal.scrub(journal.value_at(plain, field)))
    after = replace(from_plain(cls, plain), revision=before.revision + 1)
    stored = RECORDS[ref.kind]
    away = connection.execute(select(stored.c.deleted_at).where(stored.c.id == ref.id)).scalar()
    connection.execute(
        update(stored)
        .where(stored.c.id == ref.id)
        .values(row_of(after, cast("dict[str, Plain]", to_plain(after))))
    )
    _scrub_journal(connection, ref, field)
    if away is None:
        keep_due(connection, ref, before, after)
        index = SearchIndex(connection)
        index.change(ref, before, after)
        index.flush()
    # Without this the words stay in the index until it happens to merge.
    for name in SEARCH_TABLES:
        connection.execute(text(f"INSERT INTO {name} ({name}) VALUES ('optimize')"))
    # The same before and after, or an older revision could not be told any more.
    left = journal.value_at(plain, field)
    change = FieldChange(ref=ref, field=field, before=left, after=left)
    number = journal.newest_number(connection) + 1
    row = journal.new_row(number, writer, change, before.revision, after.revision)
    row["visit"] = journal.ERASED
    connection.execute(table.insert().values(row))
    return Written(records=(after,), entries=(journal.entry_of(row),), refs=frozenset({ref}))


def _scrub_journal(connection: Connection, ref: Ref, field: str) -> None:
    query = select(table).where(table.c.kind == ref.kind, table.c.record_id == ref.id)
    for row in connection.execute(query).all():
        scrubbed = {name: _scrubbed(row, row._mapping[name], field) for name in ("before", "after")}
        if scrubbed != {name: row._mapping[name] for name in scrubbed}:
            digest = journal.row_checksum({**row._mapping, **scrubbed})
            connection.execute(
                update(table)
                .where(table.c.number == row.number)
                .values({**scrubbed, "checksum": digest})
            )


def _scrubbed(row: Row[Any], value: Plain, field: str) -> Plain:
    """Empty what a journal row holds of a field: all of it, or a part of what it lies in."""
    if row.field == field or row.field.startswith(f"{field}."):
        return journal.scrub(value)
    if row.field and not field.startswith(f"{row.field}."):
        return value
    rest = field[len(row.field) + 1 :] if row.field else field
    held = journal.value_at(value, rest)
    if held is None:
        return value
    emptied = deepcopy(value)
    journal.put_at(emptied, rest, journal.scrub(held))
    return emptied
