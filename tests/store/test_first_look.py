"""A database that vanished is not begun anew, and a strange journal is never played back."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from gemba.domain.errors import Damaged, GembaError
from gemba.domain.person import Person
from gemba.services.samples import load_sample
from gemba.store.first_look import copies_beside, is_strange_journal
from gemba.store.glance import glance
from gemba.store.header import NEWEST, file_version
from gemba.store.opening import open_store

from .conftest import DAY
from .test_kept_databases import KEPT, unpack

PAGE = 4096


def journal_of(before: bytes, *, pages: list[int] | None = None, nonce: int = 7) -> bytes:
    """Write the journal that SQLite leaves when it dies after writing to the file."""
    count = len(before) // PAGE
    numbers = pages if pages is not None else list(range(1, count + 1))
    head = bytes.fromhex("d9d505f920a163d7") + b"".join(
        n.to_bytes(4, "big") for n in (len(numbers), nonce, count, 512, PAGE)
    )
    made = head.ljust(512, b"\0")
    for number in numbers:
        page = before[(number - 1) * PAGE : number * PAGE]
        digest = (nonce + sum(page[n] for n in range(PAGE - 200, 0, -200))) % (1 << 32)
        made += number.to_bytes(4, "big") + page + digest.to_bytes(4, "big")
    return made


@pytest.fixture
def two_states(folder: Path) -> tuple[bytes, bytes, Path]:
    """The bytes before and after one write."""
    with open_store(folder) as store:
        store.write([Person(id=uuid4(), name="Ana")], who="Ines")
        before = (folder / "gemba.db").read_bytes()
        (ana,) = store.find(Person)
        store.write([replace(ana, role="nurse")], who="Ines")
    path = folder / "gemba.db"
    return before, path.read_bytes(), path


def test_a_journal_of_its_own_is_played_back(two_states: tuple[bytes, bytes, Path]) -> None:
    before, after, path = two_states
    assert before != after
    path.with_name("gemba.db-journal").write_bytes(journal_of(before))
    assert not is_strange_journal(path)
    with open_store(path.parent) as store:
        assert [one.role for one in store.find(Person)] == [""]
        assert store.check().sound
    assert path.read_bytes() == before


def test_its_own_journal_before_the_first_page_was_written(
    two_states: tuple[bytes, bytes, Path],
) -> None:
    before, after, path = two_states
    half = before[:PAGE] + after[PAGE : 3 * PAGE] + before[3 * PAGE :]
    path.write_bytes(half)
    path.with_name("gemba.db-journal").write_bytes(journal_of(before))
    assert not is_strange_journal(path)
    with open_store(path.parent) as store:
        assert store.check().sound
    assert path.read_bytes() == before


def foreign(folder: Path, kind: str) -> bytes:
    if kind == "words":
        return b"Dear diary, this is no journal at all. " * 40
    other = folder.parent / "other.db"
    if kind == "another program":
        with closing(sqlite3.connect(other)) as connection:
            connection.execute("CREATE TABLE t (a)")
            connection.execute("INSERT INTO t VALUES ('x')")
            connection.commit()
    elif kind == "another folder":
        with open_store(folder.parent / "elsewhere") as store:
            load_sample("discharge", store)
        shutil.copy(folder.parent / "elsewhere" / "gemba.db", other)
    elif kind == "page size":
        with closing(sqlite3.connect(other)) as connection:
            connection.execute("PRAGMA page_size = 1024")
            connection.execute("CREATE TABLE t (a)")
        return journal_of(other.read_bytes()).replace(
            PAGE.to_bytes(4, "big"), (1024).to_bytes(4, "big"), 1
        )
    elif kind == "an older state":
        with open_store(folder) as store:
            before = (folder / "gemba.db").read_bytes()
            for name in ("Bo", "Cy"):
                store.write([Person(id=uuid4(), name=name)], who="Ines")
        return journal_of(before)
    return journal_of(other.read_bytes())


@pytest.mark.parametrize(
    "kind", ["words", "another program", "another folder", "page size", "an older state"]
)
@pytest.mark.parametrize("write", [True, False])
def test_a_strange_journal_is_laid_aside_and_never_played_back(
    two_states: tuple[bytes, bytes, Path], kind: str, write: bool
) -> None:
    _, _, path = two_states
    strange = foreign(path.parent, kind)
    whole = path.read_bytes()
    journal = path.with_name("gemba.db-journal")
    journal.write_bytes(strange)
    assert glance(path.parent, DAY).state == "busy"
    assert (path.read_bytes(), journal.read_bytes()) == (whole, strange)
    with open_store(path.parent, write=write) as store:
        assert store.find(Person)[0].role == "nurse"
        assert store.check().sound
        assert store.journal_aside is not None
        assert store.journal_aside.read_bytes() == strange
    assert path.read_bytes() == whole
    assert not journal.exists()


@pytest.mark.parametrize("kind", ["another program", "an older state"])
def test_sqlite_itself_would_have_mixed_it_in(
    two_states: tuple[bytes, bytes, Path], kind: str
) -> None:
    """The control: without the look before, the file does not survive such a journal."""
    _, _, path = two_states
    strange = foreign(path.parent, kind)
    whole = path.read_bytes()
    path.with_name("gemba.db-journal").write_bytes(strange)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    assert path.read_bytes() != whole


def test_a_finished_journal_is_no_stranger(two_states: tuple[bytes, bytes, Path]) -> None:
    _, after, path = two_states
    for finished in (b"", bytes(512), bytes(9000)):
        path.with_name("gemba.db-journal").write_bytes(finished)
        assert not is_strange_journal(path)
        with open_store(path.parent) as store:
            assert store.check().sound
        assert path.read_bytes() == after


def test_a_migration_that_was_cut_off_is_rolled_back_before_the_version_is_believed(
    folder: Path,
) -> None:
    path = unpack(KEPT[0], folder)
    before = path.read_bytes()
    with open_store(folder):
        pass
    assert file_version(path) == NEWEST
    path.with_name("gemba.db-journal").write_bytes(journal_of(before))
    # As the migration left it: one transaction further than what the journal holds.
    bent = bytearray(path.read_bytes())
    bent[24:28] = (int.from_bytes(before[24:28], "big") + 1).to_bytes(4, "big")
    path.write_bytes(bent)
    with open_store(folder) as store:
        assert store.settings.get("draft") == "half a sentence, ünïcode"
        report = store.check()
        assert not report.file
        assert not report.damaged
    assert file_version(path) == NEWEST


@pytest.mark.parametrize("left", ["backups/2026-11-22T10-30-00Z-000123.db", "photos/aa/aa.jpg"])
@pytest.mark.parametrize("empty", [False, True])
def test_a_database_that_vanished_is_not_begun_anew(folder: Path, left: str, empty: bool) -> None:
    (folder / left).parent.mkdir(parents=True)
    (folder / left).write_bytes(b"left")
    path = folder / "gemba.db"
    if empty:
        path.touch()
    with pytest.raises(Damaged) as told:
        open_store(folder)
    assert told.value.key == ("damage.empty" if empty else "damage.gone")
    assert glance(folder, DAY).state == "damaged"
    assert path.exists() is empty
    assert not empty or path.stat().st_size == 0


def test_a_new_folder_begins_empty(folder: Path) -> None:
    folder.mkdir()
    (folder / "gemba.db").touch()
    (folder / "window.ini").write_text("[x]")
    with open_store(folder) as store:
        assert store.check().sound


def test_a_copy_beside_is_named_and_left_alone(folder: Path) -> None:
    with open_store(folder) as store:
        store.write([Person(id=uuid4(), name="Ana")], who="Ines")
    copy = folder / "gemba (conflicted copy 2026-11-22).db"
    shutil.copy(folder / "gemba.db", copy)
    (folder / "gemba notes.txt").write_text("mine")
    (folder / "gemba.db.bak").write_bytes(b"no database")
    before = copy.read_bytes()
    assert copies_beside(folder) == (copy,)
    with open_store(folder) as store:
        assert len(store.find(Person)) == 1
    assert copy.read_bytes() == before
    assert copies_beside(folder / "nowhere") == ()


BEGUN = """
import os, signal, sqlite3, sys
made = sqlite3.connect(sys.argv[1], isolation_level=None)
made.execute("PRAGMA journal_mode=DELETE")
made.execute("PRAGMA cache_size=5")
made.execute("BEGIN IMMEDIATE")
for number in range(400):
    made.execute(f"CREATE TABLE many{number} (a PRIMARY KEY, b UNIQUE)")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_first_write_that_was_cut_off_in_its_first_page_is_taken_back(folder: Path) -> None:
    folder.mkdir()
    path = folder / "gemba.db"
    subprocess.run([sys.executable, "-c", BEGUN, str(path)], check=False)
    assert path.with_name("gemba.db-journal").stat().st_size > 0
    torn = path.read_bytes()
    assert torn, "nothing reached the file"
    path.write_bytes(bytes(512) + torn[512:])
    with open_store(folder) as store:
        assert store.check().sound


def test_what_is_no_database_stays_as_it_is_whatever_lies_beside(folder: Path) -> None:
    folder.mkdir()
    path, journal = folder / "gemba.db", folder / "gemba.db-journal"
    path.write_bytes(b"a letter to the board" * 300)
    journal.write_bytes(b"")
    with pytest.raises(GembaError) as refused:
        open_store(folder)
    assert refused.value.key == "store.not_a_database"
    assert path.read_bytes() == b"a letter to the board" * 300
