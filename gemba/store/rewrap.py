"""Another passphrase for the same key: the key file first, then the manifests of the backups."""

from __future__ import annotations

from pathlib import Path

from gemba.store.backup_keys import bring_manifests_along
from gemba.store.header import KEY_NAME
from gemba.store.keys import read_key_file, write_key_file
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
