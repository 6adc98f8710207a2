"""A damaged record is brought back, and the look through everything holds nobody up."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gemba.domain.changes import Ref
from gemba.domain.errors import Damaged
from gemba.domain.person import Person
from gemba.services.bulletin import Bulletin
from gemba.services.mending import Mending
from gemba.services.recorder import Recorder
from gemba.store.opening import open_store
from gemba.store.store import Store
from tests.fresh import lay_sample


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return lay_sample(tmp_path / "data")


def spoil(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "gemba.db")) as connection, connection:
        assert connection.execute(statement).rowcount >= 1


def mending(store: Store) -> tuple[Mending, Recorder]:
    recorder = Recorder(store, Bulletin(), now=lambda: datetime.now(UTC))
    return Mending(recorder), recorder


def test_a_list_goes_on_without_the_damaged_one_and_says_so(folder: Path) -> None:
    spoil(folder, "UPDATE person SET role = 'x' WHERE name = 'Priya Raman'")
    with open_store(folder) as store:
        _, recorder = mending(store)
        heard: list[Damaged] = []
        recorder.on_damaged = heard.append
        assert len(recorder.find(Person)) == 8
        assert [error.values["kind"] for error in heard] == ["person"]
        recorder.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE person SET role = 'x' WHERE name = 'Priya Raman'",
        "UPDATE person SET revision = 7 WHERE name = 'Priya Raman'",
        "UPDATE person SET deleted_at = '2026-11-22T10:00:00.000000Z' WHERE name = 'Priya Raman'",
        "DELETE FROM person WHERE name = 'Priya Raman'",
    ],
)
def test_whatever_happened_to_it_it_comes_back_from_its_history(
    folder: Path, statement: str
) -> None:
    with open_store(folder) as store:
        priya = next(one for one in store.find(Person) if one.name == "Priya Raman")
    spoil(folder, statement)
    with open_store(folder) as store:
        mend, recorder = mending(store)
        report = mend.check()
        ref = Ref("person", priya.id)
        assert [one.ref for one in report.damaged] == [ref]
        (hurt,) = mend.hurt([ref])
        assert hurt.from_journal
        mend.bring_back(hurt)
        assert store.get(Person, priya.id).role == priya.role
        assert mend.check().rows_sound
        assert ref in {hit.ref for hit in store.search("Priya")}
        recorder.close()
    assert not (folder / "checking").exists()


def test_nothing_to_bring_back_is_said(folder: Path) -> None:
    with open_store(folder) as store:
        priya = next(one for one in store.find(Person) if one.name == "Priya Raman")
    spoil(folder, "UPDATE person SET role = 'x' WHERE name = 'Priya Raman'")
    spoil(folder, f"DELETE FROM journal WHERE record_id = '{priya.id.hex}'")
    with open_store(folder) as store:
        mend, recorder = mending(store)
        (hurt,) = mend.hurt([Ref("person", priya.id)])
        assert hurt.back is None
        assert "Priya Raman" in hurt.words
        with pytest.raises(Damaged):
            mend.bring_back(hurt)
        recorder.close()


def test_a_look_that_is_stopped_leaves_nothing(folder: Path) -> None:
    class StopError(Exception):
        pass

    def stop() -> None:
        raise StopError

    with open_store(folder) as store:
        mend, recorder = mending(store)
        with pytest.raises(StopError):
            mend.check(stop)
        recorder.close()
    assert not (folder / "checking").exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE search_text_content SET c1 = 'nonsense'",
        "UPDATE search_entry SET title = 'nonsense'",
        "DELETE FROM search_recent_content WHERE id < 20",
        "UPDATE due SET title = 'nonsense'",
        "UPDATE search_text_data SET block = zeroblob(40) WHERE id > 10",
    ],
)
def test_what_is_made_from_records_is_made_anew(folder: Path, statement: str) -> None:
    with open_store(folder) as store:
        wanted = [(hit.ref, hit.title) for hit in store.search("ward")]
        assert wanted
    spoil(folder, statement)
    with open_store(folder) as store:
        mend, recorder = mending(store)
        mend.remake()
        recorder.settle()
        assert store.check().rows_sound
        assert sorted((hit.ref, hit.title) for hit in store.search("ward")) == sorted(wanted)
        recorder.close()
    with open_store(folder) as store:
        assert store.check().sound
