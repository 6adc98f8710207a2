"""Bringing a backup back: whole, at any moment, whatever the database is like."""

from __future__ import annotations

import io
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image

from gemba.domain.backup import BackupPoint
from gemba.domain.errors import Damaged, GembaError
from gemba.domain.observation import Observation
from gemba.domain.person import Person
from gemba.store.backup import make_backup
from gemba.store.backup_drill import drill
from gemba.store.backup_files import BackupFolder
from gemba.store.backup_restore import prepare_restore
from gemba.store.backup_second import catch_up, missing_there, second_folder
from gemba.store.backup_swap import put_in_place
from gemba.store.files import digest_of
from gemba.store.header import FILE_NAME
from gemba.store.opening import open_store
from gemba.store.store import Store
from tests.store.dying import dies_at, files_below

AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


@pytest.fixture
def backups(folder: Path) -> BackupFolder:
    return BackupFolder(folder / "backups")


@pytest.fixture
def point(folder: Path, backups: BackupFolder) -> BackupPoint:
    """A backup of one person and one photo, after which something else was written."""
    with open_store(folder) as store:
        store.write([Person(id=uuid4(), name="Marta")], who="Nora")
        out = io.BytesIO()
        Image.effect_noise((120, 90), 60).save(out, "JPEG")
        key = store.photos.add(out.getvalue(), "p.jpg").hash
        one = Observation(id=uuid4(), seen_on=date(2026, 11, 22), saw="A queue", photos=(key,))
        store.write([one], who="Nora")
        made = make_backup(store, backups, made_at=AT, reason="asked for")
        store.write([Person(id=uuid4(), name="Later")], who="Nora")
    return made


def restore(folder: Path, backups: BackupFolder, point: BackupPoint) -> tuple[str, ...]:
    gone = prepare_restore(folder, [backups], point, who="Nora")
    put_in_place(folder, keep_old=True, at=AT)
    return gone


def names(store: Store) -> list[str]:
    return [person.name for person in store.find(Person)]


def test_the_state_is_back_and_the_journal_says_so(
    folder: Path, backups: BackupFolder, point: BackupPoint
) -> None:
    assert restore(folder, backups, point) == ()
    with open_store(folder) as store:
        assert names(store) == ["Marta"]
        assert store.check().sound
        last = store.journal()[-1]
        assert (last.change.ref.kind, last.change.field, last.who) == ("backup", "restored", "Nora")
        assert last.change.after == {"name": point.name, "made_at": AT.isoformat()}
        store.write([Person(id=uuid4(), name="After")], who="Nora")
    aside = folder / "aside" / "gemba-2026-11-22T10-30-00Z.db"
    with closing(sqlite3.connect(aside)) as old:
        assert old.execute("SELECT count(*) FROM person").fetchone() == (2,)


@pytest.mark.parametrize("damage", ["rubbish", "empty", "gone", "cut", "journal"])
def test_a_database_that_cannot_be_opened_is_set_aside_first(
    folder: Path, backups: BackupFolder, point: BackupPoint, damage: str
) -> None:
    database = folder / FILE_NAME
    whole = database.read_bytes()
    left = {"rubbish": b"rubbish" * 5000, "empty": b"", "cut": whole[: len(whole) // 3]}
    if damage == "gone":
        database.unlink()
    else:
        database.write_bytes(left.get(damage, whole))
    if damage == "journal":
        # What a crash leaves: it must never be rolled back into the file that was restored.
        (folder / f"{FILE_NAME}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" * 200)
    before = None if damage == "gone" else database.read_bytes()
    shutil.rmtree(folder / "photos")
    assert restore(folder, backups, point) == ()
    with open_store(folder) as store:
        assert names(store) == ["Marta"]
        assert store.check().sound
    if before is not None:
        assert (folder / "aside" / "gemba-2026-11-22T10-30-00Z.db").read_bytes() == before
    assert not (folder / f"{FILE_NAME}-journal").exists()
    assert (folder / "aside" / "gemba-2026-11-22T10-30-00Z.db-journal").exists() is (
        damage == "journal"
    )


def test_a_damaged_photo_is_set_aside_and_comes_back(
    folder: Path, backups: BackupFolder, point: BackupPoint, tmp_path: Path
) -> None:
    name = next(iter(point.photos))
    photo = folder / "photos" / name
    good = photo.read_bytes()
    photo.unlink()
    photo.write_bytes(b"not a picture any more")
    assert restore(folder, backups, point) == ()
    assert photo.read_bytes() == good
    assert (folder / "aside" / photo.name).read_bytes() == b"not a picture any more"


def test_a_rotten_backup_is_refused_and_nothing_changes(
    folder: Path, backups: BackupFolder, point: BackupPoint
) -> None:
    path = backups.database(point.name)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    before = (folder / FILE_NAME).read_bytes()
    with pytest.raises(Damaged, match=r"backup\.rotten"):
        restore(folder, backups, point)
    assert (folder / FILE_NAME).read_bytes() == before
    with open_store(folder) as store:
        assert len(names(store)) == 2
    assert not (folder / "restoring").exists()


STRANGE = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM person; END",
    "a view": "CREATE VIEW evil AS SELECT 1",
    "a table": "CREATE TABLE evil (a)",
    "a view without an end": "DROP TABLE search_entry; CREATE VIEW search_entry AS WITH RECURSIVE "
    "c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS number FROM c",
}
"""What a stranger could put into a backup, whose manifest is made to fit."""


@pytest.mark.parametrize("what", STRANGE)
def test_a_strangers_backup_is_looked_at_before_it_takes_any_place(
    folder: Path, backups: BackupFolder, point: BackupPoint, what: str
) -> None:
    path = backups.database(point.name)
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(STRANGE[what])
    made = replace(point, sha256=digest_of(path), bytes=path.stat().st_size)
    before = (folder / FILE_NAME).read_bytes()
    with pytest.raises(Damaged) as caught:
        restore(folder, backups, made)
    assert caught.value.key == "damage.plan"
    assert (folder / FILE_NAME).read_bytes() == before


def test_what_is_rotten_here_comes_from_the_second_place(
    folder: Path, backups: BackupFolder, point: BackupPoint, tmp_path: Path
) -> None:
    stick = second_folder(tmp_path / "stick", "laptop")
    assert catch_up(backups, stick) == 1
    backups.database(point.name).write_bytes(b"")
    shutil.rmtree(backups.photos)
    shutil.rmtree(folder / "photos")
    assert prepare_restore(folder, [backups, stick], point) == ()
    put_in_place(folder, keep_old=False, at=AT)
    with open_store(folder) as store:
        assert names(store) == ["Marta"]
        assert store.check().sound


def test_a_kill_at_any_moment_leaves_the_old_state_or_the_new_one(
    folder: Path, backups: BackupFolder, point: BackupPoint, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    shutil.copytree(folder, kept)
    moment, states = 0, set()
    while dies_at(moment, lambda: restore(folder, backups, point)):
        with open_store(folder) as store:
            states.add(tuple(names(store)))
            assert store.check().sound
        assert not (folder / "restoring").exists()
        assert not (folder / "restore.json").exists()
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)
        # Every moment up to the last rename, and a sample of those while the copy is prepared.
        moment += 1 if moment < 12 else 3
    assert states == {("Marta", "Later"), ("Marta",)}
    with open_store(folder) as store:
        assert names(store) == ["Marta"]


def test_proving_finds_all_well_and_leaves_nothing(
    folder: Path, backups: BackupFolder, point: BackupPoint
) -> None:
    before = files_below(folder)
    found = drill([backups], point, folder / "proving", key=None, at=AT)
    assert found.sound
    assert (found.records, found.photos) == (point.records, 1)
    assert files_below(folder) == before


@pytest.mark.parametrize("what", ["database", "photo", "photo gone"])
def test_proving_names_what_is_wrong(
    folder: Path, backups: BackupFolder, point: BackupPoint, what: str
) -> None:
    if what == "database":
        backups.database(point.name).write_bytes(b"short")
    else:
        photo = backups.photo(next(iter(point.photos)))
        photo.unlink()
        if what == "photo":
            photo.write_bytes(b"another one")
    found = drill([backups], point, folder / "proving", key=None, at=AT)
    assert not found.sound
    key = "backup.rotten" if what == "database" else "check.photo_missing"
    assert found.trouble[0][0] == key


def test_the_second_place_has_each_once_and_checked(
    folder: Path, backups: BackupFolder, point: BackupPoint, tmp_path: Path
) -> None:
    stick = second_folder(tmp_path / "stick", "laptop")
    assert missing_there(backups, stick) == [point]
    assert catch_up(backups, stick) == 1
    assert catch_up(backups, stick) == 0
    assert stick.points() == [point]
    copied = stick.database(point.name).read_bytes()
    assert sha256(copied).hexdigest() == point.sha256
    assert stick.photo(next(iter(point.photos))).is_file()


def test_a_stick_pulled_out_in_the_middle_keeps_what_was_whole(
    folder: Path, backups: BackupFolder, point: BackupPoint, tmp_path: Path
) -> None:
    stick = second_folder(tmp_path / "stick", "laptop")
    catch_up(backups, stick)
    with open_store(folder) as store:
        second = make_backup(store, backups, made_at=AT, reason="asked for")
    calls = 0

    def pulled_out() -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise OSError(19, "No such device")

    with pytest.raises(GembaError, match=r"store\.io"):
        catch_up(backups, stick, stop=pulled_out)
    assert stick.points() == [point]
    assert catch_up(backups, stick) == 1
    assert stick.points() == [point, second]
    assert not list(stick.path.rglob(".new-*"))


def test_a_kill_while_copying_leaves_whole_backups_there(
    folder: Path, backups: BackupFolder, point: BackupPoint, tmp_path: Path
) -> None:
    stick = second_folder(tmp_path / "stick", "laptop")
    moment = 0
    while dies_at(moment, lambda: catch_up(backups, stick)):
        for there in stick.points():
            assert sha256(stick.database(there.name).read_bytes()).hexdigest() == there.sha256
        moment += 1
        if stick.points():
            shutil.rmtree(stick.path)
    assert stick.points() == [point]


def test_what_rotted_here_is_not_carried_there(
    folder: Path, backups: BackupFolder, point: BackupPoint, tmp_path: Path
) -> None:
    stick = second_folder(tmp_path / "stick", "laptop")
    catch_up(backups, stick)
    backups.database(point.name).write_bytes(b"rotten")
    (stick.path / f"{point.name}.json").unlink()
    assert catch_up(backups, stick) == 0
    assert stick.points() == []
    assert not list(stick.path.glob(".new-*"))


def test_a_photo_lost_here_does_not_keep_the_rest_from_the_stick(
    folder: Path, backups: BackupFolder, point: BackupPoint, tmp_path: Path
) -> None:
    stick = second_folder(tmp_path / "stick", "laptop")
    backups.photo(next(iter(point.photos))).unlink()
    assert catch_up(backups, stick) == 1
    assert stick.points() == [point]
    found = drill([stick], point, folder / "proving", key=None, at=AT)
    assert [key for key, _ in found.trouble] == ["check.photo_missing"]


def test_nothing_is_called_back_that_another_start_cleared_away(
    folder: Path, backups: BackupFolder, point: BackupPoint
) -> None:
    prepare_restore(folder, [backups], point, who="Nora")
    open_store(folder, write=False).close()
    before = (folder / "gemba.db").read_bytes()
    with pytest.raises(GembaError, match=r"backup\.not_ready"):
        put_in_place(folder, keep_old=True, at=AT)
    assert (folder / "gemba.db").read_bytes() == before
    assert not (folder / "aside").exists()
