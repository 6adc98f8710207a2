"""Switching encryption on and off: everything is there afterwards, and nothing of it in plain."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from gemba.domain.errors import BadInput, Damaged, GembaError, Locked
from gemba.domain.kinds import KINDS
from gemba.services.samples import load_sample
from gemba.store.header import FILE_NAME, KEY_NAME, is_locked
from gemba.store.keys import read_key_file
from gemba.store.opening import open_store
from gemba.store.rekey import decrypt_folder, encrypt_folder
from gemba.store.rewrap import change_passphrase

PASSPHRASE = "go and see, slowly"


def _photo() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((400, 300), 60).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the sample and a photo."""
    with open_store(tmp_path / "data") as store:
        load_sample("discharge", store)
        store.settings.set("marker", store.photos.add(_photo(), "line.jpg").hash)
    return tmp_path / "data"


def _content(folder: Path, key: bytes | None = None) -> object:
    with open_store(folder, key=key) as store:
        photo = store.settings.get("marker") or ""
        assert store.check().sound
        return (
            [store.find(cls) for cls in KINDS.values()],
            store.journal(),
            store.photos.read(photo),
            [hit.ref for hit in store.search("discharge")],
        )


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_on_and_off_again_changes_no_record_and_no_photo(folder: Path) -> None:
    before = _content(folder)
    key = encrypt_folder(folder, PASSPHRASE)
    assert is_locked(folder)
    assert _content(folder, key) == before
    decrypt_folder(folder, key)
    assert not is_locked(folder)
    assert not (folder / KEY_NAME).exists()
    assert _content(folder) == before


def test_nothing_readable_is_left(folder: Path) -> None:
    plain = _files(folder)
    photos = [name for name in plain if name.startswith("photos/")]
    markers = [b"discharge", b"SQLite format 3", b"Nora Whitfield", plain[photos[0]][200:260]]
    for marker in markers:
        assert any(marker in content for content in plain.values()), "the scan must be able to see"
    encrypt_folder(folder, PASSPHRASE)
    left = _files(folder)
    assert all(marker not in content for marker in markers for content in left.values())
    assert not any(Path(name).stem in path for name in photos for path in left)
    assert not (folder / "rekey").exists()
    assert all((folder / name).stat().st_mode & 0o777 == 0o600 for name in left)


def test_without_its_key_the_folder_does_not_open(folder: Path) -> None:
    key = encrypt_folder(folder, PASSPHRASE)
    sealed = _files(folder)
    with pytest.raises(Locked):
        open_store(folder)
    with pytest.raises(Damaged) as caught:
        open_store(folder, key=os.urandom(32))
    assert caught.value.key == "key.does_not_fit"
    assert key.hex() not in str(caught.value)
    assert _files(folder) == sealed, "a wrong key changes nothing"
    assert read_key_file(folder / KEY_NAME).opened(PASSPHRASE) == key


def test_a_photo_added_under_lock_is_sealed(folder: Path) -> None:
    key = encrypt_folder(folder, PASSPHRASE)
    data = _photo()
    with open_store(folder, key=key) as store:
        info = store.photos.add(data, "second.jpg")
        kept = store.photos.read(info.hash)
        path = store.photos.path(info.hash)
        assert kept is not None
        assert path is not None
        assert store.photos.is_sound(info.hash)
        assert info.hash not in str(path)
        assert kept[100:160] not in path.read_bytes()
    (folder / path).write_bytes(path.read_bytes()[:-1])
    with open_store(folder, key=key) as store:
        assert store.photos.read(info.hash) is None


def test_the_passphrase_changes_and_the_data_stay(folder: Path) -> None:
    key = encrypt_folder(folder, PASSPHRASE)
    before = _content(folder, key)
    change_passphrase(folder, PASSPHRASE, "another")
    wrapped = read_key_file(folder / KEY_NAME)
    assert wrapped.opened("another") == key
    with pytest.raises(GembaError):
        wrapped.opened(PASSPHRASE)
    assert _content(folder, key) == before
    with pytest.raises(GembaError):
        change_passphrase(folder, PASSPHRASE, "third")
    with pytest.raises(BadInput):
        change_passphrase(folder, "another", "")
    assert read_key_file(folder / KEY_NAME) == wrapped


def test_trouble_on_the_way_leaves_everything_as_it_was(folder: Path) -> None:
    before = _files(folder)

    def stop(done: int, total: int) -> None:
        raise GembaError("key.stopped")

    with pytest.raises(GembaError):
        encrypt_folder(folder, PASSPHRASE, stop)
    with pytest.raises(BadInput):
        encrypt_folder(folder, "")
    assert {name: data for name, data in _files(folder).items() if name != "gemba.lock"} == {
        name: data for name, data in before.items() if name != "gemba.lock"
    }


def test_a_damaged_database_is_not_encrypted(folder: Path) -> None:
    path = folder / FILE_NAME
    data = bytearray(path.read_bytes())
    data[8192:12288] = b"\xff" * 4096
    path.write_bytes(bytes(data))
    with pytest.raises(GembaError):
        encrypt_folder(folder, PASSPHRASE)
    assert path.read_bytes() == bytes(data)
    assert not (folder / KEY_NAME).exists()


def test_twice_on_or_twice_off_is_refused(folder: Path) -> None:
    with pytest.raises(GembaError):
        decrypt_folder(folder, os.urandom(32))
    key = encrypt_folder(folder, PASSPHRASE)
    with pytest.raises(GembaError):
        encrypt_folder(folder, "again")
    assert _content(folder, key)


_SMALL = """
import resource, sys
from pathlib import Path
from gemba.domain.errors import GembaError
from gemba.services.passphrase import set_passphrase

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    set_passphrase(Path(sys.argv[1]), "go and see")
except GembaError as error:
    print(error.key)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
@pytest.mark.parametrize("most", [0, 1, 5_000, 40_000, 200_000])
def test_a_disk_that_takes_no_more_leaves_everything_as_it_was(folder: Path, most: int) -> None:
    before = {name: data for name, data in _files(folder).items() if name != "gemba.lock"}
    done = subprocess.run(
        [sys.executable, "-c", _SMALL, str(folder), str(most)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.strip() in ("store.io", "store.full", "key.failed"), done.stderr
    open_store(folder).close()
    left = {name: data for name, data in _files(folder).items() if name != "gemba.lock"}
    assert left == before
    assert not (folder / KEY_NAME).exists()
