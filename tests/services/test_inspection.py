"""All the data are looked through by another process, over a copy of which nothing is left."""

from __future__ import annotations

import errno
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.health import CheckReport, DamagedRecord
from gemba.services import inspection
from gemba.services.inspection import look_through
from gemba.services.inspector import read, written
from gemba.services.passphrase import unlock
from gemba.store.check_copy import check_folder, copied
from gemba.store.opening import open_store
from gemba.store.store import Store
from tests.fresh import lay_sample
from tests.services.test_mending import spoil


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return lay_sample(tmp_path / "data")


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with open_store(folder) as opened:
        yield opened


def here(store: Store) -> CheckReport:
    with copied(store) as folder:
        return check_folder(folder, store.key)


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


def test_another_process_finds_what_this_one_would(
    folder: Path, begun: list[subprocess.Popen[bytes]]
) -> None:
    spoil(folder, "UPDATE person SET role = 'x' WHERE name = 'Priya Raman'")
    spoil(folder, "UPDATE journal SET who = 'nobody' WHERE number = 3")
    spoil(folder, "UPDATE due SET title = 'nonsense'")
    with open_store(folder) as store:
        expected = here(store)
        assert [one.kind for one in expected.damaged] == ["person"]
        assert expected.journal == (3,)
        assert expected.derived
        assert begun == []
        assert look_through(store) == expected
        assert [process.args[-1] for process in begun] == ["gemba.services.inspector"]
    assert not (folder / "checking").exists()


def test_an_encrypted_folder_is_looked_through_under_its_key(
    tmp_path: Path, begun: list[subprocess.Popen[bytes]]
) -> None:
    folder = lay_sample(tmp_path / "data", "one")
    with open_store(folder, key=unlock(folder, "one")) as store:
        report = look_through(store)
    assert len(begun) == 1
    assert report.rows_sound
    assert report.counts["person"] > 5


def test_a_report_comes_over_whole() -> None:
    ref = Ref("sheet", UUID(int=7))
    report = CheckReport(
        counts={"sheet": 3},
        damaged=(
            DamagedRecord(kind="sheet", ref=ref, reason="checksum"),
            DamagedRecord(kind="walk", ref=None, reason="\ud800 no text"),
        ),
        file=("row 3 missing",),
        journal=(4, 9),
        other=("setting",),
        derived=("search",),
        photos=2,
        photos_missing=("0" * 64,),
        photos_damaged=("f" * 64,),
    )
    assert read(written(report)) == report


def test_a_look_that_is_stopped_ends_its_process(
    folder: Path, store: Store, begun: list[subprocess.Popen[bytes]]
) -> None:
    class StopError(Exception):
        pass

    def stop() -> None:
        if begun:
            raise StopError

    with pytest.raises(StopError):
        look_through(store, stop)
    assert begun[0].poll() is not None
    assert not (folder / "checking").exists()


def test_where_no_process_can_be_started_this_one_looks(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_given: object, **_named: object) -> subprocess.Popen[bytes]:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    monkeypatch.setattr(subprocess, "Popen", refused)
    assert look_through(store).rows_sound


def test_a_process_that_dies_is_told(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = subprocess.Popen

    def killed(*given: Any, **named: Any) -> subprocess.Popen[bytes]:
        process: subprocess.Popen[bytes] = start(*given, **named)
        process.kill()
        process.wait()
        return process

    monkeypatch.setattr(subprocess, "Popen", killed)
    with pytest.raises(GembaError) as told:
        look_through(store)
    assert told.value.key == "damage.look_broke_off"
    assert not (folder / "checking").exists()


def test_a_process_that_says_nothing_is_ended(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "PATIENCE", 0.0)
    with pytest.raises(GembaError) as told:
        look_through(store)
    assert told.value.key == "damage.look_broke_off"


def test_what_the_other_process_cannot_open_is_named(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = subprocess.Popen

    def torn(*given: Any, **named: Any) -> subprocess.Popen[bytes]:
        """What is copied is torn before the process that reads it is there."""
        (copy,) = (store.folder / "checking").rglob("gemba.db")
        copy.write_bytes(b"no database at all " * 400)
        return start(*given, **named)

    monkeypatch.setattr(subprocess, "Popen", torn)
    with pytest.raises(GembaError) as told:
        look_through(store)
    assert told.value.key == "store.not_a_database"
    with closing(sqlite3.connect(store.folder / "gemba.db")) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
