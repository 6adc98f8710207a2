"""Another passphrase for the same key: the key file first, then the manifests of the backups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from gemba.domain.errors import GembaError
from gemba.store.backup_files import FOLDER_NAME as BACKUPS
from gemba.store.backup_files import manifest_of, read_manifest
from gemba.store.files import write_whole
from gemba.store.header import KEY_NAME
from gemba.store.keys import WrappedKey, key_from_plain, read_key_file, write_key_file
from gemba.store.lock import FolderLock
from gemba.store.rekey_state import Rekeying, finish_held


def change_passphrase(folder: Path, old: str, new: str) -> None:
    """Wrap a folder's key by a new passphrase; killed at any moment, one of the two opens it.

    Raises WrongPassphrase, BadInput for what is no passphrase, DataFolderBusy.
    """
    lock = FolderLock(folder)
    lock.take()
    try:
        finish_held(folder)
        rewrap_held(folder, old, new)
    finally:
        lock.release()


def rewrap_held(folder: Path, old: str, new: str) -> None:
    """Do the same in a folder that this process holds already."""
    wrapped = read_key_file(folder / KEY_NAME)
    fresh = wrapped.wrapping(wrapped.opened(old), new)
    job = Rekeying(folder)
    job.begin("rewrap")
    write_key_file(folder / KEY_NAME, fresh)
    bring_manifests_along(folder)
    job.remove()


def bring_manifests_along(folder: Path, backups: Path | None = None) -> int:
    """Write the folder's present wrapping into each manifest with another one of the same key.

    ``backups`` is where they lie, here or on a stick; returns how many were written.
    """
    try:
        wrapped = read_key_file(folder / KEY_NAME)
    except GembaError:
        return 0
    written = 0
    for path in sorted((backups or folder / BACKUPS).glob("*.json")):
        point = read_manifest(path)
        if point is not None and _is_another_wrapping(point.key, wrapped):
            write_whole(path, manifest_of(replace(point, key=wrapped.as_plain())))
            written += 1
    return written


def _is_another_wrapping(held: Mapping[str, object] | None, wrapped: WrappedKey) -> bool:
    return held is not None and held.get("id") == wrapped.id and held != wrapped.as_plain()


def key_of_backups(folder: Path) -> WrappedKey | None:
    """Return the key that the newest backup carries, for a folder whose key file is gone."""
    found = [read_manifest(path) for path in (folder / BACKUPS).glob("*.json")]
    points = [point for point in found if point is not None and point.key is not None]
    for point in sorted(points, key=lambda point: point.counter, reverse=True):
        try:
            return key_from_plain(dict(point.key or {}), point.name)
        except GembaError:
            continue
    return None
