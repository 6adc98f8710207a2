"""The open database: one line of writes, many readers, and a shelter while the disk refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar, cast

from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from gemba.domain.errors import GembaError, ReadOnly
from gemba.store import driver
from gemba.store.driver import Connection as Bare
from gemba.store.engine import ONE_STATE, connect_for_reading, copy_into
from gemba.store.faults import readable_faults
from gemba.store.files import sync_file, sync_folder
from gemba.store.lock import FolderLock
from gemba.store.reserve import Reserve
from gemba.store.shelter import REFUSALS, Mark, Shelter, Work, mark_of
from gemba.store.turns import Turns

T = TypeVar("T")


class Disk:
    """Connections to one database file, and what becomes of a write that the disk refuses.

    Such a write is done in a shelter in memory, where everything that follows is read and
    written too, until the disk takes it all in the same order. Any thread may read.
    """

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
        self.path = path
        self._key = key
        self.why_read_only = why_read_only
        self.reserve = Reserve(path.parent)
        self.moved: Callable[[], None] = lambda: None
        self._reader = reader
        self._writer = writer
        self._lock = lock
        self._now = now
        self._shelter: Shelter | None = None
        self._handing_over = False
        self._one_at_a_time = Turns()

    @property
    def writable(self) -> bool:
        """Tell whether anything may be written."""
        return self._writer is not None

    @property
    def unsaved(self) -> GembaError | None:
        """Return why the disk does not have everything yet, None when it has."""
        shelter = self._shelter
        return shelter.why if shelter is not None else None

    @property
    def sheltered(self) -> bool:
        """Tell whether work is done in memory just now, and not handed over to the disk."""
        return self._shelter is not None and not self._handing_over

    @property
    def reader(self) -> Engine:
        """What reads the newest state, on the disk or in the shelter."""
        shelter = self._shelter
        return shelter.reader if shelter is not None else self._reader

    @contextmanager
    def reading(self, *, one_state: bool = False) -> Iterator[Connection]:
        """Read on a connection that lets the file go after each query."""
        with readable_faults(), self.reader.connect() as connection:
            yield connection.execution_options(**{ONE_STATE: one_state})

    @contextmanager
    def writing(self, *, erasing: bool = False) -> Iterator[Connection]:
        """Write to the disk itself in one transaction; refused while work is in the shelter."""
        with self._one_at_a_time:
            if self._shelter is not None:
                raise GembaError(self._shelter.why.key, **self._shelter.why.values)
            with self._on_disk(erasing) as connection:
                yield connection

    def commit(
        self,
        work: Callable[[Connection, datetime], T],
        *,
        erasing: bool = False,
        frees: bool = False,
    ) -> T:
        """Do a piece of work in one transaction, in the shelter while the disk refuses it.

        ``frees`` is for work that makes room: it may use up the reserve.
        """
        with self._one_at_a_time:
            at = self._now()
            if self._shelter is None:
                try:
                    with self._on_disk(erasing) as connection:
                        return work(connection, at)
                except GembaError as error:
                    if error.key not in REFUSALS or self._writer is None:
                        raise
                    if frees and self.reserve.release():
                        return self.commit(work, erasing=erasing)
                    self._take_shelter(error)
            with readable_faults():
                assert self._shelter is not None
                return self._shelter.run(work, at, erasing)

    def come_back(self, *, with_reserve: bool = False) -> bool:
        """Let the disk take what the shelter holds; tell whether it has everything now."""
        with self._one_at_a_time:
            shelter = self._shelter
            if shelter is None:
                return True
            if with_reserve:
                self.reserve.release()
            self._handing_over = True
            try:
                self._reach_again()
                shelter.hand_over(self._committed, self._found)
            except GembaError as error:
                shelter.why = self._named(error)
                return False
            finally:
                self._handing_over = False
            self._shelter = None
            self.moved()
            shelter.close()
            return True

    def connect(self) -> driver.Connection:
        """Open a bare connection that reads the newest state, for what only SQLite can do."""
        shelter = self._shelter
        if shelter is not None:
            return shelter.connect()
        return connect_for_reading(self.path, self._key)

    def copy_to(self, path: Path) -> None:
        """Write the newest state whole into a new database file, synced."""
        with readable_faults():
            copy_into(self.reader, path, self._key)
            sync_file(path)
            sync_folder(path.parent)

    def now(self) -> datetime:
        """Return this instant by the clock of the journal."""
        return self._now()

    def pack(self) -> None:
        """Write the file anew, so that no page keeps what was deleted before it was overwritten."""
        with self._one_at_a_time, readable_faults():
            if self._writer is None or self._shelter is not None:
                return
            with self._writer.connect() as connection:
                raw = connection.connection
                # What is copied on the way must not lie about in a temporary file.
                raw.execute("PRAGMA temp_store=MEMORY")
                raw.execute("PRAGMA secure_delete=ON")
                raw.execute("VACUUM")

    def lend(self, work: Callable[[Bare, Callable[[], None]], T]) -> T:
        """Hand the connection that writes to work that takes many steps, such as a backup.

        It gives way between its steps by what it is handed, and writes go on meanwhile.
        """
        with self._one_at_a_time:
            if self._shelter is not None:
                raise GembaError(self._shelter.why.key, **self._shelter.why.values)
            if self._writer is None:
                raise ReadOnly("store.closed")
            with readable_faults():
                with self._writer.connect() as connection:
                    bare = connection.connection.driver_connection
                # Back in its pool, so that whoever is given way to finds it there.
                return work(cast(Bare, bare), self._one_at_a_time.give_way)

    def close(self) -> None:
        """Close every connection and let the folder go; twice is as good as once."""
        with self._one_at_a_time:
            if self._shelter is not None:
                self._shelter.close()
                self._shelter = None
            self._reader.dispose()
            if self._writer is not None:
                self._writer.dispose()
                self._writer = None
            self._lock.release()

    @contextmanager
    def _on_disk(self, erasing: bool) -> Iterator[Connection]:
        if self._writer is None:
            why = self.why_read_only
            raise ReadOnly(why.key, **why.values) if why else ReadOnly("store.closed")
        with readable_faults():
            with self._writer.connect() as connection:
                if erasing:
                    connection.connection.execute("PRAGMA secure_delete=ON")
                with connection.begin():
                    yield connection

    def _take_shelter(self, error: GembaError) -> None:
        try:
            with readable_faults():
                self._shelter = Shelter(self._reader, self._named(error), self._key)
        except GembaError:
            # The file cannot even be read any more: what was typed stays in its field.
            raise error from None
        self.moved()

    def _named(self, error: GembaError) -> GembaError:
        """Say rather that the folder is gone than what that looks like to SQLite."""
        if error.key in REFUSALS and not self.path.exists():
            return GembaError("store.folder_gone", folder=str(self.path.parent))
        return error

    def _reach_again(self) -> None:
        """Forget connections to a file that may be another one by now, and hold the folder."""
        with readable_faults():
            if not self.path.exists():
                raise GembaError("store.folder_gone", folder=str(self.path.parent))
            self._reader.dispose()
            if self._writer is not None:
                self._writer.dispose()
            self._lock.hold_again()

    def _found(self) -> Mark:
        with readable_faults(), self._reader.connect() as connection:
            return mark_of(connection)

    def _committed(self, work: Work, at: datetime, erasing: bool) -> None:
        with self._on_disk(erasing) as connection:
            work(connection, at)
