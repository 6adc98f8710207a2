"""A copy of everything in another place, for when the disk takes no more."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gemba.domain.errors import GembaError

if TYPE_CHECKING:
    from gemba.store.store import Store

_BESIDE = ("gemba.key", "definitions", "photos")
"""What belongs to the data and lies beside the database."""


def save_copy(store: Store, place: Path, at: datetime) -> Path:
    """Write the newest state and all photos into a new folder in a place, and return the folder.

    The copy is a data folder like any other. Raises GembaError when the place cannot take it, and
    leaves nothing half done there.
    """
    from gemba.store.files import sync_folder

    folder = place / f"Gemba {at:%Y-%m-%d %H-%M-%S}"
    try:
        folder.mkdir(mode=0o700)
        sync_folder(place)
    except OSError as error:
        raise _refused(place, error) from error
    try:
        store.copy_to(folder / "gemba.db")
        for name in _BESIDE:
            _bring(store.folder / name, folder / name)
        store.photos.keep_unwritten_in(folder / "photos")
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise _refused(place, error) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _bring(source: Path, target: Path) -> None:
    """Copy what is still there: with a stick that was pulled out the photos are gone as well."""
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.is_file():
        shutil.copy2(source, target)


def _refused(place: Path, error: OSError) -> GembaError:
    return GembaError(
        "file.cannot_write", file=str(place), reason=error.strerror or type(error).__name__
    )
