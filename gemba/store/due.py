"""What waits for a day inside a record, kept apart so that Today finds it by an index."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.engine import Connection

from gemba.domain.changes import Ref
from gemba.domain.kinds import Record
from gemba.domain.sheet import Sheet
from gemba.store.tables import due


def due_rows(record: Record | None) -> list[dict[str, Any]]:
    """Return the open checks of a sheet; no other kind of record holds days of its own."""
    if not isinstance(record, Sheet):
        return []
    return [
        {
            "kind": "sheet",
            "record_id": record.id,
            "part": check.id,
            "on_date": check.on,
            "title": check.what,
        }
        for check in record.checks
        if check.done_on is None
    ]


def keep_due(connection: Connection, ref: Ref, before: Record | None, after: Record | None) -> None:
    """Bring the rows of a record from one state to the next."""
    old, new = due_rows(before), due_rows(after)
    if old == new:
        return
    if old:
        connection.execute(delete(due).where(due.c.kind == ref.kind, due.c.record_id == ref.id))
    if new:
        connection.execute(insert(due), new)
