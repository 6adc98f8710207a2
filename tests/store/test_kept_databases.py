"""A kept database of every released version opens, and is upgraded whole or not at all."""

from __future__ import annotations

import gzip
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from gemba.domain.changes import Ref
from gemba.domain.coach_log import AfterTalk, AskedQuestion, SecondCoach
from gemba.domain.coaching import Storyboard, Talk
from gemba.domain.development import Goal, PersonSkill
from gemba.domain.experiment import Experiment, Numbers
from gemba.domain.kinds import KINDS
from gemba.domain.person import Area, Person
from gemba.domain.promise import Promise
from gemba.domain.routine import Routine
from gemba.domain.session import Lesson, Session
from gemba.store.backup_files import BackupFolder
from gemba.store.engine import write_engine
from gemba.store.header import NEWEST, file_version
from gemba.store.migrations import STEPS
from gemba.store.opening import open_store
from gemba.store.proof import proof
from gemba.store.salvage import salvage_file
from gemba.store.tables import search_entry
from gemba.store.upgrade import upgrade_file

KEPT = sorted((Path(__file__).parents[1] / "data" / "databases").glob("*.db.gz"))
# Of the sample, as version 1 wrote it: one promise lies in the bin.
LIVING = {"person": 9, "walk": 3, "promise": 5, "sheet": 2}


def unpack(kept: Path, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "gemba.db"
    path.write_bytes(gzip.decompress(kept.read_bytes()))
    return path


def test_there_is_a_kept_database_of_every_version_before_this_one() -> None:
    assert [kept.name for kept in KEPT][: NEWEST - 1] == [
        f"{version:04d}.db.gz" for version in range(1, NEWEST)
    ]


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.name)
def test_a_kept_database_is_upgraded_and_sound(kept: Path, folder: Path) -> None:
    path = unpack(kept, folder)
    before = path.read_bytes()
    version = file_version(path)
    with open_store(folder) as store:
        report = store.check()
        assert not report.damaged
        assert not report.file
        assert not report.journal
        assert {kind: report.counts[kind] for kind in LIVING} == LIVING
        assert len(store.find(Promise, in_bin=True)) == 1
        assert store.settings.get("draft") == "half a sentence, ünïcode"
        assert store.settings.get("me") == "Nora Whitfield"
        hits = store.search("discharge")
        assert hits
        with store._disk.reading() as connection:
            rows = connection.execute(select(search_entry)).all()
        assert rows
        for row in rows:
            on = row.on_date.isoformat() if row.on_date else None
            assert row.title_checksum == proof(row.record_id.hex, row.title, on)
            assert row.checksum
        for cls in KINDS.values():
            for record in store.find(cls):
                assert store.at_revision(cls, record.id, record.revision) == record
    assert file_version(path) == NEWEST
    backups = BackupFolder(folder / "backups")
    (point,) = backups.points()
    assert (point.reason, point.version) == ("before migration", version)
    assert backups.database(point.name).read_bytes() == before


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.name)
def test_rows_written_by_an_upgrade_are_those_a_new_store_writes(
    kept: Path, folder: Path, tmp_path: Path
) -> None:
    unpack(kept, folder)
    with open_store(folder) as old, open_store(tmp_path / "new") as new:
        old.settings.set("draft", "anew")
        new.settings.set("draft", "anew")
        (promise, *_) = old.find(Promise, person_id=None)[:1] or old.find(Promise)[:1]
        rows = []
        for store in (old, new):
            with store._disk.reading() as connection:
                found = connection.exec_driver_sql("SELECT * FROM setting WHERE key = 'draft'")
                rows.append(tuple(found.one()))
        assert rows[0] == rows[1]
        assert promise.text in {hit.title for hit in old.search(promise.text)}


KILLED = """
import os, signal, sys
from pathlib import Path
from gemba.store.engine import write_engine
from gemba.store.migrations import STEPS
from gemba.store.upgrade import upgrade_file

def die(operations):
    operations.execute("CREATE TABLE half (done)")
    operations.execute("UPDATE promise SET note = note || 'half'")
    for number in range(400):
        operations.execute(f"CREATE TABLE many{number} (a PRIMARY KEY, b UNIQUE)")
    os.kill(os.getpid(), signal.SIGKILL)

path = Path(sys.argv[1])
engine = write_engine(path)
with engine.connect() as connection:
    # What a step larger than the cache does by itself: pages reach the file before the commit.
    connection.connection.execute("PRAGMA cache_spill = 1")
    connection.connection.execute("PRAGMA cache_size = 5")
upgrade_file(path, engine, [*STEPS[: int(sys.argv[2])], die])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.name)
def test_a_kill_in_the_middle_rolls_back(kept: Path, folder: Path) -> None:
    path = unpack(kept, folder)
    before = path.read_bytes()
    version = file_version(path)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(version)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert path.with_name("gemba.db-journal").stat().st_size > 0
    assert path.read_bytes() != before, "nothing reached the file: the kill came too early"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    assert path.read_bytes() == before
    with open_store(folder) as store:
        assert not store.check().damaged
    assert file_version(path) == NEWEST == len(STEPS)


def test_an_upgrade_runs_with_foreign_keys_off_and_puts_them_on_again(folder: Path) -> None:
    path = unpack(KEPT[0], folder)
    seen: list[object] = []

    def step(operations: object) -> None:
        connection = operations.get_bind()  # type: ignore[attr-defined]
        seen.append(connection.exec_driver_sql("PRAGMA foreign_keys").scalar())
        seen.append(connection.in_transaction())

    engine = write_engine(path)
    upgrade_file(path, engine, [STEPS[0], step])
    with engine.connect() as connection:
        seen.append(connection.exec_driver_sql("PRAGMA foreign_keys").scalar())
    engine.dispose()
    assert seen == [0, True, 1]


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.name)
def test_what_an_older_program_wrote_can_be_salvaged(kept: Path, folder: Path) -> None:
    path = unpack(kept, folder)
    found = salvage_file(path)
    assert not found.partly
    assert not found.lost
    assert {piece.origin for piece in found.sound.values()} == {"tree"}
    saved = {ref: piece.record for ref, piece in found.sound.items()}
    with open_store(folder) as store:
        for kind, cls in KINDS.items():
            for in_bin in (False, True):
                for record in store.find(cls, in_bin=in_bin):
                    assert saved.pop(Ref(kind, record.id)) == record
    assert not saved


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.name)
def test_a_row_that_was_altered_before_an_upgrade_is_still_told(kept: Path, folder: Path) -> None:
    path = unpack(kept, folder)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE sheet SET is_now = is_now || '!' WHERE counter = 1")
    with open_store(folder) as store:
        (told,) = store.check().damaged
        assert told.ref.kind == "sheet"


@pytest.mark.parametrize("kept", KEPT[:3], ids=lambda kept: kept.name)
def test_what_came_with_version_4_is_empty_in_what_was_written_before(
    kept: Path, folder: Path
) -> None:
    unpack(kept, folder)
    with open_store(folder) as store:
        for promise in store.find(Promise):
            assert promise.state in ("open", "told back", "said no")
            assert promise.owed is (promise.told_back is None)
            assert (promise.area_id, promise.done_on, promise.photos_before) == (None, None, ())
        assert store.find(Routine) == []
        assert {area.formerly for area in store.find(Area)} == {()}


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.name)
def test_what_came_with_version_5_is_empty_in_what_was_written_before(
    kept: Path, folder: Path
) -> None:
    unpack(kept, folder)
    with open_store(folder) as store:
        experiments = store.find(Experiment)
        assert {one.numbers for one in experiments} == {Numbers()}
        assert any(one.committed and one.result for one in experiments)
        talks = store.find(Talk)
        assert {(one.script_id, one.planned_minutes, one.times) for one in talks} == {
            (None, 20, ())
        }
        assert {board.target_moves for board in store.find(Storyboard)} == {()}
        assert {person.formerly for person in store.find(Person)} == {()}
        for cls in (Session, Lesson, PersonSkill, Goal, AskedQuestion, AfterTalk, SecondCoach):
            assert store.find(cls) == []
        (talk, *_) = [one for one in talks if one.private_note]
        asked = AskedQuestion(
            id=uuid4(), talk_id=talk.id, asked_on=talk.held_on, words="What kestrel do you see?"
        )
        store.write([asked], who="test")
        assert store.search("kestrel") == []
        assert [hit.ref.id for hit in store.search("kestrel", private=True)] == [asked.id]
