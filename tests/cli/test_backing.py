"""Backups from the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import Call


def test_a_backup_is_made_listed_and_brought_back(call: Call, sample: Path) -> None:
    made = call("backup", "--json").json
    assert made["records"] > 80
    assert made["photos"] == 2
    assert "was made and checked: " in call("backup").out
    listed = call("backups", "--json").json
    assert [row["reason"] for row in listed] == ["asked for", "asked for"]
    assert listed[1] == made
    assert made["name"] in call("backups").out
    (sample / "gemba.db").write_bytes(b"torn")
    shutil.rmtree(sample / "photos")
    assert call("check").code == 1
    assert call("backups", "--json").json == listed
    back = call("restore", made["name"])
    assert back.code == 0
    assert str(sample / "aside") in back.out
    assert call("check").code == 0
    assert [path.read_bytes() for path in (sample / "aside").iterdir()] == [b"torn"]


def test_newest_and_the_end_of_a_name_will_do(call: Call, sample: Path) -> None:
    name = call("backup", "--json").json["name"]
    assert call("restore", "newest", "--json").json == {"name": name, "photos_missing": []}
    assert call("restore", name[-6:]).code == 0


def test_a_backup_that_is_not_there_is_a_wrong_call(call: Call, sample: Path) -> None:
    for wrong in ("", "yesterday", "../../etc"):
        said = call("restore", wrong)
        assert said.code == 2
        assert said.sentence
    assert call("backups").out.strip() == "There is no backup yet."
    assert call("backups", "--json").json == []


def test_a_stick_brings_a_lost_laptop_back(call: Call, sample: Path, tmp_path: Path) -> None:
    name = call("backup", "--json").json["name"]
    stick = tmp_path / "stick"
    (stick / "Gemba backups").mkdir(parents=True)
    shutil.copytree(sample / "backups", stick / "Gemba backups" / "lost")
    fresh = tmp_path / "fresh"
    listed = call("backups", "--from", str(stick), "--data-dir", str(fresh), "--json")
    assert listed.code == 2, "a folder that is not there is not made by looking"
    back = call("restore", name, "--from", str(stick), "--data-dir", str(fresh))
    assert back.code == 0
    assert call("check", "--data-dir", str(fresh)).code == 0
    assert len(call("list", "sheets", "--json", "--data-dir", str(fresh)).json) == 2


def test_nothing_is_written_over_an_open_window(call: Call, sample: Path) -> None:
    from gemba.store.opening import open_store

    name = call("backup", "--json").json["name"]
    with open_store(sample):
        for command in (("backup",), ("restore", name)):
            said = call(*command)
            assert said.code == 1
            assert "open" in said.sentence
