"""Between records and rows: how a record becomes a row, comes back, and is proved unchanged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from hashlib import blake2b
from typing import Any, TypeVar, cast, get_type_hints
from uuid import UUID

from sqlalchemy import Column, Row, Select, Table, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, NoResultFound

from gemba.domain.changes import Plain, Ref
from gemba.domain.codec import from_plain, to_plain
from gemba.domain.errors import BadInput, Damaged
from gemba.domain.kinds import KINDS, Record, kind_named, kind_of
from gemba.store.tables import RECORDS
from gemba.store.types import PlainValue, write_json

R = TypeVar("R", bound=Record)


@cache
def _layout(kind: str) -> tuple[tuple[str, bool], ...]:
    """Return the fields of a kind in the order of its columns: whether JSON holds each."""
    table = RECORDS[kind]
    names = [one.name for one in fields(KINDS[kind])]
    return tuple((name, isinstance(table.c[name].type, PlainValue)) for name in names)


@cache
def _readers(kind: str) -> tuple[tuple[str, Any], ...]:
    """Return the same fields: as what type JSON holds each, None where it does not."""
    hints = get_type_hints(KINDS[kind])
    return tuple((name, hints[name] if nested else None) for name, nested in _layout(kind))


# What decoding a damaged row can raise: our codec, dates and JSON, and SQLite for broken UTF-8.
DECODING_ERRORS = (BadInput, ValueError, TypeError, DBAPIError)


def checksum(plain: Plain) -> str:
    """Digest a plain value: BLAKE2b, 16 bytes, hexadecimal, of its canonical JSON."""
    return blake2b(write_json(plain).encode("utf-8"), digest_size=16).hexdigest()


def content(record: Record) -> dict[str, Plain]:
    """Return what a record's checksum covers: everything but its revision."""
    plain = cast("dict[str, Plain]", to_plain(record))
    del plain["revision"]
    return plain


def table_of(cls: type[Any]) -> tuple[str, Table]:
    """Return the kind and the table of a class of records."""
    kind = kind_named(cls)
    return kind, RECORDS[kind]


def row_of(record: Record, plain: dict[str, Plain]) -> dict[str, object]:
    """Return what a record's table takes, checksum and all; ``plain`` is the record, plain."""
    values: dict[str, object] = {
        name: plain[name] if nested else getattr(record, name)
        for name, nested in _layout(kind_of(record))
    }
    values["checksum"] = checksum({name: v for name, v in plain.items() if name != "revision"})
    return values


def record_columns(cls: type[Any]) -> list[Column[Any]]:
    """Return the columns that read_row expects: the fields, when it was removed, the checksum."""
    kind, table = table_of(cls)
    return [table.c[name] for name, _ in _layout(kind)] + [table.c.deleted_at, table.c.checksum]


def read_row(cls: type[R], row: Row[Any] | Sequence[Any]) -> R:
    """Build a record from a row of record_columns; raises Damaged when the checksum differs."""
    return read_whole(cls, row)[0]


def read_whole(cls: type[R], row: Row[Any] | Sequence[Any]) -> tuple[R, dict[str, Plain]]:
    """Do the same, and return the record's content as plain values with it."""
    readers = _readers(kind_named(cls))
    given: dict[str, Any] = {}
    for (name, hint), value in zip(readers, row, strict=False):
        given[name] = value if hint is None else from_plain(hint, value, name)
    record = cls(**given)
    plain = content(record)
    if checksum(plain) != row[-1]:
        raise damaged(cls, record.id, "checksum")
    return record, plain


def read_rows(
    connection: Connection, cls: type[R], query: Select[Any], terms: Mapping[str, Any] | None = None
) -> Iterator[R | Damaged]:
    """Run a query of record_columns; a record that is damaged comes as its error.

    ``terms`` are what the query leaves open.
    """
    try:
        rows = connection.execute(query, terms).all()
    except (ValueError, TypeError, DBAPIError):
        yield from _one_by_one(connection, cls, query, terms)
        return
    for row in rows:
        yield _read_or_tell(cls, row)


def damaged(cls: type[Any], record_id: UUID | None, reason: str) -> Damaged:
    """Make the error that names a damaged record."""
    return Damaged("store.damaged", kind=kind_named(cls), id=record_id, reason=reason)


def _one_by_one(
    connection: Connection, cls: type[R], query: Select[Any], terms: Mapping[str, Any] | None
) -> Iterator[R | Damaged]:
    """Find out which row of a query cannot be read, and read the others."""
    _, table = table_of(cls)
    counters = connection.execute(query.with_only_columns(table.c.counter), terms)
    for counter in counters.scalars().all():
        one = select(*record_columns(cls)).where(table.c.counter == counter)
        try:
            row = connection.execute(one).one()
        except (ValueError, TypeError, DBAPIError, NoResultFound) as error:
            # No row: where pages are torn, a count can be listed that leads to nothing.
            yield damaged(cls, _id_at(connection, table, counter), f"{type(error).__name__}")
            continue
        yield _read_or_tell(cls, row)


def _read_or_tell(cls: type[R], row: Any) -> R | Damaged:
    try:
        return read_row(cls, row)
    except Damaged as error:
        return error
    except DECODING_ERRORS as error:
        return damaged(cls, row[0] if isinstance(row[0], UUID) else None, str(error))


def _id_at(connection: Connection, table: Table, counter: int) -> UUID | None:
    try:
        return cast(
            UUID, connection.execute(select(table.c.id).where(table.c.counter == counter)).scalar()
        )
    except (ValueError, DBAPIError):
        return None


def ref_of(record: Record) -> Ref:
    """Name a record."""
    return Ref(kind_of(record), record.id)
