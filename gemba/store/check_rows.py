"""What checksums of single records cannot tell: rows that vanished or are no records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Engine, func, select, text
from sqlalchemy.engine import Connection

from gemba.domain.changes import Ref
from gemba.domain.errors import Damaged
from gemba.domain.health import DamagedRecord
from gemba.domain.kinds import KINDS
from gemba.store.due import HOLDING_DAYS, due_rows
from gemba.store.engine import memory_engine
from gemba.store.plan import PLAN, SCHEMA, digest_of
from gemba.store.proof import proof
from gemba.store.records import read_rows, record_columns
from gemba.store.search_form import scope_word
from gemba.store.tables import RECORDS, due, photo, search_entry, setting
from gemba.store.upgrade import run_steps

_BATCH: Final = 500
_WORDS: Final = text(
    "SELECT number, kind, record_id, search_entry.title, on_date, search_entry.checksum,"
    " title_checksum, scope, kind, part, private, search_text.title, body, private_body"
    " FROM search_entry LEFT JOIN search_text ON search_text.rowid = number"
    " WHERE number > :last ORDER BY number LIMIT :most"
)
_COPIES: Final = (
    "SELECT copy.rowid FROM {0} AS copy LEFT JOIN search_text AS first ON first.rowid = copy.rowid"
    " WHERE copy.title IS NOT first.title OR copy.body IS NOT first.body"
    " OR copy.private_body IS NOT first.private_body OR copy.scope IS NOT first.scope"
)


def schema_trouble(reader: Engine) -> list[str]:
    """Compare the tables with those this program makes, name by name."""
    with reader.begin() as connection:
        rows = [tuple(row) for row in connection.exec_driver_sql(SCHEMA)]
    if digest_of(rows) == PLAN:
        return []
    fresh = memory_engine()
    try:
        with fresh.connect() as connection, connection.begin():
            run_steps(connection, 0)
            wanted = {tuple(row) for row in connection.exec_driver_sql(SCHEMA)}
    finally:
        fresh.dispose()
    different = sorted({str(row[1]) for row in wanted ^ set(rows)})
    return [f"the plan of {name} is not what was written" for name in different]


def vanished(reader: Engine) -> Iterator[DamagedRecord]:
    """Compare each record with what the journal says of it: is it there, is it the newest.

    The checksum of a record says nothing about its revision, or whether it lies in the bin.
    """
    for kind in KINDS:
        with reader.begin() as connection:
            held = _held(connection, kind)
            newest, living = _told(connection, kind)
        for key, (revision, in_bin) in held.items():
            if key in newest and newest[key] != revision:
                yield DamagedRecord(kind=kind, ref=Ref(kind, key), reason="revision")
            elif key in living and living[key] is in_bin:
                yield DamagedRecord(kind=kind, ref=Ref(kind, key), reason="bin")
        for key, lives in living.items():
            if lives and key not in held:
                yield DamagedRecord(kind=kind, ref=Ref(kind, key), reason="missing")


def _held(connection: Connection, kind: str) -> dict[UUID, tuple[int, bool]]:
    rows = connection.exec_driver_sql(
        f"SELECT id, revision, deleted_at IS NOT NULL FROM {RECORDS[kind].name}"
    )
    return {key: (revision, bool(away)) for name, revision, away in rows if (key := _key(name))}


def _told(connection: Connection, kind: str) -> tuple[dict[UUID, int], dict[UUID, bool]]:
    """Return the newest revision of each record, and whether its newest whole row leaves it."""
    run = connection.exec_driver_sql
    rows = run(
        "SELECT record_id, max(revision) FROM journal WHERE kind = ? GROUP BY record_id", (kind,)
    )
    newest = {key: revision for name, revision in rows if (key := _key(name))}
    # SQLite takes the other columns from the row that has the maximum.
    whole = run(
        "SELECT record_id, after IS NOT NULL, max(number) FROM journal"
        " WHERE kind = ? AND field = '' GROUP BY record_id",
        (kind,),
    )
    return newest, {key: bool(lives) for name, lives, _ in whole if (key := _key(name))}


def _key(name: object) -> UUID | None:
    try:
        return UUID(hex=name) if isinstance(name, str) else None
    except ValueError:
        return None


def other_trouble(reader: Engine) -> Iterator[str]:
    """Name settings and photos' names that are not what was written."""
    with reader.begin() as connection:
        for row in connection.execute(select(setting)):
            if row.checksum != _proof(row.key, row.value):
                yield f"setting {row.key}"
        for row in connection.execute(select(photo)):
            if row.checksum != _proof(row.hash, row.name, row.width, row.height, row.bytes):
                yield f"photo {row.hash}"


def _proof(*values: Any) -> str:
    try:
        return proof(*values)
    except (TypeError, ValueError):
        # Bytes that are no text cannot be what was written.
        return ""


def derived_trouble(reader: Engine) -> Iterator[str]:
    """Name what is made from records, for searching and for Today, and differs from them."""
    yield from _search_trouble(reader)
    with reader.begin() as connection:
        wanted: set[tuple[object, ...]] = set()
        for kind in HOLDING_DAYS:
            cls, table = KINDS[kind], RECORDS[kind]
            query = select(*record_columns(cls)).where(table.c.deleted_at.is_(None))
            for one in read_rows(connection, cls, query):
                if not isinstance(one, Damaged):
                    wanted |= {
                        (kind, row["record_id"], row["part"], row["on_date"], row["title"])
                        for row in due_rows(one)
                    }
        columns = (due.c.kind, due.c.record_id, due.c.part, due.c.on_date, due.c.title)
        found = {tuple(row) for row in connection.execute(select(*columns))}
    for row in sorted(wanted ^ found, key=str):
        yield f"day of {row[0]} {row[1]}"


def _search_trouble(reader: Engine) -> Iterator[str]:
    last = 0
    while True:
        with reader.begin() as connection:
            rows = connection.execute(_WORDS, {"last": last, "most": _BATCH}).all()
        if not rows:
            break
        for row in rows:
            shown = _proof(*row[2:5]) == row[6] and row[7] == scope_word(str(row[1]))
            if not shown or _proof(*row[8:]) != row[5]:
                yield f"search row {row[0]} of {row[1]} {row[2]}"
        if rows[-1][0] <= last:
            break
        last = rows[-1][0]
    with reader.begin() as connection:
        run = connection.exec_driver_sql
        counted = connection.execute(select(func.count()).select_from(search_entry)).scalar()
        if counted != run("SELECT count(*) FROM search_text").scalar():
            yield "search rows without words"
        for table in ("search_recent", "search_heading"):
            for (number,) in run(_COPIES.format(table)):
                yield f"search row {number} in {table}"
