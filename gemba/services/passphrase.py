"""The passphrase of a data folder: asked for, set, changed and taken away again.

A passphrase that is lost is lost: nothing here or elsewhere opens the data without it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gemba.domain.errors import GembaError

if TYPE_CHECKING:
    from gemba.store.keys import WrappedKey

Progress = Callable[[int, int], None]
_REKEYING: Final = "rekey"
"""As in store.rekey_state, which is not loaded for it; a test compares the two."""
LONGEST_PASSPHRASE: Final = 1000
"""In characters, as in store.keys; a test compares the two."""


def must_unlock(folder: Path) -> bool:
    """Tell whether a folder opens only with its passphrase.

    What a kill broke off while the passphrase was switched on or off is finished or rolled back
    first. Raises GembaError where that is not possible, as while another Gemba is at it.
    """
    # Asked before the first picture, so a plain folder loads nothing for it.
    from gemba.store.header import KEY_NAME, is_locked, is_plain

    if (folder / _REKEYING).is_dir():
        _settle(folder)
    if is_locked(folder):
        return True
    if is_plain(folder) or (folder / KEY_NAME).exists():
        return False
    return _wrapped_elsewhere(folder) is not None


def _settle(folder: Path) -> None:
    from gemba.store.faults import readable_faults
    from gemba.store.rekey_state import finish_pending

    with readable_faults():
        finish_pending(folder)


def unlock(folder: Path, passphrase: str) -> bytes:
    """Return the data key of a folder.

    Where the key file is gone or damaged, the key that the newest backup carries is tried, and
    the file is written anew when it fits. Raises WrongPassphrase (a Refused), Damaged or
    GembaError; never with the passphrase in it.
    """
    from gemba.store.faults import readable_faults
    from gemba.store.header import FILE_NAME, KEY_NAME, file_version
    from gemba.store.keys import read_key_file, write_key_file

    path = folder / KEY_NAME
    with readable_faults():
        try:
            return read_key_file(path).opened(passphrase)
        except GembaError as error:
            if error.key not in ("key.missing", "key.damaged"):
                raise
            wrapped = _wrapped_elsewhere(folder)
            if wrapped is None:
                raise
        key = wrapped.opened(passphrase)
        file_version(folder / FILE_NAME, key)
        write_key_file(path, wrapped)
        return key


def check_new(passphrase: str, again: str) -> None:
    """Refuse a new passphrase that is none, or that was not typed the same way twice."""
    from gemba.store.keys import check_passphrase

    check_passphrase(passphrase)
    if passphrase != again:
        raise GembaError("key.different")


def set_passphrase(folder: Path, passphrase: str, progress: Progress | None = None) -> bytes:
    """Encrypt a folder that nobody has open, and return its data key.

    Raises BadInput for what is no passphrase, and GembaError with everything as it was.
    """
    from gemba.store.rekey import encrypt_folder

    return encrypt_folder(folder, passphrase, progress)


def remove_passphrase(folder: Path, passphrase: str, progress: Progress | None = None) -> None:
    """Write a folder that nobody has open in plain again; raises as set_passphrase does."""
    from gemba.store.rekey import decrypt_folder

    decrypt_folder(folder, unlock(folder, passphrase), progress)


def change_passphrase(folder: Path, old: str, new: str, *, held: bool = False) -> None:
    """Open a folder with another passphrase from now on; the data are not written anew.

    ``held`` says that this process has the folder open. Raises WrongPassphrase or BadInput.
    """
    from gemba.store.faults import readable_faults
    from gemba.store.rewrap import change_passphrase, rewrap_held

    with readable_faults():
        (rewrap_held if held else change_passphrase)(folder, old, new)


def _wrapped_elsewhere(folder: Path) -> WrappedKey | None:
    """Return the key that backups carry, for a database that is there and not in plain."""
    from gemba.store.backup_keys import key_of_backups
    from gemba.store.header import is_plain

    return None if is_plain(folder) else key_of_backups(folder)
