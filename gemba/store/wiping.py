"""Removing files for good, as far as writing over them does that."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

_BLOCK: Final = 1 << 20


def wipe_file(path: Path) -> None:
    """Write zeros over a file and remove it; an SSD may keep what lay there before all the same."""
    with suppress(FileNotFoundError):
        with path.open("rb+", buffering=0) as file:
            left = os.fstat(file.fileno()).st_size
            while left > 0:
                left -= file.write(bytes(min(left, _BLOCK)))
            os.fsync(file.fileno())
        path.unlink()


def wipe_tree(path: Path) -> None:
    """Wipe every file below a folder, and the folder too; a link is only removed."""
    if path.is_symlink() or not path.is_dir():
        _wipe_or_unlink(path)
        return
    for folder, _, names in os.walk(path):
        for name in names:
            _wipe_or_unlink(Path(folder) / name)
    shutil.rmtree(path)


def _wipe_or_unlink(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    elif path.is_file():
        wipe_file(path)
