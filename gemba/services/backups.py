"""Backups by themselves, the second place, the proof that they work, and bringing one back."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from gemba.domain.backup import BackupPoint, Drill, Ready, Safety
from gemba.domain.errors import Damaged, GembaError
from gemba.domain.keeping import may_go
from gemba.services.backup_notes import Notes
from gemba.services.backup_places import Places, Stopped, of_backup

if TYPE_CHECKING:
    from gemba.store.backup_files import BackupFolder
    from gemba.store.store import Store

_log = logging.getLogger(__name__)
T = TypeVar("T")
Post = Callable[[Callable[[], None]], None]
Listener = Callable[[Safety], None]

EVERY: Final = timedelta(minutes=30)


class Backups:
    """Everything about the backups of one open folder; works on a thread of its own.

    ``post`` brings word to the thread of the window; listeners hear of every change there.
    ``mark`` puts words before what is read of a record of which a part is lost.
    """

    def __init__(
        self,
        store: Store,
        *,
        who: Callable[[], str],
        post: Post,
        now: Callable[[], datetime],
        mark: Callable[[str], str] = str,
    ) -> None:
        self._store = store
        self._who = who
        self._post = post
        self._now = now
        self._mark = mark
        self.safety = Safety()
        self._listeners: list[Listener] = []
        self._notes = Notes(store.folder)
        self._places = Places(store, self._notes)
        self._ended = threading.Event()
        self._made_at: float | None = None
        self._failed_at: float | None = None
        self._thread: ThreadPoolExecutor | None = None
        self._starting = threading.Lock()

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Tell a listener of every change; what comes back takes it off again."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def tick(self) -> Future[None]:
        """Make a backup when one is due, and let the second place catch up; asked every minute."""
        return self._submit(self._tick)

    def look(self) -> Future[None]:
        """Look what there is, without making anything."""
        return self._submit(self._read)

    def make(self, reason: str = "asked for") -> BackupPoint:
        """Make a verified backup now and return it; raises Damaged or what the disk says."""
        return self._submit(lambda: self._make(reason)).result()

    def make_soon(self, reason: str = "asked for") -> Future[BackupPoint]:
        """Queue a backup; how it went is told to the listeners."""
        return self._submit(lambda: self._make(reason))

    def before(self, reason: str) -> BackupPoint | None:
        """Make a backup before something large is done; ``reason`` is "before import" and so on.

        Waits for it. Does nothing where the folder can only be read. Raises GembaError when none
        could be made: then the large thing is better not done.
        """
        return self.make(reason) if self._store.writable else None

    def prove(self, name: str) -> Future[Drill]:
        """Restore a backup into a folder of its own, compare, and remember what was found."""
        return self._submit(lambda: self._prove(name))

    def choose_second(self, folder: Path | None) -> Future[None]:
        """Keep copies of all backups in another place from now on, or no longer."""

        def work() -> None:
            self._notes.set_second(folder)
            self._second()

        return self._submit(work)

    def ready(self, name: str) -> Future[Ready]:
        """Make a backup of what is there, and then make an old one ready to take its place.

        The folder has to be closed after that, for put_back.
        """
        return self._submit(lambda: self._ready(name))

    def grew_since(self, ready: Ready) -> bool:
        """Tell whether something was written after the backup that undoes a restore."""
        if not ready.undo:
            return False
        return self._changed(self._folder().point(ready.undo))

    def erase_older(self, reason: str = "before erase") -> BackupPoint:
        """Make a fresh backup and remove every other one, here and in the second place.

        A second place that is away loses them when it comes back.
        """
        return self._submit(lambda: self._erase_older(reason)).result()

    def close(self) -> None:
        """Give up what is going on, without a trace of it, and end the thread."""
        self._ended.set()
        with self._starting:
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.shutdown(wait=True, cancel_futures=True)

    def _submit(self, work: Callable[[], T]) -> Future[T]:
        with self._starting:
            if self._ended.is_set():
                raise Stopped("backup.stopped")
            if self._thread is None:
                self._thread = ThreadPoolExecutor(1, thread_name_prefix="gemba-backup")
            return self._thread.submit(self._told, work)

    def _told(self, work: Callable[[], T]) -> T:
        """Do work and tell what went wrong, also where nobody waits for it."""
        try:
            return work()
        except Stopped:
            raise
        except GembaError as error:
            self._tell(trouble=error)
            raise
        except BaseException:
            _log.exception("a backup failed")
            self._tell(trouble=GembaError("bug.happened"))
            raise
        finally:
            self._tell(doing="")

    def _stop(self) -> None:
        if self._ended.is_set():
            raise Stopped("backup.stopped")

    def _tell(self, **changed: object) -> None:
        before = self.safety
        self.safety = replace(before, **changed)  # type: ignore[arg-type]
        if self.safety != before and not self._ended.is_set():
            self._post(self._publish)

    def _publish(self) -> None:
        for listener in tuple(self._listeners):
            if listener in self._listeners and not self._ended.is_set():
                listener(self.safety)

    def _folder(self) -> BackupFolder:
        return self._places.here

    def _tick(self) -> None:
        self._read()
        if self._store.writable and self._store.unsaved is None and self._due():
            self._make("by itself")
        else:
            self._second()

    def _read(self) -> None:
        """Look what there is."""
        points = tuple(reversed(self._folder().points()))
        self._tell(
            points=points,
            drill=self._notes.drill(),
            known=True,
            changed=self._changed(points[0] if points else None),
        )

    def _changed(self, newest: BackupPoint | None) -> bool:
        mark = self._store.mark()
        if newest is None:
            return mark.number > 0
        if (mark.number, mark.last) != (newest.journal, newest.journal_checksum):
            return True
        from gemba.store.own_files import own_kept

        return self._store.writable and not own_kept(self._store)

    def _due(self) -> bool:
        newest = self.safety.newest
        if not self.safety.changed or self._lately(self._failed_at):
            return False
        if newest is None:
            return True
        if self._made_at is not None:
            return not self._lately(self._made_at)
        passed = self._now() - newest.made_at
        # A clock that went back says nothing about how long it was.
        return passed >= EVERY or passed < timedelta()

    def _lately(self, instant: float | None) -> bool:
        """Tell whether something was less than half an hour ago, whatever the clock says."""
        return instant is not None and time.monotonic() - instant < EVERY.total_seconds()

    def _make(self, reason: str) -> BackupPoint:
        from gemba.store.backup import make_backup
        from gemba.store.own_files import keep_own

        self._tell(doing="backup")
        folder, there = self._folder(), self._places.there()
        try:
            keep_own(self._store)
            point = make_backup(
                self._store,
                folder,
                made_at=self._now().astimezone(UTC),
                reason=reason,
                counter=there.next_counter() if there is not None else 0,
                wrapped_key=self._places.wrapped_key(),
                stop=self._stop,
            )
            self._places.bring_keys_along(folder)
        except Stopped:
            raise
        except GembaError as error:
            self._failed_at = time.monotonic()
            told = of_backup(error)
            if isinstance(told, Damaged):
                told = self._save_what_is_sound(told)
            raise told from error
        self._made_at, self._failed_at = time.monotonic(), None
        # Only now, with a new verified one on the disk, may old ones go.
        folder.remove(may_go(folder.whole_points()))
        # An erasing that a kill cut short.
        erased = min(self._notes.erased_before(), point.counter)
        folder.remove(one for one in folder.points() if one.counter < erased)
        self._tell(trouble=None)
        self._read()
        self._second()
        return point

    def _save_what_is_sound(self, told: GembaError) -> GembaError:
        """Make a backup of what can be read of damaged data; return what is to be said of it."""
        from gemba.store.backup_partial import make_partial

        folder, there = self._folder(), self._places.there()
        try:
            make_partial(
                self._store,
                folder,
                made_at=self._now().astimezone(UTC),
                mark=self._mark,
                counter=there.next_counter() if there is not None else 0,
                wrapped_key=self._places.wrapped_key(),
                stop=self._stop,
            )
        except Stopped:
            raise
        except (GembaError, OSError):
            _log.warning("what is sound of the data could not be saved")
            return told
        parts = [one for one in folder.points() if one.partial]
        folder.remove(may_go(folder.whole_points()))
        self._read()
        self._second()
        if not parts:
            return told
        return Damaged("backup.damaged_in_part", **told.values)

    def _second(self) -> None:
        """Let the second place catch up, and say how it stands."""

        def copying() -> None:
            self._tell(doing="second")

        caught = self._places.catch_up(self._now(), copying, self._stop)
        trouble = self.safety.trouble
        if caught.trouble is not None:
            trouble = caught.trouble
        elif trouble is not None and trouble.key.startswith("backup.second_"):
            # It works again, or it is away, which is no trouble.
            trouble = None
        self._tell(
            second=caught.second,
            before=caught.before,
            elsewhere=caught.elsewhere,
            trouble=trouble,
        )

    def _prove(self, name: str) -> Drill:
        from gemba.services.inspection import inspect
        from gemba.store.backup_drill import drill
        from gemba.store.backup_swap import PROVING

        self._tell(doing="drill")
        found = drill(
            self._places.all(),
            self._places.point(name),
            self._store.folder / PROVING,
            key=self._store.key,
            at=self._now(),
            stop=self._stop,
            look=inspect,
        )
        self._notes.proved(found)
        self._tell(drill=found)
        return found

    def _ready(self, name: str) -> Ready:
        from gemba.store.backup_restore import prepare_restore

        point = self._places.point(name)
        undo = ""
        try:
            undo = self._make("before restore").name
        except Damaged:
            # What cannot be proved is kept as it is, in the folder of damaged originals.
            self._tell(trouble=None)
        self._tell(doing="restore")
        missing = prepare_restore(
            self._store.folder,
            self._places.all(),
            point,
            key=self._store.key,
            who=self._who(),
            now=self._now,
            stop=self._stop,
        )
        return Ready(point=point, undo=undo, photos_missing=missing)

    def _erase_older(self, reason: str) -> BackupPoint:
        point = self._make(reason)
        self._notes.erase_before(point.counter)
        for place in self._places.own():
            place.remove(one for one in place.points() if one.counter < point.counter)
        self._read()
        return point
