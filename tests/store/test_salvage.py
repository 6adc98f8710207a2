"""A torn file still gives its records, and nothing it gives is other than what was written."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import cast
from uuid import UUID, uuid4

import pytest

from gemba.domain.changes import Ref
from gemba.domain.codec import from_plain, to_plain
from gemba.domain.errors import BadInput
from gemba.domain.kinds import KINDS, Record, kind_of
from gemba.domain.observation import Observation
from gemba.domain.person import Person
from gemba.domain.sheet import Box, Sheet
from gemba.domain.walk import Stop, Walk
from gemba.services.samples import load_sample
from gemba.store.opening import open_store
from gemba.store.salvage import Salvaged, salvage_bytes, salvage_file
from gemba.store.salvage_journal import tell_all
from gemba.store.salvage_pages import Pages
from gemba.store.salvage_photos import photos_beside
from gemba.store.salvage_rows import Piece, sound_record
from gemba.store.salvage_write import marked, write_folder
from gemba.store.store import Store

from .conftest import DAY, Clock

PAGE = 4096


def mark(words: str) -> str:
    return f"[part of this is lost] {words}".strip()


def records_of(store: Store) -> dict[Ref, Record]:
    found: dict[Ref, Record] = {}
    for cls in KINDS.values():
        for in_bin in (False, True):
            for record in store.find(cls, in_bin=in_bin):
                found[Ref(kind_of(record), record.id)] = record
    return found


def sound(found: Salvaged) -> dict[Ref, Record]:
    return {ref: piece.record for ref, piece in found.sound.items() if piece.record is not None}


def without(data: bytes, *pages: int) -> bytes:
    """Return a file with pages wiped; they are counted from 1."""
    bent = bytearray(data)
    for page in pages:
        bent[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    return bytes(bent)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[Ref, Record]]:
    """The sample, a sheet of many pages, many observations, typing, and some in the bin."""
    folder, clock = tmp_path_factory.mktemp("made"), Clock()
    with open_store(folder, now=clock) as store:
        fill(store, clock)
        return folder, records_of(store)


def fill(store: Store, clock: Clock) -> None:
    load_sample("discharge", store)
    store.settings.set("draft", "half a sentence")
    seen = [Observation(id=uuid4(), seen_on=DAY, saw=f"bag {n} waits " * 9) for n in range(150)]
    store.write(seen, who="Ines")
    late = Sheet(id=uuid4(), title="Late", started_on=DAY, scratch="the runner comes at ten " * 900)
    sheet = cast(Sheet, store.write([late], who="Ines").records[0])
    why = Walk(id=uuid4(), purpose="Why?", stops=(Stop(id="a", place="Hatch"),))
    walk = cast(Walk, store.write([why], who="Ines").records[0])
    for n in range(12):
        clock.forward(minutes=1)
        boxes = (*sheet.boxes, Box(id=f"b{n}", text=f"box {n}"))
        sheet = replace(sheet, is_now=f"{n} wait", boxes=boxes[::-1] if n % 3 else boxes)
        sheet = cast(Sheet, store.write([sheet], who="Ines", visit="one").records[0])
        stops = (*walk.stops, Stop(id=f"s{n}", place=f"Bay {n}"))[::-1]
        walk = replace(walk, stops=stops, theme="x" * n)
        walk = cast(Walk, store.write([walk], who="Ines", visit="one").records[0])
    store.write([], removes=[Ref("observation", one.id) for one in seen[:20]], who="Ines")


@pytest.fixture
def filled(made: tuple[Path, dict[Ref, Record]]) -> dict[Ref, Record]:
    return made[1]


@pytest.fixture
def data(made: tuple[Path, dict[Ref, Record]], folder: Path) -> bytes:
    shutil.copytree(made[0], folder)
    return (folder / "gemba.db").read_bytes()


def test_every_record_of_a_whole_file_is_read(data: bytes, filled: dict[Ref, Record]) -> None:
    found = salvage_bytes(data)
    assert sound(found) == filled
    assert not found.partly
    assert not found.lost
    assert not found.broken
    assert found.entries_lost == 0
    assert found.settings["draft"] == "half a sentence"
    assert found.installation is not None
    assert {piece.origin for piece in found.sound.values()} == {"tree"}
    assert sum(piece.deleted_at is not None for piece in found.sound.values()) == 20


def test_the_journal_alone_tells_every_record(data: bytes, filled: dict[Ref, Record]) -> None:
    found = salvage_bytes(data)
    told = tell_all(found.entries, end=True)
    for ref, record in filled.items():
        plain = {**(told[ref].plain or {}), "revision": told[ref].revision}
        assert told[ref].complete
        assert sound_record(ref.kind, plain) == record
        assert told[ref].away == found.sound[ref].deleted_at or told[ref].away is not None


@pytest.mark.parametrize("size", [512, 1024, 2048, 8192, 16384, 65536])
@pytest.mark.parametrize("headless", [False, True])
def test_pages_of_any_size_are_read_with_and_without_their_header(
    data: bytes, filled: dict[Ref, Record], folder: Path, size: int, headless: bool
) -> None:
    with closing(sqlite3.connect(folder / "gemba.db", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {size}")
        connection.execute("VACUUM")
    data = (folder / "gemba.db").read_bytes()
    assert Pages(data).size == size
    assert sound(salvage_bytes(bytes(100) + data[100:] if headless else data)) == filled


def test_without_its_first_page_a_file_still_gives_every_record(
    data: bytes, filled: dict[Ref, Record]
) -> None:
    found = salvage_bytes(without(data, 1))
    assert sound(found) == filled
    assert not found.partly
    assert {piece.origin for piece in found.sound.values()} == {"left over"}


def removed_for_good(folder: Path) -> set[UUID]:
    """Delete rows as a program without secure_delete does: their pages keep the words."""
    path = folder / "gemba.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        rows = connection.execute("SELECT id FROM observation WHERE saw LIKE 'bag%'").fetchall()
        connection.execute("DELETE FROM observation WHERE saw LIKE 'bag%'")
        connection.execute("DELETE FROM journal WHERE kind = 'observation'")
        connection.commit()
        assert connection.execute("PRAGMA freelist_count").fetchone()[0] > 3
    # Which of them lie on a page that is used again is by chance.
    assert re.search(rb"bag \d+ waits", path.read_bytes())
    return {UUID(hex=row[0]) for row in rows}


@pytest.mark.parametrize("spoil", ["nothing", "header", "page one", "another table"])
def test_what_was_removed_for_good_does_not_come_back(
    data: bytes, folder: Path, spoil: str
) -> None:
    gone = removed_for_good(folder)
    data = (folder / "gemba.db").read_bytes()
    if spoil == "header":
        data = bytes(100) + data[100:]
    elif spoil == "page one":
        data = without(data, 1)
    elif spoil == "another table":
        data = without(data, 2)
    found = salvage_bytes(data)
    assert not {ref.id for ref in found.sound} & gone
    assert not {ref.id for ref in found.partly} & gone
    assert not {ref.id for ref in found.lost} & gone
    assert len(found.sound) > 60


def pages_of(folder: Path, table: str) -> list[int]:
    """Return the pages of a table, its overflow too, by the dbstat table or by our own reading."""
    from gemba.store.salvage_trees import Forest

    pages = Pages((folder / "gemba.db").read_bytes())
    forest = Forest(pages)
    before = set(forest._reached)
    forest.table(table)
    return sorted(forest._reached - before)


def test_a_lost_leaf_is_written_anew_from_the_journal(
    data: bytes, filled: dict[Ref, Record], folder: Path
) -> None:
    leaves = pages_of(folder, "observation")[1:]
    found = salvage_bytes(without(data, *leaves))
    assert sound(found) == filled
    assert "journal" in {piece.origin for piece in found.sound.values()}
    away = [ref for ref, piece in found.sound.items() if piece.deleted_at]
    assert len(away) == 20


def test_an_old_state_is_not_passed_on_as_the_present_one(
    store: Store, folder: Path, references: dict[str, UUID]
) -> None:
    (old,) = store.write([Person(id=uuid4(), name="Ana", role="nurse")], who="Ines").records
    store.close()
    path = folder / "gemba.db"
    before = path.read_bytes()
    with open_store(folder) as again:
        again.write([replace(old, role="head nurse")], who="Ines")  # type: ignore[type-var]
    after = path.read_bytes()
    page = next(
        n
        for n in range(2, len(before) // PAGE + 1)
        if b"nurse" in before[(n - 1) * PAGE : n * PAGE]
        and old.id.hex.encode() in before[(n - 1) * PAGE : n * PAGE]
    )
    # The leaf holding the present state is lost; one with the old state lies about, and the
    # creation is missing in the journal, so nothing can be written anew.
    bent = without(after, page) + before[(page - 1) * PAGE : page * PAGE]
    journal = pages_of(folder, "journal")[0]
    hurt = bytearray(bent)
    at = hurt.index(b'"role":"nurse"', (journal - 1) * PAGE)
    hurt[at + 9] ^= 1
    found = salvage_bytes(bytes(hurt))
    ref = Ref("person", old.id)
    assert ref not in found.sound
    assert found.partly[ref].plain["role"] == "nurse"


def test_a_record_whose_overflow_is_lost_is_told_with_what_can_be_read(
    data: bytes, filled: dict[Ref, Record], folder: Path, tmp_path: Path
) -> None:
    late = next(r for r in filled.values() if isinstance(r, Sheet) and r.title == "Late")
    ref = Ref("sheet", late.id)
    over = [
        n
        for n in range(2, len(data) // PAGE + 1)
        if b"the runner comes" in data[(n - 1) * PAGE : n * PAGE]
        and data[(n - 1) * PAGE] not in (2, 5, 10, 13)
    ]
    found = salvage_bytes(without(data, *over, *pages_of(folder, "journal")))
    assert ref not in found.sound
    piece = found.partly[ref]
    assert piece.plain["title"] == "Late"
    assert "scratch" in piece.cut
    read = str(piece.plain["scratch"])
    assert read
    assert late.scratch.startswith(read)
    kept = write_folder(found, tmp_path / "new", photos_beside(tmp_path, found), mark)
    assert kept.partly >= 1
    with open_store(tmp_path / "new") as store:
        assert not store.check().damaged
        assert store.get(Sheet, late.id).title == mark("Late")


def test_a_lost_record_is_named_by_its_index(
    data: bytes, filled: dict[Ref, Record], folder: Path
) -> None:
    found = salvage_bytes(without(data, *pages_of(folder, "person"), *pages_of(folder, "journal")))
    people = {ref for ref in filled if ref.kind == "person"}
    assert people <= set(found.lost)
    assert not people & set(found.sound)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_called_sound_is_always_what_was_written(
    data: bytes, filled: dict[Ref, Record], seed: int
) -> None:
    chance = random.Random(seed)
    bent = bytearray(data)
    for _ in range(chance.choice((1, 20, 400, 4000))):
        bent[chance.randrange(len(bent))] = chance.randrange(256)
    found = salvage_bytes(bytes(bent))
    for ref, record in sound(found).items():
        assert record == replace(filled[ref], revision=record.revision)


@pytest.mark.parametrize(
    "hostile",
    [b"", b"\0", b"SQLite format 3\0", bytes(5000), b"\x0d" * 9000, b"PK\x03\x04" * 3000,
     b"SQLite format 3\0" + b"\xff" * 90_000, bytes(range(256)) * 200],
    ids=range(8),
)  # fmt: skip
def test_any_bytes_give_nothing_and_no_error(hostile: bytes, tmp_path: Path) -> None:
    path = tmp_path / "strange.db"
    path.write_bytes(hostile)
    found = salvage_file(path)
    assert (found.sound, found.partly, found.lost) == ({}, {}, ())
    assert path.read_bytes() == hostile


def test_a_loop_in_the_pages_ends(data: bytes) -> None:
    bent = bytearray(data)
    for page in range(2, len(bent) // PAGE):
        if bent[page * PAGE] in (2, 5):
            bent[page * PAGE + 8 : page * PAGE + 12] = (page + 1).to_bytes(4, "big")
        elif bent[page * PAGE] == 0:
            bent[page * PAGE : page * PAGE + 4] = (page + 1).to_bytes(4, "big")
    assert salvage_bytes(bytes(bent)).sound


def test_reading_stops_when_it_is_told_to(data: bytes) -> None:
    class StoppedError(Exception):
        pass

    def tell(done: int, total: int) -> None:
        assert 0 < done <= total
        raise StoppedError

    with pytest.raises(StoppedError):
        salvage_bytes(data, tell=tell)


def test_a_new_folder_holds_the_same(
    data: bytes, filled: dict[Ref, Record], folder: Path, tmp_path: Path
) -> None:
    found = salvage_file(folder / "gemba.db")
    photos = photos_beside(folder, found)
    out = tmp_path / "new"
    kept = write_folder(found, out, photos, mark)
    assert (kept.photos, kept.photos_missing) == (2, ())
    assert (kept.sound, kept.partly, kept.stand_ins) == (len(filled), 0, 0)
    with open_store(folder, write=False) as old, open_store(out) as new:
        assert records_of(new) == filled
        assert new.journal() == old.journal()
        assert new.settings.all() == old.settings.all()
        assert new.check().sound
        assert new.search("runner")
        assert [hit.ref for hit in new.search("discharge")]
        assert new._installation == old._installation  # type: ignore[attr-defined]
        assert len(new.find(Observation, in_bin=True)) == 20
    assert out.stat().st_mode & 0o077 == 0
    with pytest.raises(BadInput):
        write_folder(found, out, photos, mark)


def test_what_a_record_must_name_and_is_lost_has_a_stand_in(
    data: bytes, folder: Path, tmp_path: Path
) -> None:
    lost = pages_of(folder, "person") + pages_of(folder, "journal")
    found = salvage_bytes(without(data, *lost))
    kept = write_folder(found, tmp_path / "new", photos_beside(tmp_path, found), mark)
    assert kept.stand_ins > 0
    with open_store(tmp_path / "new") as store:
        report = store.check()
        assert not report.file
        assert not report.damaged
        assert {person.name for person in store.find(Person)} == {mark("")}


def test_a_torn_encrypted_file_is_read_with_its_key_and_stays_encrypted(
    folder: Path, tmp_path: Path, clock: Clock
) -> None:
    key = bytes(range(32))
    with open_store(folder, key=key, now=clock) as store:
        fill(store, clock)
        written = records_of(store)
    path = folder / "gemba.db"
    data = path.read_bytes()
    assert b"bag 7" not in data
    assert sound(salvage_file(path, key=key)) == written
    assert not salvage_file(path, key=bytes(32)).sound
    path.write_bytes(without(data[: len(data) * 9 // 10], 1, 2))
    found = salvage_file(path, key=key)
    assert len(found.sound) > len(written) / 2
    for ref, record in sound(found).items():
        assert record == written[ref]
    out = tmp_path / "new"
    kept = write_folder(found, out, photos_beside(folder, found), mark, key=key)
    assert kept.sound == len(found.sound)
    # Three letters may stand in so many random bytes by chance.
    assert b" waits" not in (out / "gemba.db").read_bytes()
    with open_store(out, key=key) as again:
        assert not again.check().damaged


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_record_of_any_kind_can_stand_with_nothing_but_its_id(kind: str) -> None:
    ref = Ref(kind, uuid4())
    piece = Piece(ref, revision=1, counter=1, plain={"id": str(ref.id)}, origin="tree")
    record = marked(piece, lambda text: f"[lost] {text}")
    if record is not None:
        assert record.id == ref.id
        assert from_plain(KINDS[kind], to_plain(record)) == record
