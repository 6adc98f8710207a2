"""Pages zeroed, the header destroyed, the file cut: the window starts, and what is there comes out.

A record is physically intact when every page it lies on is as it was: its leaf and its overflow.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid5

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.kinds import KINDS, Record, kind_of
from gemba.domain.observation import Observation
from gemba.domain.sheet import Sheet
from gemba.services.restoring import list_backups, restore_backup
from gemba.services.salvage import salvage_into
from gemba.services.samples import load_sample
from gemba.store import salvage_trees
from gemba.store.backup import make_backup
from gemba.store.backup_files import BackupFolder
from gemba.store.opening import open_store
from gemba.store.salvage_pages import Pages
from gemba.store.salvage_record import number_at
from gemba.store.salvage_rows import read_piece
from gemba.store.salvage_trees import Forest
from gemba.store.store import Store
from tests.faults.tally import Row, Tally, must

ROW = Row("1-20 pages zeroed, header destroyed, cut to 99/90/50/10/0 %", 55, 8)
LEAST = 0.95
PAGE = 4096
Hurt = Callable[[bytes, random.Random], bytes]
_NAMES = UUID("6a1b8a2e-2f0e-4d2b-9c0f-0d6f3e4f7a11")


def _zero(count: int) -> Hurt:
    def hurt(data: bytes, chance: random.Random) -> bytes:
        bent = bytearray(data)
        for page in chance.sample(range(len(data) // PAGE), count):
            bent[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
        return bytes(bent)

    return hurt


def _cut(part: float) -> Hurt:
    return lambda data, _chance: data[: int(len(data) * part)]


def _header(data: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(100) + data[100:]


def _first_page(data: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(PAGE) + data[PAGE:]


WAYS: tuple[tuple[str, Hurt], ...] = (
    ("the first page is noise", _first_page),
    ("cut to 50 %", _cut(0.5)),
    ("the header is noise", _header),
    ("cut to 99 %", _cut(0.99)),
    ("cut to 90 %", _cut(0.9)),
    ("cut to 10 %", _cut(0.1)),
    ("cut to 0 %", _cut(0.0)),
    *((f"{count} pages are zero", _zero(count)) for count in range(1, 21)),
)


def run(times: int, seed: int) -> Tally:
    """Tear so many copies, in turn by every way there is, and save what they hold."""
    tally = Tally("torn file")
    with tempfile.TemporaryDirectory() as made:
        ground = Ground(Path(made))
        for number in range(times):
            with tally.once(seed + number):
                ground.tear(number % len(WAYS), seed + number)
        tally.notes.append(
            f"{ground.saved} of {ground.intact} intact records came out whole, {ground.anew} lost "
            f"ones were written anew from the journal; windows started: {ground.started}"
        )
        with _no_loose_leaves():
            tally.catch(lambda: ground.tear(0, seed), "salvage.nothing")
    return tally


class Ground:
    """A folder with the sample, much that was written in it, and a backup."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.folder = place / "data"
        with open_store(self.folder) as store:
            load_sample("discharge", store)
            _write(store)
            self.records = _records(store)
            make_backup(
                store,
                BackupFolder(self.folder / "backups"),
                made_at=datetime.now(UTC),
                reason="by itself",
            )
        self.path = self.folder / "gemba.db"
        self.whole = self.path.read_bytes()
        self.pages = {ref: frozenset(pages) for ref, pages in _pages_of_records(self.whole)}
        must(self.pages.keys() == self.records.keys(), "the ground could not be read")
        self.saved = self.intact = self.anew = self.started = 0

    def tear(self, way: int, seed: int) -> None:
        """Tear the file in one way; hold the start, both ways out, and what came out."""
        words, hurt = WAYS[way]
        bent = hurt(self.whole, random.Random(seed))
        self.path.write_bytes(bent)
        try:
            self._starts(words)
            self._named(f"{words}, seed {seed}")
            self._salvage(bent, f"{words}, seed {seed}")
            self._restore(words)
        finally:
            self.path.write_bytes(self.whole)
            shutil.rmtree(self.folder / "aside", ignore_errors=True)
            shutil.rmtree(self.place / "out", ignore_errors=True)

    def _named(self, where: str) -> None:
        """Hold what the store shows and what check says of it, where it opens at all."""
        try:
            store = open_store(self.folder, write=False)
        except GembaError:
            return
        with store:
            try:
                came = _records(store, skip_damaged=True)
            except GembaError:
                came = {}
            wrong = [ref for ref, one in came.items() if not _same(one, self.records.get(ref))]
            must(not wrong, f"{where}: shown as sound: {wrong[:2]}")
            gone = self.records.keys() - came.keys()
            must(not gone or not store.check().rows_sound, f"{where}: {len(gone)} gone unnamed")

    def _salvage(self, bent: bytes, where: str) -> None:
        intact = self._intact(bent)
        try:
            salvage_into(self.folder, self.place / "out", lambda text: f"[lost] {text}")
        except GembaError as error:
            must(not intact and error.key == "salvage.nothing", f"{where}: {error}")
            return
        must(self.path.read_bytes() == bent, f"{where}: the damaged file was changed")
        with open_store(self.place / "out") as store:
            came = _records(store)
            report = store.check()
        must(not report.file and not report.damaged, f"{where}: what came out is not sound")
        sound = {ref for ref, one in came.items() if _same(self.records.get(ref), one)}
        marked = {ref for ref, one in came.items() if "[lost]" in repr(one)}
        wrong = came.keys() - sound - marked
        must(not wrong, f"{where}: {len(wrong)} came out altered and unmarked: {list(wrong)[:2]}")
        held = len(intact & sound)
        self.saved, self.intact = self.saved + held, self.intact + len(intact)
        self.anew += len(sound - intact)
        told = f"{where}: {held} of {len(intact)} intact records came out"
        must(held >= LEAST * len(intact), told)

    def _intact(self, bent: bytes) -> set[Ref]:
        """Return the records all of whose pages are as they were."""
        count = -(-len(self.whole) // PAGE)
        same = {
            n + 1
            for n in range(count)
            if bent[n * PAGE : (n + 1) * PAGE] == self.whole[n * PAGE : (n + 1) * PAGE]
        }
        return {ref for ref, pages in self.pages.items() if pages <= same}

    def _restore(self, words: str) -> None:
        points = list_backups(self.folder)
        must(points, f"{words}: no backup is offered")
        restore_backup(self.folder, points[0].name)
        with open_store(self.folder) as store:
            back = _records(store)
        lost = [ref for ref, one in self.records.items() if not _same(one, back.get(ref))]
        must(not lost, f"{words}: the backup did not bring back {lost[:3]}")

    def _starts(self, words: str) -> None:
        """Start the real window over it: it shows what can be done, or the data."""
        from PySide6.QtWidgets import QApplication

        from gemba.app.start import App, make_qt

        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        make_qt()
        before = self.path.read_bytes()
        app = App(make_qt(), self.folder, dark=False)
        session = app.open(self.folder)
        session.start_opening()
        end = time.monotonic() + 60
        while not session.loaded and session.window.current_key() != "damage":
            QApplication.processEvents()
            must(time.monotonic() < end, f"{words}: the window did not start")
        damaged = session.window.current_key() == "damage"
        if damaged:
            page = session.window.page("damage")
            while not page.newest.isVisible():  # type: ignore[attr-defined]
                QApplication.processEvents()
                must(time.monotonic() < end, f"{words}: no backup is offered")
            must(page.salvage.isVisible(), f"{words}: saving is not offered")  # type: ignore[attr-defined]
        session.window.close()
        session.close()
        app.tasks.close()
        app.session = None
        self.started += 1
        must(not damaged or self.path.read_bytes() == before, f"{words}: the file was changed")


def _write(store: Store) -> None:
    seen = [
        Observation(
            id=uuid5(_NAMES, str(n)),
            seen_on=datetime(2026, 11, 22, tzinfo=UTC).date(),
            saw=f"bag {n} waits at the hatch until the runner comes " * (1 + n % 7),
        )
        for n in range(300)
    ]
    store.write(seen, who="Nora Whitfield")
    store.write([], removes=[Ref("observation", one.id) for one in seen[::9]], who="Nora Whitfield")
    sheet = store.find(Sheet)[0]
    long = "Whoever is named by 14:30 goes home before noon. " * 500
    store.write([replace(sheet, scratch=long)], who="Nora Whitfield")


def _records(store: Store, *, skip_damaged: bool = False) -> dict[Ref, Record]:
    return {
        Ref(kind_of(one), one.id): one
        for cls in KINDS.values()
        for in_bin in (False, True)
        for one in store.find(cls, in_bin=in_bin, skip_damaged=skip_damaged)
    }


def _same(one: Record | None, other: Record | None) -> bool:
    """Compare what two records say; a revision only counts the writes."""
    return (
        one is not None
        and other is not None
        and replace(one, revision=0) == replace(other, revision=0)
    )


def _pages_of_records(data: bytes) -> Iterator[tuple[Ref, set[int]]]:
    """Return for each record the pages it lies on."""
    pages = Pages(data)
    forest = Forest(pages)
    for kind in KINDS:
        before = set(forest._reached)
        forest.table(kind)
        for leaf in forest._reached - before:
            node = pages.node(leaf)
            if node is None or node.kind != 13:
                continue
            page = pages.page(leaf)
            for place, row in enumerate(node.rows):
                piece = read_piece(kind, row, "tree")
                if piece is not None:
                    at = number_at(page, 8 + 2 * place, 2)
                    yield piece.ref, {leaf, *_overflow_of(pages, page, at)}


def _overflow_of(pages: Pages, page: bytes, at: int) -> set[int]:
    from gemba.store.salvage_pages import _varint

    length, after = _varint(page, at)
    _, after = _varint(page, after)
    local = pages._local(length, keyed=True)
    found: set[int] = set()
    number = number_at(page, after + local, 4) if local < length else 0
    while number:
        found.add(number)
        number = number_at(pages.page(number), 0, 4)
    return found


@contextmanager
def _no_loose_leaves() -> Iterator[None]:
    """A build that reads only what the torn trees still reach."""
    real = salvage_trees.Forest.orphans
    salvage_trees.Forest.orphans = lambda self: iter(())  # type: ignore[method-assign]
    try:
        yield
    finally:
        salvage_trees.Forest.orphans = real  # type: ignore[method-assign]
