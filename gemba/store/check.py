"""Reading everything there is and comparing it with its checksums."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Engine, func, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from gemba.domain.changes import Ref
from gemba.domain.errors import Damaged
from gemba.domain.health import CheckReport, DamagedRecord
from gemba.domain.kinds import KINDS, Record
from gemba.store.journal import row_checksum
from gemba.store.photos import Photos
from gemba.store.records import read_rows, record_columns
from gemba.store.tables import RECORDS, journal, photo

_BATCH = 500
Progress = Callable[[int, int], None]


def check_all(reader: Engine, photos: Photos, progress: Progress | None = None) -> CheckReport:
    """Look through the file, the records, the journal and the photos.

    Reads in short batches, so that writing goes on meanwhile.
    """
    file = _file_trouble(reader)
    totals = {kind: _count(reader, RECORDS[kind]) for kind in KINDS}
    total = sum(totals.values()) + _count(reader, journal) + _count(reader, photo)
    done = 0

    def tell(step: int) -> None:
        nonlocal done
        done += step
        if progress is not None:
            progress(min(done, total), total)

    counts: dict[str, int] = {}
    damaged: list[DamagedRecord] = []
    for kind, cls in KINDS.items():
        counts[kind] = _count(reader, RECORDS[kind], living=True)
        damaged += _damaged_records(reader, kind, cls, tell)
    entries = list(_damaged_entries(reader, tell))
    missing, broken, number = _photo_trouble(reader, photos, tell)
    return CheckReport(
        counts=counts,
        damaged=tuple(damaged),
        file=file,
        journal=tuple(entries),
        photos=number,
        photos_missing=missing,
        photos_damaged=broken,
    )


def _file_trouble(reader: Engine) -> tuple[str, ...]:
    found: list[str] = []
    with reader.begin() as connection:
        for pragma in ("quick_check", "foreign_key_check"):
            try:
                rows = connection.execute(text(f"PRAGMA {pragma}")).all()
            except DBAPIError as error:
                found.append(str(error.orig))
                continue
            found += [" ".join(str(part) for part in row) for row in rows if row[0] != "ok"]
    return tuple(found)


def _count(reader: Engine, table: Any, *, living: bool = False) -> int:
    query = select(func.count()).select_from(table)
    if living:
        query = query.where(table.c.deleted_at.is_(None))
    with reader.begin() as connection:
        return connection.execute(query).scalar_one()


def _damaged_records(
    reader: Engine, kind: str, cls: type[Record], tell: Callable[[int], None]
) -> list[DamagedRecord]:
    table = RECORDS[kind]
    found: list[DamagedRecord] = []
    for numbers in _batches(reader, table.c.counter):
        with reader.begin() as connection:
            query = select(*record_columns(cls)).where(
                table.c.counter.between(numbers[0], numbers[-1])
            )
            for one in read_rows(connection, cls, query):
                if isinstance(one, Damaged):
                    key = one.values["id"]
                    ref = Ref(kind, key) if key is not None else None  # type: ignore[arg-type]
                    reason = str(one.values["reason"])
                    found.append(DamagedRecord(kind=kind, ref=ref, reason=reason))
        tell(len(numbers))
    return found


def _damaged_entries(reader: Engine, tell: Callable[[int], None]) -> Iterator[int]:
    for numbers in _batches(reader, journal.c.number):
        with reader.begin() as connection:
            for number in numbers:
                if not _entry_is_sound(connection, number):
                    yield number
        tell(len(numbers))


def _entry_is_sound(connection: Connection, number: int) -> bool:
    try:
        row = connection.execute(select(journal).where(journal.c.number == number)).one()
        return row_checksum(dict(row._mapping)) == str(row.checksum)
    except (ValueError, TypeError, DBAPIError):
        return False


def _photo_trouble(
    reader: Engine, photos: Photos, tell: Callable[[int], None]
) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    with reader.begin() as connection:
        hashes = list(connection.execute(select(photo.c.hash).order_by(photo.c.hash)).scalars())
    missing: list[str] = []
    broken: list[str] = []
    for name in hashes:
        if photos.path(name) is None:
            missing.append(name)
        elif not photos.is_sound(name):
            broken.append(name)
        tell(1)
    return tuple(missing), tuple(broken), len(hashes)


def _batches(reader: Engine, key: Any) -> Iterator[list[int]]:
    last = -1
    while True:
        with reader.begin() as connection:
            query = select(key).where(key > last).order_by(key).limit(_BATCH)
            numbers = list(connection.execute(query).scalars())
        if not numbers:
            return
        yield numbers
        last = numbers[-1]
