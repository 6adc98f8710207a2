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


def list_backups(folder: Path) -> list[BackupPoint]:
    """Return the backups of a folder, newest first, also where its database cannot be opened."""
    from gemba.store.backup_files import FOLDER_NAME, BackupFolder

    places = [BackupFolder(folder / FOLDER_NAME), *_second_places(folder)]
    found = {point.name: point for place in reversed(places) for point in place.points()}
    return sorted(found.values(), key=lambda point: (point.counter, point.made_at), reverse=True)


def restore_backup(
    folder: Path,
    name: str,
    *,
    key: bytes | None = None,
    who: str = "",
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Ready:
    """Bring a backup back into a closed folder, whatever its database is like.

    The file that is there is kept aside first. Raises NotFound, Damaged or DataFolderBusy.
    """
    from gemba.store.backup_files import FOLDER_NAME, BackupFolder
    from gemba.store.backup_restore import prepare_restore
    from gemba.store.backup_swap import put_in_place
    from gemba.store.faults import readable_faults
    from gemba.store.lock import FolderLock

    places = [BackupFolder(folder / FOLDER_NAME), *_second_places(folder)]
    point = next((one for place in places for one in place.points() if one.name == name), None)
    if point is None:
        raise NotFound("backup.unknown", name=name)
    lock = FolderLock(folder)
    with readable_faults():
        lock.take()
        try:
            missing = prepare_restore(folder, places, point, key=key, who=who, now=now)
            put_in_place(folder, keep_old=True, at=now())
        finally:
            lock.release()
    return Ready(point=point, photos_missing=missing)


def _second_places(folder: Path) -> list[BackupFolder]:
    """Return every installation's folder in the second place: the database cannot be asked."""
    from gemba.store.backup_files import BackupFolder
    from gemba.store.backup_second import SECOND_NAME

    chosen = Notes(folder).second()
    try:
        return (
            [BackupFolder(one) for one in sorted((chosen / SECOND_NAME).iterdir())]
            if chosen
            else []
        )
    except OSError:
        return []
