"""Backups in another place that were made before the passphrase, brought under it there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from gemba.domain.backup import BackupPoint
from gemba.domain.errors import Damaged
from gemba.store.attached import SUFFIXES
from gemba.store.backup_files import BackupFolder
from gemba.store.faults import readable_faults
from gemba.store.files import UNFINISHED, digest_of, private_folder, sync_folder, write_whole
from gemba.store.rekey_copy import copy_database
from gemba.store.sealed import SEALED, Seal
from gemba.store.wiping import wipe_file

Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Lock:
    """What an encrypted folder closes its backups with."""

    key: bytes
    seal_key: str
    wrapped: Mapping[str, object]


def plain_names(there: BackupFolder) -> list[str]:
    """Name the backups in a place that anybody can open, also those without a manifest."""
    found = {point.name for point in there.points() if point.key is None}
    return sorted(found | {path.stem for path in there.lone() if not _is_locked(path)})


def bring_under_lock(there: BackupFolder, lock: Lock, stop: Step = lambda: None) -> int:
    """Write each backup that lies in plain anew under the lock, and remove what was in plain.

    One after the other, each read back before it takes the place of the plain one; a kill leaves
    every backup in the one form or the other. What is no sound backup is sealed as it is. Returns
    how many were brought; raises GembaError where the place is gone or full.
    """
    brought = 0
    with readable_faults():
        if not plain_names(there) and not _plain_photos(there):
            return 0
        there.ready()
        seal = Seal(lock.seal_key)
        for point in there.points():
            stop()
            if point.key is not None:
                continue
            if digest_of(there.database(point.name), stop=stop) != point.sha256:
                _seal_rest(there, point.name, seal)
            else:
                _bring(there, point, lock, seal, stop)
            brought += 1
        for path in there.lone():
            stop()
            if not _is_locked(path):
                _seal_rest(there, path.stem, seal)
                brought += 1
        _wipe(_plain_photos(there))
        sync_folder(there.path)
    return brought


def _bring(there: BackupFolder, point: BackupPoint, lock: Lock, seal: Seal, stop: Step) -> None:
    photos: dict[str, str] = {}
    for name, digest in point.photos.items():
        stop()
        held = there.photo(name)
        if held.is_file():
            made = _seal_photo(there, held, digest, seal)
            if made is not None:
                photos.update([made])
    written = there.unfinished(point.name)
    try:
        copy_database(there.database(point.name), written, None, lock.key, lock.seal_key)
    except Damaged:
        # Its bytes are those that were written, and yet it is no database that can be read.
        written.unlink(missing_ok=True)
        _seal_rest(there, point.name, seal)
        return
    except BaseException:
        written.unlink(missing_ok=True)
        raise
    told = replace(
        point,
        bytes=written.stat().st_size,
        sha256=digest_of(written, stop=stop),
        photos=photos,
        photos_missing=(),
        newest=("", "", ""),
        key=lock.wrapped,
    )
    there.finish(told, written)


def _seal_photo(there: BackupFolder, held: Path, digest: str, seal: Seal) -> tuple[str, str] | None:
    """Seal a photo beside the plain one; return its new name and digest, None for a rotten one."""
    data = held.read_bytes()
    if sha256(data).hexdigest() != digest:
        return None
    name = seal.name(held.stem)
    target = there.photo(f"{name[:2]}/{name}{SEALED}")
    if not target.is_file() or not _opens(target, name, data, seal):
        private_folder(target.parent)
        write_whole(target, seal.seal(data, name))
    return f"{name[:2]}/{target.name}", digest_of(target)


def _opens(path: Path, name: str, data: bytes, seal: Seal) -> bool:
    try:
        return seal.open(path.read_bytes(), name) == data
    except Damaged:
        return False


def _seal_rest(there: BackupFolder, name: str, seal: Seal) -> None:
    """Seal the files of what is no sound backup, so that they are kept and tell nobody anything."""
    for path in (there.path / f"{name}.json", there.database(name)):
        if path.is_file():
            write_whole(
                path.with_name(f"{path.name}{SEALED}"), seal.seal(path.read_bytes(), path.name)
            )
            wipe_file(path)


def _is_locked(path: Path) -> bool:
    """Tell whether a database shows nothing: a plain one says at its head what it is."""
    with path.open("rb") as file:
        return not file.read(16).startswith(b"SQLite format 3")


def _plain_photos(there: BackupFolder) -> list[Path]:
    """Return the photos in plain that no backup in plain names."""
    wanted = {name for point in there.points() if point.key is None for name in point.photos}
    return [
        path
        for path in there.photos.glob("*/*")
        if path.suffix in SUFFIXES
        and not path.name.startswith(UNFINISHED)
        and f"{path.parent.name}/{path.name}" not in wanted
        and not path.is_symlink()
    ]


def _wipe(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.stat().st_nlink == 1:
            wipe_file(path)
        else:
            # Elsewhere it may still be wanted under its other name.
            path.unlink()
