"""A journal deleted or foreign, a sync tool's copy beside: found or harmless, never merged."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from gemba.domain.errors import GembaError
from gemba.domain.person import Person
from gemba.services.beside import copies_beside
from gemba.services.samples import load_sample
from gemba.store import opening as opening_module
from gemba.store.glance import glance
from gemba.store.opening import open_store
from gemba.store.store import Store
from tests.faults.tally import Row, Tally, must

ROW = Row("journal file deleted, foreign, or a sync tool's conflict copy beside", 6, 6)
PAGE = 4096
ANA = UUID(int=7)


def run(times: int, seed: int) -> Tally:
    """Live through every case, again and again when more are asked for."""
    tally = Tally("journal file")
    with tempfile.TemporaryDirectory() as made:
        for number in range(times):
            place = Path(made) / str(number)
            with tally.once(seed + number):
                CASES[number % len(CASES)](Ground(place))
        with _looking_away():
            tally.catch(lambda: _foreign(Ground(Path(made) / "control")), "mixed")
    return tally


class Ground:
    """The bytes of a folder before and after one write."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "data"
        with open_store(self.folder) as store:
            load_sample("discharge", store)
            store.write([Person(id=ANA, name="Ana")], who="Nora Whitfield")
        self.path = self.folder / "gemba.db"
        self.journal = self.folder / "gemba.db-journal"
        self.before = self.path.read_bytes()
        with open_store(self.folder) as store:
            ana = store.get(Person, ANA)
            store.write([replace(ana, role="nurse " * 2000)], who="Nora Whitfield")
        self.after = self.path.read_bytes()

    def start(self) -> Store:
        """Look and open, as the window does."""
        glance(self.folder, date(2026, 11, 24))
        return open_store(self.folder)

    def holds(self, role: str, what: str) -> None:
        """Open, and hold that it is wholly one state."""
        with self.start() as store:
            must(store.get(Person, ANA).role == role, f"{what}: another state was mixed in")
            must(store.check().rows_sound, f"{what}: what was mixed in is not sound")


def journal_of(before: bytes, nonce: int = 7) -> bytes:
    """Write the journal that SQLite leaves behind when it dies while writing to the file."""
    count = len(before) // PAGE
    numbers = (count, nonce, count, 512, PAGE)
    head = bytes.fromhex("d9d505f920a163d7") + b"".join(n.to_bytes(4, "big") for n in numbers)
    made = head.ljust(512, b"\0")
    for number in range(count):
        page = before[number * PAGE : (number + 1) * PAGE]
        digest = (nonce + sum(page[n] for n in range(PAGE - 200, 0, -200))) % (1 << 32)
        made += (number + 1).to_bytes(4, "big") + page + digest.to_bytes(4, "big")
    return made


def _deleted(ground: Ground) -> None:
    """Half of a write reached the file, and somebody deleted what would take it back."""
    half = bytearray(ground.after[: len(ground.before)])
    half[10 * PAGE :] = ground.before[10 * PAGE :]
    ground.path.write_bytes(half)
    try:
        with ground.start() as store:
            role = _role(store)
            sound = store.check().rows_sound
        must(not sound or role in ("", "nurse " * 2000), "a torn write was shown as sound")
        must(not sound, "a torn write was not found")
    except GembaError:
        must(ground.path.read_bytes() == half, "the damaged file was changed")


def _role(store: Store) -> str | None:
    try:
        return store.get(Person, ANA).role
    except GembaError:
        return None


def _own(ground: Ground) -> None:
    """Its own journal is played back: the write that was cut off never was."""
    ground.journal.write_bytes(journal_of(ground.before))
    ground.holds("", "own journal")
    must(ground.path.read_bytes() == ground.before, "the cut off write was not taken back")


def _foreign(ground: Ground) -> None:
    """Another folder's journal lies beside, as after a sync tool's mistake."""
    other = Ground(ground.folder.parent / "other")
    _stays_out(ground, journal_of(other.before), "foreign journal")


def _older(ground: Ground) -> None:
    """A journal of its own, from before later writes."""
    with open_store(ground.folder) as store:
        store.write([Person(id=UUID(int=8), name="Bo")], who="Nora Whitfield")
    ground.after = ground.path.read_bytes()
    _stays_out(ground, journal_of(ground.before), "older journal")


def _words(ground: Ground) -> None:
    """A file that is no journal at all."""
    _stays_out(ground, b"Dear diary, this is no journal. " * 99, "words")


def _stays_out(ground: Ground, strange: bytes, what: str) -> None:
    ground.journal.write_bytes(strange)
    ground.holds("nurse " * 2000, what)
    must(ground.path.read_bytes() == ground.after, f"{what}: mixed into the file")
    kept = [path.read_bytes() for path in (ground.folder / "aside").glob("*-journal")]
    must(strange in kept, f"{what}: not laid aside")


def _conflict_copy(ground: Ground) -> None:
    """A sync tool's copy lies beside: named, not opened, not merged."""
    copy = ground.folder / "gemba (conflicted copy 2026-11-22).db"
    shutil.copy(ground.path, copy)
    copy.write_bytes(ground.before)
    must(copies_beside(ground.folder) == (copy,), "the copy beside was not found")
    ground.holds("nurse " * 2000, "conflict copy")
    must(copy.read_bytes() == ground.before, "the copy was changed")
    must(ground.path.read_bytes() == ground.after, "the copy was mixed in")


CASES: tuple[Callable[[Ground], None], ...] = (
    _deleted,
    _own,
    _foreign,
    _older,
    _words,
    _conflict_copy,
)


@contextmanager
def _looking_away() -> Iterator[None]:
    """A build that lets SQLite play back whatever lies beside."""
    from gemba.store import glance as glance_module

    real = opening_module.put_away_strange_journal, glance_module.is_strange_journal
    opening_module.put_away_strange_journal = lambda _folder: None
    glance_module.is_strange_journal = lambda _path: False
    try:
        yield
    finally:
        opening_module.put_away_strange_journal, glance_module.is_strange_journal = real
