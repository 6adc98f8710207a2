"""The reserve: a file that only takes up room, so that a full disk still has some to give."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

FILE_NAME: Final = "reserve"
SIZE: Final = 4 * 1024 * 1024
"""Bytes; room for a delete of some hundred records with its journal, or for hours of typing."""

_PIECE: Final = 64 * 1024


class Reserve:
    """Some room on the disk that Gemba takes while there is plenty and gives when there is none.

    It is given for deleting, which makes room, and for leaving, which must lose nothing; not for
    going on writing as if the disk were not full.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE_NAME

    def fill(self) -> bool:
        """Take the room, where there is twice as much; tell whether it is held."""
        try:
            if self._file.exists() and self._file.stat().st_size >= SIZE:
                return True
            if _room(self._file.parent) < 2 * SIZE:
                return False
            with self._file.open("wb") as file:
                # Written and not only declared: a hole in a file takes up no room.
                for _ in range(SIZE // _PIECE):
                    file.write(os.urandom(_PIECE))
                file.flush()
                os.fsync(file.fileno())
            self._file.chmod(0o600)
        except OSError:
            self.release()
            return False
        return True

    def release(self) -> bool:
        """Give the room back; tell whether there was any."""
        try:
            held = self._file.stat().st_size > 0
            self._file.unlink()
        except OSError:
            return False
        return held


def _room(folder: Path) -> int:
    return shutil.disk_usage(folder).free
