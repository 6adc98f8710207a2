"""Reading everything there is and comparing it with its checksums."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, func, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from gemba.domain.changes import Ref
from gemba.domain.errors import Damaged
from gemba.domain.health import CheckReport, DamagedRecord
from gemba.domain.kinds import KINDS, Record
from gemba.store.check_rows import derived_trouble, other_trouble, schema_trouble, vanished
from gemba.store.journal import row_checksum
from gemba.store.photos import Photos
from gemba.store.records import read_rows, record_columns
from gemba.store.tables import RECORDS, journal, photo

_BATCH = 500
Progress = Callable[[int, int], None]


def check_all(reader: Engine, photos: Photos, progress: Progress | None = None) -> CheckReport:
    """Look through the file, the records, the journal, the photos and what is made from them.

    Reads in short batches, so that writing goes on meanwhile. Where the file is torn, what can
    still be read is read, and the rest is told once more under ``file``.
    """
    look = _Look(reader, progress)
    look.total = sum(look.count(table) for table in (*RECORDS.values(), journal, photo))
    with look.going_on():
        look.file.extend(_file_trouble(reader))
    for kind, cls in KINDS.items():
        look.counts[kind] = look.count(RECORDS[kind], living=True)
        with look.going_on():
            look.damaged.extend(_damaged_records(reader, kind, cls, look.tell))
    with look.going_on():
        look.entries.extend(_damaged_entries(reader, look.tell))
    with look.going_on():
        look.file.extend(schema_trouble(reader))
    known = {one.ref for one in look.damaged}
    with look.going_on():
        look.damaged.extend(one for one in vanished(reader) if one.ref not in known)
    for trouble, into in ((other_trouble, look.other), (derived_trouble, look.derived)):
        with look.going_on():
            into.extend(trouble(reader))
    missing: list[str] = []
    broken: list[str] = []
    with look.going_on():
        _photo_trouble(reader, photos, look.tell, missing, broken)
    return CheckReport(
        counts=look.counts,
        damaged=tuple(look.damaged),
        file=tuple(dict.fromkeys(look.file)),
        journal=tuple(look.entries),
        other=tuple(look.other),
        derived=tuple(look.derived),
        photos=look.count(photo),
        photos_missing=tuple(missing),
        photos_damaged=tuple(broken),
    )


class _Look:
    """What was found so far, and how far it is."""

    def __init__(self, reader: Engine, progress: Progress | None) -> None:
        self._reader = reader
        self._progress = progress
        self._done = 0
        self.total = 0
        self.counts: dict[str, int] = {}
        self.file: list[str] = []
        self.damaged: list[DamagedRecord] = []
        self.entries: list[int] = []
        self.other: list[str] = []
        self.derived: list[str] = []

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Keep what SQLite cannot read as trouble with the file, and go on with the next part."""
        try:
            yield
        except DBAPIError as error:
            self.file.append(str(error.orig))
        except (ValueError, TypeError) as error:
            # Not even what SQLite says of it is text.
            self.file.append(str(error))

    def tell(self, step: int) -> None:
        """Say that some more was looked at."""
        self._done += step
        if self._progress is not None:
            self._progress(min(self._done, self.total), self.total)

    def count(self, table: Any, *, living: bool = False) -> int:
        """Count the rows of a table, 0 where that cannot be read."""
        query = select(func.count()).select_from(table)
        if living:
            query = query.where(table.c.deleted_at.is_(None))
        number = 0
        with self.going_on(), self._reader.begin() as connection:
            number = connection.execute(query).scalar_one()
        return number


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


def _damaged_records(
    reader: Engine, kind: str, cls: type[Record], tell: Callable[[int], None]
) -> Iterator[DamagedRecord]:
    table = RECORDS[kind]
    for numbers in _batches(reader, table.c.counter):
        with reader.begin() as connection:
            query = (
                select(*record_columns(cls))
                .where(table.c.counter.between(numbers[0], numbers[-1]))
                .limit(len(numbers))
            )
            for one in read_rows(connection, cls, query):
                if isinstance(one, Damaged):
                    key = one.values["id"]
                    ref = Ref(kind, key) if key is not None else None  # type: ignore[arg-type]
                    reason = str(one.values["reason"])
                    yield DamagedRecord(kind=kind, ref=ref, reason=reason)
        tell(len(numbers))


def _damaged_entries(reader: Engine, tell: Callable[[int], None]) -> Iterator[int]:
    for numbers in _batches(reader, journal.c.number):
        with reader.begin() as connection:
            found = _damaged_among(connection, numbers)
        yield from found
        tell(len(numbers))


def _damaged_among(connection: Connection, numbers: list[int]) -> list[int]:
    """Read entries together; where one cannot be read, each for itself."""
    between = journal.c.number.between(numbers[0], numbers[-1])
    query = select(journal).where(between).limit(len(numbers))
    try:
        rows = connection.execute(query).all()
        return [row.number for row in rows if row_checksum(dict(row._mapping)) != row.checksum]
    except (ValueError, TypeError, AttributeError, DBAPIError):
        # The last but one is a moment that torn pages left empty.
        if len(numbers) == 1:
            return numbers
        return [bad for number in numbers for bad in _damaged_among(connection, [number])]


def _photo_trouble(
    reader: Engine,
    photos: Photos,
    tell: Callable[[int], None],
    missing: list[str],
    broken: list[str],
) -> None:
    with reader.begin() as connection:
        hashes = list(connection.execute(select(photo.c.hash).order_by(photo.c.hash)).scalars())
    for name in hashes:
        if photos.path(name) is None:
            missing.append(name)
        elif not photos.is_sound(name):
            broken.append(name)
        tell(1)


def _batches(reader: Engine, key: Any) -> Iterator[list[int]]:
    last = -1
    while True:
        with reader.begin() as connection:
            query = select(key).where(key > last).order_by(key).limit(_BATCH)
            numbers = list(connection.execute(query).scalars())
        # In a torn file numbers may go back, and who goes on after the last one would never end.
        rising = sorted({number for number in numbers if number > last})
        if not rising:
            return
        yield rising
        last = rising[-1]
