"""The passphrase of a folder when its key file is gone, damaged or another's, and with backups."""

from __future__ import annotations

import io
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from gemba.app.folders import load_catalog
from gemba.domain.backup import Safety, SecondPlace
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
from gemba.store.backup_drill import drill
from gemba.store.backup_files import BackupFolder
from gemba.store.backup_relock import Lock, bring_under_lock, plain_names
from gemba.store.files import digest_of
from gemba.store.header import KEY_NAME
from gemba.store.keys import WrongPassphrase, key_from_plain, read_key_file
from gemba.store.opening import open_store
from gemba.store.sealed import SEAL_KEY, Seal
from gemba.words import Words
from tests.store.dying import dies_at

BEGAN = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


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
    work.people.person("Omar van der Berg")
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
        assert _names(folder, key) == ["Ines", "Omar van der Berg"]


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
    assert _names(folder, key) == ["Ines", "Omar van der Berg"]


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


def _holds(folder: Path, *words: bytes) -> bool:
    """Tell whether a file holds a word; a short one stands in encrypted bytes by chance."""
    held = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return any(word in one for one in held for word in words)


def test_what_is_salvaged_is_under_the_same_passphrase(folder: Path, tmp_path: Path) -> None:
    with (folder / "gemba.db").open("r+b") as file:
        file.seek(2 * 4096)
        file.write(bytes(4096))
    key = unlock(folder, "one")
    out, sealed = tmp_path / "saved", tmp_path / "saved.json"
    salvage_into(folder, out, lambda text: text, key=key)
    salvage_into(folder, sealed, lambda text: text, key=key)
    assert must_unlock(out)
    assert _names(out, unlock(out, "one")) == ["Ines", "Omar van der Berg"]
    assert is_bundle(sealed)
    assert b"Omar van der Berg" in open_bundle(sealed, passphrase="one")
    assert not _holds(tmp_path, b"Omar van der Berg")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def _with_stick(folder: Path, stick: Path, *words: str) -> list[str]:
    """Write words, with a backup after each here and on the stick; return the backups' names."""
    work = _opened(folder)
    work.backups.choose_second(stick).result()
    for word in words:
        work.people.person(word)
        _add_photo(work)
        work.backups.make()
    work.close()
    return [point.name for point in reversed(list_backups(folder))]


def _add_photo(work: Workspace) -> None:
    picture = io.BytesIO()
    Image.effect_noise((40, 30), 80).convert("RGB").save(picture, "JPEG")
    work.store.photos.add(picture.getvalue(), name="bay.jpg")


def _ticked(folder: Path, key: bytes) -> Safety:
    work = _opened(folder, key)
    work.backups.tick().result()
    work.close()
    return work.backups.safety


def test_what_only_the_stick_has_is_brought_under_the_lock_when_it_comes_back(
    tmp_path: Path, stick: Path
) -> None:
    folder, away = tmp_path / "data", tmp_path / "drawer"
    first, second = _with_stick(folder, stick, "quaggazebu", "okapizebu")
    stick.rename(away)
    # The older one lies on the stick alone.
    here = BackupFolder(folder / "backups")
    here.remove([here.point(first)])
    key = set_passphrase(folder, "one")
    safety = _ticked(folder, key)
    assert safety.second is not None
    assert safety.second.plain == (first, second)
    assert _holds(away, b"quaggazebu")
    away.rename(stick)
    safety = _ticked(folder, key)
    assert safety.second is not None
    assert safety.second.plain == ()
    assert safety.trouble is None
    assert not _holds(stick, b"quaggazebu", b"okapizebu", b"gnuzebu")
    assert not list(stick.rglob("*.jpg"))
    (there,) = (stick / "Gemba backups").iterdir()
    points = BackupFolder(there).points()
    assert [point.name for point in points][:2] == [first, second]
    for point in points:
        assert point.key is not None
        found = drill([BackupFolder(there)], point, tmp_path / "proving", key=key, at=BEGAN)
        assert found.sound, found.trouble
        assert found.photos == len(point.photos) > 0


def test_what_is_no_sound_backup_on_the_stick_is_sealed_and_kept(
    tmp_path: Path, stick: Path
) -> None:
    folder = tmp_path / "data"
    names = _with_stick(folder, stick, "quaggazebu", "okapizebu", "gnuzebu")
    (there,) = (stick / "Gemba backups").iterdir()
    here = BackupFolder(folder / "backups")
    here.remove(here.points()[:-1])
    rotten, lone = (BackupFolder(there).database(name) for name in names[:2])
    rotten.write_bytes(rotten.read_bytes() + b"more")
    lone.with_suffix(".json").write_text("{}")
    key = set_passphrase(folder, "one")
    safety = _ticked(folder, key)
    assert safety.second is not None
    assert safety.second.plain == ()
    assert not _holds(stick, b"quaggazebu", b"okapizebu", b"gnuzebu")
    with open_store(folder, key=key) as store:
        seal = Seal(str(store.settings.get(SEAL_KEY)))
    for path, word in ((rotten, b"quaggazebu"), (lone, b"okapizebu")):
        sealed = path.with_name(f"{path.name}.seal").read_bytes()
        assert word in seal.open(sealed, path.name)


def test_a_stick_chosen_before_is_named_and_brought_under_the_lock_too(
    tmp_path: Path, stick: Path
) -> None:
    folder, away, other = tmp_path / "data", tmp_path / "drawer", tmp_path / "share"
    other.mkdir()
    names = _with_stick(folder, stick, "quaggazebu")
    work = _opened(folder)
    work.backups.choose_second(other).result()
    work.close()
    stick.rename(away)
    assert work.backups.safety.before == ()
    key = set_passphrase(folder, "one")
    safety = _ticked(folder, key)
    assert safety.before == (SecondPlace(folder=str(stick), plain=tuple(names)),)
    away.rename(stick)
    safety = _ticked(folder, key)
    assert safety.before == ()
    assert not _holds(stick, b"quaggazebu")
    assert not _holds(other, b"quaggazebu")


def test_killed_while_the_stick_is_brought_under_the_lock_no_backup_is_lost(
    tmp_path: Path, stick: Path
) -> None:
    folder = tmp_path / "data"
    names = _with_stick(folder, stick, "quaggazebu", "okapizebu")
    key = set_passphrase(folder, "one")
    (there,) = (stick / "Gemba backups").iterdir()
    with open_store(folder, key=key) as store:
        seal_key = str(store.settings.get(SEAL_KEY))
    lock = Lock(key, seal_key, read_key_file(folder / KEY_NAME).as_plain())
    kept = tmp_path / "kept"
    shutil.copytree(there, kept)
    for moment in range(0, 400, 3):
        shutil.rmtree(there)
        shutil.copytree(kept, there)
        died = dies_at(moment, lambda: bring_under_lock(BackupFolder(there), lock))
        # Those that are whole are all that were there, whatever form they have.
        backups = BackupFolder(there)
        backups.ready()
        assert [point.name for point in backups.points()] == names
        for point in backups.points():
            assert digest_of(backups.database(point.name)) == point.sha256
            assert all(digest_of(backups.photo(one)) == point.photos[one] for one in point.photos)
            assert len(point.photos) == len(names[: names.index(point.name) + 1])
        bring_under_lock(backups, lock)
        assert plain_names(backups) == []
        assert not _holds(stick, b"quaggazebu", b"okapizebu", b"gnuzebu")
        if not died:
            assert moment > 20
            return
    raise AssertionError("it never came to its end")
