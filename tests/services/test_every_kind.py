"""Every kind of record, and every file beside the database, is known to all that keeps it.

Each test is a mechanism, and goes through all kinds there are: one that is added to the registry
is in each of them (see tests/every_kind.py).
"""

from __future__ import annotations

import base64
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import get_type_hints

import pytest

from gemba.app.folders import load_catalog
from gemba.domain.changes import Ref
from gemba.domain.errors import Refused
from gemba.domain.form import FormVersion
from gemba.domain.kinds import KINDS, PRIVATE_KINDS, Record, kind_of
from gemba.domain.person import Person
from gemba.domain.texts import NO_WORDS, texts_of, with_texts
from gemba.services.exchange_out import write_data
from gemba.services.passphrase import remove_passphrase, set_passphrase
from gemba.services.restoring import restore_backup
from gemba.services.retention import DAYS, YEARS_KEPT
from gemba.services.salvage import salvage_into
from gemba.services.workspace import Workspace, open_workspace
from gemba.store.header import FILE_NAME
from gemba.store.opening import open_store
from gemba.store.own_files import SETTING, lay_own
from gemba.store.store import Store
from gemba.words import Words
from tests.every_kind import DAY, NAME, every_record, hash_of, id_of, memo, photo, standard
from tests.fresh import begin_folder

from .conftest import now

BESIDE = (photo, standard, memo)
"""What lies beside the database: two photos, one of which only a form shows, and a memo."""
OWN = (
    'id = "own"\nversion = 1\nlabel = "Ours"\nkind = "talk"\n\n[[steps]]\nid = "a"\nask = "Why?"\n'
)
"""A set of questions of the user's own, the other kind of file that lies beside."""
PARTS = [part.encode() for part in NAME.split()]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds a record of every kind, which no test writes in."""
    folder = begin_folder(tmp_path_factory.mktemp("kinds") / "data")
    with open_store(folder) as store:
        for content in BESIDE:
            store.photos.take(hash_of(content()), content())
        store.write(list(every_record().values()), who=NAME)
    (folder / "definitions/questions").mkdir(parents=True)
    (folder / "definitions/questions/own.toml").write_text(OWN)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "data"))


@pytest.fixture
def work(folder: Path) -> Iterator[Workspace]:
    opened = _opened(folder)
    yield opened
    opened.close()


def _opened(folder: Path) -> Workspace:
    return open_workspace(folder, load_catalog(folder), Words(), now=now)


def _held(store: Store) -> dict[str, Record]:
    return {kind: one for kind, cls in KINDS.items() for one in store.find(cls)}


def _whole(store: Store) -> None:
    """Make sure that every record is there as it was made, and every file beside it."""
    held = _held(store)
    for kind, record in every_record().items():
        assert replace(held[kind], revision=0) == record, kind
    assert all(store.photos.read(hash_of(one())) == one() for one in BESIDE)
    assert (store.folder / "definitions/questions/own.toml").read_text() == OWN
    assert store.check().sound


def test_every_word_stands_somewhere_in_every_kind() -> None:
    for kind, record in every_record().items():
        named = [path for path, text in texts_of(record) if NAME in text]
        words = [
            name
            for name, hint in get_type_hints(KINDS[kind]).items()
            if hint is str and name not in NO_WORDS
        ]
        assert named or not words, kind


def test_a_changed_byte_of_any_kind_is_named(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as raw, raw:
        for kind in KINDS:
            columns = [str(row[1]) for row in raw.execute(f"PRAGMA table_info({kind})")]
            left = {"counter", "id", "revision", "checksum", "deleted_at"}
            name = next(one for one in columns if one not in left and not one.endswith("_id"))
            raw.execute(f"UPDATE {kind} SET {name} = {name} || '1'")
    with open_store(folder) as store:
        told = {one.kind for one in store.check().damaged}
        assert told == set(KINDS)
        for kind, cls in KINDS.items():
            assert store.find(cls, skip_damaged=True) == [], kind


def test_every_kind_is_salvaged_with_what_lies_beside(folder: Path, tmp_path: Path) -> None:
    path = folder / FILE_NAME
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])
    report = salvage_into(folder, tmp_path / "out", lambda words: f"[lost] {words}")
    assert (report.partly, report.lost, report.photos_missing) == ((), (), ())
    assert report.sound == dict.fromkeys(KINDS, 1)
    with open_store(tmp_path / "out") as store:
        _whole(store)


def test_the_second_place_alone_brings_every_kind_back(folder: Path, tmp_path: Path) -> None:
    second = tmp_path / "stick"
    second.mkdir()
    work = _opened(folder)
    work.backups.make()
    work.backups.choose_second(second).result()
    work.close()
    (name,) = (one.stem for one in second.rglob("*.db"))
    shutil.rmtree(folder)
    restore_backup(folder, name, place=second, now=now)
    with open_store(folder) as store:
        _whole(store)


def test_a_file_of_ones_own_that_changed_is_a_reason_for_a_backup(folder: Path) -> None:
    work = _opened(folder)
    try:
        work.backups.make()
        assert not work.backups.safety.changed
        path = folder / "definitions/questions/own.toml"
        path.write_text(OWN.replace("Why", "Since when"))
        work.backups.look().result()
        assert work.backups.safety.changed
        work.backups.make()
        assert "Since when" in (work.store.settings.get(SETTING) or "")
        path.unlink()
        work.backups.make()
        assert work.store.settings.get(SETTING) == ""
    finally:
        work.close()


@pytest.mark.parametrize(
    "name", ["../x/evil.toml", "/etc/evil.toml", "questions/../../evil.toml", "c:/evil.toml", "x"]
)
def test_no_file_of_a_strange_backup_leaves_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "data").mkdir()
    assert lay_own(tmp_path / "data", json.dumps({name: "evil", "sheets/a.toml": 7})) == 0
    assert [one.name for one in tmp_path.rglob("*")] == ["data"]


def test_a_file_that_is_there_stays(folder: Path) -> None:
    assert lay_own(folder, json.dumps({"questions/own.toml": "older", "sheets/b.toml": "b"})) == 1
    assert (folder / "definitions/questions/own.toml").read_text() == OWN
    assert (folder / "definitions/sheets/b.toml").read_text() == "b"
    assert lay_own(folder, "no JSON") == lay_own(folder, None) == 0


def test_under_a_passphrase_no_kind_is_plain_and_without_it_all_are_back(folder: Path) -> None:
    work = _opened(folder)
    work.backups.make()
    work.close()
    key = set_passphrase(folder, "go and see")
    plain = [*PARTS, photo()[20:60], memo()[100:160]]
    held = [one for one in folder.rglob("*") if one.is_file()]
    assert [one.name for one in held if any(part in one.read_bytes() for part in plain)] == []
    assert [one.name for one in held if hash_of(memo()) in one.name] == []
    with open_store(folder, key=key) as store:
        _whole(store)
    remove_passphrase(folder, "go and see")
    with open_store(folder) as store:
        _whole(store)


def test_every_kind_goes_into_the_bin_and_returns_with_what_went_along(work: Workspace) -> None:
    for kind in KINDS:
        ref = Ref(kind, id_of(kind))
        if work.bin.may_go(ref) is not None:
            with pytest.raises(Refused):
                work.bin.remove(ref)
            continue
        together = work.bin.remove(ref)
        assert work.recorder.find(KINDS[kind]) == [], kind
        assert ref in {one for heap in work.bin.heaps() for one in heap.refs}
        assert set(work.bin.restore(ref)) == set(together)
    _whole(work.store)


def test_every_kind_returns_from_the_bin_after_a_restart(folder: Path) -> None:
    refs = [Ref(kind, id_of(kind)) for kind in KINDS]
    work = _opened(folder)
    work.recorder.remove(*refs)
    work.close()
    work = _opened(folder)
    try:
        assert _held(work.store) == {}
        assert set(work.bin.restore(*refs)) == set(refs)
        _whole(work.store)
    finally:
        work.close()


def test_a_change_of_every_kind_is_taken_back_after_a_restart(folder: Path) -> None:
    work = _opened(folder)
    changed = {}
    for kind, record in every_record().items():
        held = work.recorder.get(KINDS[kind], record.id)
        after = with_texts(held, lambda _path, text: f"{text}, anew" if NAME in text else text)
        if after != held and kind not in ("form_version", "experiment"):
            changed[kind] = work.recorder.put(after)[0]
    work.close()
    work = _opened(folder)
    try:
        for kind, record in changed.items():
            before = work.recorder.get(KINDS[kind], record.id)
            assert before == record
            for _step in range(40):
                try:
                    work.versions.undo(Ref(kind, record.id))
                except Refused:
                    break
            back = work.recorder.get(KINDS[kind], record.id)
            assert replace(back, revision=0) == every_record()[kind], kind
    finally:
        work.close()


def test_a_file_with_every_kind_is_shown_first_and_taken_back_whole(
    work: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "all.zip"
    with path.open("wb") as file:
        assert write_data(work.store, file, private=True)
    other = _opened(begin_folder(tmp_path / "other"))
    try:
        arrival = other.arrivals.look(path)
        assert arrival.new == dict.fromkeys(KINDS, 1)
        assert arrival.photos == len(BESIDE)
        assert _held(other.store) == {}
        assert not list((tmp_path / "other").rglob("*.jpg"))
        brought = other.arrivals.bring_in(arrival)
        there = _held(other.store)
        assert there.keys() == KINDS.keys()
        for kind, record in every_record().items():
            assert [*texts_of(there[kind])] == [*texts_of(record)], kind
        assert all(other.store.photos.read(hash_of(one())) for one in BESIDE)
        other.arrivals.take_back(brought)
        assert _held(other.store) == {}
    finally:
        other.close()


def test_thirty_days_later_nothing_of_any_kind_is_left(folder: Path) -> None:
    day = now()
    work = open_workspace(folder, load_catalog(folder), Words(), now=lambda: day)
    try:
        work.bin.pass_days().result()
        refs = [Ref(kind, id_of(kind)) for kind in KINDS]
        work.recorder.remove(*refs)
        for _day in range(31):
            day += timedelta(days=1)
            work.bin.pass_days().result()
        for kind, cls in KINDS.items():
            assert work.store.find(cls, in_bin=True) == [], kind
        assert NAME not in repr(work.store.journal()).replace(f"who='{NAME}'", "")
        assert work.history.search("Quxolotl", private=True) == []
        assert [one.name for one in (folder / "photos").rglob("*") if one.is_file()] == []
    finally:
        work.close()


def test_erasing_a_person_finds_every_kind_and_leaves_no_byte(
    work: Workspace, folder: Path
) -> None:
    (person,) = work.recorder.find(Person)
    mentions, pictures = work.erasing.found(person.id)
    worded = {
        kind
        for kind, record in every_record().items()
        if any(NAME in text for _path, text in texts_of(record))
    }
    assert {one.ref.kind for one in mentions} == worded - {"person"}
    assert {one.photo for one in pictures} == {hash_of(one()) for one in BESIDE}
    done = work.erasing.erase_person(person.id, "a colleague")
    assert done.files == ()
    held = [one for one in folder.rglob("*") if one.is_file()]
    assert [
        one.name for one in held if any(part.lower() in one.read_bytes().lower() for part in PARTS)
    ] == []
    assert [one.name for one in held if one.parent.name == "photos"] == []
    for kind, cls in KINDS.items():
        assert len(work.store.find(cls)) == 1, kind
    assert work.store.check().sound


def test_the_record_of_a_learner_is_every_kind_that_names_one(work: Workspace) -> None:
    (person,) = work.recorder.find(Person)
    hers = {kind_of(one) for one in work.erasing.record_of(person.id)}
    assert hers == {kind for kind in KINDS if "learner_id" in KINDS[kind].__dataclass_fields__}
    work.erasing.erase_person(person.id, "a colleague", with_record=True)
    for kind in hers:
        (record,) = work.store.find(KINDS[kind])
        assert [text for _path, text in texts_of(record) if text] == [], kind


def test_every_kind_about_a_learner_counts_for_how_long_it_is_kept(work: Workspace) -> None:
    hers = {kind for kind in KINDS if "learner_id" in KINDS[kind].__dataclass_fields__}
    dated = {kind for kind in hers if date in get_type_hints(KINDS[kind]).values()}
    assert dated == DAYS.keys()
    keep = Ref("lesson", id_of("lesson"))
    for kind in hers - {keep.kind}:
        work.recorder.remove(Ref(kind, id_of(kind)))
    (kept,) = work.erasing.retention.kept_until()
    assert (kept.name, kept.until) == (NAME, DAY.replace(year=DAY.year + YEARS_KEPT))


def test_erasing_what_is_private_reaches_every_kind_of_it(work: Workspace) -> None:
    work.erasing.erase_private()
    for kind in PRIVATE_KINDS:
        (record,) = work.store.find(KINDS[kind])
        assert [text for _path, text in texts_of(record) if text] == [], kind
        assert NAME not in repr(work.store.journal(Ref(kind, record.id))).replace(
            f"who='{NAME}'", ""
        )


def _only_packed(work: Workspace) -> FormVersion:
    """Let the name stand in a form nowhere but inside its original file."""
    version = work.recorder.get(FormVersion, id_of("form_version"))
    plain = with_texts(version, lambda _path, text: text.replace(NAME, "them"))
    return work.recorder.put(replace(plain, source=version.source))[0]  # type: ignore[return-value]


def test_a_name_inside_a_packed_file_is_shown_and_goes_with_the_file(
    work: Workspace, folder: Path
) -> None:
    packed = _only_packed(work).source
    assert PARTS[0] not in base64.b64decode(packed), "a plain look does not see it"
    (person,) = work.recorder.find(Person)
    inside = [one for one in work.erasing.mentions(person.id) if one.ref.kind == "form_version"]
    assert [(one.path, one.sure, NAME in one.sentence) for one in inside] == [
        ("source", True, True)
    ]
    assert work.erasing.erase_person(person.id, "a colleague").files == ()
    assert work.recorder.get(FormVersion, id_of("form_version")).source == ""
    assert packed.encode() not in (folder / FILE_NAME).read_bytes()
    assert work.erasing.still_named([NAME]).holding == ()


def test_a_packed_file_that_is_left_is_told(work: Workspace) -> None:
    packed = _only_packed(work).source
    (person,) = work.recorder.find(Person)
    # Under an earlier name all that is sure goes, whatever is left of this one.
    person = work.recorder.change(Person, person.id, lambda one: replace(one, formerly=()))
    ticked = [one for one in work.erasing.mentions(person.id) if one.path != "source"]
    done = work.erasing.erase_person(person.id, "a colleague", ticked=ticked)
    assert done.files == ("gemba.db",)
    assert work.recorder.get(FormVersion, id_of("form_version")).source == packed
    assert work.erasing.still_named([NAME]).holding == ("gemba.db",)
