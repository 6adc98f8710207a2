"""One bit of the database is flipped: every text it alters is named, and none is shown as sound."""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.health import CheckReport
from gemba.domain.kinds import KINDS, kind_of
from gemba.domain.promise import Promise
from gemba.domain.sheet import Sheet
from gemba.services.samples import load_sample
from gemba.store import records
from gemba.store.glance import glance
from gemba.store.opening import open_store
from gemba.store.store import Store
from tests.faults.tally import Row, Tally, must

ROW = Row("one flipped bit anywhere in the database", 400, 10)
DAY = date(2026, 11, 24)
WORDS = ("discharge", "the", "ward", "bag", "told", "Priya")
# Where FTS5 keeps which word stands where; no text of it is ever shown.
_INDEX = ("_data", "_idx", "_docsize", "_config")


@dataclass(frozen=True, slots=True)
class Shown:
    """All that can come on the screen, by what it is of."""

    records: dict[Ref, object]
    journal: dict[int, object]
    settings: dict[str, str]
    hits: dict[tuple[str, Ref, str], tuple[str, str]]
    today: tuple[object, ...]


def run(times: int, seed: int) -> Tally:
    """Flip so many bits, each in a fresh copy."""
    tally = Tally("flipped bit")
    with tempfile.TemporaryDirectory() as made:
        ground = Ground(Path(made))
        altered = 0
        for number in range(times):
            chance = random.Random(seed + number)
            with tally.once(seed + number):
                altered += ground.flip(chance.randrange(len(ground.whole) * 8))
        tally.notes.append(f"{altered} of {times} flips altered something that can be read")
        # In the one text of a promise that Today shows, with the proof of records switched off.
        place = ground.whole.index(b"Bed alarm in bay 4") * 8 + 3
        with _believing():
            tally.catch(lambda: ground.flip(place), "not named")
    return tally


class Ground:
    """A folder with the sample and some writing in it, as it is when nothing is wrong."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "data"
        with open_store(self.folder) as store:
            load_sample("discharge", store)
            store.settings.set("draft.walk", "what I meant to ask at the hatch")
            _write(store)
        shutil.rmtree(self.folder / "photos", ignore_errors=True)
        self.path = self.folder / "gemba.db"
        self.whole = self.path.read_bytes()
        self.rows = raw_rows(self.path)
        with open_store(self.folder, write=False) as store:
            self.shown = _shown(store)
            must(store.check().rows_sound, "the ground itself is not sound")

    def flip(self, bit: int) -> bool:
        """Flip a bit, hold what is shown and named against what was; tell whether it altered."""
        bent = bytearray(self.whole)
        bent[bit // 8] ^= 1 << bit % 8
        self.path.write_bytes(bent)
        try:
            rows = raw_rows(self.path)
            altered = sorted(t for t in rows.keys() | self.rows if rows.get(t) != self.rows.get(t))
            report, shown = _opened(self.folder)
            today = self._today()
            must(self.path.read_bytes() == bent, f"bit {bit}: the file was changed")
        finally:
            self.path.write_bytes(self.whole)
        where = f"bit {bit} (page {bit // 32768 + 1})"
        if altered:
            must(
                report is None or not report.rows_sound,
                f"{where}: {altered} altered, and not named",
            )
        if shown is not None:
            _hold(self.shown, shown, where)
        extra = set(today) - set(self.shown.today)
        must(not extra, f"{where}: shown as sound in the first picture: {extra}")
        return bool(altered)

    def _today(self) -> tuple[object, ...]:
        return _rows_of_today(glance(self.folder, DAY))


def _write(store: Store) -> None:
    promise = store.find(Promise)[0]
    store.write([replace(promise, note="Told on the way out.")], who="Nora Whitfield", visit="a")
    sheet = store.find(Sheet)[0]
    store.write([replace(sheet, scratch="the runner comes at ten " * 400)], who="Nora Whitfield")
    store.write([], removes=[Ref("promise", store.find(Promise)[1].id)], who="Nora Whitfield")


def raw_rows(path: Path) -> dict[str, object]:
    """Read every row of every table as SQLite gives it; in place of what it cannot, its error."""
    found: dict[str, object] = {}
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            connection.text_factory = bytes
            plan = connection.execute(
                "SELECT name, sql FROM sqlite_master ORDER BY name"
            ).fetchall()
            found["plan"] = [
                row for row in plan if not row[0].decode("utf-8", "replace").endswith(_INDEX)
            ]
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            names = [name.decode("utf-8", "replace") for (name,) in tables.fetchall()]
            for name in names:
                if name.endswith(_INDEX) or name in (
                    "search_text",
                    "search_recent",
                    "search_heading",
                ):
                    continue
                try:
                    found[name] = connection.execute(
                        f'SELECT * FROM "{name}" NOT INDEXED'
                    ).fetchall()
                except (sqlite3.Error, UnicodeDecodeError) as error:
                    found[name] = str(error)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        found["plan"] = str(error)
    return found


def _opened(folder: Path) -> tuple[CheckReport | None, Shown | None]:
    """Open, show everything and check; None for each where opening is refused."""
    try:
        store = open_store(folder, write=False)
    except GembaError:
        return None, None
    with store:
        shown = _shown(store)
        return store.check(), shown


def _shown(store: Store) -> Shown:
    found: dict[Ref, object] = {}
    for cls in KINDS.values():
        for in_bin in (False, True):
            for one in _try(lambda: store.find(cls, in_bin=in_bin, skip_damaged=True), []):  # noqa: B023
                found[Ref(kind_of(one), one.id)] = one
    entries = _try(store.journal, [])
    hits = {}
    for word in WORDS:
        for hit in _try(lambda: store.search(word, limit=200, private=True), []):  # noqa: B023
            hits[word, hit.ref, hit.part] = (hit.title, hit.excerpt)
    today = _try(lambda: _rows_of_today(store.glance(DAY)), ())
    return Shown(
        records=found,
        journal={entry.number: entry for entry in entries},
        settings=_try(store.settings.all, {}),
        hits=hits,
        today=today,
    )


def _try(work: Any, otherwise: Any) -> Any:
    """Do as a page does: what cannot be read is said, and nothing of it is shown."""
    try:
        return work()
    except GembaError:
        return otherwise


def _rows_of_today(today: Any) -> tuple[object, ...]:
    return (
        *today.promises,
        *today.walks,
        *today.looks,
        *today.checks,
        *today.own,
        *filter(None, [today.me]),
    )


def _hold(before: Shown, now: Shown, where: str) -> None:
    for ref, record in now.records.items():
        said = replace(before.records.get(ref, record), revision=record.revision)  # type: ignore
        must(ref in before.records and record == said, f"{where}: {ref} shown as sound")
    for number, entry in now.journal.items():
        old = before.journal.get(number)
        must(_entry(entry) == _entry(old), f"{where}: entry {number} shown as sound")
    for key, value in now.settings.items():
        must(before.settings.get(key) == value, f"{where}: setting {key} shown as sound")
    for key, told in now.hits.items():
        must(before.hits.get(key) == told, f"{where}: hit {key} shown as sound: {told}")
    extra = set(now.today) - set(before.today)
    must(not extra, f"{where}: shown as sound on Today: {extra}")


def _entry(entry: Any) -> object:
    if entry is None:
        return None
    return (entry.at, entry.installation, entry.who, repr(entry.change), entry.revision)


@contextmanager
def _believing() -> Iterator[None]:
    """A build in which records are believed without their checksum."""
    real = records.checksum

    class Equal(str):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            return True

        def __ne__(self, other: object) -> bool:
            return False

        __hash__ = str.__hash__

    records.checksum = lambda plain: Equal(real(plain))
    try:
        yield
    finally:
        records.checksum = real
