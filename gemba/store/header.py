"""What a database file says about itself before it is opened; the standard library only."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Final

from gemba.domain.errors import Damaged, GembaError, Locked
from gemba.store import driver

FILE_NAME: Final = "gemba.db"
KEY_NAME: Final = "gemba.key"
APPLICATION_ID: Final = 0x47656D62
"""Stands in the file's header ("Gemb"), so that a file says whose it is."""
NEWEST: Final = 6
"""The version this program writes; equals the number of migrations (a test watches over it)."""

MAGIC: Final = b"SQLite format 3\x00"
"""What a plain database begins with (sqlite.org/fileformat.html, section 1.3)."""


def is_locked(folder: Path) -> bool:
    """Tell whether a folder opens only with its passphrase: it has a key, and no plain database."""
    return (folder / KEY_NAME).is_file() and not is_plain(folder, missing=False)


def is_plain(folder: Path, *, missing: bool = True) -> bool:
    """Tell whether a folder's database can be read as it is; ``missing`` is the word on none."""
    try:
        with (folder / FILE_NAME).open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return missing


def file_version(path: Path, key: bytes | None = None) -> int:
    """Read a file's version from its header (SQLite's user_version), untouched by a look.

    0 for a file that does not exist or is still empty. Raises Locked for an encrypted one without
    its key, Damaged where the key does not fit, and GembaError for one that is no database of
    Gemba.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return 0
    if not header:
        return 0
    if key is not None:
        return _version_under_lock(path, key)
    if not header.startswith(MAGIC) and is_locked(path.parent):
        raise Locked("key.needed", folder=str(path.parent))
    owner = int.from_bytes(header[68:72], "big")
    if not header.startswith(MAGIC) or len(header) < 100 or owner not in (0, APPLICATION_ID):
        raise GembaError("store.not_a_database", file=str(path))
    return int.from_bytes(header[60:64], "big")


def _version_under_lock(path: Path, key: bytes) -> int:
    try:
        with closing(driver.connect(path, "rw" if os.access(path, os.W_OK) else "ro", key)) as made:
            owner = made.execute("PRAGMA application_id").fetchone()[0]
            version = int(made.execute("PRAGMA user_version").fetchone()[0])
    except driver.errors() as error:
        if driver.code_of(error) != driver.NOTADB:
            raise
        raise Damaged("key.does_not_fit", file=KEY_NAME) from error
    if owner not in (0, APPLICATION_ID):
        raise GembaError("store.not_a_database", file=str(path))
    return version
