"""The photos beside a damaged database, sealed or not, as far as its key could be read."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy.engine import Connection

from gemba.domain.errors import ReadOnly
from gemba.store.photos import Photos
from gemba.store.salvage import Salvaged
from gemba.store.sealed import SEAL_KEY, Seal


def photos_beside(folder: Path, found: Salvaged) -> Photos:
    """Return the photos of a folder for reading only."""
    kept = found.settings.get(SEAL_KEY)
    seal = Seal(kept) if kept else None
    return Photos(folder / "photos", _never, seal)


def _never() -> AbstractContextManager[Connection]:
    raise ReadOnly("store.opened_for_reading")
