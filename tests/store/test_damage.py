"""Damage is named and never passed on; a disk that fails loses nothing that was kept."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from gemba.domain.changes import Ref
from gemba.domain.errors import Damaged, GembaError
from gemba.domain.observation import Observation
from gemba.domain.person import Person
from gemba.domain.sheet import Sheet
from gemba.domain.walk import Walk
from gemba.store.opening import open_store
from gemba.store.store import Store

from .conftest import DAY


def spoil(folder: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / "gemba.db")) as connection, connection:
        done = connection.execute(statement, values)
        assert done.rowcount == 1


@pytest.fixture
def three(store: Store) -> list[Observation]:
    seen = [Observation(id=uuid4(), seen_on=DAY, saw=f"bag {n} waits") for n in range(3)]
    written = store.write(seen, who="Ines").records
    return [one for one in written if isinstance(one, Observation)]


SPOILT = [
    ("UPDATE observation SET saw = 'bag 1 baits' WHERE id = ?", "checksum"),
    ("UPDATE observation SET seen_on = '2026-13-45' WHERE id = ?", ""),
    ("UPDATE observation SET seen_at = 'yesterday' WHERE id = ?", ""),
    ("UPDATE observation SET photos = '[half' WHERE id = ?", ""),
    ("UPDATE observation SET photos = '[1]' WHERE id = ?", ""),
    ("UPDATE observation SET place = 'x' WHERE id = ?", ""),
    ("UPDATE observation SET saw = CAST(x'62ff' AS TEXT) WHERE id = ?", ""),
    ("UPDATE observation SET checksum = '' WHERE id = ?", "checksum"),
]


@pytest.mark.parametrize(("statement", "reason"), SPOILT, ids=range(len(SPOILT)))
def test_a_spoilt_record_is_named_and_the_others_are_read(
    store: Store, folder: Path, three: list[Observation], statement: str, reason: str
) -> None:
    spoilt = three[1]
    spoil(folder, statement, spoilt.id.hex)
    with pytest.raises(Damaged) as damaged:
        store.get(Observation, spoilt.id)
    assert damaged.value.values["id"] == spoilt.id
    with pytest.raises(Damaged):
        store.find(Observation)
    assert store.find(Observation, skip_damaged=True) == [three[0], three[2]]
    assert store.get(Observation, three[2].id) == three[2]
    with pytest.raises(Damaged):
        store.write([replace(spoilt, saw="over it")], who="Ines")
    report = store.check()
    (found,) = report.damaged
    assert found.ref == Ref("observation", spoilt.id)
    assert reason in found.reason
    assert report.counts["observation"] == 3
    assert not report.sound


def test_a_flipped_bit_in_a_text_is_always_seen(folder: Path) -> None:
    text = "the bag waits at the hatch from ten past nine until the runner comes " * 40
    with open_store(folder) as store:
        sheet = Sheet(id=uuid4(), title="Late", started_on=DAY, scratch=text)
        store.write([sheet], who="Ines")
    path = folder / "gemba.db"
    whole = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        # The journal and the index hold the text too: only the record's own copy is spoilt.
        connection.execute("DELETE FROM journal")
        connection.execute("DELETE FROM search_text")
        connection.execute("DELETE FROM search_recent")
        connection.execute("DELETE FROM search_heading")
        connection.commit()
        connection.execute("VACUUM")
    whole = path.read_bytes()
    places = [i for i in range(len(whole)) if whole.startswith(b"runner", i)]
    assert len(places) > 30
    chance = random.Random(6)
    for place in chance.sample(places, 12):
        bent = bytearray(whole)
        bent[place + chance.randrange(6)] ^= 1 << chance.randrange(7)
        path.write_bytes(bent)
        with open_store(folder, write=False) as store:
            assert [one.kind for one in store.check().damaged] == ["sheet"], place
    path.write_bytes(whole)
    with open_store(folder) as store:
        assert store.check().damaged == ()


def test_a_file_that_is_torn_is_told_and_not_raised(folder: Path) -> None:
    with open_store(folder) as store:
        walks = [Walk(id=uuid4(), purpose=f"why {n} " * 50) for n in range(200)]
        store.write(walks, who="Ines")
    path = folder / "gemba.db"
    torn = bytearray(path.read_bytes())
    full = [n for n in range(len(torn) // 4096) if b"why 7" in torn[n * 4096 : (n + 1) * 4096]]
    for page in full:
        torn[page * 4096 : page * 4096 + 300] = bytes(300)
    path.write_bytes(torn)
    with open_store(folder) as store:
        report = store.check()
    assert report.file
    assert not report.sound


def test_an_entry_that_lost_its_moment_is_told(
    store: Store, folder: Path, three: list[Observation]
) -> None:
    """No statement empties it, but a torn page can read so."""
    store.close()
    declared, torn = "at VARCHAR(96) NOT NULL", "at VARCHAR(96)         "
    path = folder / "gemba.db"
    path.write_bytes(path.read_bytes().replace(declared.encode(), torn.encode()))
    spoil(folder, "UPDATE journal SET at = NULL WHERE number = 2")
    path.write_bytes(path.read_bytes().replace(torn.encode(), declared.encode()))
    with open_store(folder) as again:
        report = again.check()
    assert report.journal == (2,)
    assert not report.sound


def test_check_counts_and_tells_how_far_it_is(
    store: Store, three: list[Observation], references: dict[str, UUID]
) -> None:
    store.write([], removes=[Ref("observation", three[0].id)], who="Ines")
    heard: list[tuple[int, int]] = []
    report = store.check(lambda done, total: heard.append((done, total)))
    assert report.sound
    assert report.counts["observation"] == 2
    assert report.counts["person"] == 1
    assert heard == sorted(heard)
    assert heard[-1][0] == heard[-1][1] > 0


def test_a_full_disk_is_told_and_loses_nothing(store: Store) -> None:
    (marta,) = store.write([Person(id=uuid4(), name="Marta")], who="Ines").records
    with store._disk.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    (nurse,) = store.write([replace(marta, role="nurse " * 100_000)], who="Ines").records
    assert store.unsaved is not None
    assert store.unsaved.key == "store.full"
    assert store.get(Person, marta.id) == nurse
    assert store.check().sound
    # The limit belongs to the connection, and coming back opens a new one.
    assert store.come_back()
    assert store.get(Person, marta.id) == nurse
    assert store.check().sound
    assert store.search("nurse")


@pytest.mark.skipif(sys.platform == "win32", reason="resource limits")
def test_a_file_that_may_not_grow_is_told_and_loses_nothing(folder: Path) -> None:
    with open_store(folder) as store:
        store.write([Person(id=UUID(int=1), name="Marta")], who="Ines")
    code = """
import resource, sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID
from gemba.domain.person import Person
from gemba.store.opening import open_store

folder = Path(sys.argv[1])
store = open_store(folder)
size = (folder / "gemba.db").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
marta = store.get(Person, UUID(int=1))
nurse = store.write([replace(marta, role="nurse " * 100_000)], who="Ines").records[0]
print(store.unsaved.key, store.come_back())
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(store.come_back(), store.get(Person, UUID(int=1)) == nurse, store.check().sound)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    key, *rest = done.stdout.split()
    assert key in ("store.full", "store.io"), done.stderr
    assert rest == ["False", "True", "True", "True"], done.stderr


def test_a_folder_that_went_away_is_told(store: Store, folder: Path) -> None:
    store.write([Person(id=uuid4(), name="Marta")], who="Ines")
    store._disk.reader.dispose()
    (folder / "gemba.db").rename(folder / "elsewhere.db")
    with pytest.raises(GembaError) as gone:
        store.find(Person)
    assert gone.value.key == "store.io"


def test_a_bug_of_ours_is_not_dressed_up(store: Store) -> None:
    with pytest.raises(KeyError):
        store.find(Person, shoe_size=44)
