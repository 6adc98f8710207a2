"""Whether a data folder is open in another window; the standard library only."""

from __future__ import annotations

from pathlib import Path


def is_open_elsewhere(folder: Path) -> bool:
    """Tell whether another Gemba writes in a folder right now; changes nothing."""
    from gemba.store.lock import is_taken

    return is_taken(folder)
