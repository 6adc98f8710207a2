"""Rubbing words out for good: in records, journal, search, settings and names of photos."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any, Final, Protocol, cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
    type_coerce,
    update,
)
from sqlalchemy.engine import Connection

from gemba.domain.changes import JournalEntry, Plain, Ref, field_changes
from gemba.domain.codec import from_plain, to_plain
from gemba.domain.errors import Damaged, NotFound
from gemba.domain.kinds import KINDS, Record
from gemba.domain.texts import plain_with_texts
from gemba.store import journal
from gemba.store.binned import forget_words
from gemba.store.due import keep_due
from gemba.store.records import read_rows, record_columns, ref_of, row_of
from gemba.store.search_index import SearchIndex
from gemba.store.tables import RECORDS, photo, setting
from gemba.store.tables import journal as rows
from gemba.store.types import PlainValue
from gemba.store.writing import Written

_CHUNK: Final = 500
_ADD_ROW: Final = insert(rows)
_SAY: Final = update(rows).where(rows.c.number == bindparam("this"))
_UPDATE: Final = {
    kind: update(table).where(table.c.id == bindparam("this_id")) for kind, table in RECORDS.items()
}
Step = Callable[[str, int, int], None]
"""Told what is gone through, how many are done and how many there are; raises to give up."""


def no_step(_what: str, _done: int, _of: int) -> None:
    """Tell nobody how far it is."""


class Rubber(Protocol):
    """What is rubbed out: whether a text may hold it, and the text without it."""

    def may_stand_in(self, raw: str) -> bool:
        """Tell quickly whether a text may hold it; it is looked at closely only then."""

    def rub(self, ref: Ref | None, text: str) -> str:
        """Return a text without it; ``ref`` is the record the text belongs to, if any."""


def every_record(connection: Connection) -> list[Record]:
    """Return every record that can be read, those in the bin as well."""
    found: list[Record] = []
    for cls in KINDS.values():
        for one in read_rows(connection, cls, select(*record_columns(cls))):
            if not isinstance(one, Damaged):
                found.append(one)
    return found


def records_having(
    connection: Connection, may: Callable[[str], bool], step: Step = no_step
) -> list[Record]:
    """Return the records, those in the bin as well, whose raw texts pass a quick look.

    Only these are read and proved: in a large folder most records name nobody who is looked for.
    """
    found: list[Record] = []
    for kind, cls in KINDS.items():
        table = RECORDS[kind]
        told: list[ColumnElement[str]] = [
            func.coalesce(type_coerce(column, Text), "")
            for column in table.columns
            if isinstance(column.type, Text | PlainValue) and column.name != "checksum"
        ]
        if not told:
            continue
        raw = reduce(lambda one, other: one + "\n" + other, told)
        rows_of_kind = connection.execute(select(table.c.counter, raw))
        counters = [counter for counter, text in rows_of_kind if text and may(text)]
        for start in range(0, len(counters), _CHUNK):
            step("looking", start, len(counters))
            some = counters[start : start + _CHUNK]
            query = select(*record_columns(cls)).where(table.c.counter.in_(some))
            for one in read_rows(connection, cls, query):
                if not isinstance(one, Damaged):
                    found.append(one)
    return found


def rub_out(
    connection: Connection,
    writer: journal.Writer,
    records: Sequence[Record],
    rubber: Rubber | None,
    emptied: Sequence[tuple[Ref, str]] = (),
    step: Step = no_step,
) -> Written:
    """Write records as they shall read from now on, and let nothing tell how they read before.

    ``records`` may lie in the bin, and a locked prediction may lose a name. ``rubber`` goes over
    the journal, the settings and the names of photos; ``emptied`` names fields, or whole records
    by an empty field, of which the journal forgets every word. All in the open transaction; the
    search index is rewritten. ``step`` is told how many of how many are done, and may raise.
    """
    entries = _write_all(connection, writer, records, step)
    if rubber is not None:
        _rub_journal(connection, rubber, step)
        _rub_settings(connection, rubber)
        _rub_photos(connection, rubber)
    for ref, field in emptied:
        _empty_journal(connection, ref, field)
    forget_words(connection)
    return Written(
        records=tuple(records),
        entries=tuple(entries),
        refs=frozenset(ref_of(record) for record in records),
    )


def _write_all(
    connection: Connection, writer: journal.Writer, records: Sequence[Record], step: Step
) -> list[JournalEntry]:
    """Write records and their rows in the journal, many with one statement."""
    index = SearchIndex(connection)
    entries: list[JournalEntry] = []
    number = journal.newest_number(connection)
    for start in range(0, len(records), _CHUNK):
        step("records", start, len(records))
        some = records[start : start + _CHUNK]
        held, away = _stored(connection, some)
        values: dict[str, list[dict[str, object]]] = {}
        new: list[dict[str, Any]] = []
        for record in some:
            ref = ref_of(record)
            before = held[ref]
            plain = cast("dict[str, Plain]", to_plain(record))
            after = replace(from_plain(KINDS[ref.kind], plain), revision=before.revision + 1)
            plain["revision"] = after.revision
            values.setdefault(ref.kind, []).append({**row_of(after, plain), "this_id": ref.id})
            if ref not in away:
                keep_due(connection, ref, before, after)
                index.change(ref, before, after)
            for change in field_changes(ref, to_plain(before), plain):
                number += 1
                # What stood there before must not come back through the row that tells of it.
                told = replace(change, before=change.after)
                row = journal.new_row(number, writer, told, before.revision, after.revision)
                new.append({**row, "visit": journal.ERASED})
        for kind, some_values in values.items():
            connection.execute(_UPDATE[kind], some_values)
        if new:
            connection.execute(_ADD_ROW, new)
        entries += [journal.entry_of(row) for row in new]
    index.flush()
    return entries


def _stored(
    connection: Connection, records: Sequence[Record]
) -> tuple[dict[Ref, Record], set[Ref]]:
    """Return how records stand, and which of them lie in the bin; raises Damaged, NotFound."""
    held: dict[Ref, Record] = {}
    away: set[Ref] = set()
    ids: dict[str, list[UUID]] = {}
    for record in records:
        ids.setdefault(ref_of(record).kind, []).append(record.id)
    for kind, wanted in ids.items():
        cls, table = KINDS[kind], RECORDS[kind]
        query = select(*record_columns(cls)).where(table.c.id.in_(wanted))
        for one in read_rows(connection, cls, query):
            if isinstance(one, Damaged):
                raise one
            held[Ref(kind, one.id)] = one
        binned = select(table.c.id).where(table.c.id.in_(wanted), table.c.deleted_at.is_not(None))
        away |= {Ref(kind, one) for one in connection.execute(binned).scalars()}
    for record in records:
        if ref_of(record) not in held:
            raise NotFound("store.not_found", kind=ref_of(record).kind, id=record.id)
    return held, away


def _rub_journal(connection: Connection, rubber: Rubber, step: Step) -> None:
    raw = select(
        rows.c.number,
        type_coerce(rows.c.before, Text).label("before"),
        type_coerce(rows.c.after, Text).label("after"),
        rows.c.who,
    )
    found = [
        row.number
        for row in connection.execute(raw)
        if any(rubber.may_stand_in(told) for told in (row.before, row.after, row.who) if told)
    ]
    for start in range(0, len(found), _CHUNK):
        step("journal", start, len(found))
        some = select(rows).where(rows.c.number.in_(found[start : start + _CHUNK]))
        rewrite_journal(
            connection, [(row, _rubbed(row, rubber)) for row in connection.execute(some)]
        )


def _rubbed(row: Any, rubber: Rubber) -> dict[str, Any]:
    ref = Ref(row.kind, row.record_id)

    def mend(text: str) -> str:
        return rubber.rub(ref, text)

    return {
        "before": plain_with_texts(row.before, mend),
        "after": plain_with_texts(row.after, mend),
        "who": rubber.rub(None, row.who),
    }


def _empty_journal(connection: Connection, ref: Ref, field: str) -> None:
    """Let the journal forget a field of a record: rows of it, and rows that hold it inside."""
    held = select(rows).where(rows.c.kind == ref.kind, rows.c.record_id == ref.id)
    done = []
    for row in connection.execute(held).all():
        said: dict[str, Any] = {"who": row.who}
        for name in ("before", "after"):
            value = row._mapping[name]
            if not field:
                said[name] = plain_with_texts(value, lambda _text: "")
            elif row.field == field or row.field.startswith(f"{field}."):
                said[name] = journal.scrub(value)
            elif not row.field and isinstance(value, dict) and field in value:
                said[name] = {**value, field: journal.scrub(value[field])}
            else:
                said[name] = value
        done.append((row, said))
    rewrite_journal(connection, done)


def rewrite_journal(connection: Connection, changed: Iterable[tuple[Any, dict[str, Any]]]) -> None:
    """Let rows of the journal say something else, each with its checksum."""
    new = [
        {
            **said,
            "this": row.number,
            "checksum": journal.row_checksum({**row._mapping, **said}),
        }
        for row, said in changed
        if any(row._mapping[name] != value for name, value in said.items())
    ]
    if new:
        connection.execute(_SAY, new)


def _rub_settings(connection: Connection, rubber: Rubber) -> None:
    for row in connection.execute(select(setting)).all():
        value = _rub_setting(rubber, row.value)
        if value != row.value:
            put_setting(connection, row.key, value)


def _rub_setting(rubber: Rubber, value: str) -> str:
    """Rub in the texts of a setting that is JSON, where a name may follow an escaped line feed."""
    try:
        plain = json.loads(value)
    except ValueError:
        return rubber.rub(None, value)
    if not isinstance(plain, dict | list):
        return rubber.rub(None, value)
    mended = plain_with_texts(plain, lambda text: rubber.rub(None, text))
    return value if mended == plain else json.dumps(mended, ensure_ascii=False)


def put_setting(connection: Connection, key: str, value: str) -> None:
    """Set or replace a setting within an open transaction; empty means forget."""
    if not value:
        connection.execute(delete(setting).where(setting.c.key == key))
        return
    kept = {"value": value, **_proved(setting, key, value)}
    done = connection.execute(update(setting).where(setting.c.key == key).values(**kept))
    if not done.rowcount:
        connection.execute(insert(setting).values(key=key, **kept))


def _rub_photos(connection: Connection, rubber: Rubber) -> None:
    for row in connection.execute(select(photo)).all():
        name = rubber.rub(None, row.name)
        if name != row.name:
            proved = _proved(photo, row.hash, name, row.width, row.height, row.bytes)
            connection.execute(
                update(photo).where(photo.c.hash == row.hash).values(name=name, **proved)
            )


def _proved(table: Any, *values: str | int | None) -> dict[str, str]:
    from gemba.store.proof import proof

    return {"checksum": proof(*values)} if "checksum" in table.c else {}
