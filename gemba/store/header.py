"""What a database file says about itself before it is opened; the standard library only."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from gemba.domain.errors import GembaError

FILE_NAME: Final = "gemba.db"
APPLICATION_ID: Final = 0x47656D62
"""Stands in the file's header ("Gemb"), so that a file says whose it is."""
NEWEST: Final = 2
"""The version this program writes; equals the number of migrations (a test watches over it)."""

_MAGIC: Final = b"SQLite format 3\x00"


def file_version(path: Path) -> int:
    """Read a file's version from its header (SQLite's user_version), untouched by a look.

    0 for a file that does not exist or is still empty. Raises GembaError for one that is no
    database of Gemba.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return 0
    if not header:
        return 0
    owner = int.from_bytes(header[68:72], "big")
    if not header.startswith(_MAGIC) or len(header) < 100 or owner not in (0, APPLICATION_ID):
        raise GembaError("store.not_a_database", file=str(path))
    return int.from_bytes(header[60:64], "big")
