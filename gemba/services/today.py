"""What waits today, read before anything large is loaded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gemba.domain.today import TodayGlance


def read_today(folder: Path, today: date) -> TodayGlance:
    """Return what Today shows; whatever is wrong with the folder is said by its state."""
    # The standard library's sqlite3 only: SQLAlchemy would hold up the first picture.
    from gemba.store.glance import glance

    return glance(folder, today)
