"""`gemba check --gone NAME` proves from outside that an erased name stands in no byte."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from gemba.app.folders import load_catalog
from gemba.services.passphrase import set_passphrase
from gemba.services.workspace import open_workspace
from gemba.store.driver import connect
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


def test_encrypted_backups_are_looked_into(call: Call, data_dir: Path) -> None:
    work = open_workspace(data_dir, load_catalog(data_dir), Words())
    person = work.people.person(NAME)
    first = work.backups.make().name
    work.close()
    (data_dir / "aside").mkdir()
    (data_dir / "aside" / "old.db").write_bytes(NAME.encode())
    key = set_passphrase(data_dir, "one")
    work = open_workspace(data_dir, load_catalog(data_dir), Words(), key=key)
    work.erasing.erase_person(person.id, "a colleague", with_backups=False)
    work.close()
    asked = ("check", "--json", "--passphrase-stdin", "--gone", "Quxolotl")
    held = [f"backups/{first}.db", "aside/old.db.seal"]
    said = call(*asked, typed=b"one\n")
    assert said.code == 1
    assert sorted(said.json["still_there"]) == sorted(held)
    assert said.json["another_lock"] == []
    assert call(*asked, typed=b"two\n").code != 0
    assert call("check", "--gone", "Quxolotl").code != 0
    work = open_workspace(data_dir, load_catalog(data_dir), Words(), key=key)
    work.backups.erase_older()
    work.close()
    (data_dir / "aside" / "old.db.seal").unlink()
    # What another key closes cannot be looked into, and that is said.
    strange = data_dir / "aside" / "strange.db"
    strange.write_bytes(os.urandom(8192))
    said = call(*asked, typed=b"one\n")
    assert said.code == 1
    assert (said.json["still_there"], said.json["another_lock"]) == ([], ["aside/strange.db"])
    strange.unlink()
    assert call(*asked, typed=b"one\n").code == 0


def test_what_was_deleted_from_an_encrypted_file_is_found_in_its_free_pages(
    call: Call, data_dir: Path
) -> None:
    open_workspace(data_dir, load_catalog(data_dir), Words()).close()
    key = set_passphrase(data_dir, "one")
    backup = data_dir / "backups" / "old.db"
    backup.parent.mkdir(exist_ok=True)
    shutil.copyfile(data_dir / "gemba.db", backup)
    connection = connect(backup, "rw", key)
    connection.execute("PRAGMA secure_delete = OFF")
    connection.execute("CREATE TABLE gone (said)")
    connection.execute("INSERT INTO gone VALUES (?)", (NAME,))
    connection.execute("DROP TABLE gone")
    connection.close()
    said = call("check", "--json", "--passphrase-stdin", "--gone", "Quxolotl", typed=b"one\n")
    assert said.json["still_there"] == ["backups/old.db"]
