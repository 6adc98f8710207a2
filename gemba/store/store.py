"""The store: everything a leader ever wrote in one data folder, behind one object."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Engine, insert, select
from sqlalchemy.engine import Connection

from gemba.domain.changes import JournalEntry, Plain, Ref
from gemba.domain.errors import Damaged, GembaError, Locked, ReadOnly
from gemba.domain.health import CheckReport
from gemba.domain.hit import Hit
from gemba.domain.kinds import Record
from gemba.domain.patterns import Patterns, Span, Wanted
from gemba.domain.sheet_row import SheetRow
from gemba.domain.today import TodayGlance
from gemba.store import journal, patterns, reading, sheet_rows
from gemba.store.backup_swap import settle_restore
from gemba.store.disk import Disk
from gemba.store.driver import Connection as Bare
from gemba.store.engine import (
    memory_engine,
    mend_after_crash,
    mend_torn_header,
    read_engine,
    write_engine,
)
from gemba.store.faults import Interrupted, readable_faults
from gemba.store.files import private_folder, remove_unfinished
from gemba.store.first_look import put_away_strange_journal, refuse_vanished
from gemba.store.glance import glance_over
from gemba.store.header import FILE_NAME, NEWEST, is_locked
from gemba.store.lock import DataFolderBusy, FolderLock
from gemba.store.noting import append_note
from gemba.store.photos import PhotoInfo, Photos
from gemba.store.plan import refuse_altered_plan
from gemba.store.records import R, record_columns
from gemba.store.rekey_state import finish_pending
from gemba.store.sealed import SEAL_KEY, SEALED, Seal, new_seal_key
from gemba.store.search import Search
from gemba.store.settings import Settings
from gemba.store.shelter import Mark, mark_of
from gemba.store.tables import installation
from gemba.store.upgrade import refuse_newer, run_steps, upgrade_file
from gemba.store.writing import Writing, Written

if TYPE_CHECKING:
    from gemba.store.clearing import Clearing

T = TypeVar("T")

__all__ = [
    "DataFolderBusy",
    "Interrupted",
    "PhotoInfo",
    "Store",
    "Written",
    "open_store",
]


def _now() -> datetime:
    return datetime.now(UTC)


def open_store(
    folder: Path,
    *,
    key: bytes | None = None,
    write: bool = True,
    now: Callable[[], datetime] = _now,
) -> Store:
    """Open a data folder, making it when it is new.

    Without ``write``, or where another Gemba writes in the folder or nothing can be written there,
    the store only reads and ``why_read_only`` says why. ``now`` is the clock of the journal.
    ``key`` is the data key of an encrypted folder. Raises Locked without it, and GembaError for a
    database that is newer, damaged or not Gemba's, and leaves it as it is.
    """
    path = folder / FILE_NAME
    lock = FolderLock(folder)
    with readable_faults():
        settle_restore(folder)
        finish_pending(folder)
        refuse_vanished(path)
        aside = put_away_strange_journal(folder)
        if key is None and is_locked(folder):
            raise Locked("key.needed", folder=str(folder))
        if key is None:
            mend_torn_header(path)
        refuse_newer(path, key=key)
        why = _take(lock, path) if write else ReadOnly("store.opened_for_reading")
        try:
            opened = _opened(path, lock, why, now, key)
            opened.journal_aside = aside
            return opened
        except BaseException:
            lock.release()
            raise


def _take(lock: FolderLock, path: Path) -> GembaError | None:
    """Take the folder for writing, or return why it can only be read."""
    folder = path.parent
    try:
        if not folder.exists():
            # Its own name has to last as well, or a power cut takes the folder with all in it.
            private_folder(folder)
        lock.take()
        if path.exists():
            path.open("r+b").close()
    except DataFolderBusy as busy:
        return busy
    except OSError as error:
        lock.release()
        told = ReadOnly("store.folder_read_only", folder=str(folder), reason=str(error.strerror))
        told.__cause__ = error
        return told
    return None


def _opened(
    path: Path,
    lock: FolderLock,
    why: GembaError | None,
    now: Callable[[], datetime],
    key: bytes | None,
) -> Store:
    writer: Engine | None = None
    reader: Engine | None = None
    try:
        if why is None:
            writer = write_engine(path, key)
            # A migration that a crash cut off has to be taken back before its version is believed.
            mend_after_crash(path, key)
            upgrade_file(path, writer, key=key)
            reader = read_engine(path, key, file_is_writable=True)
        elif _holds_data(path, why, key):
            reader = read_engine(path, key, file_is_writable=os.access(path, os.W_OK))
        else:
            reader = memory_engine()
            with reader.connect() as connection, connection.begin():
                run_steps(connection, 0)
        if refuse_newer(path, key=key) == NEWEST:
            refuse_altered_plan(reader)
        return Store(path, reader, writer, lock, why, now, key)
    except BaseException:
        for engine in (reader, writer):
            if engine is not None:
                engine.dispose()
        raise


def _holds_data(path: Path, why: GembaError, key: bytes | None) -> bool:
    """Let a crash's traces be rolled back where that can be; tell whether there is data to read."""
    if os.access(path, os.W_OK) and not isinstance(why, DataFolderBusy):
        mend_after_crash(path, key)
    version = refuse_newer(path, key=key)
    if not version and path.exists() and path.stat().st_size:
        raise GembaError("store.not_a_database", file=str(path))
    return version > 0


def _no_plain_photo(_work: object) -> None:
    """Stand for what commits, where the key of photos is lost: none may lie in plain instead."""
    raise Damaged("key.does_not_fit", file=FILE_NAME)


class Store:
    """One open data folder. Any thread may read; writes stand in line, one after the other."""

    def __init__(
        self,
        path: Path,
        reader: Engine,
        writer: Engine | None,
        lock: FolderLock,
        why_read_only: GembaError | None,
        now: Callable[[], datetime],
        key: bytes | None = None,
    ) -> None:
        self.folder = path.parent
        self.journal_aside: Path | None = None
        self.key = key
        self._disk = Disk(path, reader, writer, lock, why_read_only, now, key)
        self._disk.moved = self._look_elsewhere
        self._now = now
        self._in_file = path.exists() and path.stat().st_size > 0
        self._search = self._searching()
        self.settings = Settings(self._disk.reading, self._disk.commit)
        seal = self._seal()
        self.photos = Photos(
            self.folder / "photos",
            _no_plain_photo if key and self.writable and not seal else self._disk.commit,
            seal,
            sheltered=lambda: self._disk.sheltered,
        )
        self._installation = self._installed()
        if self.writable:
            remove_unfinished(self.folder)
            remove_unfinished(self.folder / "photos", below=True)

    def _seal(self) -> Seal | None:
        """Return what seals photos and exports of an encrypted folder."""
        if self.key is None:
            return None
        held = self.settings.get(SEAL_KEY)
        if held is None:
            # Another key would open none of the photos that are there.
            if not self.writable or any((self.folder / "photos").glob(f"*/*{SEALED}")):
                return None
            held = new_seal_key()
            self.settings.set(SEAL_KEY, held)
        return Seal(held)

    @property
    def why_read_only(self) -> GembaError | None:
        """Return why this store only reads, None when it may write."""
        return self._disk.why_read_only

    @property
    def writable(self) -> bool:
        """Tell whether this store may write."""
        return self._disk.writable

    @property
    def unsaved(self) -> GembaError | None:
        """Return why the disk does not have everything that was written, None when it has.

        Meanwhile work goes on in memory, and come_back lets the disk take it.
        """
        return self._disk.unsaved

    def come_back(self, *, with_reserve: bool = False) -> bool:
        """Try to bring to the disk what it refused; tell whether it has everything now.

        ``with_reserve`` gives up the reserve for it, as when Gemba is about to end.
        """
        return self._disk.come_back(with_reserve=with_reserve)

    def fill_reserve(self) -> bool:
        """Take some room on the disk for the day when it is full; tell whether it is held."""
        return self.writable and self.unsaved is None and self._disk.reserve.fill()

    def copy_to(self, path: Path) -> None:
        """Write the newest state of the database, whole and synced, into a new file."""
        self._disk.copy_to(path)

    def lend(self, work: Callable[[Bare, Callable[[], None]], T]) -> T:
        """Lend the bare connection that writes to work in steps; see Disk.lend."""
        return self._disk.lend(work)

    def photo_path(self, key: str) -> Path | None:
        """Return where a photo lies, None when it is gone."""
        return self.photos.path(key)

    def glance(self, today: date) -> TodayGlance:
        """Read what Today shows from wherever the newest state is, also while the disk refuses."""
        with readable_faults(), closing(self._disk.connect()) as connection:
            return glance_over(connection, today)

    def close(self) -> None:
        """Close every connection and let the folder go; twice is as good as once."""
        self._search.close()
        self._disk.close()

    def __enter__(self) -> Store:
        """Close the store at the end of a with block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self.close()

    def get(self, cls: type[R], record_id: UUID, *, in_bin: bool = False) -> R:
        """Return a record; raises NotFound, also for one in the bin, or Damaged."""
        with self._disk.reading() as connection:
            return reading.get_record(connection, cls, record_id, in_bin=in_bin)

    def find(
        self,
        cls: type[R],
        *,
        order_by: str = "counter",
        newest_first: bool = False,
        limit: int | None = None,
        after: UUID | None = None,
        in_bin: bool = False,
        skip_damaged: bool = False,
        **equals: object,
    ) -> list[R]:
        """Return the records whose fields equal the terms, in the order they were first written.

        None asks for an empty field, a tuple or list for any of its values. ``after`` is the id
        of the last record of the page before. Raises Damaged unless such records are skipped.
        """
        with self._disk.reading() as connection:
            query = reading.selection(
                connection,
                cls,
                record_columns(cls),
                equals,
                order_by=order_by,
                newest_first=newest_first,
                limit=limit,
                after=after,
                in_bin=in_bin,
            )
            return reading.find_records(connection, cls, query, skip_damaged)

    def columns(
        self,
        cls: type[R],
        names: Sequence[str],
        *,
        order_by: str = "counter",
        newest_first: bool = False,
        limit: int | None = None,
        after: UUID | None = None,
        **equals: object,
    ) -> list[tuple[Any, ...]]:
        """Return only some fields of records, for long lists; nested fields as plain values.

        "counter" may be named too. Checksums are not looked at.
        """
        with self._disk.reading() as connection:
            query = reading.selection(
                connection,
                cls,
                reading.columns_named(cls, names),
                equals,
                order_by=order_by,
                newest_first=newest_first,
                limit=limit,
                after=after,
            )
            return [tuple(row) for row in connection.execute(query).all()]

    def count(self, cls: type[R], **equals: object) -> int:
        """Count the records whose fields equal the terms."""
        with self._disk.reading() as connection:
            return reading.count_records(connection, cls, equals)

    def write(
        self,
        puts: Sequence[Record],
        removes: Sequence[Ref] = (),
        restores: Sequence[Ref] = (),
        *,
        who: str,
        visit: str = "",
    ) -> Written:
        """Commit everything together or nothing; a record that has not changed is left alone.

        ``visit`` names one stay in a field: its changes share a row of the journal for up to five
        minutes. Raises Conflict for a revision that is not the newest, NotFound, Refused, BadInput,
        Damaged, ReadOnly, or GembaError when the disk is full or fails.
        """

        def work(connection: Connection, at: datetime) -> Written:
            writer = journal.Writer(at=at, installation=self._installation, who=who, visit=visit)
            return Writing(connection, writer).run(puts, removes, restores)

        return self._disk.commit(work, frees=bool(removes) and not puts)

    def keep_photo(
        self,
        data: bytes,
        name: str,
        cls: type[R],
        record_id: UUID,
        edit: Callable[[R, str], R],
        *,
        who: str,
    ) -> Written:
        """Take in a clean photo together with the record that names it: both or neither.

        ``edit`` is given the record and the photo's hash. A kill in between leaves a file that
        the next start removes. Raises what write raises, and "photo.not_an_image".
        """
        info, take_in = self.photos.taking_in(data, name)
        if self.photos.path(info.hash) is None:
            self.clearing.expect(info.hash)

        def work(connection: Connection, at: datetime) -> Written:
            record = reading.get_record(connection, cls, record_id)
            take_in(connection)
            writer = journal.Writer(at=at, installation=self._installation, who=who, visit="")
            written = Writing(connection, writer).run([edit(record, info.hash)], (), ())
            self.clearing.arrived(connection, info.hash)
            return written

        return self._disk.commit(work)

    def journal(
        self,
        ref: Ref | None = None,
        *,
        field_prefix: str = "",
        after: int = 0,
        limit: int | None = None,
    ) -> list[JournalEntry]:
        """Return entries, of one record or of all, after a number already read."""
        with self._disk.reading() as connection:
            return journal.read_entries(
                connection, ref, field_prefix=field_prefix, after=after, limit=limit
            )

    def at_revision(self, cls: type[R], record_id: UUID, revision: int) -> R:
        """Return a record as it stood at a revision; raises NotFound for one that never was."""
        with self._disk.reading(one_state=True) as connection:
            return reading.record_at(connection, cls, record_id, revision)

    def note(self, ref: Ref, field: str, after: Plain, *, who: str) -> None:
        """Append an entry to the journal that changes no record, such as that of a restore."""

        def work(connection: Connection, at: datetime) -> None:
            writer = journal.Writer(at=at, installation=self._installation, who=who, visit="")
            append_note(connection, writer, ref, field, after)

        self._disk.commit(work)

    def mend(self, record: Record, *, who: str) -> Written:
        """Write a record over one that the disk altered or lost, as its newest revision."""

        from gemba.store.mending import mend_record

        def work(connection: Connection, at: datetime) -> Written:
            writer = journal.Writer(at=at, installation=self._installation, who=who, visit="")
            return mend_record(connection, writer, record)

        return self._disk.commit(work)

    def remake_derived(self) -> None:
        """Write anew what is made from records, for searching and for Today."""
        from gemba.store.remake import remake_derived

        self._disk.commit(lambda connection, _at: remake_derived(connection))

    def mark(self) -> Mark:
        """Return how far the data reach, to tell whether anything was written since."""
        with self._disk.reading() as connection:
            return mark_of(connection)

    def erase_field(self, ref: Ref, field: str, who: str) -> Written:
        """Empty a field for good: in the record, in the journal and in the search index."""

        from gemba.store.erase import erase_field

        def work(connection: Connection, at: datetime) -> Written:
            writer = journal.Writer(at=at, installation=self._installation, who=who, visit="")
            return erase_field(connection, writer, ref, field)

        return self._disk.commit(work, erasing=True, frees=True)

    def search(
        self,
        text: str,
        *,
        limit: int = 50,
        kinds: Sequence[str] | None = None,
        private: bool = False,
    ) -> list[Hit]:
        """Find words in every record, the last one as a beginning; private notes only when asked.

        Raises Interrupted when stop_searches is called meanwhile.
        """
        return self._search.search(text, limit=limit, kinds=kinds, private=private)

    def sheet_rows(self) -> list[SheetRow]:
        """Return what the gallery shows of every sheet, read at once and without its boxes."""
        return self._read_bare(sheet_rows.sheet_rows, [])

    def sheets_saying(self, words: Sequence[str]) -> list[set[str]]:
        """Return for each word the sheets in which a word begins with it; see SheetRow.key."""
        return self._read_bare(lambda bare: sheet_rows.sheets_saying(bare, words), [])

    def sheets_saying_in(self, words: Sequence[str], boxes: Sequence[str]) -> list[set[str]]:
        """Return the same, but only for what stands in some boxes, or in the facts of a sheet."""
        return self._read_bare(lambda bare: sheet_rows.sheets_saying_in(bare, words, boxes), [])

    def patterns(self, span: Span, today: date) -> Patterns:
        """Count what was seen and promised in a span."""
        return self._read_bare(
            lambda bare: patterns.count_patterns(bare, span, today), Patterns(span=span)
        )

    def wanted(
        self, wanted: Wanted, limit: int, after: UUID | None = None
    ) -> list[tuple[UUID, str, date, str]]:
        """Return id, words, day and category of the observations wanted, the newest first."""
        return self._read_bare(lambda bare: patterns.wanted_rows(bare, wanted, limit, after), [])

    def count_wanted(self, wanted: Wanted) -> int:
        """Count the observations wanted."""
        return self._read_bare(lambda bare: patterns.count_wanted(bare, wanted), 0)

    def first_and_last_day(self) -> tuple[date, date] | None:
        """Return the days of the first and the last thing seen or promised."""
        return self._read_bare(patterns.first_and_last_day, None)

    def _read_bare(self, work: Callable[[Bare], T], otherwise: T) -> T:
        """Read the newest state without SQLAlchemy; a folder that holds nothing has no file."""
        if not self._in_file:
            return otherwise
        with readable_faults(), closing(self._disk.connect()) as connection:
            return work(connection)

    def stop_searches(self) -> None:
        """Interrupt the searches that run now; may be called from any thread."""
        self._search.stop()

    @cached_property
    def clearing(self) -> Clearing:
        """Return what erases for good, and packs the file."""
        # Loaded when it is first asked for: hardly any start needs it.
        from gemba.store.clearing import Clearing

        return Clearing(self._disk, self.photos, self.folder, self._installation, self.key)

    def check(self, progress: Callable[[int, int], None] | None = None) -> CheckReport:
        """Read everything and compare it with its checksums; ``progress`` hears done and total."""
        from gemba.store.check import check_all

        with readable_faults():
            return check_all(self._disk.reader, self.photos, progress)

    def _searching(self) -> Search:
        return Search(self._disk.connect if self._in_file else None)

    def _look_elsewhere(self) -> None:
        """Search from now on where the records are read."""
        before, self._search = self._search, self._searching()
        before.close()

    def _installed(self) -> str:
        """Return the name of this installation, making one for a new folder."""
        with self._disk.reading() as connection:
            name = connection.execute(select(installation.c.id)).scalar()
        if name is None and self.writable:
            name = str(uuid4())
            with self._disk.writing() as connection:
                connection.execute(insert(installation).values(id=name, since=self._now()))
        return name or ""
