"""What lies beside the data and is not the data."""

from __future__ import annotations

from pathlib import Path


def copies_beside(folder: Path) -> tuple[Path, ...]:
    """Return other copies of the database in its folder, such as a sync tool's conflict copy."""
    from gemba.store.first_look import copies_beside as look

    return look(folder)
