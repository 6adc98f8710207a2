"""The command line, call by call: what it does, what it says, and what it returns."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from gemba.cli import main
from gemba.cli.reading import LISTS
from gemba.domain.kinds import KINDS
from tests.cli.conftest import Call, Said
from tests.data.paper import reader, size_mm, text_of
from tests.fresh import begin_folder


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the lock."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "gemba.lock"
    }


def ids(call: Call, what: str) -> list[str]:
    return [row["id"] for row in call("list", what, "--json").json]


def process(*words: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run gemba as a process of its own."""
    env = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    return subprocess.run(
        [sys.executable, "-m", "gemba", *words],
        capture_output=True,
        text=True,
        env=env | more.pop("env", {}),
        check=False,
        timeout=120,
    )


# The sample


def test_the_sample_is_loaded_and_loading_it_again_changes_nothing(
    call: Call, data_dir: Path
) -> None:
    first = call("sample", "load", "discharge")
    assert first.code == 0
    assert str(data_dir) in first.out
    before = call("check", "--json").json["counts"]
    again = call("sample", "load", "discharge", "--json")
    assert again.code == 0
    assert again.json["folder"] == str(data_dir)
    assert call("check", "--json").json["counts"] == before
    assert all(count > 0 for count in before.values())


def test_the_sample_does_not_mix_with_other_data(call: Call, data_dir: Path) -> None:
    with workspace(data_dir) as work:
        work.people.person("Somebody of my own")
    before = bytes_of(data_dir)
    said = call("sample", "load", "discharge")
    assert said.code == 1
    assert str(data_dir) in said.sentence
    assert bytes_of(data_dir) == before


def test_an_unknown_sample_is_a_wrong_call(call: Call, data_dir: Path) -> None:
    said = call("sample", "load", "bakery")
    assert said.code == 2
    assert "discharge" in said.sentence
    assert list(data_dir.iterdir()) == []


# Lists and single records


@pytest.mark.parametrize("what", LISTS)
def test_lists_say_every_record_in_words_and_in_json(call: Call, sample: Path, what: str) -> None:
    said = call("list", what, "--json")
    assert said.code == 0
    assert said.json
    plain = call("list", what)
    assert plain.code == 0
    assert len(plain.out.splitlines()) == len(said.json)
    for row, line in zip(said.json, plain.out.splitlines(), strict=True):
        assert row["id"] in line


@pytest.mark.parametrize("what", LISTS)
def test_a_list_of_nothing_is_empty(call: Call, data_dir: Path, what: str) -> None:
    with workspace(data_dir):
        pass
    assert call("list", what, "--json").json == []
    assert call("list", what).out == ""


def test_a_terminal_is_not_steered_by_what_was_written(call: Call, data_dir: Path) -> None:
    with workspace(data_dir) as work:
        work.walks.plan("red \x1b[31m\x07 and\ntwo lines")
    out = call("list", "walks").out
    assert "\x1b" not in out
    assert "\x07" not in out
    assert len(out.splitlines()) == 1
    assert call("list", "walks", "--json").json[0]["purpose"] == "red \x1b[31m\x07 and\ntwo lines"


def record_kind(said: str) -> str:
    """The kind of record behind a word of the command line."""
    return {"learner": "person"}.get(said, said)


@pytest.mark.parametrize("kind", [*KINDS, "learner"])
def test_each_kind_of_record_is_shown(call: Call, sample: Path, kind: str) -> None:
    with workspace(sample, write=False) as work:
        record = work.recorder.find(KINDS[{"learner": "person"}.get(kind, kind)])[0]
    said = call("show", kind, record.id, "--json")
    assert said.code == 0
    assert said.json["id"] == str(record.id)
    # A talk and a margin note have a kind of their own, which does not hide what they are.
    assert said.json["record"] == record_kind(kind)
    assert said.json["kind"] == getattr(record, "kind", record_kind(kind))
    assert "private_note" not in said.json
    assert call("show", kind, record.id).out.startswith("id: ")


def test_what_stands_in_a_list_is_shown_as_it_was_written(call: Call, data_dir: Path) -> None:
    words = "Łucja’s “bed 7” 病棟 é \x1b[31m"
    with workspace(data_dir) as work:
        sheet = work.sheets.begin("Beds wait")
        work.sheets.write_box(sheet.id, "background", words, visit="test")
        work.recorder.settle()
    out = call("show", "sheet", sheet.id).out
    assert "Łucja’s “bed 7” 病棟 é" in out.replace('\\"', '"')
    assert "\x1b" not in out


def test_a_record_is_found_by_the_beginning_of_its_id_and_a_person_by_name(
    call: Call, sample: Path
) -> None:
    sheet = ids(call, "sheets")[0]
    assert call("show", "sheet", sheet[:8], "--json").json["id"] == sheet
    person = call("list", "people", "--json").json[0]
    assert call("show", "person", person["name"].upper(), "--json").json["id"] == person["id"]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("show", "robot", "1"), "robot"),
        (("show", "sheet", "zz"), "zz"),
        (("show", "sheet", "00000000-0000-0000-0000-000000000000"), "sheet"),
        (("show", "sheet", ""), "sheet"),
        (("show", "person", "Nobody Atall"), "Nobody Atall"),
        (("export", "sheet", "zz", "x.pdf"), "zz"),
        (("export", "walk", "zz", "x.pdf"), "zz"),
        (("export", "history", "Nobody", "x.pdf"), "Nobody"),
        (("export", "sheet", "x.pdf"), "sheet"),
        (("export", "data", "one", "two"), "data"),
        (("import", "data", "no such file.json"), "no such file.json"),
        (("list", "robots"), "robots"),
        (("export", "sheet", "zz", "x.pdf", "--paper", "A0"), "A0"),
        (("frobnicate",), "frobnicate"),
        (("list",), "what"),
        (("--unknown",), "--unknown"),
        (("import", "people", "x"), "people"),
        (("sample", "steal"), "steal"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_two(
    call: Call, sample: Path, words: tuple[str, ...], named: str
) -> None:
    said = call(*words)
    assert said.code == 2
    assert named in said.sentence


def test_a_folder_that_is_not_there_is_a_wrong_call_and_is_not_made(
    call: Call, tmp_path: Path
) -> None:
    folder = tmp_path / "nowhere"
    for words in (("list", "walks"), ("check",), ("export", "data", "x.json")):
        said = call(*words, folder=folder)
        assert said.code == 2
        assert str(folder) in said.sentence
    assert not folder.exists()


def test_the_folder_may_stand_after_the_command(call: Call, sample: Path) -> None:
    said = call("list", "sheets", "--json", "--data-dir", sample, folder=None)
    assert said.code == 0
    assert said.json


def test_help_and_version_say_so(call: Call) -> None:
    assert call("--help").code == 0
    assert "self-test" in call("--help").out
    assert call("--version").out.startswith("gemba ")


# PDF


@pytest.mark.parametrize(
    ("paper", "size"),
    [
        ("A3", (420.0, 297.0)),
        ("A4", (297.0, 210.0)),
        ("Tabloid", (431.8, 279.4)),
        ("Letter", (279.4, 215.9)),
    ],
)
def test_a_sheet_is_exported_on_each_paper(
    call: Call, sample: Path, tmp_path: Path, paper: str, size: tuple[float, float]
) -> None:
    file = tmp_path / "sheet.pdf"
    row = next(row for row in call("list", "sheets", "--json").json if row["stage"] != "grasp")
    said = call("export", "sheet", row["id"], file, "--paper", paper, "--json")
    assert said.code == 0
    assert said.json["file"] == str(file)
    assert said.json["bytes"] == file.stat().st_size
    assert said.json["over"] == {}
    assert size_mm(file.read_bytes()) == size
    assert len(reader(file.read_bytes()).pages) == 1
    assert row["title"] in text_of(file.read_bytes())


def test_the_same_export_gives_the_same_bytes(call: Call, sample: Path, tmp_path: Path) -> None:
    for what, name in (("sheet", "sheets"), ("walk", "walks"), ("history", "learners")):
        first, second = tmp_path / f"{what}1.pdf", tmp_path / f"{what}2.pdf"
        one = ids(call, name)[0]
        assert call("export", what, one, first).code == 0
        assert call("export", what, one, second).code == 0
        assert first.read_bytes() == second.read_bytes()


def test_a_private_sheet_is_written_only_when_asked_for(
    call: Call, data_dir: Path, tmp_path: Path
) -> None:
    secret = "I interrupt people before they have finished"
    with workspace(data_dir) as work:
        sheet = work.sheets.begin(secret, definition="personal")
    for what in (("sheet", sheet.id), ("data",)):
        file = tmp_path / f"{what[0]}.pdf"
        said = call("export", *what, file)
        if what[0] == "sheet":
            assert said.code != 0
            assert "private" in said.err
            assert not file.exists()
        else:
            assert said.code == 0
            assert secret not in file.read_text(encoding="utf-8")
        assert call("export", *what, file, "--with-private").code == 0
    assert secret in text_of((tmp_path / "sheet.pdf").read_bytes())
    assert secret in (tmp_path / "data.pdf").read_text(encoding="utf-8")


def test_a_box_that_is_too_full_is_named_and_the_sheet_is_written(
    call: Call, data_dir: Path, tmp_path: Path
) -> None:
    with workspace(data_dir) as work:
        sheet = work.sheets.begin("Too much text")
        work.sheets.write_box(sheet.id, "background", "line\n" * 60, visit="test")
        work.recorder.settle()
        label = work.sheets.definition(sheet).box("background").label
    file = tmp_path / "sheet.pdf"
    said = call("export", "sheet", sheet.id, file)
    assert said.code == 0
    assert label in said.err
    assert "lines too many" in said.err
    assert label in text_of(file.read_bytes())
    told = call("export", "sheet", sheet.id, file, "--json")
    assert list(told.json["over"]) == [label]
    # It is named before anything is written, also where nothing can be.
    refused = call("export", "sheet", sheet.id, tmp_path / "nowhere" / "sheet.pdf")
    assert refused.code == 1
    first, last = refused.err.splitlines()
    assert label in first
    assert "nowhere" in last


@pytest.mark.parametrize("ending", ["pdf", "pptx", "svg", "png", "md", "txt", "xlsx"])
def test_what_lies_in_the_tray_is_in_the_file_or_named(
    call: Call, data_dir: Path, tmp_path: Path, ending: str
) -> None:
    with workspace(data_dir) as work:
        sheet = work.sheets.begin("Half should leave before noon")
        work.sheets.write_box(sheet.id, "analysis", "Nobody names them.", visit="test")
        work.recorder.settle()
        label = work.sheets.definition(sheet).box("analysis").label
        work.formats.change_type(sheet.id, work.catalog.sheet("proposal"))
    file = tmp_path / f"sheet.{ending}"
    said = call("export", "sheet", sheet.id, file)
    assert said.code == 0
    assert said.out.strip() == str(file)
    held = ending in ("md", "txt", "xlsx")
    assert (f"{label}: lies in the tray" in said.err) is not held
    told = call("export", "sheet", sheet.id, file, "--json").json["aside"]
    assert told == ([] if held else [label])
    if held:
        data = file.read_bytes()
        if ending == "xlsx":
            data = b"".join(zipfile.ZipFile(file).read(n) for n in zipfile.ZipFile(file).namelist())
        assert b"Nobody names them." in data
        assert b"Set aside" in data
    everything = tmp_path / "all.json"
    assert call("export", "data", everything).code == 0
    assert "Nobody names them." in everything.read_text(encoding="utf-8")


def test_a_walk_is_exported(call: Call, sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "walk.pdf"
    row = next(row for row in call("list", "walks", "--json").json if row["observations"])
    assert call("export", "walk", row["id"], file).out.strip() == str(file)
    assert size_mm(file.read_bytes()) == (210.0, 297.0)
    assert row["purpose"] in text_of(file.read_bytes())


def private_words(folder: Path) -> list[tuple[str, str]]:
    """Every private note of a folder with its learner."""
    from gemba.domain.coaching import Talk

    with workspace(folder, write=False) as work:
        talks = work.recorder.find(Talk)
        return [(str(one.learner_id), one.private_note) for one in talks if one.private_note]


def test_private_notes_are_printed_only_when_asked_for(
    call: Call, sample: Path, tmp_path: Path
) -> None:
    learner, note = private_words(sample)[0]
    words = " ".join(note.split())[:30]
    file = tmp_path / "history.pdf"
    assert call("export", "history", learner, file).code == 0
    assert words not in text_of(file.read_bytes())
    assert call("export", "history", learner, file, "--with-private").code == 0
    assert words in text_of(file.read_bytes())


def test_a_place_that_cannot_take_a_file_is_said(call: Call, sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "no folder" / "walk.pdf"
    said = call("export", "walk", ids(call, "walks")[0], file)
    assert said.code == 1
    assert str(file) in said.sentence
    assert list(tmp_path.glob("**/*.part")) == []


# Data out and in


def exported(call: Call, file: Path, *more: str) -> Path:
    said = call("export", "data", file, *more)
    assert said.code == 0
    return file


def content(file: Path) -> dict[str, Any]:
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            found: dict[str, Any] = json.loads(archive.read("data.json"))
            return found
    found = json.loads(file.read_text("utf-8"))
    return found


def test_data_go_out_with_their_photos_and_come_in_the_same(
    call: Call, sample: Path, tmp_path: Path
) -> None:
    file = exported(call, tmp_path / "all.zip", "--with-private")
    other = tmp_path / "other"
    said = call("import", "data", file, "--json", folder=other)
    assert said.code == 0
    rows = content(file)["records"]
    assert said.json["records"] == sum(len(one) for one in rows.values())
    again = content(exported_from(call, other, tmp_path / "again.zip"))["records"]
    for kind in ("talk", "margin_note"):
        for row in (*rows[kind], *again[kind]):
            # Revisions count the writes of one folder.
            row.pop("sheet_revision")
    for kind in KINDS:
        assert sorted(again[kind], key=_id) == sorted(rows[kind], key=_id)
    with zipfile.ZipFile(file) as archive:
        assert sum(name.startswith("photos/") for name in archive.namelist()) >= 2
    assert call("check", folder=other).code == 0
    assert call("import", "data", file, "--json", folder=other).json["records"] == 0


def _id(row: dict[str, Any]) -> str:
    return str(row["id"])


def exported_from(call: Call, folder: Path, file: Path) -> Path:
    assert call("export", "data", file, "--with-private", folder=folder).code == 0
    return file


def test_private_text_leaves_only_when_asked_for(call: Call, sample: Path, tmp_path: Path) -> None:
    notes = {note for _, note in private_words(sample)}
    assert notes
    without = content(exported(call, tmp_path / "a.zip"))["records"]["talk"]
    assert {talk["private_note"] for talk in without} == {""}
    whole = content(exported(call, tmp_path / "b.zip", "--with-private"))["records"]["talk"]
    assert {talk["private_note"] for talk in whole if talk["private_note"]} == notes


@pytest.fixture(scope="session")
def without_photos(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The exported sample without its photos."""
    file = tmp_path_factory.mktemp("exported") / "plain.zip"
    assert main(["--data-dir", str(loaded), "export", "data", str(file)]) == 0
    found = content(file)
    for row in found["records"]["observation"]:
        row["photos"] = []
    for row in found["records"]["walk"]:
        for stop in row["stops"]:
            stop["photo"] = ""
    for row in found["records"]["sheet"]:
        for box in (*row["boxes"], *row["first_draft"]):
            box["figures"] = [one for one in box["figures"] if one["kind"] != "photo"]
    # Sheets as they stood name photos too.
    del found["earlier_sheets"]
    return json.dumps(found)


@pytest.fixture
def plain(without_photos: str) -> dict[str, Any]:
    """The exported sample without its photos, as it can be edited."""
    found: dict[str, Any] = json.loads(without_photos)
    return found


def brought(call: Call, tmp_path: Path, data: object) -> tuple[Said, Path]:
    """Import into an empty folder."""
    file = tmp_path / "in.json"
    text = data if isinstance(data, str) else json.dumps(data)
    file.write_text(text, "utf-8")
    folder = begin_folder(tmp_path / "fresh")
    return call("import", "data", file, folder=folder), folder


def nothing_written(call: Call, folder: Path) -> bool:
    return not any(call("check", "--json", folder=folder).json["counts"].values())


def test_edited_data_come_in(call: Call, tmp_path: Path, plain: dict[str, Any]) -> None:
    said, folder = brought(call, tmp_path, plain)
    assert said.code == 0
    assert not nothing_written(call, folder)


SPOILT = {
    "an unknown kind": (lambda d: d["records"].update(robot=[{"id": 1}]), ["robot"]),
    "a missing field": (lambda d: d["records"]["walk"][0].pop("purpose"), ["walk", "purpose"]),
    "an unknown field": (
        lambda d: d["records"]["sheet"][0]["boxes"][0].update(colour="red"),
        ["sheet", "boxes[0].colour"],
    ),
    "a wrong type": (
        lambda d: d["records"]["observation"][0].update(saw=7),
        ["observation", "saw"],
    ),
    "an unknown figure": (
        lambda d: d["records"]["sheet"][0]["boxes"][0].update(figures=[{"kind": "clock"}]),
        ["sheet", "clock"],
    ),
    "a bad date": (
        lambda d: d["records"]["promise"][0].update(made_on="soon"),
        ["promise", "made_on"],
    ),
    "a newer version": (lambda d: d.update(version=2), ["version 2"]),
    "a version that is no number": (lambda d: d.update(version="1"), ["version"]),
    "another format": (lambda d: d.update(format="other"), ["Gemba"]),
    "records that are no list": (lambda d: d["records"].update(walk={}), ["walk"]),
    "a record that is no object": (lambda d: d["records"]["walk"].insert(0, 3), ["walk 1"]),
    "one record twice": (
        lambda d: d["records"]["area"].append(d["records"]["area"][0]),
        ["area"],
    ),
    "a record that is not there": (
        lambda d: d["records"]["talk"][0].update(learner_id="00000000-0000-0000-0000-000000000000"),
        ["talk", "learner_id"],
    ),
    "a result before its prediction": (
        lambda d: d["records"]["experiment"][0].update(predicted_at=None, result="so"),
        ["experiment"],
    ),
    "a photo that is not with it": (
        lambda d: d["records"]["observation"][0].update(photos=["0" * 64]),
        ["observation", "000000000000"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILT)
def test_a_file_with_a_fault_is_refused_whole(
    call: Call, tmp_path: Path, plain: dict[str, Any], what: str
) -> None:
    spoil, named = SPOILT[what]
    spoil(plain)  # type: ignore[no-untyped-call]
    said, folder = brought(call, tmp_path, plain)
    assert said.code == 1
    for part in named:
        assert part in said.sentence
    assert nothing_written(call, folder)


@pytest.mark.parametrize(
    "text",
    ["", "not json", "[]", "null", '{"format": "gemba"}', "[" * 100_000, "\x00", '{"a": NaN}'],
)
def test_a_file_that_is_no_data_is_refused(call: Call, tmp_path: Path, text: str) -> None:
    said, folder = brought(call, tmp_path, text)
    assert said.code == 1
    assert said.sentence
    assert nothing_written(call, folder)


def test_a_record_that_says_something_else_here_is_not_overwritten(
    call: Call, sample: Path, tmp_path: Path
) -> None:
    file = exported(call, tmp_path / "all.zip")
    with workspace(sample) as work:
        walk = work.walks.all()[0]
        work.walks.change(walk.id, purpose="Changed here since")
    before = bytes_of(sample)
    said = call("import", "data", file)
    assert said.code == 1
    assert str(walk.id) in said.sentence
    assert bytes_of(sample) == before


def test_the_schema_is_printed(call: Call) -> None:
    said = call("schema")
    assert said.code == 0
    assert said.json["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(said.json["properties"]["records"]["properties"]) == set(KINDS)


# Check


def test_check_counts_every_kind(call: Call, sample: Path) -> None:
    said = call("check", "--json")
    assert said.code == 0
    assert said.json["sound"] is True
    assert set(said.json["counts"]) == set(KINDS)
    plain = call("check")
    assert plain.code == 0
    for kind, count in said.json["counts"].items():
        assert any(line.split() == [str(count), kind] for line in plain.out.splitlines())


def test_a_flipped_byte_is_named(call: Call, sample: Path) -> None:
    with workspace(sample, write=False) as work:
        walk = work.walks.all()[0]
    file = sample / "gemba.db"
    data = bytearray(file.read_bytes())
    places = []
    at = data.find(walk.purpose.encode())
    while at >= 0:
        places.append(at)
        at = data.find(walk.purpose.encode(), at + 1)
    assert places
    for at in places:
        data[at + 3] ^= 0x02
    file.write_bytes(data)
    said = call("check")
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    assert f"walk {walk.id}" in said.out + said.err
    told = call("check", "--json")
    assert told.code == 1
    assert told.json["sound"] is False
    assert str(walk.id) in [one["id"] for one in told.json["damaged"]]


def test_a_photo_that_is_gone_is_named(call: Call, sample: Path) -> None:
    photo = next((sample / "photos").rglob("*.jpg"))
    photo.unlink()
    said = call("check", "--json")
    assert said.code == 1
    assert said.json["photos_missing"] == [photo.stem]


def test_a_newer_database_is_refused_and_left_byte_for_byte(call: Call, sample: Path) -> None:
    with closing(sqlite3.connect(sample / "gemba.db")) as connection:
        connection.execute("PRAGMA user_version = 9999")
    before = bytes_of(sample)
    for words in (
        ("list", "walks"),
        ("check",),
        ("export", "data", "x.json"),
        ("import", "data", __file__),
        ("sample", "load", "discharge"),
    ):
        said = call(*words)
        assert said.code == 1
        assert "newer" in said.sentence
    assert bytes_of(sample) == before


@pytest.mark.parametrize("data", [b"no database at all", b"\x00" * 4096])
def test_a_file_that_is_no_database_is_refused(call: Call, data_dir: Path, data: bytes) -> None:
    (data_dir / "gemba.db").write_bytes(data)
    said = call("list", "walks")
    assert said.code == 1
    assert said.sentence
    assert (data_dir / "gemba.db").read_bytes() == data


def test_reading_changes_nothing(call: Call, sample: Path, tmp_path: Path) -> None:
    before = bytes_of(sample)
    for words in (
        ("list", "promises"),
        ("show", "walk", ids(call, "walks")[0]),
        ("export", "walk", ids(call, "walks")[0], str(tmp_path / "w.pdf")),
        ("export", "data", str(tmp_path / "d.zip")),
        ("check",),
    ):
        assert call(*words).code == 0
    assert bytes_of(sample) == before


def test_the_command_line_reads_beside_a_window_and_does_not_write(
    call: Call, sample: Path, tmp_path: Path
) -> None:
    file = exported(call, tmp_path / "all.zip")
    with workspace(sample):
        assert call("list", "walks").code == 0
        assert call("check").code == 0
        said = call("import", "data", file)
        assert said.code == 1
        assert said.sentence


@contextmanager
def workspace(folder: Path, *, write: bool = True) -> Iterator[Any]:
    """What a window over the folder works with."""
    from gemba.app.folders import load_catalog
    from gemba.services.workspace import open_workspace
    from gemba.words import Words

    opened = open_workspace(folder, load_catalog(folder), Words(), write=write)
    try:
        yield opened
    finally:
        opened.close()


# As a process


def test_a_process_says_its_sentence_and_ends_with_its_code(sample: Path, tmp_path: Path) -> None:
    done = process("--data-dir", str(sample), "list", "sheets", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)
    assert done.stderr == ""
    wrong = process("--data-dir", str(sample), "show", "robot", "1")
    assert wrong.returncode == 2
    assert Said(wrong.returncode, wrong.stdout, wrong.stderr).sentence
    spoilt = tmp_path / "spoilt"
    shutil.copytree(sample, spoilt)
    (spoilt / "gemba.db").write_bytes(b"no database")
    broken = process("--data-dir", str(spoilt), "check")
    assert broken.returncode == 1
    assert Said(broken.returncode, broken.stdout, broken.stderr).sentence


def test_a_window_needs_a_display_and_says_so(data_dir: Path) -> None:
    blind = {"QT_QPA_PLATFORM": "", "WAYLAND_DISPLAY": ""}
    done = process("--data-dir", str(data_dir), env=blind)
    if sys.platform.startswith("linux"):
        assert done.returncode == 1
        assert Said(done.returncode, done.stdout, done.stderr).sentence


def test_the_window_can_be_timed_from_outside(sample: Path) -> None:
    done = process("--data-dir", str(sample), "--exit-after-first-paint")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_the_installed_app_tries_itself() -> None:
    done = process("self-test")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 5
    assert all(line.startswith("ok") for line in lines)
    assert "Traceback" not in done.stderr


# A sheet as a file of another kind


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        ("pdf", b"%PDF"),
        ("pptx", b"PK"),
        ("xlsx", b"PK"),
        ("png", b"\x89PNG"),
        ("svg", b"<?xml"),
        ("md", b"# "),
        ("txt", b"Four"),
    ],
)
def test_the_ending_of_a_file_says_what_a_sheet_becomes(
    call: Call, sample: Path, tmp_path: Path, ending: str, begins: bytes
) -> None:
    target = tmp_path / f"sheet.{ending.upper()}"
    said = call("export", "sheet", ids(call, "sheets")[0], target)
    assert (said.code, said.out.strip()) == (0, str(target))
    assert target.read_bytes().startswith(begins)


@pytest.mark.parametrize("name", ["sheet.doc", "sheet", "sheet.", ".pdf"])
def test_a_file_of_no_kind_a_sheet_is_written_as_is_a_wrong_call(
    call: Call, sample: Path, tmp_path: Path, name: str
) -> None:
    said = call("export", "sheet", ids(call, "sheets")[0], tmp_path / name)
    assert said.code == 2
    assert name in said.sentence
    assert ".pptx" in said.sentence
    assert not (tmp_path / name).exists()


def test_how_a_sheet_is_laid_on_paper_can_be_said(call: Call, sample: Path, tmp_path: Path) -> None:
    sheet = ids(call, "sheets")[0]
    target = tmp_path / "sheet.pdf"
    said = call("export", "sheet", sheet, target, "--paper", "A4", "--halves", "--grey")
    assert said.code == 0
    assert len(reader(target.read_bytes()).pages) == 2
    said = call("export", "sheet", sheet, target, "--comments", "--fill", "half", "--margin", "10")
    assert said.code == 0
    assert len(reader(target.read_bytes()).pages) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        ["--paper", "A4", "--scale", "true"],
        ["--paper", "A5"],
        ["--margin", "-1"],
        ["--margin", "1e3"],
        ["--dpi", "100000"],
        ["--fill", "quarter"],
        ["--figure", "99"],
    ],
)
def test_a_paper_that_cannot_be_is_one_sentence(
    call: Call, sample: Path, tmp_path: Path, wrong: list[str]
) -> None:
    target = tmp_path / "sheet.pdf"
    said = call("export", "sheet", ids(call, "sheets")[0], target, *wrong)
    assert said.code == 2
    assert said.sentence
    assert not target.exists()


def test_one_figure_is_written_by_its_number(call: Call, sample: Path, tmp_path: Path) -> None:
    sheet = ids(call, "sheets")[0]
    for ending in ("svg", "png", "pdf"):
        target = tmp_path / f"figure.{ending}"
        assert call("export", "sheet", sheet, target, "--figure", "1").code == 0
        assert target.stat().st_size > 1000
    said = call("export", "sheet", sheet, tmp_path / "figure.xlsx", "--figure", "1")
    assert (said.code, "xlsx" in said.sentence) == (2, True)


def test_a_text_fills_the_boxes_it_names_and_the_rest_goes_into_the_tray(
    call: Call, sample: Path, tmp_path: Path
) -> None:
    sheet = ids(call, "sheets")[0]
    file = tmp_path / "notes.txt"
    file.write_text("Minutes\n\nGoal\n=1+1 before noon\n", encoding="utf-8")
    before = call("export", "sheet", sheet, tmp_path / "before.txt").code
    said = call("import", "text", file, "--sheet", sheet, "--preview", "--json")
    assert (said.code, said.json, before) == (0, {"boxes": ["goal"], "tray": ["notes.txt"]}, 0)
    refused = call("import", "text", file, "--sheet", sheet)
    assert (refused.code, "Priya Raman writes this sheet" in refused.sentence) == (1, True)
    assert call("import", "text", file, "--sheet", sheet, "--for-owner").code == 0
    with workspace(sample) as work:
        kept = work.sheets.get(UUID(sheet))
        assert [one.change.after for one in work.sheets.story(kept.id, "pen")][-2:] == [
            "coach",
            "owner",
        ]
        assert kept.box("goal").text.endswith("\n=1+1 before noon")
        assert [piece.box.text for piece in kept.tray] == ["Minutes"]


@pytest.mark.parametrize("data", [b"\xff\xd8\0\0", b"a" * 5_000_001])
def test_what_is_no_text_is_refused_in_one_sentence(
    call: Call, sample: Path, tmp_path: Path, data: bytes
) -> None:
    file = tmp_path / "notes.txt"
    file.write_bytes(data)
    sheet = ids(call, "sheets")[0]
    before = bytes_of(sample)
    said = call("import", "text", file, "--sheet", sheet)
    assert (said.code, "notes.txt" in said.sentence) == (2, True)
    assert call("import", "text", file).code == 2
    assert bytes_of(sample) == before


def test_a_private_sheet_leaves_in_no_way_unless_asked_for(
    call: Call, data_dir: Path, tmp_path: Path
) -> None:
    with workspace(data_dir) as work:
        sheet = work.sheets.begin("I interrupt people", definition="personal")
    for ending in ("pdf", "pptx", "xlsx", "png", "svg", "md", "txt"):
        target = tmp_path / f"sheet.{ending}"
        said = call("export", "sheet", sheet.id, target, "--figure", "1")
        assert "private" in said.sentence
        assert call("export", "sheet", sheet.id, target).code == 1
        assert not target.exists()
        assert call("export", "sheet", sheet.id, target, "--with-private").code == 0


def test_a_picture_of_two_pages_shows_both(call: Call, sample: Path, tmp_path: Path) -> None:
    sheet = ids(call, "sheets")[0]
    target = tmp_path / "sheet.png"
    sizes = []
    for more in ([], ["--halves", "--paper", "A4"]):
        assert call("export", "sheet", sheet, target, "--dpi", "40", *more).code == 0
        with Image.open(target) as image:
            sizes.append(image.size)
    whole, halves = sizes
    assert halves[1] > 2 * halves[0]
    assert whole[0] > whole[1]


def test_paper_of_walks_and_the_calendar_are_written_by_name(
    call: Call, sample: Path, tmp_path: Path
) -> None:
    (walk, *_more) = call("list", "walks", "--json").json
    for what, names in (
        ("cards", (walk["id"],)),
        ("cards", ()),
        ("blank", (walk["id"],)),
        ("blank", ()),
        ("kamishibai", ()),
        ("memo", (walk["id"],)),
    ):
        target = tmp_path / f"{what}{len(names)}.pdf"
        assert call("export", what, *names, str(target)).code == 0
        assert target.read_bytes().startswith(b"%PDF")
    target = tmp_path / "work.ics"
    assert call("export", "calendar", str(target)).code == 0
    assert target.read_bytes().count(b"BEGIN:VEVENT") == 5
    assert call("export", "memo", str(target)).code == 2
    assert call("export", "calendar", "more", str(target)).code == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_an_answer_that_has_no_room_is_told_in_one_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        out = subprocess.run(
            [sys.executable, "-m", "gemba", "schema"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=120,
        )
    assert out.returncode == 1
    assert out.stderr == "The answer could not be written: No space left on device.\n"


def test_control_c_stops_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Waiting:
        """A standard input at which somebody presses Ctrl+C."""

        @property
        def buffer(self) -> Waiting:
            return self

        def readline(self, _most: int) -> bytes:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Waiting())
    assert main(["--passphrase-stdin"]) == 1
    assert capsys.readouterr().err == "Stopped, as you asked.\n"
