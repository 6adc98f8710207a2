"""The passphrase of a folder when its key file is gone, damaged or another's, and with backups."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gemba.app.folders import load_catalog
from gemba.domain.errors import Damaged, GembaError
from gemba.domain.person import Person
from gemba.services.bundle import is_bundle, open_bundle
from gemba.services.passphrase import (
    change_passphrase,
    must_unlock,
    remove_passphrase,
    set_passphrase,
    unlock,
)
from gemba.services.restoring import list_backups, restore_backup
from gemba.services.salvage import salvage_into
from gemba.services.workspace import Workspace, open_workspace
from gemba.store.header import KEY_NAME
from gemba.store.keys import WrongPassphrase, key_from_plain
from gemba.store.store import open_store
from gemba.words import Words


def _opened(folder: Path, key: bytes | None = None) -> Workspace:
    return open_workspace(folder, load_catalog(folder), Words(), key=key)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An encrypted folder with a person, and a backup from before and from after."""
    made = tmp_path / "data"
    work = _opened(made)
    work.people.person("Ines")
    work.backups.make()
    work.close()
    work = _opened(made, set_passphrase(made, "one"))
    work.people.person("Omar")
    work.backups.make()
    work.close()
    return made


def _names(folder: Path, key: bytes | None) -> list[str]:
    with open_store(folder, key=key) as store:
        return [one.name for one in store.find(Person)]


def test_a_key_file_that_is_gone_or_damaged_comes_back_from_a_backup(folder: Path) -> None:
    path = folder / KEY_NAME
    whole = path.read_bytes()
    for damage in (None, b"", b"{}", whole[:100]):
        if damage is None:
            path.unlink()
        else:
            path.write_bytes(damage)
        assert must_unlock(folder)
        with pytest.raises(WrongPassphrase):
            unlock(folder, "wrong")
        key = unlock(folder, "one")
        assert json.loads(path.read_bytes()) == json.loads(whole)
        assert _names(folder, key) == ["Ines", "Omar"]


def test_without_any_copy_of_the_key_nothing_is_touched(folder: Path) -> None:
    shutil.rmtree(folder / "backups")
    (folder / KEY_NAME).write_bytes(b"damaged")
    before = (folder / "gemba.db").read_bytes()
    with pytest.raises(Damaged) as caught:
        unlock(folder, "one")
    assert caught.value.key == "key.damaged"
    (folder / KEY_NAME).unlink()
    with pytest.raises(GembaError) as other:
        unlock(folder, "one")
    assert other.value.key == "key.missing"
    with pytest.raises(GembaError):
        open_store(folder)
    assert (folder / "gemba.db").read_bytes() == before


def test_the_key_file_of_another_folder_is_named_as_such(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    open_store(other).close()
    set_passphrase(other, "theirs")
    shutil.copyfile(other / KEY_NAME, folder / KEY_NAME)
    before = (folder / "gemba.db").read_bytes()
    with pytest.raises(WrongPassphrase):
        unlock(folder, "one")
    key = unlock(folder, "theirs")
    with pytest.raises(Damaged) as caught:
        open_store(folder, key=key)
    assert caught.value.key == "key.does_not_fit"
    assert (folder / "gemba.db").read_bytes() == before


def test_a_key_file_of_a_newer_gemba_is_left_as_it_is(folder: Path) -> None:
    path = folder / KEY_NAME
    newer = json.dumps({**json.loads(path.read_bytes()), "version": 9}).encode()
    path.write_bytes(newer)
    with pytest.raises(GembaError) as caught:
        unlock(folder, "one")
    assert caught.value.key == "key.newer"
    assert path.read_bytes() == newer


def test_a_key_file_beside_plain_data_asks_for_nothing(folder: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    open_store(plain).close()
    shutil.copyfile(folder / KEY_NAME, plain / KEY_NAME)
    assert not must_unlock(plain)
    open_store(plain).close()


def test_a_lost_database_still_asks_and_comes_back_from_a_backup(folder: Path) -> None:
    (folder / "gemba.db").unlink()
    assert must_unlock(folder)
    with pytest.raises(GembaError):
        open_store(folder)
    key = unlock(folder, "one")
    newest = list_backups(folder)[0]
    restore_backup(folder, newest.name, key=key, now=lambda: datetime.now(UTC))
    assert _names(folder, key) == ["Ines", "Omar"]


def test_backups_of_before_are_under_the_same_lock(folder: Path) -> None:
    points = list_backups(folder)
    assert len(points) == 2
    key = unlock(folder, "one")
    for point in points:
        assert point.key is not None
        assert key_from_plain(dict(point.key), "").opened("one") == key
        assert point.newest == ("", "", ""), "a manifest stands in plain and tells nothing"
        assert point.photos_missing == ()
    restore_backup(folder, points[-1].name, key=key, now=lambda: datetime.now(UTC))
    assert _names(folder, key) == ["Ines"]
    change_passphrase(folder, "one", "two")
    for point in list_backups(folder):
        assert key_from_plain(dict(point.key or {}), "").opened("two") == key


def test_a_backup_made_after_a_change_opens_with_the_new_passphrase(folder: Path) -> None:
    work = _opened(folder, unlock(folder, "one"))
    change_passphrase(folder, "one", "two", held=True)
    point = work.backups.make()
    work.close()
    assert key_from_plain(dict(point.key or {}), "").opened("two") == unlock(folder, "two")


def test_without_a_passphrase_the_backups_are_plain_again(folder: Path) -> None:
    remove_passphrase(folder, "one")
    points = list_backups(folder)
    assert [point.key for point in points] == [None, None]
    restore_backup(folder, points[-1].name, now=lambda: datetime.now(UTC))
    assert _names(folder, None) == ["Ines"]


def test_a_second_place_is_brought_under_the_lock(tmp_path: Path) -> None:
    folder, stick = tmp_path / "data", tmp_path / "stick"
    stick.mkdir()
    work = _opened(folder)
    work.people.person("quaggazebu")
    work.backups.choose_second(stick).result()
    work.backups.make()
    work.close()
    assert _holds(stick, b"quaggazebu")
    work = _opened(folder, set_passphrase(folder, "one"))
    work.backups.tick().result()
    work.close()
    assert list(stick.rglob("*.db"))
    assert not _holds(stick, b"quaggazebu")


def _holds(folder: Path, word: bytes) -> bool:
    return any(word in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_what_is_salvaged_is_under_the_same_passphrase(folder: Path, tmp_path: Path) -> None:
    with (folder / "gemba.db").open("r+b") as file:
        file.seek(2 * 4096)
        file.write(bytes(4096))
    key = unlock(folder, "one")
    out, sealed = tmp_path / "saved", tmp_path / "saved.json"
    salvage_into(folder, out, lambda text: text, key=key)
    salvage_into(folder, sealed, lambda text: text, key=key)
    assert must_unlock(out)
    assert _names(out, unlock(out, "one")) == ["Ines", "Omar"]
    assert is_bundle(sealed)
    assert b"Omar" in open_bundle(sealed, passphrase="one")
    assert not _holds(tmp_path, b"Omar")
