"""All use cases over one data folder, put together once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gemba.services.arrivals import Arrivals
from gemba.services.backups import Backups
from gemba.services.bin import Bin
from gemba.services.bulletin import Bulletin
from gemba.services.coaching import Coaching
from gemba.services.conflicts import Conflicts
from gemba.services.drafts import Drafts
from gemba.services.erasing import Erasing
from gemba.services.history import History
from gemba.services.people import People
from gemba.services.promises import Promises
from gemba.services.recorder import Post, Recorder, call_at_once
from gemba.services.sheet_types import SheetTypes
from gemba.services.sheets import Sheets
from gemba.services.thread import Thread
from gemba.services.versions import Versions
from gemba.services.walks import Walks

if TYPE_CHECKING:
    from gemba.definitions.catalog import Catalog
    from gemba.services.consent import Consent
    from gemba.services.exports import Exports
    from gemba.services.gallery import Gallery
    from gemba.services.patterns import PatternFinder
    from gemba.services.reviews import Reviews
    from gemba.services.sheet_course import Course
    from gemba.services.sheet_formats import SheetFormats
    from gemba.services.story import Story
    from gemba.services.wording import Wording
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
        self._words = words
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
        self.sheet_types = SheetTypes(catalog, self.sheets, lambda: store.writable)
        self.coaching = Coaching(
            self.recorder, self.people, self.thread, self.sheets, catalog.question_set
        )
        self.history = History(self.recorder)
        self.bin = Bin(self.recorder)
        self.versions = Versions(self.recorder)
        self.conflicts = Conflicts(self.recorder)
        self.erasing = Erasing(self.recorder)
        self.bin.before = self.backups.before
        self.erasing.backups = self.backups
        self.erasing.finish_half()
        if store.writable:
            self.sheets.lay_pens_down()

    # What a start does not need is loaded when it is first asked for.

    @cached_property
    def gallery(self) -> Gallery:
        """Return what finds sheets among many."""
        from gemba.services.gallery import Gallery

        return Gallery(self.recorder, self.catalog.sheet)

    @cached_property
    def patterns(self) -> PatternFinder:
        """Return what counts what was seen and promised."""
        from gemba.services.patterns import PatternFinder

        return PatternFinder(self.recorder, self.people, self.sheets)

    @cached_property
    def wording(self) -> Wording:
        """Return what asks about the wording of sentences."""
        from gemba.services.wording import Wording

        return Wording(self.recorder, self.people, self.catalog.wording)

    @cached_property
    def formats(self) -> SheetFormats:
        """Return what shapes the boxes of a sheet."""
        from gemba.services.sheet_formats import SheetFormats

        return SheetFormats(self.recorder, self.sheets, self.versions)

    @cached_property
    def reviews(self) -> Reviews:
        """Return what looks over a sheet by its rubric."""
        from gemba.services.reviews import Reviews

        return Reviews(self.recorder, self.people, self.sheets, self.catalog.rubric)

    @cached_property
    def consent(self) -> Consent:
        """Return what logs who was asked, and who signs."""
        from gemba.services.consent import Consent

        return Consent(self.recorder, self.sheets)

    @cached_property
    def course(self) -> Course:
        """Return what moves a sheet through its stages."""
        from gemba.services.sheet_course import Course

        return Course(self.recorder, self.people, self.thread, self.sheets)

    @cached_property
    def story(self) -> Story:
        """Return what tells how a sheet came about."""
        from gemba.services.story import Story

        return Story(self.recorder, self.sheets, self.versions)

    @cached_property
    def exports(self) -> Exports:
        """Return what draws records on paper and into files."""
        from gemba.services.exports import Exports

        return Exports(
            self.recorder,
            self.people,
            self.thread,
            self.walks,
            self.coaching,
            self.sheets,
            self.history,
            self._words,
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
