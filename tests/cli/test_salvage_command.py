"""`gemba check --salvage OUT` as a script calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gemba.store.opening import open_store
from tests.sample_size import sample_size

from .conftest import Call


@pytest.fixture
def torn(sample: Path) -> Path:
    """The sample, whose first page was wiped."""
    path = sample / "gemba.db"
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])
    return sample


def test_a_torn_folder_is_saved_into_another(torn: Path, call: Call, tmp_path: Path) -> None:
    out = tmp_path / "out"
    said = call("check", "--salvage", out, "--json")
    assert said.code == 0
    assert sum(said.json["sound"].values()) == sample_size()
    assert (said.json["photos"], said.json["photos_missing"]) == (2, [])
    with open_store(out) as store:
        assert store.check().sound


def test_what_is_lost_is_counted_and_named(torn: Path, call: Call, tmp_path: Path) -> None:
    path = torn / "gemba.db"
    path.write_bytes(path.read_bytes()[: 60 * 4096])
    for photo in (torn / "photos").glob("*/*"):
        photo.unlink()
    said = call("check", "--salvage", tmp_path / "out")
    assert said.code == 1
    assert "photos missing" in said.out
    assert "read whole" in said.out
    assert str(tmp_path / "out") in said.out


def test_a_place_that_holds_something_is_a_wrong_call(
    torn: Path, call: Call, tmp_path: Path
) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("mine")
    assert call("check", "--salvage", full).code == 2
    assert call("check", "--salvage", full, folder=tmp_path / "no").code == 2
    assert (full / "letter.txt").read_text() == "mine"


def test_nothing_to_read_is_one_sentence(torn: Path, call: Call, tmp_path: Path) -> None:
    (torn / "gemba.db").write_bytes(b"")
    said = call("check", "--salvage", tmp_path / "out")
    assert said.code == 1
    assert "Nothing could be read" in said.sentence
