"""Reading a file somebody chose: a real file, and no more of it than it may have."""

from __future__ import annotations

from pathlib import Path

from gemba.domain.errors import GembaError


def read_bounded(path: Path, most: int, too_large: GembaError) -> bytes:
    """Return the bytes of a file; raises ``too_large`` where it has more than ``most``.

    A pipe or a device is not opened: nobody may be at its other end, or it never ends. Raises
    GembaError "file.cannot_read", or OSError where the disk refuses it.
    """
    if path.exists() and not path.is_file():
        raise GembaError("file.cannot_read", file=str(path), reason="Not a file")
    if path.stat().st_size > most:
        raise too_large
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise too_large
    return data
