"""Bringing a backup back into a folder that is closed, or that cannot be opened at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gemba.domain.backup import BackupPoint, Ready
from gemba.domain.errors import NotFound
from gemba.services.backup_notes import Notes

if TYPE_CHECKING:
    from gemba.store.backup_files import BackupFolder


def put_back(folder: Path, ready: Ready, now: datetime) -> None:
    """Let a backup that was made ready take its place; the folder has to be closed.

    Raises DataFolderBusy when somebody opened it meanwhile, and GembaError for the disk; the next
    start finishes what was begun.
    """
    from gemba.store.backup_swap import put_in_place
    from gemba.store.faults import readable_faults
    from gemba.store.lock import FolderLock

    lock = FolderLock(folder)
    with readable_faults():
        lock.take()
        try:
            put_in_place(folder, keep_old=not ready.undo, at=now)
        finally:
            lock.release()


def glance_at_backups(folder: Path) -> tuple[datetime | None, int]:
    """Return when the newest backup was made and how many there are, from their names alone."""
    from gemba.store.backup_files import FOLDER_NAME, BackupFolder

    return BackupFolder(folder / FOLDER_NAME).glance()


def list_backups(folder: Path, place: Path | None = None) -> list[BackupPoint]:
    """Return the backups of a folder, newest first, also where its database cannot be opened.

    ``place`` is a second place to look in, where the folder does not know of one.
    """
    found = {
        point.name: point for one in reversed(_places(folder, place)) for point in one.points()
    }
    return sorted(found.values(), key=lambda point: (point.counter, point.made_at), reverse=True)


def restore_backup(
    folder: Path,
    name: str,
    *,
    place: Path | None = None,
    key: bytes | None = None,
    who: str = "",
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Ready:
    """Bring a backup back into a closed folder, whatever its database is like.

    The file that is there is kept aside first. Raises NotFound, Damaged or DataFolderBusy.
    """
    from gemba.store.backup_restore import prepare_restore
    from gemba.store.backup_swap import put_in_place
    from gemba.store.faults import readable_faults
    from gemba.store.files import private_folder
    from gemba.store.lock import FolderLock

    places = _places(folder, place)
    point = next((one for each in places for one in each.points() if one.name == name), None)
    if point is None:
        raise NotFound("backup.unknown", name=name)
    lock = FolderLock(folder)
    with readable_faults():
        private_folder(folder)
        lock.take()
        try:
            missing = prepare_restore(folder, places, point, key=key, who=who, now=now)
            put_in_place(folder, keep_old=True, at=now())
        finally:
            lock.release()
    return Ready(point=point, photos_missing=missing)


def _places(folder: Path, place: Path | None) -> list[BackupFolder]:
    """Return where backups may lie: here, and for every installation in the second place."""
    from gemba.store.backup_files import FOLDER_NAME, BackupFolder
    from gemba.store.backup_second import all_in

    chosen = place or Notes(folder).second()
    return [BackupFolder(folder / FOLDER_NAME), *(all_in(chosen) if chosen is not None else ())]
