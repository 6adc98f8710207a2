"""Files that are there whole or not at all, also after a power cut; the standard library only."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Final

UNFINISHED: Final = ".new-"
"""Begins the name of a file that is still being written; the next start removes what is left."""

_BLOCK: Final = 1 << 20


def private_folder(folder: Path) -> None:
    """Make a folder, and those above it, that only their owner can enter."""
    if not folder.is_dir():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last; Windows and some sticks have no way to and need none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Bring a file's bytes to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def write_whole(path: Path, data: bytes) -> None:
    """Put bytes in the place of a file, or leave what was there."""
    made = path.with_name(f"{UNFINISHED}{path.name}")
    try:
        write_synced(made, data)
        made.replace(path)
    except BaseException:
        _forget(made)
        raise
    sync_folder(path.parent)


def write_lightly(path: Path, data: bytes) -> None:
    """Put bytes in the place of a file or leave what was there; a power cut may take them."""
    made = path.with_name(f"{UNFINISHED}{path.name}")
    try:
        with _private(made) as file:
            file.write(data)
        made.replace(path)
    except BaseException:
        _forget(made)
        raise


def write_synced(path: Path, data: bytes) -> None:
    """Write a file under the name it keeps only until it is whole."""
    with _private(path) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def copy_whole(
    source: Path, target: Path, digest: str, *, stop: Callable[[], None] = lambda: None
) -> bool:
    """Copy a file, synced and read back; tell whether its SHA-256 is what it has to be.

    Where it is not, nothing is left. ``stop`` is called between blocks and may raise.
    """
    made = target.with_name(f"{UNFINISHED}{target.name}")
    try:
        with source.open("rb") as reading, _private(made) as writing:
            while block := reading.read(_BLOCK):
                stop()
                writing.write(block)
            writing.flush()
            os.fsync(writing.fileno())
        if digest_of(made, stop=stop) != digest:
            made.unlink()
            return False
        made.replace(target)
    except BaseException:
        _forget(made)
        raise
    sync_folder(target.parent)
    return True


def link_or_copy(source: Path, target: Path, digest: str) -> bool:
    """Give a file a second name without copying it, or copy it where that cannot be.

    Tells whether the bytes are those of the SHA-256; where they are not, nothing is left.
    """
    try:
        os.link(source, target)
    except FileExistsError:
        return digest_of(target) == digest
    except (OSError, NotImplementedError):
        return copy_whole(source, target, digest)
    if digest_of(target) != digest:
        target.unlink()
        return False
    sync_folder(target.parent)
    return True


def digest_of(path: Path, *, stop: Callable[[], None] = lambda: None) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            stop()
            digest.update(block)
    return digest.hexdigest()


def set_aside(path: Path, folder: Path, name: str) -> Path:
    """Keep a file under a second name in another folder, where it is; returns that name."""
    private_folder(folder)
    target = folder / name
    number = 2
    while target.exists():
        target = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
        number += 1
    try:
        os.link(path, target)
    except (OSError, NotImplementedError):
        made = target.with_name(f"{UNFINISHED}{target.name}")
        try:
            shutil.copyfile(path, made)
            made.chmod(0o600)
            sync_file(made)
            made.replace(target)
        except BaseException:
            _forget(made)
            raise
    sync_folder(folder)
    return target


def _private(path: Path):  # type: ignore[no-untyped-def]
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    return os.fdopen(handle, "wb")


def _forget(path: Path) -> None:
    """Remove what was not finished; where the place is gone there is nothing to remove."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def remove_unfinished(folder: Path, *, below: bool = False) -> None:
    """Remove what a kill left half written in a folder, or in the folders below it.

    Only for whoever holds the data folder for writing. What cannot be removed does no harm.
    """
    for path in folder.glob(f"*/{UNFINISHED}*" if below else f"{UNFINISHED}*"):
        try:
            path.unlink()
        except OSError:
            continue
