"""The photos beside a damaged database, sealed or not, as far as its key could be read."""

from __future__ import annotations

from pathlib import Path

from gemba.store.photos import Photos, only_reads
from gemba.store.salvage import Salvaged
from gemba.store.sealed import SEAL_KEY, Seal


def photos_beside(folder: Path, found: Salvaged) -> Photos:
    """Return the photos of a folder for reading only."""
    kept = found.settings.get(SEAL_KEY)
    seal = Seal(kept) if kept else None
    return Photos(folder / "photos", only_reads, seal)
