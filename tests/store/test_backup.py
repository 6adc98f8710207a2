"""Backups with a real store: whole, proved, and never in the way of a good one."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from gemba.domain.backup import BackupPoint
from gemba.domain.errors import Damaged, GembaError
from gemba.domain.observation import Observation
from gemba.domain.person import Area, Person
from gemba.store import backup_prove
from gemba.store.backup import make_backup
from gemba.store.backup_drill import drill
from gemba.store.backup_files import BackupFolder, manifest_of, read_manifest
from gemba.store.backup_prove import prove
from gemba.store.backup_restore import prepare_restore
from gemba.store.backup_rows import Comparing, Rows, compare_rows
from gemba.store.backup_swap import put_in_place
from gemba.store.backup_texts import other_queries, record_queries
from gemba.store.backup_upgrade import keep_before_upgrade
from gemba.store.backup_verdict import rows_wrong
from gemba.store.header import FILE_NAME
from gemba.store.keys import new_key
from gemba.store.opening import open_store
from gemba.store.store import Store
from tests.store.dying import dies_at, files_below

AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


@pytest.fixture
def backups(folder: Path) -> BackupFolder:
    return BackupFolder(folder / "backups")


def make(store: Store, backups: BackupFolder, reason: str = "asked for") -> BackupPoint:
    return make_backup(store, backups, made_at=AT, reason=reason)


def seen(number: int, saw: str = "The list was late.") -> Observation:
    return Observation(id=UUID(int=number + 1), seen_on=date(2026, 11, 22), saw=f"{saw} {number}")


def picture(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return out.getvalue()


def with_photo(store: Store, colour: str = "red") -> str:
    key = store.photos.add(picture(colour), "p.jpg").hash
    one = Observation(id=uuid4(), seen_on=date(2026, 11, 22), saw=colour, photos=(key,))
    store.write([one], who="Nora")
    return key


def test_a_backup_is_the_data_and_says_what_it_holds(store: Store, backups: BackupFolder) -> None:
    store.write([Person(id=uuid4(), name="Marta"), seen(1), seen(2)], who="Nora")
    key = with_photo(store)
    point = make(store, backups, "before import")
    assert backups.points() == [point]
    assert point.name == "2026-11-22T10-30-00Z-000001"
    assert point.counts["observation"] == 3
    assert point.counts["person"] == 1
    assert point.records == 4
    assert point.reason == "before import"
    assert [Path(name).stem for name in point.photos] == [key]
    assert point.newest[0] == "observation"
    database = backups.database(point.name)
    assert point.sha256 == sha256(database.read_bytes()).hexdigest()
    assert database.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(database)) as copy:
        assert copy.execute("SELECT count(*) FROM observation").fetchone() == (3,)


def test_photos_are_not_copied_again(store: Store, backups: BackupFolder) -> None:
    key = with_photo(store)
    first, second = make(store, backups), make(store, backups)
    path = store.photos.path(key)
    assert path is not None
    kept = backups.photo(next(iter(first.photos)))
    assert kept.samefile(path)
    assert first.photos == second.photos
    assert len(list(backups.photos.rglob("*.*"))) == 1


def test_a_photo_is_copied_where_it_cannot_have_a_second_name(
    store: Store, backups: BackupFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(1, "no links here")

    key = with_photo(store)
    monkeypatch.setattr(os, "link", refused)
    point = make(store, backups)
    kept = backups.photo(next(iter(point.photos)))
    path = store.photos.path(key)
    assert path is not None
    assert not kept.samefile(path)
    assert kept.read_bytes() == path.read_bytes()


def test_a_photo_that_is_gone_comes_from_the_backup_before(
    store: Store, backups: BackupFolder
) -> None:
    key = with_photo(store)
    make(store, backups)
    path = store.photos.path(key)
    assert path is not None
    path.unlink()
    assert make(store, backups).photos_missing == ()


def test_a_photo_no_backup_has_is_named(store: Store, backups: BackupFolder) -> None:
    key = with_photo(store)
    path = store.photos.path(key)
    assert path is not None
    path.write_bytes(b"not what it was")
    point = make(store, backups)
    assert point.photos_missing == (key,)
    assert point.photos == {}
    assert not list(backups.photos.rglob("*.*"))


def test_removing_backups_keeps_photos_others_name(store: Store, backups: BackupFolder) -> None:
    with_photo(store, "red")
    first = make(store, backups)
    with_photo(store, "blue")
    second = make(store, backups)
    backups.remove([second])
    assert set(first.photos) == {
        path.relative_to(backups.photos).as_posix() for path in backups.photos.rglob("*.*")
    }


def test_photos_stay_while_a_manifest_cannot_be_read(store: Store, backups: BackupFolder) -> None:
    with_photo(store, "red")
    first = make(store, backups)
    second = make(store, backups)
    (backups.path / f"{second.name}.json").write_text("torn")
    backups.remove([first])
    assert list(backups.photos.rglob("*.*"))
    assert backups.lone() == [backups.database(second.name)]


class Written:
    """A store in which somebody writes at every step; else a fast machine is done before them."""

    def __init__(self, store: Store, *, begun: threading.Event, committed: list[int]) -> None:
        self._store = store
        self._begun = begun
        self._committed = committed
        self.photo_path = store.photo_path

    @property
    def key(self) -> bytes | None:
        return self._store.key

    def lend(self, work: Callable[[Any, Callable[[], None]], Any]) -> Any:
        def in_turns(writer: Any, give_way: Callable[[], None]) -> Any:
            def wait_for_one() -> None:
                self._begun.set()
                known = len(self._committed)
                while len(self._committed) < min(known + 1, 12):
                    give_way()

            return work(writer, wait_for_one)

        return self._store.lend(in_turns)


def test_writes_go_on_and_are_in_the_backup(store: Store, backups: BackupFolder) -> None:
    """What is committed while the pages are copied is carried over, and the copy is one state."""
    store.write([seen(n, "x" * 400) for n in range(4_000)], who="Nora")
    committed: list[int] = []
    began, done = threading.Event(), threading.Event()

    def write() -> None:
        began.wait()
        number = 10_000
        while not done.is_set():
            store.write([seen(number, "meanwhile")], who="Nora")
            committed.append(number)
            number += 1

    thread = threading.Thread(target=write)
    thread.start()
    try:
        source = Written(store, begun=began, committed=committed)
        point = make_backup(source, backups, made_at=AT, reason="asked for")
    finally:
        done.set()
        began.set()
        thread.join()
    assert len(committed) >= 12
    with closing(sqlite3.connect(backups.database(point.name))) as copy:
        held = copy.execute("SELECT count(*) FROM observation WHERE saw LIKE 'meanwhile%'")
        assert held.fetchone()[0] >= 11
    assert prove(backups.database(point.name), None).sound


def test_damaged_data_are_never_backed_up(
    folder: Path, store: Store, backups: BackupFolder
) -> None:
    store.write([seen(n) for n in range(50)], who="Nora")
    good = make(store, backups)
    store.close()
    with closing(sqlite3.connect(folder / FILE_NAME)) as bare:
        bare.execute("UPDATE observation SET saw = 'Another word.' WHERE counter = 7")
        bare.commit()
    with open_store(folder) as again:
        with pytest.raises(Damaged) as told:
            make(again, backups)
    assert told.value.key == "backup.damaged"
    assert "observation" in str(told.value.values["what"])
    assert backups.points() == [good]
    assert not list(backups.path.glob(".new-*"))


def test_a_torn_page_is_found(folder: Path, store: Store, backups: BackupFolder) -> None:
    store.write([seen(n, "y" * 300) for n in range(500)], who="Nora")
    good = make(store, backups)
    store.close()
    path = folder / FILE_NAME
    data = bytearray(path.read_bytes())
    at = data.rfind(b"yyyyyyyy") // 4096 * 4096
    data[at : at + 4096] = bytes(4096)
    path.write_bytes(bytes(data))
    with open_store(folder) as again, pytest.raises(Damaged):
        make(again, backups)
    assert backups.points() == [good]


def test_what_a_kill_left_goes_with_the_next_backup(store: Store, backups: BackupFolder) -> None:
    backups.ready()
    (backups.path / ".new-2026-11-22T10-30-00Z-000009.db").write_bytes(b"")
    (backups.photos / "aa").mkdir()
    (backups.photos / "aa" / ".new-x.jpg").write_bytes(b"half")
    (backups.path / "2026-11-22T10-30-00Z-000004.db").write_bytes(b"")
    store.write([seen(1)], who="Nora")
    point = make(store, backups)
    assert backups.points() == [point]
    assert files_below(backups.path) == [
        f"{point.name}.db",
        f"{point.name}.json",
    ]


def test_a_database_without_its_manifest_never_counts(store: Store, backups: BackupFolder) -> None:
    store.write([seen(1)], who="Nora")
    point = make(store, backups)
    (backups.path / f"{point.name}.json").unlink()
    again = make(store, backups)
    assert backups.points() == [again]
    assert backups.lone() == [backups.database(point.name)]
    assert again.counter == point.counter + 1


@pytest.mark.parametrize("said", [b"", b"{}", b"[1]", b'{"format": "gemba backup 1"}', b"\xff"])
def test_a_manifest_that_is_not_one_counts_for_nothing(tmp_path: Path, said: bytes) -> None:
    path = tmp_path / "2026-11-22T10-30-00Z-000004.json"
    path.write_bytes(said)
    assert read_manifest(path) is None


def test_a_manifest_cannot_lead_out_of_its_folder(store: Store, backups: BackupFolder) -> None:
    with_photo(store)
    point = make(store, backups)
    path = backups.path / f"{point.name}.json"
    assert read_manifest(path) == point
    told = json.loads(manifest_of(point))
    told["photos"] = {"../../../etc/passwd": "0" * 64}
    path.write_text(json.dumps(told))
    assert read_manifest(path) is None


def test_stopping_leaves_nothing(store: Store, backups: BackupFolder) -> None:
    store.write([seen(n, "z" * 500) for n in range(3000)], who="Nora")
    calls = 0

    def stop() -> None:
        nonlocal calls
        calls += 1
        if calls > 3:
            raise GembaError("backup.stopped")

    with pytest.raises(GembaError, match=r"backup\.stopped"):
        make_backup(store, backups, made_at=AT, reason="asked for", stop=stop)
    assert files_below(backups.path) == []
    assert make(store, backups).records == 3000


def test_a_kill_at_any_moment_leaves_only_whole_backups(folder: Path) -> None:
    with open_store(folder) as store:
        store.write([seen(1)], who="Nora")
        with_photo(store)
        make(store, BackupFolder(folder / "backups"))

    def once_more() -> None:
        with open_store(folder) as store:
            make(store, BackupFolder(folder / "backups"))

    backups = BackupFolder(folder / "backups")
    moment = 0
    while dies_at(moment, once_more):
        moment += 1
        points = backups.points()
        assert points, "the first backup is there whatever happens"
        for point in points:
            database = backups.database(point.name)
            assert sha256(database.read_bytes()).hexdigest() == point.sha256
            for name, digest in point.photos.items():
                assert sha256(backups.photo(name).read_bytes()).hexdigest() == digest
    assert moment > 10
    assert not list(backups.path.rglob(".new-*")), "the last one tidied up"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the limit is set in a process of its own")
def test_a_full_disk_is_said_and_leaves_nothing_half(folder: Path) -> None:
    """A limit on the size of a file stands in for the disk: both refuse the next byte."""
    import resource

    with open_store(folder) as store:
        store.write([seen(n, "w" * 500) for n in range(2000)], who="Nora")
        backups = BackupFolder(folder / "backups")
        good = make(store, backups)
        child = os.fork()
        if child == 0:
            try:
                resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))
                make(store, backups)
                os._exit(1)
            except GembaError as error:
                os._exit(0 if error.key in ("store.full", "store.io") else 2)
            except BaseException:
                os._exit(3)
        _, status = os.waitpid(child, 0)
        assert os.WEXITSTATUS(status) == 0
        assert backups.points() == [good]
        assert not list(backups.path.glob(".new-*"))
        assert make(store, backups).records == 2000


def compared_elsewhere(path: Path, queries: Mapping[str, str]) -> Rows:
    comparing = Comparing()
    comparing.ask(path, queries, None)
    return comparing.result()


def test_rows_are_compared_in_another_process_as_here(store: Store, folder: Path) -> None:
    store.write([seen(n) for n in range(20)], who="Nora")
    path, queries = folder / FILE_NAME, record_queries() | other_queries()
    here = compare_rows(path, queries)
    there = compared_elsewhere(path, queries)
    assert here == there
    assert here.sound
    assert here.compared >= 40


def test_a_row_of_another_kind_is_found_by_both_ways(store: Store, folder: Path) -> None:
    store.write([seen(n) for n in range(20)], who="Nora")
    store.close()
    whole = (folder / FILE_NAME).read_bytes()
    changed = folder / "changed.db"
    for change in ("saw = x'00ff'", "kept = 7", "photos = 'torn ['", "id = 'short'"):
        changed.write_bytes(whole)
        with closing(sqlite3.connect(changed)) as bare:
            bare.execute(f"UPDATE observation SET {change} WHERE counter = 3")
            bare.commit()
        assert not compare_rows(changed, record_queries()).sound, change
        assert not compared_elsewhere(changed, record_queries()).sound, change
        # Any other number than 0 is true as well, and nothing of what was written is lost.
        assert bool(rows_wrong(changed, None)) is (change != "kept = 7")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=8))
def test_any_text_has_the_checksum_sqlite_writes(store: Store, said: list[str]) -> None:
    """The text SQLite makes is the one the checksum was taken of, letter for letter."""
    store.write(
        [
            Observation(id=uuid4(), seen_on=date(2026, 11, 22), saw=text, think=text[::-1])
            for text in said
        ]
        + [Area(id=uuid4(), name=said[0])],
        who=said[0],
    )
    found = compare_rows(store.folder / FILE_NAME, record_queries() | other_queries())
    assert found.sound, found


def test_order_is_the_counter(store: Store, backups: BackupFolder) -> None:
    store.write([seen(1)], who="Nora")
    first = make_backup(store, backups, made_at=AT, reason="asked for")
    back = make_backup(store, backups, made_at=AT - timedelta(days=20_000), reason="asked for")
    assert backups.points() == [first, back]
    assert backups.glance() == (back.made_at, 2)
    later = make_backup(store, backups, made_at=AT, reason="asked for", counter=40)
    assert later.counter == 40
    assert backups.next_counter() == 41


def test_an_upgrade_takes_the_photos_along(folder: Path) -> None:
    with open_store(folder) as store:
        key = with_photo(store)
        path = store.photos.path(key)
    point = keep_before_upgrade(folder / FILE_NAME)
    assert point.reason == "before migration"
    assert [Path(name).stem for name in point.photos] == [key]
    assert path is not None
    assert BackupFolder(folder / "backups").photo(next(iter(point.photos))).samefile(path)


def test_a_damaged_file_is_not_upgraded(folder: Path) -> None:
    with open_store(folder) as store:
        store.write([seen(n, "y" * 300) for n in range(100)], who="Nora")
    path = folder / FILE_NAME
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2 // 4096 * 4096])
    with pytest.raises(Damaged):
        keep_before_upgrade(path)
    assert files_below(folder / "backups") == []


@pytest.fixture
def as_a_large_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prove in processes of their own, as files of more than a few megabytes are."""
    monkeypatch.setattr(backup_prove, "_SMALL_BYTES", 0)


@pytest.mark.usefixtures("as_a_large_one")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE observation SET saw = 'Another word.' WHERE counter = 7",
        "UPDATE observation SET checksum = replace(checksum, 'a', 'b') WHERE counter = 7",
        "UPDATE journal SET after = replace(after, 'list', 'last') WHERE number = 9",
        "UPDATE setting SET value = 'Somebody' WHERE key = 'me'",
    ],
)
def test_what_changed_since_the_backup_before_is_digested(
    folder: Path, store: Store, backups: BackupFolder, change: str
) -> None:
    store.write([seen(n) for n in range(30)], who="Nora")
    store.settings.set("me", "Nora")
    good = make(store, backups)
    store.write([seen(100)], who="Nora")
    better = make(store, backups)
    store.close()
    with closing(sqlite3.connect(folder / FILE_NAME)) as bare:
        bare.execute(change)
        bare.commit()
    with open_store(folder) as again, pytest.raises(Damaged):
        make(again, backups)
    assert backups.points() == [good, better]


@pytest.mark.usefixtures("as_a_large_one")
@pytest.mark.parametrize("left", [b"", b"no database at all" * 400])
def test_a_backup_before_that_rotted_proves_nothing_and_hinders_nothing(
    store: Store, backups: BackupFolder, left: bytes
) -> None:
    store.write([seen(n) for n in range(30)], who="Nora")
    first = make(store, backups)
    backups.database(first.name).write_bytes(left)
    second = make(store, backups)
    assert prove(backups.database(second.name), None).sound
    assert second.records == 30


@pytest.mark.parametrize("large", [False, True])
def test_a_backup_of_an_encrypted_folder_shows_nothing_and_comes_back(
    folder: Path, backups: BackupFolder, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if large:
        monkeypatch.setattr(backup_prove, "_SMALL_BYTES", 0)
    key, wrapped = new_key("a long passphrase")
    folder.mkdir()
    (folder / "gemba.key").write_text(json.dumps(wrapped.as_plain()))
    with open_store(folder, key=key) as store:
        store.write([Person(id=uuid4(), name="Marker Marta")], who="Marker Nora")
        with_photo(store, "green")
        first = make_backup(store, backups, made_at=AT, reason="asked for")
        store.write([seen(1, "marker list")], who="Marker Nora")
        second = make_backup(store, backups, made_at=AT, reason="asked for")
    assert second.photos_missing == ()
    assert len(second.photos) == 1
    for name in files_below(folder):
        assert b"marker" not in (folder / name).read_bytes().lower(), name
    (folder / FILE_NAME).write_bytes(b"")
    shutil.rmtree(folder / "photos")
    assert prepare_restore(folder, [backups], first, key=key) == ()
    put_in_place(folder, keep_old=True, at=AT)
    with open_store(folder, key=key) as store:
        assert store.count(Observation) == 1
        assert store.check().sound
    assert drill([backups], second, folder / "proving", key=key, at=AT).sound


def test_the_slow_look_reads_an_encrypted_copy_too(folder: Path, backups: BackupFolder) -> None:
    """A flag that is another number than 1 differs for the quick look and not for the slow one."""
    key, wrapped = new_key("a long passphrase")
    folder.mkdir()
    (folder / "gemba.key").write_text(json.dumps(wrapped.as_plain()))
    with open_store(folder, key=key) as store:
        store.write([seen(n) for n in range(5)], who="Nora")
        with store._disk.writing() as connection:
            connection.exec_driver_sql("UPDATE observation SET kept = 7 WHERE counter = 3")
        assert make_backup(store, backups, made_at=AT, reason="asked for").records == 5
        with store._disk.writing() as connection:
            connection.exec_driver_sql("UPDATE observation SET saw = 'Other' WHERE counter = 3")
        with pytest.raises(Damaged) as told:
            make_backup(store, backups, made_at=AT, reason="asked for")
    assert "observation" in str(told.value.values["what"])


def test_the_next_start_removes_what_a_kill_left(folder: Path, backups: BackupFolder) -> None:
    with open_store(folder) as store:
        with_photo(store)
        point = make(store, backups)
    (backups.path / ".new-2026-11-22T10-30-00Z-000009.db").write_bytes(b"half a database")
    (backups.photos / "aa").mkdir(exist_ok=True)
    (backups.photos / "aa" / ".new-x.jpg").write_bytes(b"half a photo")
    with open_store(folder, write=False), open_store(folder):
        assert not list(backups.path.rglob(".new-*"))
        # While a window is open, what it is making is not touched by another start.
        (backups.path / ".new-2026-11-22T10-30-00Z-000010.db").write_bytes(b"being made")
        open_store(folder).close()
        assert list(backups.path.rglob(".new-*"))
    assert backups.points() == [point]


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes the system started meanwhile."""
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    return started


class Lent:
    """A store that tells each time it was lent and is back: to be measured, and to be copied."""

    def __init__(self, store: Store, back: Callable[[], None]) -> None:
        self._store = store
        self._back = back
        self.photo_path = store.photo_path

    @property
    def key(self) -> bytes | None:
        return self._store.key

    def lend(self, work: Callable[[Any, Callable[[], None]], Any]) -> Any:
        made = self._store.lend(work)
        self._back()
        return made


@pytest.mark.usefixtures("as_a_large_one")
def test_closing_does_not_wait_for_the_rows(
    store: Store, backups: BackupFolder, begun: list[subprocess.Popen[bytes]]
) -> None:
    store.write([seen(n) for n in range(30)], who="Nora")

    def stop() -> None:
        # They were asked, and what they were asked by is closed.
        if begun and all(one.stdin is not None and one.stdin.closed for one in begun):
            raise GembaError("backup.stopped")

    with pytest.raises(GembaError, match=r"backup\.stopped"):
        make_backup(store, backups, made_at=AT, reason="asked for", stop=stop)
    assert files_below(backups.path) == []
    assert [one.poll() is None for one in begun] == [False, False]


@pytest.mark.usefixtures("as_a_large_one")
def test_the_first_backup_starts_what_compares_while_it_still_copies(
    store: Store, backups: BackupFolder, begun: list[subprocess.Popen[bytes]]
) -> None:
    store.write([seen(n) for n in range(30)], who="Nora")
    running: list[int] = []
    source = Lent(store, lambda: running.append(len(begun)))
    assert make_backup(source, backups, made_at=AT, reason="asked for").records == 30
    # None when it was measured, both when it was copied.
    assert running == [0, 2]
    # One that follows has little to compare, and starts nothing.
    make_backup(source, backups, made_at=AT, reason="asked for")
    assert running == [0, 2, 2]
    assert len(begun) == 2


@pytest.mark.usefixtures("as_a_large_one")
def test_a_process_that_is_gone_before_it_was_asked_is_done_without(
    store: Store, backups: BackupFolder, begun: list[subprocess.Popen[bytes]]
) -> None:
    store.write([seen(n) for n in range(30)], who="Nora")

    def end_them() -> None:
        for one in begun:
            one.kill()
            one.wait()

    source = Lent(store, end_them)
    with store._disk.writing() as connection:
        connection.exec_driver_sql("UPDATE observation SET saw = 'Other' WHERE counter = 3")
    with pytest.raises(Damaged):
        make_backup(source, backups, made_at=AT, reason="asked for")
    with store._disk.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE observation SET saw = 'The list was late. 2' WHERE counter = 3"
        )
    assert make_backup(source, backups, made_at=AT, reason="asked for").records == 30
    assert [one.returncode for one in begun] == [-9] * 4
