"""Rubbing words out for good: in records, journal, search, settings and names of photos."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any, Final, Protocol, cast

from sqlalchemy import ColumnElement, Text, func, insert, select, type_coerce, update
from sqlalchemy.engine import Connection

from gemba.domain.changes import FieldChange, Plain, Ref, field_changes
from gemba.domain.codec import from_plain, to_plain
from gemba.domain.errors import Damaged
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


def records_having(connection: Connection, may: Callable[[str], bool]) -> list[Record]:
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
) -> Written:
    """Write records as they shall read from now on, and let nothing tell how they read before.

    ``records`` may lie in the bin, and a locked prediction may lose a name. ``rubber`` goes over
    the journal, the settings and the names of photos; ``emptied`` names fields, or whole records
    by an empty field, of which the journal forgets every word. All in the open transaction; the
    search index is rewritten.
    """
    index = SearchIndex(connection)
    entries = []
    number = journal.newest_number(connection)
    for record in records:
        for change, before, after in _write(connection, index, record):
            number += 1
            row = journal.new_row(number, writer, change, before, after)
            row["visit"] = journal.ERASED
            connection.execute(insert(rows).values(row))
            entries.append(journal.entry_of(row))
    index.flush()
    if rubber is not None:
        _rub_journal(connection, rubber)
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


def _write(
    connection: Connection, index: SearchIndex, record: Record
) -> list[tuple[FieldChange, int, int]]:
    ref = ref_of(record)
    cls, table = KINDS[ref.kind], RECORDS[ref.kind]
    query = select(*record_columns(cls)).where(table.c.id == ref.id)
    before = next(iter(read_rows(connection, cls, query)))
    if isinstance(before, Damaged):
        raise before
    away = connection.execute(select(table.c.deleted_at).where(table.c.id == ref.id)).scalar()
    plain = cast("dict[str, Plain]", to_plain(record))
    after = replace(from_plain(cls, plain), revision=before.revision + 1)
    plain["revision"] = after.revision
    connection.execute(update(table).where(table.c.id == ref.id).values(row_of(after, plain)))
    if away is None:
        keep_due(connection, ref, before, after)
        index.change(ref, before, after)
    # What stood there before must not come back through the row that tells of the change.
    return [
        (replace(change, before=change.after), before.revision, after.revision)
        for change in field_changes(ref, to_plain(before), plain)
    ]


def _rub_journal(connection: Connection, rubber: Rubber) -> None:
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
    for number in found:
        row = connection.execute(select(rows).where(rows.c.number == number)).one()
        ref = Ref(row.kind, row.record_id)

        def mend(text: str, ref: Ref = ref) -> str:
            return rubber.rub(ref, text)

        said: dict[str, Any] = {
            "before": plain_with_texts(row.before, mend),
            "after": plain_with_texts(row.after, mend),
            "who": rubber.rub(None, row.who),
        }
        _rewrite(connection, row, said)


def _empty_journal(connection: Connection, ref: Ref, field: str) -> None:
    """Let the journal forget a field of a record: rows of it, and rows that hold it inside."""
    held = select(rows).where(rows.c.kind == ref.kind, rows.c.record_id == ref.id)
    for row in connection.execute(held).all():
        said: dict[str, Any] = {}
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
        _rewrite(connection, row, said)


def _rewrite(connection: Connection, row: Any, said: dict[str, Any]) -> None:
    if all(row._mapping[name] == value for name, value in said.items()):
        return
    digest = journal.row_checksum({**row._mapping, **said})
    connection.execute(
        update(rows).where(rows.c.number == row.number).values({**said, "checksum": digest})
    )


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
    """Set or replace a setting within an open transaction."""
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
