"""The journal: what changed, by whom and when; appended in the transaction of the write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, func, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from gemba.domain.changes import FieldChange, JournalEntry, Plain, Ref, put_at, value_at
from gemba.domain.moment import write_moment
from gemba.store.records import checksum
from gemba.store.tables import journal
from gemba.store.types import Moment

__all__ = [
    "COLUMNS",
    "ERASED",
    "VISIT",
    "Visits",
    "Writer",
    "entry_of",
    "new_row",
    "newest_number",
    "put_at",
    "read_entries",
    "row_checksum",
    "rows_of",
    "scrub",
    "seal",
    "undo_all",
    "value_at",
]

VISIT: Final = timedelta(minutes=5)
"""One row stands for a visit to a field, for at most this long (decision 6)."""

COLUMNS: Final = list(journal.c)

MARK: Final = ":"
"""Ends the word by which a visit says what its rows stand for; a visit to a field has none."""
ERASED: Final = "erased:"
"""Something was erased: nothing before it comes back."""


# Built once: putting a statement together costs more than running it.
_OF_RECORD: Final = (
    journal.c.kind == bindparam("kind"),
    journal.c.record_id == bindparam("record_id"),
)
# From the first recent row on, also rows that an older clock wrote after it: order is by number.
_RECENT: Final = (
    select(journal.c.number, journal.c.at, journal.c.who, journal.c.visit, journal.c.field)
    .where(*_OF_RECORD)
    .where(
        journal.c.number
        >= select(func.min(journal.c.number))
        .where(*_OF_RECORD, journal.c.at > bindparam("since", type_=Moment()))
        .scalar_subquery()
    )
    .order_by(journal.c.number.desc())
)
_ROW: Final = select(*COLUMNS).where(journal.c.number == bindparam("this"))
_EXTEND: Final = update(journal).where(journal.c.number == bindparam("this"))
_NEWEST: Final = select(journal.c.number).order_by(journal.c.number.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, when and where: what every row of one write has in common."""

    at: datetime
    installation: str
    who: str
    visit: str


def row_checksum(row: Mapping[str, Any]) -> str:
    """Digest what a journal row says; its number and its visit are only order and housekeeping."""
    said: dict[str, Plain] = {
        "at": write_moment(row["at"]),
        "record_id": str(row["record_id"]),
    }
    for name in ("installation", "who", "kind", "field", "before", "after"):
        said[name] = row[name]
    for name in ("revision_before", "revision"):
        said[name] = row[name]
    return checksum(said)


def entry_of(row: Mapping[str, Any]) -> JournalEntry:
    """Turn a row into what leaves the store."""
    return JournalEntry(
        number=row["number"],
        at=row["at"],
        installation=row["installation"],
        who=row["who"],
        change=FieldChange(
            ref=Ref(row["kind"], row["record_id"]),
            field=row["field"],
            before=row["before"],
            after=row["after"],
        ),
        revision=row["revision"],
        visit=row["visit"],
    )


def new_row(
    number: int, writer: Writer, change: FieldChange, revision_before: int, revision: int
) -> dict[str, Any]:
    """Make the row of a change, with its checksum."""
    row: dict[str, Any] = {
        "number": number,
        "at": writer.at,
        "installation": writer.installation,
        "who": writer.who,
        "visit": writer.visit,
        "kind": change.ref.kind,
        "record_id": change.ref.id,
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "revision_before": revision_before,
        "revision": revision,
    }
    row["checksum"] = row_checksum(row)
    return row


class Visits:
    """Finds the rows of a record that the present visit may still update."""

    def __init__(self, connection: Connection, ref: Ref, writer: Writer) -> None:
        self._connection = connection
        self._writer = writer
        self._recent: list[Row[Any]] = []
        if writer.visit:
            wanted = {"kind": ref.kind, "record_id": ref.id, "since": writer.at - VISIT}
            self._recent = list(connection.execute(_RECENT, wanted))

    def row_for(self, field: str) -> int | None:
        """Return the number of the row a change of a field belongs to, or None for a new row.

        Only the newest row that touches the field, what it lies in or what lies in it, counts.
        """
        for row in self._recent:
            if _overlap(row.field, field):
                same = (row.field, row.who, row.visit) == (
                    field,
                    self._writer.who,
                    self._writer.visit,
                )
                now = self._writer.at
                return row.number if same and now - VISIT < row.at <= now else None
        return None

    def extend(self, number: int, after: object, revision: int) -> JournalEntry:
        """Let a row end in a new value."""
        held = self._connection.execute(_ROW, {"this": number}).one()
        row = {**held._mapping, "after": after, "revision": revision}
        row["checksum"] = row_checksum(row)
        changed = {name: row[name] for name in ("after", "revision", "checksum")}
        self._connection.execute(_EXTEND, {**changed, "this": number})
        return entry_of(row)


def seal(connection: Connection, ref: Ref, at: datetime) -> None:
    """End every visit to a record, since something now points to its present revision."""
    connection.execute(
        update(journal)
        .where(journal.c.kind == ref.kind, journal.c.record_id == ref.id)
        .where(journal.c.visit != "", journal.c.at > at - VISIT)
        .where(journal.c.visit.not_like(f"%{MARK}%"))
        .values(visit="")
    )


def rows_of(connection: Connection, ref: Ref, from_revision: int) -> list[Row[Any]]:
    """Return the rows that changed a record after a revision, the newest first."""
    query = (
        select(*COLUMNS)
        .where(journal.c.kind == ref.kind, journal.c.record_id == ref.id)
        .where(journal.c.revision_before >= from_revision)
        .order_by(journal.c.number.desc())
    )
    return list(connection.execute(query).all())


def is_sound(row: Row[Any]) -> bool:
    """Tell whether a row is what was written."""
    try:
        return bool(row_checksum(dict(row._mapping)) == row.checksum)
    except (ValueError, TypeError, AttributeError):
        return False


def _sound_rows(connection: Connection, query: Select[Any]) -> list[Row[Any]]:
    """Run a query of COLUMNS; a row that is not what was written is left out."""
    try:
        rows = list(connection.execute(query).all())
    except (ValueError, TypeError, DBAPIError):
        numbers = connection.execute(query.with_only_columns(journal.c.number)).scalars().all()
        rows = [row for number in numbers for row in _readable(connection, number)]
    return [row for row in rows if is_sound(row)]


def _readable(connection: Connection, number: int) -> list[Row[Any]]:
    try:
        return list(connection.execute(_ROW, {"this": number}).all())
    except (ValueError, TypeError, DBAPIError):
        return []


def read_entries(
    connection: Connection,
    ref: Ref | None,
    *,
    field_prefix: str = "",
    after: int = 0,
    limit: int | None = None,
) -> list[JournalEntry]:
    """Return entries in the order of their numbers; what the disk altered is left out.

    ``field_prefix`` keeps a field and what lies in it; ``after`` a number already read.
    """
    query = select(*COLUMNS).where(journal.c.number > after).order_by(journal.c.number)
    if ref is not None:
        query = query.where(journal.c.kind == ref.kind, journal.c.record_id == ref.id)
    if field_prefix:
        inside = journal.c.field.startswith(f"{field_prefix}.", autoescape=True)
        query = query.where((journal.c.field == field_prefix) | inside)
    if limit is not None:
        query = query.limit(limit)
    return [entry_of(dict(row._mapping)) for row in _sound_rows(connection, query)]


def newest_number(connection: Connection) -> int:
    """Return the number of the newest row, 0 for an empty journal."""
    return connection.execute(_NEWEST).scalar() or 0


def undo_all(plain: dict[str, Plain], rows: Iterable[Row[Any]]) -> dict[str, Plain] | None:
    """Take changes back, the newest first; None when the record did not exist before them."""
    now: dict[str, Plain] | None = plain
    orders: dict[str, list[Any]] = {}
    for row in rows:
        if not row.field:
            now, orders = row.before, {}
        elif now is not None:
            path, _, last = row.field.rpartition(".")
            if last == "order" and isinstance(row.before, list):
                orders[path] = row.before
                continue
            # A value that is put back as a whole brings its own order with it.
            orders = {p: o for p, o in orders.items() if not _inside(p, row.field)}
            put_at(now, row.field, row.before)
    if now is not None:
        for path in sorted(orders, key=len):
            _reorder(now, path, orders[path])
    return now


def _reorder(plain: dict[str, Plain], path: str, order: list[Any]) -> None:
    items = value_at(plain, path)
    if isinstance(items, list):
        place = {name: index for index, name in enumerate(order)}
        items.sort(
            key=lambda item: place.get(item.get("id"), len(place)) if isinstance(item, dict) else 0
        )


def _inside(path: str, outer: str) -> bool:
    return path == outer or path.startswith(f"{outer}.")


def _overlap(one: str, other: str) -> bool:
    return not one or not other or _inside(one, other) or _inside(other, one)


def scrub(value: Plain) -> Plain:
    """Empty a value: texts and lists to empty ones, everything else to nothing."""
    if isinstance(value, str):
        return ""
    if isinstance(value, list):
        return []
    return None
