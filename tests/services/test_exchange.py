"""All data out and in again: nothing lost, nothing private, and nothing from a bad file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from gemba.domain.changes import Ref
from gemba.domain.coaching import Storyboard, Talk
from gemba.domain.errors import BadInput, GembaError
from gemba.domain.experiment import Experiment
from gemba.domain.figures import Pair, PhotoFigure
from gemba.domain.figures.photo import PhotoMark
from gemba.domain.form import Filling, FormVersion
from gemba.domain.kinds import KINDS, Record, kind_of
from gemba.domain.link import BECAME, Link
from gemba.domain.observation import Observation
from gemba.domain.person import Area, Person
from gemba.domain.promise import Promise
from gemba.domain.routine import Routine
from gemba.domain.sheet import Box, MarginNote, Sheet, TrayPiece
from gemba.domain.walk import Walk
from gemba.resources import resource_path
from gemba.services.exchange_in import bring_in, write_package
from gemba.services.exchange_out import export_data
from gemba.services.exchange_package import read_package
from gemba.services.exchange_rules import (
    CHOICES,
    arriving,
    check_record,
    photos_of,
    read_records,
    references,
    without_private,
)
from gemba.services.exchange_schema import schema, schema_text
from gemba.services.samples import load_sample
from gemba.store.opening import open_store
from gemba.store.store import Store
from gemba.words import Words
from tests.fresh import begin_folder
from tests.services.json_schema import faults
from tests.strategies import records as any_record

WORDS = Words()
DAY = date(2026, 11, 24)


@pytest.fixture
def store(data_dir: Path) -> Iterator[Store]:
    with open_store(begin_folder(data_dir)) as opened:
        yield opened


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with open_store(begin_folder(tmp_path / "other")) as opened:
        yield opened


def everything(store: Store) -> dict[Ref, Record]:
    """What a folder says, apart from the counts of its writes."""
    return {
        Ref(kind, one.id): arriving(one) for kind, cls in KINDS.items() for one in store.find(cls)
    }


def picture(colour: tuple[int, int, int] = (90, 120, 150)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


def document(**records: list[dict[str, Any]]) -> dict[str, Any]:
    return {"format": "gemba", "version": 1, "records": records}


def written(folder: Path, content: bytes | dict[str, Any], name: str = "in.json") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode("utf-8"))
    return path


def zipped_as(members: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def refused(store: Store, path: Path) -> str:
    """The sentence a file is refused with; nothing of it was written."""
    before = everything(store)
    photos = sorted(store.folder.rglob("photos/*/*"))
    with pytest.raises(GembaError) as caught:
        bring_in(store, path)
    assert everything(store) == before
    assert sorted(store.folder.rglob("photos/*/*")) == photos
    sentence = WORDS(caught.value.key, **caught.value.values)
    assert sentence != caught.value.key
    assert "{" not in sentence
    assert "\n" not in sentence
    return sentence


# Out and in


def test_what_goes_out_comes_in_again_with_its_photos(
    store: Store, other: Store, tmp_path: Path
) -> None:
    load_sample("discharge", store)
    path = written(tmp_path, export_data(store, private=True), "all.zip")
    assert bring_in(other, path) == len(everything(store))
    assert everything(other) == everything(store)
    for key in {key for one in everything(store).values() for key in photos_of(one)}:
        assert other.photos.read(key) == store.photos.read(key)
        assert other.photos.is_sound(key)
    assert other.check().sound


def test_the_order_in_which_records_were_written_stays(
    store: Store, other: Store, tmp_path: Path
) -> None:
    load_sample("discharge", store)
    bring_in(other, written(tmp_path, export_data(store, private=True)))
    for cls in KINDS.values():
        assert [one.id for one in other.find(cls)] == [one.id for one in store.find(cls)]


def test_the_same_data_give_the_same_bytes(store: Store, other: Store, tmp_path: Path) -> None:
    load_sample("discharge", store)
    first = export_data(store, private=True)
    assert export_data(store, private=True) == first
    bring_in(other, written(tmp_path, first))
    again = export_data(other, private=True)
    path = written(tmp_path, again)
    assert bring_in(other, path) == 0
    assert export_data(other, private=True) == again


def test_bringing_the_same_file_in_twice_adds_nothing(
    store: Store, other: Store, tmp_path: Path
) -> None:
    load_sample("discharge", store)
    path = written(tmp_path, export_data(store))
    bring_in(other, path)
    before = other.journal()
    assert bring_in(other, path) == 0
    assert other.journal() == before


def test_private_notes_stay_unless_asked_for(store: Store) -> None:
    load_sample("discharge", store)
    notes = [talk.private_note for talk in store.find(Talk) if talk.private_note]
    assert notes
    with_notes, without = (
        read_records(zipfile.ZipFile(io.BytesIO(data)).read("data.json"), "x").records
        for data in (export_data(store, private=True), export_data(store))
    )
    assert [t.private_note for t in with_notes if isinstance(t, Talk) and t.private_note] == notes
    assert not [t for t in without if isinstance(t, Talk) and t.private_note]
    open_data = zipfile.ZipFile(io.BytesIO(export_data(store))).read("data.json").decode()
    assert not [note for note in notes if note in open_data]


def test_an_export_without_private_notes_does_not_touch_those_that_are_here(
    store: Store, tmp_path: Path
) -> None:
    load_sample("discharge", store)
    before = everything(store)
    assert bring_in(store, written(tmp_path, export_data(store))) == 0
    assert everything(store) == before


def test_records_in_the_bin_stay_behind_and_what_is_left_can_be_brought_in(
    store: Store, other: Store, tmp_path: Path
) -> None:
    load_sample("discharge", store)
    walk, board = store.find(Walk)[0], store.find(Storyboard)[0]
    store.write((), removes=[Ref("walk", walk.id), Ref("storyboard", board.id)], who="")
    bring_in(other, written(tmp_path, export_data(store, private=True)))
    there = everything(other)
    assert Ref("walk", walk.id) not in there
    assert not [one for one in there.values() if getattr(one, "storyboard_id", None) == board.id]
    seen = [one for one in other.find(Observation) if one.walk_id is None]
    assert len(seen) > len([one for one in store.find(Observation) if one.walk_id is None])
    known = set(there)
    assert all(ref in known for one in there.values() for _, ref in references(one))


def test_a_lost_photo_does_not_hold_the_words_back(
    store: Store, other: Store, tmp_path: Path
) -> None:
    key = store.photos.add(picture()).hash
    store.write([Observation(id=uuid4(), seen_on=DAY, saw="Two bags", photos=(key,))], who="")
    path = store.photos.path(key)
    assert path is not None
    path.unlink()
    assert json.loads(export_data(store))["lost_photos"] == [key]
    assert bring_in(other, written(tmp_path, export_data(store))) == 1


def test_an_unpacked_zip_comes_in_with_the_photos_beside_it(
    store: Store, other: Store, tmp_path: Path
) -> None:
    load_sample("discharge", store)
    with zipfile.ZipFile(io.BytesIO(export_data(store))) as archive:
        archive.extractall(tmp_path / "unpacked")
    bring_in(other, tmp_path / "unpacked" / "data.json")
    assert len(list(other.folder.rglob("photos/*/*"))) == 2


def test_a_file_may_name_records_that_are_here_already(store: Store, tmp_path: Path) -> None:
    area = Area(id=uuid4(), name="Ward 4")
    store.write([area], who="")
    person = {"id": str(uuid4()), "name": "Priya", "area_id": str(area.id)}
    assert bring_in(store, written(tmp_path, document(person=[person]))) == 1
    assert store.find(Person)[0].area_id == area.id


def test_a_photo_with_a_place_in_it_is_cleaned_on_the_way_in(store: Store, tmp_path: Path) -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    Image.new("RGB", (600, 400), (10, 90, 60)).save(out, "JPEG", exif=exif)
    key = sha256(out.getvalue()).hexdigest()
    seen = {"id": str(uuid4()), "seen_on": "2026-11-24", "saw": "Bags", "photos": [key]}
    data = zipped_as(
        [
            ("data.json", json.dumps(document(observation=[seen])).encode()),
            (f"photos/{key}.jpg", out.getvalue()),
        ]
    )
    path = written(tmp_path, data, "in.zip")
    assert bring_in(store, path) == 1
    (kept,) = store.find(Observation)[0].photos
    held = store.photos.read(kept)
    assert held is not None
    assert b"A camera" not in held
    assert bring_in(store, path) == 0


def _choices(part: object) -> dict[str, Any]:
    return {
        name: values[hash(getattr(part, name)) % len(values)]
        for name, values in CHOICES.get(type(part), {}).items()
    }


def _chosen(part: Any) -> Any:
    return replace(part, **_choices(part))


def _drawn(box: Box) -> Box:
    return replace(box, figures=tuple(_marked(one) for one in box.figures))


def _marked(figure: Any) -> Any:
    if isinstance(figure, Pair):
        return replace(figure, before=_marked(figure.before), after=_marked(figure.after))
    if isinstance(figure, PhotoFigure):
        return replace(figure, marks=tuple(_chosen(one) for one in figure.marks))
    return figure


def _sound(record: Record) -> Record:
    """A random record within the words that its fields may hold."""
    changed: dict[str, Any] = _choices(record)
    if isinstance(record, Promise) and record.told_back is not None:
        changed["told_back"] = replace(record.told_back, answer="done")
    if isinstance(record, Sheet):
        changed |= {"definition": "ps7", "definition_version": 1}
        for name in ("stage_steps", "reviews", "consulted"):
            changed[name] = tuple(_chosen(part) for part in getattr(record, name))
        for name in ("boxes", "first_draft"):
            changed[name] = tuple(_drawn(box) for box in getattr(record, name))
        changed["tray"] = tuple(replace(one, box=_drawn(one.box)) for one in record.tray)
        changed["versions"] = tuple(replace(one, revision=0) for one in record.versions)
    if isinstance(record, Talk):
        changed |= {"definition": "cycle", "definition_version": 1, "sheet_revision": 0}
    if isinstance(record, MarginNote):
        changed["sheet_revision"] = 0
    if isinstance(record, Experiment) and not record.committed:
        changed["outcome"] = ""
    return replace(record, **changed)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_record_comes_back_as_it_was(data: st.DataObject, tmp_path_factory: Any) -> None:
    folder: Path = tmp_path_factory.mktemp("round")
    person = Person(id=UUID(int=1), name="Priya")
    board = Storyboard(id=UUID(int=2), learner_id=person.id, started_on=DAY)
    sheet = Sheet(id=UUID(int=3), title="Late", started_on=DAY)
    routine = Routine(id=UUID(int=4), kind="huddle", name="Huddle", starts_on=DAY)
    talk = Talk(id=UUID(int=5), kind="cycle", learner_id=person.id, held_on=DAY, definition="cycle")
    version = FormVersion(
        id=UUID(int=6),
        form_key=uuid4(),
        title="Look",
        number=1,
        made_at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
        source_kind="list",
        xform="<a/>",
    )
    named = {
        "version_id": version.id,
        "talk_id": talk.id,
        "mentor_id": person.id,
        "routine_id": routine.id,
        "learner_id": person.id,
        "person_id": person.id,
        "owner_id": person.id,
        "coach_id": person.id,
        "storyboard_id": board.id,
        "sheet_id": sheet.id,
    }
    fixed = dict.fromkeys(
        ("area_id", "walk_id", "route_id", "script_id", "session_id", "skill_id", "goal_id")
    )
    fixed |= dict.fromkeys(("experiment_id", "watched_id"))
    made: list[Record] = [person, board, sheet, routine, talk, version]
    for kind in KINDS:
        if kind == "link":
            made.append(
                Link(
                    id=uuid4(),
                    role=BECAME,
                    from_kind="person",
                    from_id=person.id,
                    to_kind="sheet",
                    to_id=sheet.id,
                )
            )
            continue
        record = _sound(data.draw(any_record(kind, named)))
        empty = dict.fromkeys((*fixed, "last_experiment_id", "next_experiment_id"))
        known = {name: value for name, value in empty.items() if hasattr(record, name)}
        photoless: dict[str, Any] = {}
        if isinstance(record, Observation):
            photoless = {"photos": (), "standard_photos": (), "memos": ()}
        if isinstance(record, Promise):
            photoless = {"photos_before": (), "photos_after": ()}
        if isinstance(record, Walk):
            photoless = {"stops": ()}
        if isinstance(record, Filling):
            photoless = {"answers": ()}
        if isinstance(record, Sheet):
            photoless = {"boxes": (), "first_draft": (), "tray": ()}
        made.append(replace(record, id=uuid4(), **known, **photoless))
    a, b = begin_folder(folder / "a"), begin_folder(folder / "b")
    with open_store(a) as one, open_store(b) as two:
        one.write(made, who="")
        text = export_data(one, private=True)
        assert not faults(schema(), json.loads(text))
        assert bring_in(two, written(folder, text)) == len(made)
        assert everything(two) == everything(one)
        assert export_data(two, private=True) == text


# Refused


BASE = document(
    person=[{"id": "00000000-0000-4000-8000-000000000001", "name": "Priya"}],
    observation=[
        {"id": "00000000-0000-4000-8000-000000000002", "seen_on": "2026-11-24", "saw": "Bags"}
    ],
)


def changed(path: str, value: object) -> dict[str, Any]:
    """The base document with one place set to a value, or removed for Ellipsis."""
    made = deepcopy(BASE)
    *way, last = path.split(".")
    at: Any = made
    for step in way:
        at = at[int(step)] if step.isdigit() else at[step]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return made


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("format", "other", "holds no Gemba data"),
        ("version", 2, "newer Gemba, version 2"),
        ("version", True, "does not say its version"),
        ("version", ..., "does not say its version"),
        ("records", ..., "holds no records"),
        ("extra", 1, "no field called extra"),
        ("records.idea", [], "no kind of record called idea"),
        ("records.person", {}, "person should be a list"),
        ("records.person.0.name", ..., "0001: name is missing"),
        ("records.person.0.id", ..., "person 1: id is missing"),
        ("records.person.0.name", 7, "0001: name should be text"),
        ("records.person.0.age", 7, "no field called person 00"),
        ("records.person.0.id", "me", "person me: id should be an identifier"),
        ("records.person.0.area_id", str(UUID(int=9)), "area_id names a record that is neither"),
        ("records.observation.0.category", "gossip", "category is “gossip”"),
        ("records.observation.0.seen_on", "24.11.2026", "seen_on should be a date"),
        ("records.observation.0.place", 10**30, "The number in observation"),
        ("records.observation.0.saw", "\ud800", "no text"),
        ("records.observation.0.photos", ["a" * 64], "names a photo or voice memo aaaaaaaaaaaa"),
        ("records.observation.0.photos", ["../../etc/passwd"], "names a photo"),
        ("records.observation.0.id", str(UUID(int=1)), "observation"),
    ],
)
def test_a_wrong_place_is_refused_by_record_and_field(
    store: Store, tmp_path: Path, path: str, value: object, says: str
) -> None:
    if says == "observation":
        made = changed("records.observation.0.id", BASE["records"]["person"][0]["id"])
        says = "stands in the file twice"
    else:
        made = changed(path, value)
    assert says in refused(store, written(tmp_path, made))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        ("{}".encode("utf-16"), "no UTF-8 text"),
        (b"\xff\xfe\x00", "no UTF-8 text"),
        (b"{", "is no JSON: "),
        (b"nonsense", "is no JSON: "),
        (b"[" * 200_000, "nested too deep"),
        (b'{"a":' * 200_000, "nested too deep"),
        (b"[NaN]", "NaN holds no number"),
        (b"[-Infinity]", "holds no number"),
        (b"9" * 10_000, "too large"),
        (b'{"format": "gemba", "format": "gemba"}', "says format twice"),
        (b"[]", "holds no Gemba data"),
        (b"null", "holds no Gemba data"),
        (b"PK\x03\x04 and then nothing", "damaged or locked zip"),
        (b"PK\x05\x06" + b"\0" * 18, "holds no data.json"),
    ],
)
def test_what_is_no_data_is_refused_in_a_sentence(
    store: Store, tmp_path: Path, content: bytes, says: str
) -> None:
    assert says in refused(store, written(tmp_path, content))


def test_a_byte_order_mark_is_no_trouble(store: Store, tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + json.dumps(BASE).encode()
    assert bring_in(store, written(tmp_path, content)) == 2


@pytest.mark.parametrize(
    "name",
    ["../data.json", "/etc/passwd", "photos/../../x.jpg", "a\\b", "photos/short.jpg", "run.exe"],
)
def test_a_zip_with_strange_names_is_refused(store: Store, tmp_path: Path, name: str) -> None:
    data = zipped_as([("data.json", json.dumps(BASE).encode()), (name, b"x")])
    assert "no part of exported data" in refused(store, written(tmp_path, data))
    assert {path.name for path in tmp_path.iterdir()} <= {"in.json", "data", "other"}


def test_a_zip_that_swells_is_refused(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gemba.services.exchange_file.MOST_JSON", 1_000_000)
    data = zipped_as([("data.json", b" " * 2_000_000)])
    assert len(data) < 10_000
    assert "too large" in refused(store, written(tmp_path, data))


def test_a_damaged_zip_is_refused(store: Store, tmp_path: Path) -> None:
    whole = bytearray(zipped_as([("data.json", json.dumps(BASE).encode())]))
    whole[45] ^= 0xFF
    assert "damaged or locked zip" in refused(store, written(tmp_path, bytes(whole)))


def test_a_photo_that_is_not_what_its_name_says_is_refused(store: Store, tmp_path: Path) -> None:
    made = changed("records.observation.0.photos", ["a" * 64])
    data = zipped_as(
        [("data.json", json.dumps(made).encode()), (f"photos/{'a' * 64}.png", picture())]
    )
    assert "is not the one" in refused(store, written(tmp_path, data))


def test_a_photo_that_is_no_picture_is_refused(store: Store, tmp_path: Path) -> None:
    key = sha256(b"MZ no picture").hexdigest()
    made = changed("records.observation.0.photos", [key])
    data = zipped_as(
        [("data.json", json.dumps(made).encode()), (f"photos/{key}.png", b"MZ no picture")]
    )
    assert "is not a picture" in refused(store, written(tmp_path, data))


def test_what_is_here_and_says_something_else_is_never_overwritten(
    store: Store, tmp_path: Path
) -> None:
    bring_in(store, written(tmp_path, BASE))
    made = changed("records.person.0.name", "Somebody else")
    made["records"]["person"].append({"id": str(uuid4()), "name": "New"})
    assert "says something else" in refused(store, written(tmp_path, made))


def packed(made: dict[str, Any], *pictures: bytes) -> bytes:
    photos = [(f"photos/{sha256(one).hexdigest()}.png", one) for one in pictures]
    return zipped_as([("data.json", json.dumps(made).encode()), *photos])


def test_a_refused_file_leaves_no_photo_behind(store: Store, tmp_path: Path) -> None:
    bring_in(store, written(tmp_path, changed("records.observation", [])))
    made = changed("records.person.0.name", "Somebody else")
    made["records"]["observation"][0]["photos"] = [sha256(picture()).hexdigest()]
    sentence = refused(store, written(tmp_path, packed(made, picture())))
    assert "says something else" in sentence


def test_one_wrong_photo_keeps_the_right_ones_out_too(store: Store, tmp_path: Path) -> None:
    good, other = picture(), sha256(picture((1, 2, 3))).hexdigest()
    made = changed("records.observation.0.photos", [sha256(good).hexdigest()])
    made["records"]["observation"].append(
        {**made["records"]["observation"][0], "id": str(uuid4()), "photos": [other]}
    )
    data = zipped_as(
        [
            ("data.json", json.dumps(made).encode()),
            (f"photos/{sha256(good).hexdigest()}.png", good),
            (f"photos/{other}.png", good),
        ]
    )
    assert "is not the one" in refused(store, written(tmp_path, data))


def test_a_zip_that_holds_a_name_twice_is_refused(store: Store, tmp_path: Path) -> None:
    whole = json.dumps(BASE).encode()
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped_as([("data.json", whole), ("data.json", b"{}")])
    assert "no part of exported data" in refused(store, written(tmp_path, data))


def test_what_was_talked_about_is_named_by_the_revision_it_has_here(
    store: Store, other: Store, tmp_path: Path
) -> None:
    load_sample("discharge", store)
    assert [t.sheet_revision for t in store.find(Talk) if t.sheet_id] == [1]
    bring_in(other, written(tmp_path, export_data(store)))
    assert [t.sheet_revision for t in other.find(Talk) if t.sheet_id] == [1]
    assert {note.sheet_revision for note in other.find(MarginNote)} == {1}


def test_a_talk_forgets_a_revision_that_did_not_come_along(
    store: Store, other: Store, tmp_path: Path
) -> None:
    load_sample("discharge", store)
    whole = zipfile.ZipFile(io.BytesIO(export_data(store)))
    data = json.loads(whole.read("data.json"))
    del data["earlier_sheets"]
    parts = [(name, whole.read(name)) for name in whole.namelist() if name != "data.json"]
    bring_in(
        other, written(tmp_path, zipped_as([("data.json", json.dumps(data).encode()), *parts]))
    )
    assert [t.sheet_revision for t in other.find(Talk) if t.sheet_id] == [0]


def test_what_lies_in_the_bin_does_not_come_back_by_itself(store: Store, tmp_path: Path) -> None:
    bring_in(store, written(tmp_path, BASE))
    person = store.find(Person)[0]
    store.write((), removes=[Ref("person", person.id)], who="")
    assert "lies in the bin" in refused(store, written(tmp_path, BASE))


def test_a_result_before_its_prediction_is_refused(store: Store, tmp_path: Path) -> None:
    load_sample("discharge", store)
    made = json.loads(resource_path("samples", "discharge", "data.json").read_bytes())
    one = next(e for e in made["records"]["experiment"] if e["result"])
    one["predicted_at"] = None
    assert "result before its prediction" in refused(store, written(tmp_path, made))


def test_a_sheet_of_an_unknown_worksheet_is_refused(store: Store, tmp_path: Path) -> None:
    sheet = {"id": str(uuid4()), "title": "x", "started_on": "2026-11-24", "definition": "ours"}
    sentence = refused(store, written(tmp_path, document(sheet=[sheet])))
    assert "made with ours 1, which is not here" in sentence


def test_a_file_that_is_not_there_is_said(store: Store, tmp_path: Path) -> None:
    assert "cannot be read" in refused(store, tmp_path / "nowhere.json")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=st.one_of(
        st.binary(max_size=300), st.text(max_size=100).map(lambda t: t.encode("utf-8"))
    )
)
def test_no_bytes_are_a_bug(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        read_package(written(tmp_path, content))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_broken_value_in_a_record_is_a_bug(data: st.DataObject, tmp_path: Path) -> None:
    made = json.loads(resource_path("samples", "discharge", "data.json").read_bytes())
    kind = data.draw(st.sampled_from(sorted(made["records"])))
    row = data.draw(st.sampled_from(made["records"][kind]))
    field = data.draw(st.sampled_from(sorted(row)))
    row[field] = data.draw(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
            lambda inner: (
                st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2)
            ),
            max_leaves=4,
        )
    )
    path = written(tmp_path, made)
    assert told_or_read(path)


def told_or_read(path: Path) -> str:
    """What a file is refused with, or how many records it holds; anything else is a bug."""
    try:
        return str(len(read_package(path).records))
    except BadInput as error:
        sentence = WORDS(error.key, **error.values)
        return sentence if sentence != error.key else ""


# What is said about the format is true


def test_the_schema_in_the_resources_is_current() -> None:
    kept = resource_path("schema", "gemba-data-1.json").read_text(encoding="utf-8")
    assert kept == schema_text()


def test_the_sample_and_an_export_hold_to_the_schema(store: Store) -> None:
    sample = json.loads(resource_path("samples", "discharge", "data.json").read_bytes())
    assert faults(schema(), sample) == []
    load_sample("discharge", store)
    data = zipfile.ZipFile(io.BytesIO(export_data(store))).read("data.json")
    assert faults(schema(), json.loads(data)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("version", 2),
        ("records.idea", []),
        ("records.person.0.name", ...),
        ("records.person.0.id", "me"),
        ("records.observation.0.category", "gossip"),
        ("records.observation.0.seen_on", "soon"),
        ("records.observation.0.more", 1),
    ],
)
def test_what_the_reader_refuses_the_schema_refuses_too(path: str, value: object) -> None:
    assert faults(schema(), BASE) == []
    assert faults(schema(), changed(path, value))


def test_private_fields_are_left_out_by_name() -> None:
    talk = Talk(
        id=uuid4(),
        kind="cycle",
        learner_id=uuid4(),
        held_on=DAY,
        private_note="mine",
        agreed="ours",
    )
    blank = without_private(talk)
    assert isinstance(blank, Talk)
    assert (blank.private_note, blank.agreed) == ("", "ours")
    assert kind_of(blank) == "talk"


def test_a_refused_package_is_refused_before_any_photo_is_kept(
    store: Store, tmp_path: Path
) -> None:
    load_sample("discharge", store)
    path = written(tmp_path, export_data(store))
    package = read_package(path)
    missing = tuple(one for one in package.records if not isinstance(one, Area))
    with open_store(tmp_path / "empty") as empty:
        with pytest.raises(BadInput):
            write_package(empty, replace(package, records=missing))
        assert not everything(empty)
        assert not list(empty.folder.rglob("photos/*/*"))


def test_a_talk_opens_the_sheet_as_it_stood_in_another_folder_too(
    store: Store, other: Store, tmp_path: Path
) -> None:
    owner = Person(id=uuid4(), name="Priya")
    sheet = Sheet(
        id=uuid4(),
        owner_id=owner.id,
        title="Late",
        definition="ps7",
        definition_version=1,
        started_on=DAY,
    )
    states = []
    store.write([owner, sheet], who="Nora")
    for title in ("Later", "Latest", "Now"):
        now = store.get(Sheet, sheet.id)
        talk = Talk(
            id=uuid4(),
            kind="sheet talk",
            learner_id=owner.id,
            held_on=DAY,
            sheet_id=sheet.id,
            sheet_revision=now.revision,
        )
        states.append((talk.id, now.title))
        store.write([talk], who="Nora")
        store.write([replace(now, title=title)], who="Nora")
    path = written(tmp_path, export_data(store))
    bring_in(other, path)
    for talk_id, title in states:
        held = other.get(Talk, talk_id)
        assert other.at_revision(Sheet, sheet.id, held.sheet_revision).title == title
    assert other.get(Sheet, sheet.id).title == "Now"
    assert bring_in(other, path) == 0
    assert other.check().sound
    assert export_data(other).count(b'"title": "Later"') == 1


def test_an_earlier_state_of_a_sheet_that_is_not_there_is_refused(
    store: Store, tmp_path: Path
) -> None:
    data = document()
    data["earlier_sheets"] = [{"id": str(uuid4()), "title": "x", "revision": 1}]
    with pytest.raises(BadInput):
        bring_in(store, written(tmp_path, data))
    assert everything(store) == {}


@pytest.mark.parametrize("where", ["boxes", "first_draft", "tray"])
@pytest.mark.parametrize("in_pair", [False, True])
def test_a_mark_of_no_known_shape_is_refused_wherever_its_photo_stands(
    where: str, in_pair: bool
) -> None:
    # It would be drawn as something else: a face to be blurred must not come in unblurred.
    mark = PhotoMark(shape="blurred", x1=0.1, y1=0.1, x2=0.5, y2=0.5)
    photo = PhotoFigure(id="face", photo="a" * 64, marks=(mark,))
    figure = Pair(id="two", after=photo) if in_pair else photo
    box = Box(id="current", figures=(figure,))
    piece = TrayPiece(id="p", definition="ps7", label="Now", box=box)
    held: dict[str, Any] = {where: (piece if where == "tray" else box,)}
    sheet = Sheet(id=uuid4(), title="Late", started_on=DAY, **held)
    with pytest.raises(BadInput) as refused:
        check_record(sheet)
    assert refused.value.key == "data.bad_choice"
    assert "marks[0].shape" in str(refused.value.values["field"])
