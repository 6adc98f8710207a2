"""What waits today, read before anything large is loaded."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gemba.domain.errors import GembaError
from gemba.domain.today import BUSY, DAMAGED, TodayGlance

if TYPE_CHECKING:
    from gemba.store.store import Store


def read_today(
    folder: Path, today: date, store: Store | None = None, key: bytes | None = None
) -> TodayGlance:
    """Return what Today shows; whatever is wrong with the folder is said by its state.

    A ``store`` that is open already is asked itself: it knows what the disk has not taken yet, and
    a file that is opened and closed beside SQLite loses the locks SQLite holds on it
    (sqlite.org/howtocorrupt.html, 2.2). ``key`` is the data key of an encrypted folder.
    """
    if store is not None:
        try:
            return store.glance(today)
        except GembaError as error:
            busy = error.key == "store.locked"
            return TodayGlance(today=today, state=BUSY if busy else DAMAGED)
    # The standard library's sqlite3 only: SQLAlchemy would hold up the first picture.
    from gemba.store.glance import glance

    return glance(folder, today, key)
