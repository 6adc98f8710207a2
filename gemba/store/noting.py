"""Entries of the journal that change no record, such as that a backup was brought back."""

from __future__ import annotations

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from gemba.domain.changes import FieldChange, Plain, Ref
from gemba.store import tables
from gemba.store.journal import Writer, new_row, newest_number


def append_note(connection: Connection, writer: Writer, ref: Ref, field: str, after: Plain) -> None:
    """Append an entry behind the newest one."""
    change = FieldChange(ref=ref, field=field, before=None, after=after)
    row = new_row(newest_number(connection) + 1, writer, change, 0, 0)
    connection.execute(insert(tables.journal), row)
