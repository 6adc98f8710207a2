"""All use cases over one data folder, put together once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gemba.services.arrivals import Arrivals
from gemba.services.backups import Backups
from gemba.services.bin import Bin
from gemba.services.bulletin import Bulletin
from gemba.services.coaching import Coaching
from gemba.services.conflicts import Conflicts
from gemba.services.consent import Consent
from gemba.services.drafts import Drafts
from gemba.services.erasing import Erasing
from gemba.services.exports import Exports
from gemba.services.gallery import Gallery
from gemba.services.history import History
from gemba.services.people import People
from gemba.services.promises import Promises
from gemba.services.recorder import Post, Recorder, call_at_once
from gemba.services.reviews import Reviews
from gemba.services.sheet_course import Course
from gemba.services.sheet_formats import SheetFormats
from gemba.services.sheet_types import SheetTypes
from gemba.services.sheets import Sheets
from gemba.services.story import Story
from gemba.services.thread import Thread
from gemba.services.versions import Versions
from gemba.services.walks import Walks
from gemba.services.wording import Wording

if TYPE_CHECKING:
    from gemba.definitions.catalog import Catalog
    from gemba.store.store import Store


def local_now() -> datetime:
    """Return this instant with the name of the zone the machine lives in."""
    zone = _local_zone()
    return datetime.now(zone) if zone else datetime.now().astimezone()


def _local_zone() -> ZoneInfo | None:
    import os

    name = os.environ.get("TZ", "")
    if not name:
        try:
            # Read each time: people travel with their laptops. Usually there is one link only.
            name = Path("/etc/localtime").readlink().as_posix().partition("zoneinfo/")[2]
        except (OSError, NotImplementedError):
            pass
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, KeyError):
        return None


class Workspace:
    """One open data folder and everything that can be done in it."""

    def __init__(
        self,
        store: Store,
        catalog: Catalog,
        words: Callable[..., str],
        *,
        post: Post = call_at_once,
        now: Callable[[], datetime] = local_now,
        bulletin: Bulletin | None = None,
    ) -> None:
        self.store = store
        self.catalog = catalog
        self.bulletin = bulletin or Bulletin()
        self.recorder = Recorder(store, self.bulletin, post=post, now=now)
        self.backups = Backups(store, who=lambda: self.recorder.who, post=post, now=now)
        self.arrivals = Arrivals(self.recorder, self.backups)
        self.drafts = Drafts(self.recorder)
        self.people = People(self.recorder)
        self.thread = Thread(self.recorder)
        self.promises = Promises(self.recorder, self.people, self.thread)
        self.walks = Walks(self.recorder, self.promises, self.thread)
        self.sheets = Sheets(self.recorder, self.people, catalog.sheet)
        self.gallery = Gallery(self.recorder, catalog.sheet)
        self.wording = Wording(self.recorder, self.people, catalog.wording)
        self.sheet_types = SheetTypes(catalog, self.sheets, lambda: store.writable)
        self.coaching = Coaching(
            self.recorder, self.people, self.thread, self.sheets, catalog.question_set
        )
        self.history = History(self.recorder)
        self.bin = Bin(self.recorder)
        self.versions = Versions(self.recorder)
        self.formats = SheetFormats(self.recorder, self.sheets, self.versions)
        self.reviews = Reviews(self.recorder, self.people, self.sheets, catalog.rubric)
        self.consent = Consent(self.recorder, self.sheets)
        self.course = Course(self.recorder, self.people, self.thread, self.sheets)
        self.story = Story(self.recorder, self.sheets, self.versions)
        self.conflicts = Conflicts(self.recorder)
        self.erasing = Erasing(self.recorder)
        self.bin.before = self.backups.before
        self.erasing.backups = self.backups
        self.erasing.finish_half()
        self.exports = Exports(
            self.recorder,
            self.people,
            self.thread,
            self.walks,
            self.coaching,
            self.sheets,
            self.history,
            words,
        )

    def close(self) -> None:
        """Commit what is queued and let the folder go."""
        self.backups.close()
        self.recorder.close()
        self.store.close()


def open_workspace(
    folder: Path,
    catalog: Catalog,
    words: Callable[..., str],
    *,
    key: bytes | None = None,
    write: bool = True,
    post: Post = call_at_once,
    now: Callable[[], datetime] = local_now,
) -> Workspace:
    """Open a data folder, making it when it is new; raises GembaError when it cannot be read.

    ``key`` is the data key of an encrypted folder; without it, that one raises Locked.
    """
    from gemba.store.store import open_store

    store = open_store(folder, key=key, write=write, now=now)
    try:
        return Workspace(store, catalog, words, post=post, now=now)
    except BaseException:
        # Where not even the settings can be read, the folder must not stay taken.
        store.close()
        raise
