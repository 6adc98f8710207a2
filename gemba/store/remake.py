"""Making anew what is made from records: the search index, and the days that Today shows."""

from __future__ import annotations

from sqlalchemy import delete, select, text
from sqlalchemy.engine import Connection

from gemba.domain.errors import Damaged
from gemba.domain.kinds import KINDS
from gemba.store.due import HOLDING_DAYS, keep_due
from gemba.store.records import read_rows, record_columns, ref_of
from gemba.store.search_index import SEARCH_TABLES, SearchIndex
from gemba.store.tables import RECORDS, due, search_entry

_BATCH = 500
_PLAN = text("SELECT sql FROM sqlite_master WHERE name = :name")


def remake_derived(connection: Connection) -> None:
    """Drop the index and write it from the records, oldest first; damaged records are left out.

    The tables are dropped and not emptied: a torn index could not even be emptied.
    """
    for name in SEARCH_TABLES:
        plan = connection.execute(_PLAN, {"name": name}).scalar_one()
        connection.exec_driver_sql(f"DROP TABLE {name}")
        connection.exec_driver_sql(plan)
    for table in (search_entry, due):
        connection.execute(delete(table))
    for kind, cls in KINDS.items():
        counter = RECORDS[kind].c.counter
        living = RECORDS[kind].c.deleted_at.is_(None)
        numbers = list(
            connection.execute(select(counter).where(living).order_by(counter)).scalars()
        )
        for start in range(0, len(numbers), _BATCH):
            batch = numbers[start : start + _BATCH]
            index = SearchIndex(connection)
            query = select(*record_columns(cls)).where(counter.in_(batch)).order_by(counter)
            for record in read_rows(connection, cls, query):
                if not isinstance(record, Damaged):
                    keep_due(connection, ref_of(record), None, record)
                    index.change(ref_of(record), None, record)
            index.flush()


def remake_days(connection: Connection) -> None:
    """Write anew which days records hold, as after an upgrade; damaged ones are left out."""
    connection.execute(delete(due))
    for kind in HOLDING_DAYS:
        cls, table = KINDS[kind], RECORDS[kind]
        query = select(*record_columns(cls)).where(table.c.deleted_at.is_(None))
        for record in read_rows(connection, cls, query.order_by(table.c.counter)):
            if not isinstance(record, Damaged):
                keep_due(connection, ref_of(record), None, record)
