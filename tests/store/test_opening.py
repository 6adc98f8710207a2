"""A data folder is opened whole, by one writer, and never spoilt by opening it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from gemba.domain.errors import GembaError, ReadOnly
from gemba.domain.person import Person
from gemba.store.header import NEWEST
from gemba.store.lock import LOCK_NAME, DataFolderBusy
from gemba.store.opening import open_store
from gemba.store.store import Store

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")


def person(name: str = "Marta") -> Person:
    return Person(id=uuid4(), name=name)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.is_file() and path.name != LOCK_NAME
    }


def test_a_new_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    with open_store(folder) as store:
        assert store.writable
        assert store.why_read_only is None
        assert store.folder == folder
        assert store.count(Person) == 0
        assert store.check().sound
    if sys.platform != "win32":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "gemba.db").stat().st_mode) == 0o600
        assert stat.S_IMODE((folder / LOCK_NAME).stat().st_mode) == 0o600


@POSIX
def test_the_rollback_journal_is_private_too(store: Store, folder: Path) -> None:
    modes: list[int] = []
    with store._disk.writing() as connection:
        connection.exec_driver_sql("INSERT INTO setting (key, value) VALUES ('a', 'b')")
        modes = [stat.S_IMODE(p.stat().st_mode) for p in folder.glob("*-journal")]
    assert modes == [0o600]


def test_the_promises_to_the_disk_are_made(store: Store) -> None:
    with store._disk.writing() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "user_version")
        }
    assert told == {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "user_version": NEWEST,
    }
    with store._disk.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA query_only").scalar() == 1


def test_opening_and_reading_changes_nothing(folder: Path) -> None:
    with open_store(folder) as store:
        store.write([person()], who="Ines")
    before = bytes_of(folder)
    for write in (True, False):
        with open_store(folder, write=write) as store:
            assert [one.name for one in store.find(Person)] == ["Marta"]
            assert store.search("marta")
    assert bytes_of(folder) == before


def test_a_second_one_only_reads_until_the_first_is_gone(folder: Path) -> None:
    with open_store(folder) as first:
        (marta,) = first.write([person()], who="Ines").records
        with open_store(folder) as second:
            assert not second.writable
            assert isinstance(second.why_read_only, DataFolderBusy)
            assert second.why_read_only.values["process"] == os.getpid()
            assert second.get(Person, marta.id) == marta
            with pytest.raises(ReadOnly) as refused:
                second.write([person("Joris")], who="Samir")
            assert refused.value.key == "store.busy"
            first.write([person("Anna")], who="Ines")
            assert second.count(Person) == 2
    with open_store(folder) as third:
        assert third.writable


def test_the_folder_of_a_process_that_was_killed_is_free(folder: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from gemba.store.opening import open_store;"
        "store = open_store(Path(sys.argv[1])); print(store.writable, flush=True);"
        "sys.stdin.read(); os._exit(9)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        with open_store(folder) as store:
            assert store.why_read_only is not None
            assert store.why_read_only.values["process"] == process.pid
        process.kill()
        process.wait()
    with open_store(folder) as store:
        assert store.writable


def test_opened_for_reading_it_does_not_write(folder: Path) -> None:
    with open_store(folder) as store:
        store.settings.set("me", "Ines")
    with open_store(folder, write=False) as store, open_store(folder) as writer:
        assert writer.writable
        for attempt in (
            lambda: store.write([person()], who="Ines"),
            lambda: store.settings.set("me", "Samir"),
            lambda: store.erase_field(("person", uuid4()), "name", "Ines"),  # type: ignore[arg-type]
        ):
            with pytest.raises(ReadOnly) as refused:
                attempt()
            assert refused.value.key == "store.opened_for_reading"
        assert store.settings.get("me") == "Ines"


def test_reading_where_there_is_nothing_makes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    with open_store(folder, write=False) as store:
        assert store.find(Person) == []
        assert store.search("x") == []
        assert store.journal() == []
        assert store.settings.get("me") is None
        assert store.check().sound
    assert not folder.exists()


def test_where_no_lock_can_be_made_it_only_reads(folder: Path) -> None:
    with open_store(folder) as store:
        store.write([person()], who="Ines")
    (folder / LOCK_NAME).unlink()
    (folder / LOCK_NAME).mkdir()
    with open_store(folder) as store:
        assert not store.writable
        assert store.why_read_only is not None
        assert store.why_read_only.key == "store.folder_read_only"
        assert store.count(Person) == 1
        with pytest.raises(ReadOnly):
            store.write([person()], who="Ines")


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that another user of this machine can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(folder)


@POSIX
@pytest.mark.parametrize("filled", [True, False])
def test_a_folder_that_may_not_be_written_is_opened_for_reading(
    open_to_all: Path, filled: bool
) -> None:
    folder = open_to_all / "data"
    folder.mkdir()
    if filled:
        with open_store(folder) as store:
            store.write([person()], who="Ines")
        (folder / "gemba.db").chmod(0o444)
    (folder / LOCK_NAME).unlink(missing_ok=True)
    folder.chmod(0o555)
    code = (
        "import sys; from pathlib import Path; from gemba.store.opening import open_store;"
        "from gemba.domain.person import Person; store = open_store(Path(sys.argv[1]));"
        "print(store.why_read_only.key, store.count(Person), len(store.search('marta')))"
    )
    # Root may write anywhere, so that the question is put by somebody who may not.
    nobody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(
        [sys.executable, "-B", "-c", code, str(folder)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        **nobody,  # type: ignore[call-overload]
    )
    count = int(filled)
    assert done.stdout == f"store.folder_read_only {count} {count}\n", done.stderr
    assert sorted(path.name for path in folder.iterdir()) == (["gemba.db"] if filled else [])


def test_a_newer_database_is_refused_and_left_as_it_is(folder: Path) -> None:
    with open_store(folder) as store:
        store.write([person()], who="Ines")
    with closing(sqlite3.connect(folder / "gemba.db")) as connection:
        connection.execute(f"PRAGMA user_version = {NEWEST + 1}")
    before = bytes_of(folder)
    times = (folder / "gemba.db").stat().st_mtime_ns
    for write in (True, False):
        with pytest.raises(GembaError) as refused:
            open_store(folder, write=write)
        assert refused.value.key == "store.newer"
        assert refused.value.values["found"] == NEWEST + 1
    assert bytes_of(folder) == before
    assert (folder / "gemba.db").stat().st_mtime_ns == times


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize("content", [b"not a database at all", b"x" * 5000])
def test_a_file_that_is_no_database_is_refused(data_dir: Path, content: bytes, write: bool) -> None:
    (data_dir / "gemba.db").write_bytes(content)
    with pytest.raises(GembaError) as refused:
        open_store(data_dir, write=write)
    assert refused.value.key == "store.not_a_database"
    assert (data_dir / "gemba.db").read_bytes() == content


def test_somebody_elses_database_is_refused(data_dir: Path) -> None:
    with closing(sqlite3.connect(data_dir / "gemba.db")) as connection:
        connection.execute("CREATE TABLE songs (name TEXT)")
    before = bytes_of(data_dir)
    for write in (True, False):
        with pytest.raises(GembaError) as refused:
            open_store(data_dir, write=write)
        assert refused.value.key == "store.not_a_database"
        assert refused.value.values["file"] == str(data_dir / "gemba.db")
    assert bytes_of(data_dir) == before
    # The lock is free again: whoever owns the file may go on.
    (data_dir / "gemba.db").unlink()
    with open_store(data_dir) as store:
        assert store.writable


def test_an_empty_file_is_filled(data_dir: Path) -> None:
    (data_dir / "gemba.db").touch()
    with open_store(data_dir, write=False) as store:
        assert store.find(Person) == []
    with open_store(data_dir) as store:
        assert store.writable


@pytest.mark.parametrize("write", [True, False])
def test_a_write_that_was_cut_off_is_rolled_back(folder: Path, write: bool) -> None:
    with open_store(folder) as store:
        store.write([person()], who="Ines")
    code = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('PRAGMA cache_size=1'); c.execute('BEGIN IMMEDIATE');"
        "c.execute('UPDATE person SET name = zeroblob(200000)');"
        "c.executemany('INSERT INTO setting (key, value) VALUES (?, ?)',"
        " ((str(n), 'x' * 3000) for n in range(500)));"
        "os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(folder / "gemba.db")], check=False)
    assert (folder / "gemba.db-journal").stat().st_size > 0
    with open_store(folder, write=write) as store:
        assert [one.name for one in store.find(Person)] == ["Marta"]
        assert store.check().sound
    assert not (folder / "gemba.db-journal").exists()


def test_a_path_with_signs_of_an_address(tmp_path: Path) -> None:
    folder = tmp_path / "50 % done? #1 é"
    with open_store(folder) as store:
        store.write([person()], who="Ines")
        assert store.search("marta")
    assert (folder / "gemba.db").exists()


def test_many_threads_read_while_one_writes(store: Store) -> None:
    stop = threading.Event()
    troubles: list[BaseException] = []

    def read() -> None:
        try:
            while not stop.is_set():
                found = store.find(Person)
                assert store.count(Person) >= len(found)
                assert len(store.search("marta", limit=500)) >= len(found)
        except BaseException as error:
            troubles.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(40):
        store.write([person(f"Marta {number}")], who="Ines")
    stop.set()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert store.count(Person) == 40


def test_a_reader_that_has_its_rows_holds_no_writer_up(store: Store) -> None:
    store.write([person(f"Marta {number}") for number in range(300)], who="Ines")
    with store._disk.reading() as connection:
        rows = connection.exec_driver_sql("SELECT name FROM person").fetchall()
        # One that is held up is refused after a while: the folder is busy.
        store.write([person("Joris")], who="Ines")
    assert len(rows) == 300
    assert store.count(Person) == 301


def test_closing_twice_and_using_a_closed_store(folder: Path) -> None:
    store = open_store(folder)
    store.close()
    store.close()
    with pytest.raises(ReadOnly) as refused:
        store.write([person()], who="Ines")
    assert refused.value.key == "store.closed"
    with open_store(folder) as again:
        assert again.writable


def test_settings_are_remembered(folder: Path) -> None:
    with open_store(folder) as store:
        assert store.settings.get("me") is None
        store.settings.set("me", "Ines")
        store.settings.set("me", "Ines Ø")
        store.settings.set("other", "")
    with open_store(folder) as store:
        assert store.settings.get("me") == "Ines Ø"
        assert store.settings.all() == {"me": "Ines Ø", "other": ""}
        store.settings.forget("me")
        assert store.settings.get("me") is None


def test_the_installation_keeps_its_name(folder: Path) -> None:
    names = set()
    for _ in range(2):
        with open_store(folder) as store:
            names |= {entry.installation for entry in store.write([person()], who="I").entries}
    assert len(names) == 1


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="asks the system for open files")
def test_the_names_of_new_folders_outlast_the_power(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[Path] = set()
    sync = os.fsync

    def hear(handle: int) -> None:
        synced.add(Path(f"/proc/self/fd/{handle}").readlink())
        sync(handle)

    monkeypatch.setattr(os, "fsync", hear)
    with open_store(tmp_path / "above" / "data"):
        pass
    assert {tmp_path, tmp_path / "above"} <= synced
