"""Saving what a damaged folder holds: beside it, in its place, or only to look."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gemba.domain.errors import BadInput
from gemba.domain.promise import Promise
from gemba.services.salvage import (
    begin_anew,
    end_look,
    look_into,
    salvage_in_place,
    salvage_into,
)
from gemba.store.lock import DataFolderBusy
from gemba.store.opening import open_store
from tests.fresh import lay_sample
from tests.sample_size import sample_size

PAGE = 4096


def mark(words: str) -> str:
    return f"[lost] {words}"


def now() -> datetime:
    return datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


@pytest.fixture
def torn(tmp_path: Path) -> Path:
    """The sample, whose first page was wiped."""
    folder = lay_sample(tmp_path / "data")
    path = folder / "gemba.db"
    path.write_bytes(bytes(PAGE) + path.read_bytes()[PAGE:])
    return folder


def test_everything_goes_into_a_new_folder_and_the_damaged_one_is_left(
    torn: Path, tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in torn.rglob("*") if path.is_file()}
    heard: list[tuple[int, int]] = []
    report = salvage_into(torn, tmp_path / "out", mark, lambda *step: heard.append(step))
    assert report.whole == sample_size()
    assert report.left_over == sample_size()
    assert (report.partly, report.lost, report.photos, report.photos_missing) == ((), (), 2, ())
    assert heard == sorted(heard)
    assert heard[-1][0] <= heard[-1][1]
    assert {path: path.read_bytes() for path in torn.rglob("*") if path.is_file()} == before
    with open_store(tmp_path / "out") as store:
        assert store.check().sound
        assert len(store.find(Promise)) == 6


def test_a_json_file_holds_the_same(torn: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    salvage_into(torn, out, mark)
    with zipfile.ZipFile(out) as archive:
        held = json.loads(archive.read("data.json"))
    assert len(held["records"]["promise"]) == 6
    with pytest.raises(BadInput):
        salvage_into(torn, out, mark)


def test_the_old_file_lies_aside_as_it_was(torn: Path) -> None:
    damaged = (torn / "gemba.db").read_bytes()
    (torn / "gemba.db-journal").write_bytes(b"left by a crash")
    report = salvage_in_place(torn, mark, now)
    assert report.whole == sample_size()
    with open_store(torn) as store:
        assert store.check().sound
    aside = {path.name: path.read_bytes() for path in (torn / "aside").iterdir()}
    assert sorted(aside.values()) == sorted([damaged, b"left by a crash"])
    assert not (torn / "gemba.db-journal").exists()
    assert not (torn / "restoring").exists()


def test_stopping_changes_nothing(torn: Path) -> None:
    class StopError(Exception):
        pass

    def stop(_done: int, _all: int) -> None:
        raise StopError

    before = {path: path.read_bytes() for path in torn.rglob("*") if path.is_file()}
    with pytest.raises(StopError):
        salvage_in_place(torn, mark, now, stop)
    after = {path: path.read_bytes() for path in torn.rglob("*") if path.is_file()}
    before.pop(torn / "gemba.lock"), after.pop(torn / "gemba.lock")
    assert after == before


def test_another_gemba_at_work_is_not_disturbed(torn: Path, tmp_path: Path) -> None:
    from gemba.store.lock import FolderLock

    lock = FolderLock(torn)
    lock.take()
    try:
        with pytest.raises(DataFolderBusy):
            salvage_in_place(torn, mark, now)
    finally:
        lock.release()


def test_nothing_to_read_is_told_and_nothing_replaced(torn: Path, tmp_path: Path) -> None:
    (torn / "gemba.db").write_bytes(bytes(9000))
    with pytest.raises(BadInput) as told:
        salvage_in_place(torn, mark, now)
    assert told.value.key == "salvage.nothing"
    assert (torn / "gemba.db").read_bytes() == bytes(9000)
    with pytest.raises(BadInput):
        salvage_into(torn, tmp_path / "out", mark)
    assert not (tmp_path / "out").exists()


def test_looking_leaves_no_trace(torn: Path) -> None:
    before = (torn / "gemba.db").read_bytes()
    look, report = look_into(torn, mark)
    assert report.whole == sample_size()
    with open_store(look, write=False) as store:
        assert len(store.find(Promise)) == 6
    end_look(look)
    assert not look.exists()
    assert (torn / "gemba.db").read_bytes() == before
    assert not (torn / "aside").exists()


def test_beginning_anew_lays_the_old_file_aside(torn: Path) -> None:
    (torn / "gemba.db").write_bytes(b"somebody else's")
    begin_anew(torn, now)
    with open_store(torn) as store:
        assert store.check().sound
        assert store.find(Promise) == []
    assert [path.read_bytes() for path in (torn / "aside").iterdir()] == [b"somebody else's"]
