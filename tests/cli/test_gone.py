"""`gemba check --gone NAME` proves from outside that an erased name stands in no byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from gemba.app.folders import load_catalog
from gemba.services.workspace import open_workspace
from gemba.words import Words

from .conftest import Call

NAME = "Quxolotl Vandermeer"


def test_a_name_is_there_and_then_gone(call: Call, data_dir: Path) -> None:
    work = open_workspace(data_dir, load_catalog(data_dir), Words())
    person = work.people.person(NAME)
    work.walks.capture("Quxolotl told me so")
    work.close()
    said = call("check", "--gone", "Quxolotl", "--gone", "nobody at all")
    assert said.code == 1
    assert "gemba.db still holds the name." in said.out
    assert "Traceback" not in said.err
    assert call("check", "--json", "--gone", NAME).json["still_there"] == ["gemba.db"]
    work = open_workspace(data_dir, load_catalog(data_dir), Words())
    work.erasing.erase_person(person.id, "a colleague")
    work.close()
    said = call("check", "--gone", "Quxolotl", "--gone", "Vandermeer")
    assert said.code == 0
    assert call("check", "--json", "--gone", NAME).json["still_there"] == []
    assert "still_there" not in call("check", "--json").json


@pytest.mark.parametrize("name", ["", "  ", "\x00", "(.*)+", "שלום", "x" * 100_000])
def test_any_name_can_be_looked_for(call: Call, data_dir: Path, name: str) -> None:
    open_workspace(data_dir, load_catalog(data_dir), Words()).close()
    said = call("check", "--gone", name)
    assert "Traceback" not in said.err
    assert said.code == (1 if name == "\x00" else 0)


def test_a_name_beside_the_database_is_named_with_its_file(call: Call, data_dir: Path) -> None:
    open_workspace(data_dir, load_catalog(data_dir), Words()).close()
    aside = data_dir / "aside"
    aside.mkdir()
    (aside / "old.db").write_bytes(b"\x00" * 100 + NAME.encode("utf-16-le"))
    said = call("check", "--gone", "quxolotl")
    assert said.code == 1
    assert "aside/old.db still holds the name." in said.out
