"""Opening a data folder: what a crash left is settled first, then it is taken for writing."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gemba.domain.errors import GembaError, Locked, ReadOnly
from gemba.store.backup_swap import settle_restore
from gemba.store.engine import (
    memory_engine,
    mend_after_crash,
    mend_torn_header,
    read_engine,
    write_engine,
)
from gemba.store.faults import readable_faults
from gemba.store.files import private_folder
from gemba.store.first_look import put_away_strange_journal, refuse_vanished
from gemba.store.header import FILE_NAME, NEWEST, is_locked
from gemba.store.lock import DataFolderBusy, FolderLock
from gemba.store.plan import refuse_altered_plan
from gemba.store.rekey_state import finish_pending
from gemba.store.store import Store
from gemba.store.upgrade import refuse_newer, run_steps, upgrade_file

if TYPE_CHECKING:
    from sqlalchemy import Engine


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
