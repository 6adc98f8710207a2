"""What waits today, read before anything large is loaded."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gemba.domain.today import TodayGlance

if TYPE_CHECKING:
    from gemba.store.store import Store


def read_today(
    folder: Path, today: date, store: Store | None = None, key: bytes | None = None
) -> TodayGlance:
    """Return what Today shows; whatever is wrong with the folder is said by its state.

    A ``store`` that is open already knows what the disk has not taken yet. ``key`` is the data
    key of an encrypted folder.
    """
    if store is not None and store.unsaved is not None:
        return store.glance(today)
    # The standard library's sqlite3 only: SQLAlchemy would hold up the first picture.
    from gemba.store.glance import glance

    return glance(folder, today, key if store is None else store.key)
