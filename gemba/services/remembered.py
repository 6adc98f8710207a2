"""A passphrase kept by the system for whoever is signed in, where the leader wants it so.

The system's own keyring holds it: the keychain of macOS, the credential store of Windows, the
secret service of a Linux desktop. Where there is none, nothing is offered; a keyring that only
writes a file is none.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_log = logging.getLogger(__name__)

SERVICE: Final = "Gemba"
"""Under this name the keyring lists what Gemba keeps in it."""
_LEAST: Final = 1.0
"""The priority that backends of a system's own keyring have; those that write a file have less."""


def can_remember() -> bool:
    """Tell whether the system has a keyring that is open to us; slow, may ask the desktop."""
    return _backend() is not None


def remember(folder: Path, passphrase: str) -> bool:
    """Have the keyring keep a folder's passphrase; tell whether it does."""
    return _do(lambda kept: kept.set_password(SERVICE, _name(folder), passphrase)) is not _FAILED


def recall(folder: Path) -> str | None:
    """Return the passphrase that is kept for a folder; None where there is none."""
    found = _do(lambda kept: kept.get_password(SERVICE, _name(folder)))
    return found if isinstance(found, str) and found else None


def forget(folder: Path) -> None:
    """Have the keyring keep nothing for a folder any more."""
    if recall(folder) is not None:
        _do(lambda kept: kept.delete_password(SERVICE, _name(folder)))


def _name(folder: Path) -> str:
    return str(folder.absolute())


_FAILED: Final = object()


def _do(work: Any) -> object:
    backend = _backend()
    if backend is None:
        return _FAILED
    try:
        return work(backend)
    except Exception as error:
        # Each keyring fails in its own way, and none of them may keep the folder shut.
        _log.info("the keyring did not answer: %s", type(error).__name__)
        return _FAILED


def _backend() -> KeyringBackend | None:
    try:
        import keyring

        backend = keyring.get_keyring()
        for one in getattr(backend, "backends", None) or (backend,):
            if float(one.priority) >= _LEAST:
                return backend
    except Exception as error:
        _log.info("no keyring here: %s", type(error).__name__)
    return None
