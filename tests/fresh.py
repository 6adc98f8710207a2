"""A new database without the time it takes to make one: made once, and laid where it is wanted."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from gemba.store.engine import write_engine
from gemba.store.files import private_folder
from gemba.store.header import FILE_NAME
from gemba.store.upgrade import upgrade_file


def begin_folder(folder: Path) -> Path:
    """Lay an empty database into a folder, as the first start on it would; return the folder.

    What the start itself makes, such as the name of the installation, is left to each start.
    """
    if not folder.exists():
        private_folder(folder)
    path = folder / FILE_NAME
    path.touch(mode=0o600)
    path.write_bytes(_empty_database())
    return folder


@functools.cache
def _empty_database() -> bytes:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / FILE_NAME
        engine = write_engine(path)
        try:
            upgrade_file(path, engine)
        finally:
            engine.dispose()
        return path.read_bytes()
