"""The one way to write: every change is committed by one thread, journalled and announced."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar, cast
from uuid import UUID, uuid4

from gemba.domain.changes import Ref
from gemba.domain.errors import Damaged, GembaError
from gemba.domain.kinds import Record, kind_of
from gemba.services.bulletin import Bulletin
from gemba.services.clashing import Typed, keep
from gemba.services.gate import Gate
from gemba.services.visit import Visit

if TYPE_CHECKING:
    from gemba.domain.clash import Clash
    from gemba.store.store import Store
    from gemba.store.writing import Written

_log = logging.getLogger(__name__)
WHOLE_PHOTOS = "photos.whole"
"""The setting that says "yes" where photos are kept as large as they come."""
DAILY_PIXELS = 2_048
"""The longer side of a photo for daily use."""
INTO_BIN = "bin:"
"""Begins the visit of a step into the bin, so that what went together returns together."""
MERGED, PARTED = "merge:", "part:"
"""Begin the visit of a step by which two became one, before the id of the one that went, or two
again; it is taken back as a whole, and not in one of the records that it changed."""
INTO_ONE = f"{INTO_BIN}one:"
"""Begins the visit of a step into the bin by a merging, before the id of the one that stays."""
R = TypeVar("R", bound=Record)
Post = Callable[[Callable[[], None]], None]


@dataclass(frozen=True, slots=True)
class SaveState:
    """How the window stands with the disk: writes still under way, and the last trouble."""

    pending: int = 0
    saved_at: datetime | None = None
    trouble: GembaError | None = None


def call_at_once(work: Callable[[], None]) -> None:
    """Run work where it stands: the way to post when there is no window."""
    work()


class Recorder:
    """Commits on one database thread, so that a slow disk never holds up typing.

    ``post`` brings a call back to the thread of the window. ``now`` is the clock; ``who`` names
    the person at the keyboard, for the journal.
    """

    def __init__(
        self,
        store: Store,
        bulletin: Bulletin,
        *,
        post: Post = call_at_once,
        now: Callable[[], datetime],
    ) -> None:
        self.store = store
        self.bulletin = bulletin
        self.now = now
        self.gate = Gate()
        self.who = store.settings.get("me") or ""
        self.state = SaveState()
        self.on_state: Callable[[SaveState], None] = lambda _state: None
        self.on_clash: Callable[[tuple[Clash, ...]], None] = lambda _clashes: None
        self.on_damaged: Callable[[Damaged], None] = lambda _error: None
        self.rules: list[Callable[[Record, Record], None]] = []
        """Each is shown a record before and after an edit, and raises Refused to forbid it."""
        self._post = post
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gemba-writer")
        self._lock = threading.Lock()
        self._pending = 0
        self._waiting: dict[tuple[str, UUID, str], Callable[[], Written | None]] = {}
        self._remembered: dict[str, list[str]] = {}
        self._unsaved: dict[tuple[str, UUID, str], Callable[[], Written | None]] = {}

    def today(self) -> date:
        """Return the day on the wall here and now."""
        return self.now().date()

    def new_id(self) -> UUID:
        """Return a fresh identifier."""
        return uuid4()

    def get(self, cls: type[R], record_id: UUID) -> R:
        """Return a record as it is committed; raises NotFound or Damaged."""
        return self.store.get(cls, record_id)

    def find(self, cls: type[R], **terms: object) -> list[R]:
        """Return the records whose fields equal the terms, oldest first unless told otherwise.

        One that the disk altered is left out, so that the others can be used; ``on_damaged`` hears.
        """
        try:
            return self.store.find(cls, **terms)  # type: ignore[arg-type]
        except Damaged as error:
            if error.key != "store.damaged":
                raise
            told = error
            self._post(lambda: self.on_damaged(told))
            return self.store.find(cls, skip_damaged=True, **terms)  # type: ignore[arg-type]

    def put(self, *records: Record, visit: str = "") -> tuple[Record, ...]:
        """Commit records together and return them with their new revisions."""
        written = self._wait(lambda: self.store.write(records, who=self.who, visit=visit))
        return written.records

    def put_beside(self, *records: Record) -> None:
        """Commit records together, called beside the window, on whose thread they are announced."""
        self.run_soon(lambda store: store.write(records, who=self.who)).result()

    def add(self, record: R) -> R:
        """Commit one new record and return it with its revision."""
        return cast(R, self.put(record)[0])

    def change(
        self, cls: type[R], record_id: UUID, edit: Callable[[R], R], *, visit: str = ""
    ) -> R:
        """Read the newest revision of a record, edit it and commit, with nothing in between."""
        written = self._wait(self._edit(cls, record_id, edit, visit))
        if written is None or not written.records:
            return self.get(cls, record_id)
        return cast(R, written.records[0])

    def change_soon(
        self, cls: type[R], record_id: UUID, edit: Callable[[R], R], *, visit: str, field: str
    ) -> Future[None]:
        """Queue an edit of a field being typed in; a newer edit of it replaces a waiting one.

        Trouble is told through ``on_state`` and by the future; the text stays with the caller.
        """
        key = (cls.__name__, record_id, field)
        work = self._edit(cls, record_id, edit, str(visit))
        if isinstance(visit, Visit):
            # Two windows that write in one field are two edits: neither replaces the other.
            key = (cls.__name__, record_id, f"{field}@{visit.desk.name}")
            edited = visit.desk.take(cls, record_id, edit)
            if edited is not None:
                typed = Typed(self.store, edited, visit, lambda: self.who, self._keep_clashes)
                typed.permit = self.permit
                work = typed
        with self._lock:
            for older in (self._waiting.get(key), self._unsaved.pop(key, None)):
                _begin_where(work, older)
            self._waiting[key] = work
        self._count(+1)
        return self._thread.submit(self._run_waiting, key)

    def remove(self, *refs: Ref, into: UUID | None = None) -> None:
        """Put records into the bin together, from which restore brings them back.

        ``into`` is the one with which the record was made one.
        """
        step = f"{INTO_BIN if into is None else f'{INTO_ONE}{into.hex}:'}{uuid4().hex}"
        self._wait(lambda: self.store.write((), removes=refs, who=self.who, visit=step))

    def restore(self, *refs: Ref) -> None:
        """Take records out of the bin again."""
        self._wait(lambda: self.store.write((), restores=refs, who=self.who))

    def run(self, work: Callable[[Store], T]) -> T:
        """Do something with the store on the database thread, and announce what it changed."""
        return self._wait(lambda: work(self.store))

    def run_soon(self, work: Callable[[Store], Written | None]) -> Future[Written | None]:
        """Queue something for the database thread; nothing waits for it."""

        def run() -> Written | None:
            try:
                written = work(self.store)
            except BaseException as error:
                if not isinstance(error, GembaError):
                    _log.exception("work in the background failed")
                self._count(-1)
                raise
            if written is not None:
                self._post(lambda: self.bulletin.publish(written.refs))
            self._count(-1)
            return written

        self._count(+1)
        return self._thread.submit(run)

    def take_photo(self, data: bytes, name: str = "") -> str:
        """Take in a photo and return its hash; slow, and safe to call beside the window.

        Its bytes are decoded by the gatekeeper, in a process that can be killed. Raises GembaError
        when they are no photo or too large.
        """
        return self.store.photos.take_clean(self.clean_photo(data, name), name).hash

    def clean_photo(self, data: bytes, name: str = "") -> bytes:
        """Return a photo's pixels and nothing else, as large as is wanted for daily use."""
        whole = self.recall(WHOLE_PHOTOS) == "yes"
        return self.gate.photo(data, name, 0 if whole else DAILY_PIXELS)

    def take_photo_onto(
        self, cls: type[R], record_id: UUID, data: bytes, name: str, edit: Callable[[R, str], R]
    ) -> None:
        """Take in a photo together with the record that names it; call it beside the window.

        ``edit`` is given the record and the photo's hash. Raises what take_photo raises, and
        NotFound where the record is gone; then nothing was taken in.
        """
        self._keep_onto(self.clean_photo(data, name), cls, record_id, name, edit)

    def take_sound_onto(
        self, cls: type[R], record_id: UUID, data: bytes, name: str, edit: Callable[[R, str], R]
    ) -> None:
        """Take in a voice memo together with the record that names it; call it beside the window.

        Raises GembaError when it is no sound or too large, and NotFound where the record is gone.
        """
        self._keep_onto(self.gate.sound(data, name), cls, record_id, name, edit)

    def _keep_onto(
        self, cleaned: bytes, cls: type[R], record_id: UUID, name: str, edit: Callable[[R, str], R]
    ) -> None:
        def work(store: Store) -> Written:
            return store.keep_photo(cleaned, name, cls, record_id, edit, who=self.who)

        self.run_soon(work).result()

    def set_who(self, name: str) -> None:
        """Remember who is at the keyboard."""
        self.who = name.strip()
        self._wait(lambda: self.store.settings.set("me", self.who))

    def remember(self, name: str, text: str) -> Future[None]:
        """Queue a small text by its name, such as a form half filled in; empty means forget."""

        def work() -> None:
            if text:
                self.store.settings.set(name, text)
            else:
                self.store.settings.forget(name)
            with self._lock:
                if self._remembered.get(name) is said:
                    del self._remembered[name]

        said = [text]
        key = ("", UUID(int=0), name)
        with self._lock:
            self._remembered[name] = said
            self._waiting[key] = work
            self._unsaved.pop(key, None)
        self._count(+1)
        return self._thread.submit(self._run_waiting, key)

    def recall(self, name: str) -> str:
        """Return a text that was remembered, also one that is still on its way, or nothing."""
        with self._lock:
            waiting = self._remembered.get(name)
        if waiting is not None:
            return waiting[0]
        return self.store.settings.get(name) or ""

    @property
    def unwritten(self) -> bool:
        """Tell whether something was refused that only this process knows."""
        with self._lock:
            return bool(self._unsaved) or self.store.unsaved is not None

    def settle(self) -> None:
        """Wait until everything queued so far is committed or has failed visibly."""
        self._thread.submit(lambda: None).result()

    def close(self) -> None:
        """Commit what is queued, and what the disk refused before, and end the database thread."""
        self.retry()
        if self.store.unsaved is not None:
            self._count(+1)
            self._thread.submit(self._come_back, True)
        self._thread.shutdown(wait=True)
        self.gate.close()

    def _edit(
        self, cls: type[R], record_id: UUID, edit: Callable[[R], R], visit: str
    ) -> Callable[[], Written | None]:
        def work() -> Written | None:
            before = self.store.get(cls, record_id)
            after = edit(before)
            if after == before:
                return None
            self.permit(before, after)
            return self.store.write((after,), who=self.who, visit=visit)

        return work

    def permit(self, before: Record, after: Record) -> None:
        """Raise Refused where a rule of the work forbids an edit to whoever is at the keyboard."""
        for rule in self.rules:
            rule(before, after)

    def _keep_clashes(self, clashes: tuple[Clash, ...]) -> None:
        """Lay both texts aside, on the disk, before anybody is asked which one stays."""
        keep(self.store, clashes)
        self._post(lambda: self.on_clash(clashes))

    def _run_waiting(self, key: tuple[str, UUID, str]) -> None:
        with self._lock:
            work = self._waiting.pop(key, None)
        try:
            written = work() if work else None
        except GembaError as error:
            if work is not None and error.key.startswith("store."):
                self._keep_for_later(key, work)
            self._count(-1, error)
            raise
        except BaseException:
            # Nobody may be waiting for this, so it must not end here unseen.
            _log.exception("a queued edit of %s failed", key)
            self._count(-1, GembaError("bug.happened"))
            raise
        if written:
            refs = written.refs
            self._post(lambda: self.bulletin.publish(refs))
        self._count(-1)

    def _keep_for_later(
        self, key: tuple[str, UUID, str], work: Callable[[], Written | None]
    ) -> None:
        with self._lock:
            newer = self._waiting.get(key)
            if newer is not None:
                _begin_where(newer, work)
            else:
                self._unsaved.setdefault(key, work)

    def retry(self) -> None:
        """Try once more to write what the disk refused, oldest first; newer text goes before."""
        if self.store.unsaved is not None:
            self._count(+1)
            self._thread.submit(self._come_back, False)
        with self._lock:
            unsaved, self._unsaved = self._unsaved, {}
            again = [key for key in unsaved if key not in self._waiting]
            for key in again:
                self._waiting[key] = unsaved[key]
            nothing = not again and not self._pending
        for key in again:
            self._count(+1)
            self._thread.submit(self._run_waiting, key)
        trouble = self.state.trouble
        if nothing and trouble is not None and trouble.key.startswith("store."):
            # It was told to whoever asked for it, and nothing of it waits to be written.
            self._count(+1)
            self._count(-1)

    def _come_back(self, with_reserve: bool) -> None:
        try:
            self.store.come_back(with_reserve=with_reserve)
        except BaseException:
            _log.exception("bringing work back to the disk failed")
            self._count(-1, GembaError("bug.happened"))
            raise
        self._count(-1)

    def _wait(self, work: Callable[[], T]) -> T:
        self._count(+1)
        try:
            done = self._thread.submit(work).result()
        except GembaError as error:
            # What the leader left out is said beside its field; only the disk concerns the window.
            self._count(-1, error if error.key.startswith("store.") else None)
            raise
        except BaseException:
            self._count(-1)
            raise
        self._count(-1)
        refs: frozenset[Ref] = getattr(done, "refs", frozenset())
        self.bulletin.publish(refs)
        return done

    def _count(self, step: int, trouble: GembaError | None = None) -> None:
        with self._lock:
            self._pending += step
            if step < 0 and trouble is None:
                trouble = self.store.unsaved
            ended = step < 0 and trouble is None and not self._unsaved
            self.state = SaveState(
                pending=self._pending,
                saved_at=self.now() if ended else self.state.saved_at,
                trouble=trouble if trouble else (None if ended else self.state.trouble),
            )
        # As it stands when it is heard: a word that waited must not speak over a newer one.
        self._post(lambda: self.on_state(self.state))


T = TypeVar("T")


def _begin_where(work: object, older: object) -> None:
    """Let an edit that takes the place of one not yet written begin where that one began."""
    if isinstance(work, Typed) and isinstance(older, Typed):
        work.base = older.base


def refs_of(*records: Record) -> tuple[Ref, ...]:
    """Name records by kind and id."""
    return tuple(Ref(kind_of(record), record.id) for record in records)
