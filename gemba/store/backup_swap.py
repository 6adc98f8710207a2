"""Letting a restored database take the place of the one that is there, safe at any moment.

The standard library only: the next start finishes it before anything large is loaded.
"""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from gemba.domain.errors import GembaError
from gemba.store.backup_files import FOLDER_NAME, BackupFolder
from gemba.store.files import set_aside, sync_folder, write_whole
from gemba.store.header import FILE_NAME
from gemba.store.lock import DataFolderBusy, FolderLock

ASIDE: Final = "aside"
RESTORING: Final = "restoring"
PROVING: Final = "proving"
CHECKING: Final = "checking"
SAVING: Final = "saving"
WORKING: Final = (PROVING, CHECKING, SAVING)
"""Folders in which a copy of the data is looked at for a while."""
_MARKER: Final = "restore.json"
_TRACES: Final = ("-journal", "-wal", "-shm")


def put_in_place(data: Path, *, keep_old: bool, at: datetime) -> None:
    """Let the restored database take its place; the folder has to be closed, and held.

    ``keep_old`` keeps the file that was there, and what a crash left of its last write, in the
    folder of damaged originals. Raises GembaError where nothing is ready any more: another start
    may have cleared it away between.
    """
    if not (data / RESTORING / FILE_NAME).exists():
        raise GembaError("backup.not_ready")
    if keep_old:
        stem = f"gemba-{at.astimezone(UTC):%Y-%m-%dT%H-%M-%SZ}"
        for trace in ("", *_TRACES):
            old = data / f"{FILE_NAME}{trace}"
            if old.exists():
                set_aside(old, data / ASIDE, f"{stem}.db{trace}")
    write_whole(data / _MARKER, json.dumps({"restoring": RESTORING}).encode())
    finish_restore(data)


def finish_restore(data: Path) -> None:
    """Finish a restore that a kill cut short, or remove what was only being made ready.

    The folder has to be held, and its database closed.
    """
    marker, work = data / _MARKER, data / RESTORING
    ready = work / FILE_NAME
    if not marker.exists():
        if work.exists():
            clear(work)
        return
    if ready.exists():
        # What a crash left of the old file's last write must not be rolled back into the new one.
        for trace in _TRACES:
            (data / f"{FILE_NAME}{trace}").unlink(missing_ok=True)
        sync_folder(data)
        ready.replace(data / FILE_NAME)
        sync_folder(data)
    clear(work)
    marker.unlink()
    sync_folder(data)


def settle_restore(data: Path) -> None:
    """Finish or remove what a kill left, unless another Gemba is at work in the folder.

    That is a restore, a proof or a look, or a backup that was being made.
    """
    backups = BackupFolder(data / FOLDER_NAME)
    if not (
        any((data / name).exists() for name in (_MARKER, RESTORING, *WORKING))
        or backups.is_unfinished()
    ):
        return
    lock = FolderLock(data)
    try:
        lock.take()
    except (DataFolderBusy, OSError):
        return
    try:
        finish_restore(data)
        for name in WORKING:
            clear(data / name)
        if backups.is_unfinished():
            backups.ready()
    finally:
        lock.release()


def clear(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
