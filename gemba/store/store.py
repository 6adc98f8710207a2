"""The store: everything a leader ever wrote in one data folder, behind one object."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Engine, insert, select
from sqlalchemy.engine import Connection

from gemba.domain.changes import JournalEntry, Plain, Ref
from gemba.domain.errors import Damaged, GembaError
from gemba.domain.health import CheckReport
from gemba.domain.hit import Hit
from gemba.domain.kinds import Record
from gemba.domain.today import TodayGlance
from gemba.store import journal, reading
from gemba.store.attached import forget_lent
from gemba.store.disk import Disk
from gemba.store.driver import Connection as Bare
from gemba.store.faults import readable_faults
from gemba.store.files import remove_unfinished
from gemba.store.glance import glance_over
from gemba.store.header import FILE_NAME
from gemba.store.lock import FolderLock
from gemba.store.noting import append_note
from gemba.store.photos import Photos
from gemba.store.records import R, record_columns
from gemba.store.sealed import SEAL_KEY, SEALED, Seal, new_seal_key
from gemba.store.search import Search
from gemba.store.settings import Settings
from gemba.store.shelter import Mark, mark_of
from gemba.store.tables import installation

if TYPE_CHECKING:
    from gemba.store.clearing import Clearing
    from gemba.store.overview import Overview
    from gemba.store.writing import Written

T = TypeVar("T")


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
            forget_lent(self.folder)

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
            if equals.keys() == {"id"} and isinstance(equals["id"], UUID) and not in_bin:
                return reading.find_one(connection, cls, equals["id"], skip_damaged)
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
        from gemba.store.writing import Writing

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
        from gemba.store.writing import Writing

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

    def lately(self, kinds: Sequence[str], *, limit: int) -> list[Hit]:
        """Return the records of some kinds that were written last, the newest first."""
        return self._search.lately(kinds, limit=limit)

    def stop_searches(self) -> None:
        """Interrupt the searches that run now; may be called from any thread."""
        self._search.stop()

    @cached_property
    def overview(self) -> Overview:
        """Return what is read across all records at once."""
        from gemba.store.overview import Overview

        return Overview(self._disk.connect if self._in_file else None)

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
