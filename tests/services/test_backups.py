"""Backups by themselves, the second place, proof and restore, as the window asks for them."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gemba.app.folders import load_catalog
from gemba.domain.backup import Safety
from gemba.domain.errors import Damaged, GembaError, NotFound
from gemba.services.backup_notes import Notes
from gemba.services.backups import Stopped
from gemba.services.restoring import (
    glance_at_backups,
    list_backups,
    put_back,
    restore_backup,
)
from gemba.services.workspace import Workspace, open_workspace
from gemba.store.header import FILE_NAME
from gemba.words import Words

BEGAN = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Europe/London"))


class Clock:
    """Says what time it is, and moves only when told."""

    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **step: float) -> None:
        self.now += timedelta(**step)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def opened(folder: Path, clock: Clock) -> Workspace:
    return open_workspace(folder, load_catalog(folder), Words(), now=clock)


@pytest.fixture
def work(data_dir: Path, clock: Clock) -> Iterator[Workspace]:
    workspace = opened(data_dir, clock)
    yield workspace
    workspace.close()


def tick(work: Workspace) -> int:
    work.backups.tick().result()
    return len(work.backups.safety.points)


def fill_disk_below(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Let the system say that the disk is full for files below a folder; return which it said."""
    refused: list[Path] = []
    sync = os.fsync

    def full(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        if path.is_file() and path.is_relative_to(folder):
            refused.append(path)
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(handle)

    monkeypatch.setattr(os, "fsync", full)
    return refused


def names(work: Workspace) -> list[str]:
    return [name for _, name in work.people.names()]


def test_one_every_half_hour_when_something_changed(
    data_dir: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = 0.0
    monkeypatch.setattr("time.monotonic", lambda: ran)
    work = opened(data_dir, clock)
    try:
        assert tick(work) == 0, "nothing was written yet"
        work.people.person("Marta")
        assert tick(work) == 1
        assert tick(work) == 1, "nothing changed"
        work.people.person("Ines")
        assert tick(work) == 1, "not yet half an hour"
        assert work.backups.safety.changed
        clock.forward(days=20)
        assert tick(work) == 1, "a clock that leaps is not half an hour"
        ran += 1800
        assert tick(work) == 2
        assert not work.backups.safety.changed
        assert work.backups.safety.points[0].reason == "by itself"
    finally:
        work.close()


def test_after_a_start_the_clock_is_all_there_is(data_dir: Path, clock: Clock) -> None:
    for step, expected in (({}, 1), ({"minutes": 5}, 1), ({"minutes": 25}, 2), ({"days": -9}, 3)):
        clock.forward(**step)
        work = opened(data_dir, clock)
        work.people.person(f"Marta {step}")
        assert tick(work) == expected
        work.close()


def test_listeners_hear_what_goes_on(work: Workspace) -> None:
    heard: list[Safety] = []
    stop = work.backups.listen(heard.append)
    work.people.person("Marta")
    work.backups.make("before import")
    assert "backup" in [safety.doing for safety in heard]
    work.backups.make()
    assert heard[-1].doing == ""
    assert heard[-1].newest is not None
    stop()
    count = len(heard)
    work.backups.make()
    assert len(heard) == count


def test_before_something_large_one_is_made_even_when_nothing_changed(work: Workspace) -> None:
    work.people.person("Marta")
    first = work.backups.before("before import")
    second = work.backups.before("before delete")
    assert first is not None
    assert second is not None
    assert [point.reason for point in list_backups(work.store.folder)] == [
        "before delete",
        "before import",
    ]


def test_bringing_one_back_can_be_undone(data_dir: Path, clock: Clock) -> None:
    work = opened(data_dir, clock)
    work.people.person("Marta")
    old = work.backups.make().name
    work.people.person("Ines")
    ready = work.backups.ready(old).result()
    assert set(names(work)) == {"Ines", "Marta"}
    work.close()
    put_back(data_dir, ready, clock())
    work = opened(data_dir, clock)
    assert names(work) == ["Marta"]
    undo = work.backups.ready(ready.undo).result()
    work.close()
    put_back(data_dir, undo, clock())
    work = opened(data_dir, clock)
    assert set(names(work)) == {"Ines", "Marta"}
    assert not (data_dir / "aside").exists(), "a proved backup holds what was there"
    work.close()


def damage(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "gemba.db")) as bare:
        bare.execute("UPDATE person SET name = 'Somebody else'")
        bare.commit()


def test_of_damaged_data_what_is_sound_is_backed_up_and_nothing_good_goes(
    data_dir: Path, clock: Clock
) -> None:
    work = opened(data_dir, clock)
    work.people.person("Marta")
    for _ in range(4):
        work.backups.make()
        clock.forward(days=30)
    held = list_backups(data_dir)
    work.close()
    damage(data_dir)
    work = opened(data_dir, clock)
    # What is written after the damage is in a backup too.
    for number in range(5):
        work.people.person(f"Omar {number}")
        work.recorder.settle()
        with pytest.raises(Damaged):
            work.backups.make()
        clock.forward(days=40)
    trouble = work.backups.safety.trouble
    assert trouble is not None
    assert trouble.key == "backup.damaged_in_part"
    assert Words()(trouble.key, **trouble.values).startswith("The data on this laptop are damaged")
    parts = [one for one in list_backups(data_dir) if one.partial]
    assert [one for one in list_backups(data_dir) if not one.partial] == held
    assert work.backups.safety.newest == held[0]
    # Marta is among them: the journal tells how she was called.
    assert [one.records for one in parts] == [6, 5, 4]
    assert tick(work) == 7, "nothing was written since: no other is made"
    found = work.backups.prove(parts[0].name).result()
    assert found.sound, found.trouble
    ready = work.backups.ready(held[0].name).result()
    assert ready.undo == "", "what cannot be proved is no restore point"
    work.close()
    put_back(data_dir, ready, clock())
    work = opened(data_dir, clock)
    assert names(work) == ["Marta"]
    assert list((data_dir / "aside").glob("*.db")), "the damaged file is kept"
    work.close()


def test_a_folder_that_cannot_be_opened_is_restored(data_dir: Path, clock: Clock) -> None:
    work = opened(data_dir, clock)
    work.people.person("Marta")
    name = work.backups.make().name
    work.close()
    (data_dir / "gemba.db").write_bytes(b"nothing of the kind")
    with pytest.raises(GembaError):
        opened(data_dir, clock)
    assert [point.name for point in list_backups(data_dir)] == [name]
    restore_backup(data_dir, name, now=clock)
    work = opened(data_dir, clock)
    assert names(work) == ["Marta"]
    work.close()
    with pytest.raises(NotFound):
        restore_backup(data_dir, "no such backup")


def test_nothing_is_restored_under_an_open_window(work: Workspace) -> None:
    work.people.person("Marta")
    name = work.backups.make().name
    with pytest.raises(GembaError, match=r"store\.busy"):
        restore_backup(work.store.folder, name)
    assert names(work) == ["Marta"]


def test_the_second_place_is_caught_up_when_it_comes_back(
    work: Workspace, tmp_path: Path, clock: Clock
) -> None:
    stick, drawer = tmp_path / "stick", tmp_path / "drawer"
    stick.mkdir()
    work.people.person("Marta")
    work.backups.make()
    work.backups.choose_second(stick).result()
    second = work.backups.safety.second
    assert second is not None
    assert (second.there, second.missing, second.caught_up_at) == (True, 0, clock())
    stick.rename(drawer)
    work.backups.make()
    work.backups.make()
    second = work.backups.safety.second
    assert second is not None
    assert (second.there, second.missing) == (False, 2)
    assert work.backups.safety.trouble is None, "a stick in a drawer is no trouble"
    drawer.rename(stick)
    work.backups.tick().result()
    second = work.backups.safety.second
    assert second is not None
    assert (second.there, second.missing) == (True, 0)
    assert len(list(stick.rglob("*.json"))) == 3
    work.backups.choose_second(None).result()
    assert work.backups.safety.second is None


def test_backups_of_a_lost_folder_come_from_the_second_place(
    data_dir: Path, clock: Clock, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    work = opened(data_dir, clock)
    work.people.person("Marta")
    name = work.backups.make().name
    work.backups.choose_second(stick).result()
    for path in (data_dir / "backups").glob("2026-*"):
        path.unlink()
    work.backups.tick().result()
    assert [point.name for point in work.backups.safety.elsewhere] == [name]
    ready = work.backups.ready(name).result()
    assert ready.point.name == name
    work.close()
    put_back(data_dir, ready, clock())
    assert {point.name for point in list_backups(data_dir)} > {name}


def test_a_full_second_place_is_said_and_the_first_is_not_touched(
    work: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    work.people.person("Marta")
    work.backups.choose_second(stick).result()
    refused = fill_disk_below(stick, monkeypatch)
    point = work.backups.make()
    assert refused
    trouble = work.backups.safety.trouble
    assert trouble is not None
    assert trouble.key == "backup.second_full"
    assert work.backups.safety.newest == point
    monkeypatch.undo()
    work.backups.tick().result()
    assert work.backups.safety.trouble is None


def test_proof_is_remembered(data_dir: Path, clock: Clock) -> None:
    work = opened(data_dir, clock)
    work.people.person("Marta")
    name = work.backups.make().name
    found = work.backups.prove(name).result()
    assert found.sound
    work.close()
    work = opened(data_dir, clock)
    work.backups.look().result()
    drill = work.backups.safety.drill
    assert drill is not None
    assert (drill.name, drill.records, drill.sound) == (name, 1, True)
    work.close()
    assert not (data_dir / "proving").exists()


def test_erasing_leaves_one_backup_everywhere(work: Workspace, tmp_path: Path) -> None:
    stick, drawer = tmp_path / "stick", tmp_path / "drawer"
    stick.mkdir()
    work.people.person("Marta")
    work.backups.choose_second(stick).result()
    work.backups.make()
    work.backups.make()
    stick.rename(drawer)
    fresh = work.backups.erase_older()
    assert [point.name for point in list_backups(work.store.folder)] == [fresh.name]
    drawer.rename(stick)
    work.backups.tick().result()
    assert [path.stem for path in stick.rglob("*.json")] == [fresh.name]


def test_an_erasing_cut_short_is_finished_with_the_next_backup(work: Workspace) -> None:
    work.people.person("Marta")
    old = work.backups.make()
    fresh = work.backups.make("before erase")
    Notes(work.store.folder).erase_before(fresh.counter)
    newest = work.backups.make()
    names = [one.name for one in list_backups(work.store.folder)]
    assert names == [newest.name, fresh.name]
    assert old.name not in names


def test_closing_gives_up_quietly(work: Workspace) -> None:
    work.people.person("Marta")
    work.backups.close()
    with pytest.raises(Stopped):
        work.backups.make()
    assert not (work.store.folder / "backups").exists()


def test_a_folder_that_only_reads_is_left_alone(data_dir: Path, clock: Clock) -> None:
    opened(data_dir, clock).close()
    work = open_workspace(data_dir, load_catalog(data_dir), Words(), write=False, now=clock)
    assert work.backups.before("before import") is None
    work.backups.tick().result()
    assert not (data_dir / "backups").exists()
    work.close()


def test_a_glance_needs_no_manifest(work: Workspace, clock: Clock) -> None:
    assert glance_at_backups(work.store.folder) == (None, 0)
    work.people.person("Marta")
    work.backups.make()
    made_at, count = glance_at_backups(work.store.folder)
    assert made_at == clock()
    assert count == 1


def test_rubbish_in_the_notes_counts_for_nothing(work: Workspace) -> None:
    known = work.store.folder / "backups" / "known.json"
    known.parent.mkdir()
    for said in ("", "[", "[1]", '{"second": 4, "drill": {"at": 1}, "erased_before": "x"}'):
        known.write_text(said)
        work.backups.tick().result()
        assert work.backups.safety.second is None
        assert work.backups.safety.drill is None
    shutil.rmtree(known.parent)


def test_what_failed_is_tried_again_after_half_an_hour(
    data_dir: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = 0.0
    monkeypatch.setattr("time.monotonic", lambda: ran)
    work = opened(data_dir, clock)
    work.people.person("Marta")
    with monkeypatch.context() as broken:
        tried = fill_disk_below(data_dir / "backups", broken)
        with pytest.raises(GembaError, match=r"backup\.no_room"):
            work.backups.tick().result()
        work.backups.tick().result()
        assert len(tried) == 1, "nobody asks again so soon"
        trouble = work.backups.safety.trouble
        assert trouble is not None
        assert trouble.key == "backup.no_room"
    ran += 1801
    assert tick(work) == 1
    assert work.backups.safety.trouble is None
    work.close()


def test_a_place_that_cannot_be_written_is_said(work: Workspace) -> None:
    work.people.person("Marta")
    (work.store.folder / "backups").write_text("a file where the folder should be")
    with pytest.raises(GembaError, match=r"backup\.failed"):
        work.backups.before("before import")
    (work.store.folder / "backups").unlink()
    assert work.backups.before("before import") is not None


def test_a_backup_that_shrank_counts_for_nothing_when_old_ones_go(
    work: Workspace, clock: Clock
) -> None:
    """Two of one day, weeks ago: the newer one would stay, but it is not whole any more."""
    work.people.person("Marta")
    old = work.backups.make()
    newer = work.backups.make()
    (work.store.folder / "backups" / f"{newer.name}.db").write_bytes(b"")
    for _ in range(20):
        clock.forward(days=1)
        work.backups.make()
    held = {point.name for point in list_backups(work.store.folder)}
    assert old.name in held


def test_what_a_killed_proof_left_goes_with_the_next_start(data_dir: Path, clock: Clock) -> None:
    left = data_dir / "proving" / "restoring"
    left.mkdir(parents=True)
    (left / "gemba.db").write_bytes(b"a copy of everything")
    opened(data_dir, clock).close()
    assert not (data_dir / "proving").exists()


def test_a_file_sqlite_cannot_read_is_set_aside_and_the_backup_comes_back(
    data_dir: Path, clock: Clock, expected_logs: list[str]
) -> None:
    """The copy itself fails: that is damage, not a full disk, and no reason not to go back."""
    work = opened(data_dir, clock)
    work.people.person("Marta")
    name = work.backups.make().name
    expected_logs.append("what is sound of the data could not be saved")
    with (data_dir / FILE_NAME).open("r+b") as file:
        file.write(b"no database any more" * 400)
    with pytest.raises(Damaged, match=r"backup\.damaged"):
        work.backups.make()
    ready = work.backups.ready(name).result()
    assert ready.undo == ""
    work.close()
    put_back(data_dir, ready, clock())
    assert list((data_dir / "aside").glob("*.db"))
