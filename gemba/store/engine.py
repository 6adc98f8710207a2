"""Connections to the one file: how they are opened, and what SQLite is told first."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Connection
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

from gemba.store import driver
from gemba.store.header import MAGIC

ONE_STATE: Final = "gemba_one_state"
"""The execution option under which a block of queries sees one state of the data."""

_COMPILED: Final[LRUCache[Any, Any]] = LRUCache(1000)
"""The queries of plain files written so far as SQL: writing one takes longer than to run it.

They hold the values they were first asked with, so those of an encrypted file go with its engine.
"""


class OneTongue(SQLiteDialect_pysqlite):
    """What SQLAlchemy knows of SQLite; equal for all engines of one build of it.

    SQLAlchemy would write each query anew for each engine, and whatever opens the file, the
    writer and the reader, a proof of a backup, the next folder, has engines of its own.
    """

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OneTongue) and self.dbapi is other.dbapi

    def __hash__(self) -> int:
        return hash((OneTongue, id(self.dbapi)))


registry.register("sqlite.gemba", __name__, OneTongue.__name__)


def make_private_file(path: Path) -> None:
    """Make an empty file that only its owner can read, before SQLite would make an open one."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def write_engine(path: Path, key: bytes | None = None) -> Engine:
    """Open the file for writing: one connection, each transaction IMMEDIATE and synced whole."""

    def connect() -> driver.Connection:
        made = _connect(path, "rw", key)
        made.execute("PRAGMA journal_mode=DELETE")
        made.execute("PRAGMA synchronous=EXTRA")
        if sys.platform == "darwin":
            made.execute("PRAGMA fullfsync=ON")
        # What is deleted is overwritten too, whichever way SQLite was built.
        made.execute("PRAGMA secure_delete=ON")
        # A large import stays in memory until it commits, so that readers are not locked out.
        made.execute("PRAGMA cache_spill=OFF")
        return made

    engine = _engine(connect, key, pool_size=1, max_overflow=0)
    event.listen(engine, "begin", _begin_now)
    return engine


def read_engine(path: Path, key: bytes | None = None, *, file_is_writable: bool) -> Engine:
    """Open the file for reading on any thread.

    A query lets the file go as soon as its rows are fetched, so that no writer waits for what is
    done with them; with the option ONE_STATE a block of queries sees one state of the data. A
    writable file is opened so that SQLite may mend what a crash left, but no query can change
    it; any other one is opened read-only.
    """

    def connect() -> driver.Connection:
        made = _connect(path, "rw" if file_is_writable else "ro", key)
        made.execute("PRAGMA query_only=ON")
        return made

    engine = _engine(connect, key, pool_size=4, max_overflow=28, pool_use_lifo=True)
    event.listen(engine, "begin", _begin_one_state)
    return engine


def memory_engine() -> Engine:
    """Open an empty database in memory, for a folder that holds none and cannot take one."""
    address = f"file:gemba-{uuid4().hex}?mode=memory&cache=shared"

    engine = _engine(lambda: driver.open_address(address), None, pool_size=32)
    event.listen(engine, "begin", _begin_one_state)
    return engine


def sheltered_engines(
    source: Engine, key: bytes | None = None
) -> tuple[Engine, Engine, Callable[[], driver.Connection]]:
    """Copy a database into memory; return what writes, what reads and what connects there.

    The copy is taken through a connection of ``source``, which may still reach a file whose
    folder has vanished.
    """
    # Unlike a shared cache, this kind of memory lets a reader wait for a writer.
    address = f"file:/gemba-{uuid4().hex}?vfs=memdb"

    def connect() -> driver.Connection:
        made = driver.open_address(address, key)
        made.execute("PRAGMA foreign_keys=ON")
        return made

    writer = _engine(connect, key, pool_size=1, max_overflow=0)
    event.listen(writer, "begin", _begin_now)
    reader = _engine(connect, key, pool_size=4, max_overflow=28)
    event.listen(reader, "begin", _begin_one_state)
    with source.connect() as held, writer.connect() as copy:
        _bare(held).backup(_bare(copy))
    return writer, reader, connect


def copy_into(source: Engine, path: Path, key: bytes | None = None) -> None:
    """Write a database whole into a new file; the caller syncs and names it."""
    make_private_file(path)
    # Not VACUUM INTO: out of memory, that would write into memory again.
    with source.connect() as held, closing(_connect(path, "rw", key)) as copy:
        _bare(held).backup(copy)


def _engine(connect: Callable[[], driver.Connection], key: bytes | None, **pool: Any) -> Engine:
    """Make an engine from a creator: neither a path nor a key ever stands in an address."""
    options = {"compiled_cache": _COMPILED} if key is None else {}
    return create_engine(
        "sqlite+gemba://",
        module=driver.dbapi(key),
        creator=connect,
        poolclass=QueuePool,
        execution_options=options,
        **pool,
    )


def _bare(connection: Connection) -> driver.Connection:
    bare: Any = connection.connection.driver_connection
    made: driver.Connection = bare
    return made


def connect_for_reading(path: Path, key: bytes | None = None) -> driver.Connection:
    """Open a bare connection that reads, for what only SQLite can do."""
    made = _connect(path, "rw" if os.access(path, os.W_OK) else "ro", key)
    made.execute("PRAGMA query_only=ON")
    return made


def mend_after_crash(path: Path, key: bytes | None = None) -> None:
    """Let SQLite roll back what a crash left half written; does nothing when all is well."""
    journal = path.with_name(path.name + "-journal")
    if journal.exists():
        with closing(_connect(path, "rw", key)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def mend_torn_header(path: Path) -> None:
    """Let SQLite roll back a write that was cut off in the very first bytes of a plain file.

    Until then the file does not look like a database at all. What is none stays as it is.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
    except OSError:
        return
    if head and head != MAGIC:
        with suppress(*driver.errors()):
            mend_after_crash(path)


def _connect(path: Path, mode: driver.Mode, key: bytes | None = None) -> driver.Connection:
    made = driver.connect(path.resolve(), mode, key)
    try:
        made.execute("PRAGMA foreign_keys=ON")
    except BaseException:
        made.close()
        raise
    return made


def _begin_now(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_one_state(connection: Connection) -> None:
    if connection.get_execution_options().get(ONE_STATE):
        connection.exec_driver_sql("BEGIN")
