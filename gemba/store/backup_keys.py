"""The wrapped key that each backup of an encrypted folder carries in its manifest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from gemba.domain.errors import GembaError
from gemba.store.backup_files import FOLDER_NAME as BACKUPS
from gemba.store.backup_files import manifest_of, read_manifest
from gemba.store.files import write_whole
from gemba.store.header import KEY_NAME
from gemba.store.keys import WrappedKey, key_from_plain, read_key_file


def wrapped_of(folder: Path) -> dict[str, object] | None:
    """Return the wrapped key of an encrypted folder, as a manifest carries it; None for none."""
    path = folder / KEY_NAME
    return read_key_file(path).as_plain() if path.exists() else None


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
        # One that is being pruned meanwhile must not come back without its database.
        there = path.with_suffix(".db").exists()
        if point is not None and there and _is_another_wrapping(point.key, wrapped):
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
