"""Reading records: one, many by what they hold, or only some of their columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Row, Select, Table, and_, bindparam, func, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from gemba.domain.changes import Ref
from gemba.domain.codec import from_plain
from gemba.domain.errors import BadInput, Damaged, NotFound
from gemba.domain.kinds import KINDS
from gemba.store import journal
from gemba.store.records import R, content, damaged, read_rows, record_columns, table_of


def get_record(connection: Connection, cls: type[R], record_id: UUID, *, in_bin: bool = False) -> R:
    """Read one record; raises NotFound or Damaged. ``in_bin`` also finds one in the bin."""
    kind, _ = table_of(cls)
    for found in read_rows(connection, cls, _by_id(kind, in_bin), {"this_id": record_id}):
        if isinstance(found, Damaged):
            raise found
        return found
    raise NotFound("store.not_found", kind=kind, id=record_id)


@cache
def _by_id(kind: str, in_bin: bool) -> Select[Any]:
    # Made once: to put a query of many columns together takes longer than to run it.
    cls = KINDS[kind]
    _, table = table_of(cls)
    query = select(*record_columns(cls)).where(table.c.id == bindparam("this_id"))
    return query if in_bin else query.where(table.c.deleted_at.is_(None))


def selection(
    connection: Connection,
    cls: type[R],
    columns: Iterable[ColumnElement[Any]],
    terms: Mapping[str, object],
    *,
    order_by: str = "counter",
    newest_first: bool = False,
    limit: int | None = None,
    after: UUID | None = None,
    in_bin: bool = False,
) -> Select[Any]:
    """Build a query of columns; records without a value in ``order_by`` come last.

    ``after`` is the id of the last record of the page before.
    """
    _, table = table_of(cls)
    query = select(*columns).where(*_matching(table, terms, in_bin))
    key = table.c[order_by]
    if after is not None:
        query = query.where(_behind(connection, table, key, after, newest_first))
    order: list[ColumnElement[Any]] = [key, table.c.counter]
    if newest_first:
        # Said this way an index of the key serves it, backwards.
        last = key.desc().nulls_last() if key.nullable else key.desc()
        order = [last, table.c.counter.desc()]
    elif key.nullable:
        order.insert(0, key.is_(None))
    return query.order_by(*order).limit(limit)


def find_one(connection: Connection, cls: type[R], record_id: UUID, skip: bool) -> list[R]:
    """Find the record with an id that is not in the bin, if there is one; as find_records."""
    kind, _ = table_of(cls)
    return find_records(connection, cls, _by_id(kind, False), skip, {"this_id": record_id})


def find_records(
    connection: Connection,
    cls: type[R],
    query: Select[Any],
    skip: bool,
    terms: Mapping[str, Any] | None = None,
) -> list[R]:
    """Read what a query of record_columns finds; raises Damaged unless such records are skipped."""
    found: list[R] = []
    for one in read_rows(connection, cls, query, terms):
        if not isinstance(one, Damaged):
            found.append(one)
        elif not skip:
            raise one
    return found


def count_records(connection: Connection, cls: type[R], terms: Mapping[str, object]) -> int:
    """Count the records whose fields equal the terms."""
    _, table = table_of(cls)
    query = select(func.count()).select_from(table).where(*_matching(table, terms, False))
    return connection.execute(query).scalar_one()


def columns_named(cls: type[R], names: Sequence[str]) -> list[Column[Any]]:
    """Return columns of a record's table by the names of its fields."""
    _, table = table_of(cls)
    return [table.c[name] for name in names]


def record_at(connection: Connection, cls: type[R], record_id: UUID, revision: int) -> R:
    """Rebuild a record as it stood at a revision, from the journal backwards.

    Where one visit to a field passed over the revision, the field stands as that visit left it.
    Raises NotFound for a revision that never was.
    """
    kind, _ = table_of(cls)
    record = get_record(connection, cls, record_id, in_bin=True)
    if record.revision == revision:
        return record
    rows = _rows_of(connection, cls, Ref(kind, record_id), revision)
    then = journal.undo_all(content(record), rows) if 0 < revision < record.revision else None
    if then is None:
        raise NotFound("store.no_revision", kind=kind, id=record_id, revision=revision)
    then["revision"] = revision
    try:
        return from_plain(cls, then)
    except BadInput as error:
        raise damaged(cls, record_id, "journal") from error


def _rows_of(connection: Connection, cls: type[R], ref: Ref, revision: int) -> list[Row[Any]]:
    try:
        rows = journal.rows_of(connection, ref, revision)
    except (ValueError, TypeError, DBAPIError) as error:
        raise damaged(cls, ref.id, "journal") from error
    if not all(journal.is_sound(row) for row in rows):
        raise damaged(cls, ref.id, "journal")
    return rows


def _matching(table: Table, terms: Mapping[str, object], in_bin: bool) -> list[ColumnElement[bool]]:
    away = table.c.deleted_at
    found: list[ColumnElement[bool]] = [away.is_not(None) if in_bin else away.is_(None)]
    for name, value in terms.items():
        column = table.c[name]
        if value is None:
            found.append(column.is_(None))
        elif isinstance(value, tuple | list | set | frozenset):
            found.append(column.in_(list(value)))
        else:
            found.append(column == value)
    return found


def _behind(
    connection: Connection, table: Table, key: Column[Any], after: UUID, newest_first: bool
) -> ColumnElement[bool]:
    """Say what comes after a record in the order of a key, then of the counter."""
    last = connection.execute(select(key, table.c.counter).where(table.c.id == after)).first()
    if last is None:
        raise NotFound("store.not_found", kind=table.name, id=after)
    value, counter = last
    further = table.c.counter < counter if newest_first else table.c.counter > counter
    if value is None:
        return and_(key.is_(None), further)
    beyond = key < value if newest_first else key > value
    tied = and_(key == value, further)
    return or_(beyond, tied, key.is_(None)) if key.nullable else or_(beyond, tied)
