"""New folders without the time it takes to make one: made once, and laid where they are wanted."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path

from gemba.services.passphrase import set_passphrase
from gemba.services.samples import load_sample
from gemba.store.engine import write_engine
from gemba.store.files import private_folder
from gemba.store.header import FILE_NAME
from gemba.store.opening import open_store
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


def lay_sample(folder: Path, passphrase: str = "") -> Path:
    """Lay the sample hospital into a folder, under a passphrase where one is given; return it.

    Every folder laid in one process has the same records and the same installation.
    """
    shutil.copytree(_sample(passphrase).name, folder, dirs_exist_ok=True)
    return folder


@functools.cache
def _sample(passphrase: str) -> tempfile.TemporaryDirectory[str]:
    made: tempfile.TemporaryDirectory[str] = tempfile.TemporaryDirectory()
    folder = Path(made.name)
    if passphrase:
        lay_sample(folder)
        set_passphrase(folder, passphrase)
    else:
        with open_store(begin_folder(folder)) as store:
            load_sample("discharge", store)
    return made


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
