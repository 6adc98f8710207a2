"""The bin: what lies in it, and taking it away for good with its journal and its photos."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Text, delete, func, insert, or_, select, text, type_coerce, update
from sqlalchemy.engine import Connection

from gemba.domain.away import Away
from gemba.domain.changes import FieldChange, Plain, Ref
from gemba.domain.codec import to_plain
from gemba.domain.errors import Damaged
from gemba.domain.kinds import KINDS
from gemba.domain.pictures import photos_in_form
from gemba.domain.references import REFERENCES
from gemba.store import journal
from gemba.store.records import read_rows, record_columns
from gemba.store.search_index import SEARCH_TABLES
from gemba.store.tables import RECORDS, due, photo, search_entry
from gemba.store.tables import journal as rows
from gemba.store.types import PlainValue
from gemba.store.writing import Written

GROUP: Final = "bin:"
"""Begins the visit of journal rows that stand for one step into the bin."""

_HASH: Final = re.compile(r"[0-9a-f]{64}")


def things_away(connection: Connection) -> list[Away]:
    """Return every record in the bin that can be read, the newest step first."""
    found: list[Away] = []
    for kind, cls in KINDS.items():
        table = RECORDS[kind]
        query = select(*record_columns(cls)).where(table.c.deleted_at.is_not(None))
        for record in read_rows(connection, cls, query):
            if not isinstance(record, Damaged):
                ref = Ref(kind, record.id)
                row = _last_removal(connection, ref)
                if row is not None:
                    group = row.visit if row.visit.startswith(GROUP) else f"{GROUP}{row.number}"
                    found.append(
                        Away(
                            ref=ref,
                            record=record,
                            at=row.at,
                            who=row.who,
                            group=group,
                            row=row.number,
                        )
                    )
    return sorted(found, key=lambda one: -one.row)


def _last_removal(connection: Connection, ref: Ref) -> Any:
    query = (
        select(rows.c.number, rows.c.at, rows.c.who, rows.c.visit)
        .where(rows.c.kind == ref.kind, rows.c.record_id == ref.id, rows.c.field == "")
        .order_by(rows.c.number.desc())
        .limit(1)
    )
    return connection.execute(query).first()


def naming(connection: Connection, ref: Ref, besides: Iterable[Ref] = ()) -> list[Ref]:
    """Return the records, in the bin or not, that cannot be without a record."""
    left_out = set(besides)
    found: list[Ref] = []
    for kind, fields in REFERENCES.items():
        for field, target in fields.items():
            if target == ref.kind:
                table = RECORDS[kind]
                ids = connection.execute(select(table.c.id).where(table.c[field] == ref.id))
                found += [Ref(kind, one) for one in ids.scalars() if Ref(kind, one) not in left_out]
    return found


def named(connection: Connection, kind: str) -> set[UUID]:
    """Return which records of a kind some record names, in the bin or not."""
    found: set[UUID] = set()
    for other, fields in REFERENCES.items():
        for field, target in fields.items():
            if target == kind:
                column = RECORDS[other].c[field]
                found |= set(connection.execute(select(column).distinct()).scalars())
    return found - {None}


def purge(connection: Connection, writer: journal.Writer, refs: Sequence[Ref]) -> Written:
    """Take records in the bin away for good, with the texts of their journal and their links.

    A record that another one outside still names stays in the bin until that one goes too; the
    journal keeps that a record was, and nothing of what it said.
    """
    going = _free(connection, refs)
    number = journal.newest_number(connection)
    entries = []
    for ref in [*_links_of(connection, going), *going]:
        table = RECORDS[ref.kind]
        revision = connection.execute(
            select(table.c.revision).where(table.c.id == ref.id)
        ).scalar_one()
        silence(connection, ref)
        connection.execute(delete(table).where(table.c.id == ref.id))
        for beside in (due, search_entry):
            connection.execute(
                delete(beside).where(beside.c.kind == ref.kind, beside.c.record_id == ref.id)
            )
        number += 1
        gone = FieldChange(ref=ref, field="", before=None, after=None)
        row = journal.new_row(number, writer, gone, revision, revision + 1)
        connection.execute(insert(rows).values(row))
        entries.append(journal.entry_of(row))
    return Written(records=(), entries=tuple(entries), refs=frozenset(going))


def _free(connection: Connection, refs: Sequence[Ref]) -> list[Ref]:
    going = []
    for ref in dict.fromkeys(refs):
        table = RECORDS[ref.kind]
        away = select(table.c.deleted_at).where(table.c.id == ref.id)
        if connection.execute(away).scalar() is not None:
            going.append(ref)
    while held := [ref for ref in going if naming(connection, ref, going)]:
        going = [ref for ref in going if ref not in held]
    return going


def _links_of(connection: Connection, refs: Sequence[Ref]) -> list[Ref]:
    table = RECORDS["link"]
    found: list[Ref] = []
    for ref in refs:
        ends = or_(
            (table.c.from_kind == ref.kind) & (table.c.from_id == ref.id),
            (table.c.to_kind == ref.kind) & (table.c.to_id == ref.id),
        )
        ids = connection.execute(select(table.c.id).where(ends)).scalars()
        found += [Ref("link", one) for one in ids]
    return [link for link in dict.fromkeys(found) if link not in refs]


def silence(connection: Connection, ref: Ref) -> None:
    """Empty what the journal holds of a record; who wrote when stays."""
    held = select(rows).where(rows.c.kind == ref.kind, rows.c.record_id == ref.id)
    for row in connection.execute(held).all():
        said = {"before": None, "after": None}
        digest = journal.row_checksum({**row._mapping, **said})
        connection.execute(
            update(rows)
            .where(rows.c.number == row.number)
            .values({**said, "visit": "", "checksum": digest})
        )


def photos_in(connection: Connection, refs: Sequence[Ref]) -> set[str]:
    """Return the photos that records name or ever named."""
    found: set[str] = set()
    for ref in refs:
        cls, table = KINDS[ref.kind], RECORDS[ref.kind]
        query = select(*record_columns(cls)).where(table.c.id == ref.id)
        for record in read_rows(connection, cls, query):
            if not isinstance(record, Damaged):
                found |= _hashes(to_plain(record))
        held = select(rows.c.before, rows.c.after).where(
            rows.c.kind == ref.kind, rows.c.record_id == ref.id
        )
        for row in connection.execute(held).all():
            found |= _hashes(row.before) | _hashes(row.after)
    return found


def drop_photos(connection: Connection, keys: Iterable[str]) -> list[str]:
    """Forget those photos that no record and no earlier version names; return which."""
    gone = []
    for key in sorted(keys):
        if not _counted(connection, key):
            connection.execute(delete(photo).where(photo.c.hash == key))
            gone.append(key)
    return gone


def _counted(connection: Connection, key: str) -> bool:
    """Tell whether anything still names a photo; all that can is kept as JSON text, or a form."""
    for table in [*RECORDS.values(), rows]:
        for column in table.columns:
            if isinstance(column.type, PlainValue) or column.name == "xform":
                raw = type_coerce(column, Text)
                query = select(table.c[table.primary_key.columns.keys()[0]])
                found = connection.execute(query.where(func.instr(raw, key) > 0).limit(1))
                if found.first() is not None:
                    return True
    return False


def _hashes(plain: Plain) -> set[str]:
    if isinstance(plain, str):
        return {plain} if _HASH.fullmatch(plain) else photos_in_form(plain)
    if isinstance(plain, dict):
        return {key for value in plain.values() for key in _hashes(value)}
    if isinstance(plain, list):
        return {key for value in plain for key in _hashes(value)}
    return set()


def forget_words(connection: Connection) -> None:
    """Rewrite the search index without the words that were deleted: they stay in it until then."""
    for name in SEARCH_TABLES:
        connection.execute(text(f"INSERT INTO {name} ({name}) VALUES ('optimize')"))
