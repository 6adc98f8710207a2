"""Making a backup: copied in steps between writes, synced, read again, proved, and only then named.

The pages are copied through the connection that writes. What is written meanwhile goes into the
copy as well, so that no copying ever begins anew, and no write waits for more than one step.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol, TypeVar

from gemba.domain.backup import BackupPoint
from gemba.store.backup_files import BackupFolder, name_of
from gemba.store.backup_photos import keep_photos
from gemba.store.backup_prove import EveryRow, prove
from gemba.store.backup_verdict import refuse_damaged
from gemba.store.driver import Connection, connect
from gemba.store.faults import readable_faults
from gemba.store.files import sync_file
from gemba.store.header import NEWEST

T = TypeVar("T")
Step = Callable[[], None]

STEP_PAGES: Final = 32
"""An eighth of a megabyte: what one write may have to wait for."""


class Source(Protocol):
    """What a backup is made of: an open store."""

    def lend(self, work: Callable[[Connection, Step], T]) -> T:
        """Hand the writing connection to work that takes steps and gives way between them."""

    def photo_path(self, key: str) -> Path | None:
        """Return where a photo lies, None when it is gone."""

    @property
    def key(self) -> bytes | None:
        """The data key of an encrypted folder."""


def make_backup(
    source: Source,
    folder: BackupFolder,
    *,
    made_at: datetime,
    reason: str,
    counter: int = 0,
    wrapped_key: Mapping[str, object] | None = None,
    stop: Step = lambda: None,
) -> BackupPoint:
    """Make one backup in a folder and return it; a backup that is not sound is never named.

    ``counter`` is the least place in the order it may take. Raises Damaged "backup.damaged" when
    the copy shows that the data are damaged, or GembaError for the disk. ``stop`` is called often
    and may raise; nothing is left then.
    """
    with readable_faults():
        folder.ready()
        number = max(counter, folder.next_counter())
        name = name_of(made_at, number)
        written = folder.unfinished(name)
        known = _proved_before(folder)
        try:
            with EveryRow() as every:
                if known is None:
                    every.start(source.lend(_size))
                copy_pages(source, written, stop)
                found = prove(written, source.key, stop, known, every)
            refuse_damaged(found, written, source.key)
            photos, gone = keep_photos(source, folder, found.said["photos"], stop)
            point = found.point(
                name,
                number,
                made_at,
                reason,
                photos=photos,
                photos_missing=gone,
                key=wrapped_key,
            )
            folder.finish(point, written)
        except BaseException:
            _forget(written)
            raise
        return point


def _proved_before(folder: BackupFolder) -> Path | None:
    """Return the database of the newest backup, if its rows are laid out as now."""
    newest = [one for one in folder.points() if not one.partial][-1:]
    return next((folder.database(one.name) for one in newest if one.version == NEWEST), None)


def _size(writer: Connection, _give_way: Step) -> int:
    """Return how many bytes the pages of a database take."""
    told = [writer.execute(f"PRAGMA {one}").fetchone()[0] for one in ("page_count", "page_size")]
    # SQLCipher tells one of them as a text.
    return math.prod(int(one) for one in told)


def copy_pages(source: Source, target: Path, stop: Step) -> None:
    """Copy all pages in steps into a new file, and sync it."""
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    copy = connect(target, "rw", source.key)
    try:
        # Nothing reads the copy before it is whole and synced, and a kill removes it.
        copy.execute("PRAGMA journal_mode=OFF")
        copy.execute("PRAGMA synchronous=OFF")
        source.lend(lambda writer, give_way: _in_steps(writer, copy, give_way, stop))
    finally:
        copy.close()
    sync_file(target)


def _in_steps(source: Connection, target: Connection, give_way: Step, stop: Step) -> None:
    def between(_status: int, remaining: int, _total: int) -> None:
        stop()
        if remaining:
            give_way()

    source.backup(target, pages=STEP_PAGES, progress=between, sleep=0.001)


def _forget(path: Path) -> None:
    """Remove what was not finished; where its place is gone there is nothing to remove."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
