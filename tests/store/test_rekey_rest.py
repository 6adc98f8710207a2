"""What is no record when encryption is switched: strangers, and a key of photos that is lost."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from gemba.domain.errors import Damaged
from gemba.store.opening import open_store
from gemba.store.rekey import decrypt_folder, encrypt_folder
from gemba.store.sealed import SEAL_KEY


def _photo(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    return out.getvalue()


def test_a_backup_without_a_manifest_comes_back_as_it_was(folder: Path) -> None:
    open_store(folder).close()
    lone = folder / "backups" / "2026-11-22T10-30-00Z-000004.db"
    lone.parent.mkdir()
    lone.write_bytes(b"worth something to somebody")
    key = encrypt_folder(folder, "a long passphrase")
    assert not lone.exists()
    decrypt_folder(folder, key)
    assert lone.read_bytes() == b"worth something to somebody"


def test_no_photo_lies_in_plain_where_the_key_of_photos_is_lost(folder: Path) -> None:
    with open_store(folder) as store:
        store.photos.add(_photo("red"))
    key = encrypt_folder(folder, "a long passphrase")
    with open_store(folder, key=key) as store:
        store.settings.forget(SEAL_KEY)
    before = sorted((folder / "photos").rglob("*"))
    with open_store(folder, key=key) as store, pytest.raises(Damaged):
        store.photos.add(_photo("blue"))
    assert sorted((folder / "photos").rglob("*")) == before


def test_a_copy_that_a_killed_look_left_is_not_left_in_plain(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    open_store(folder).close()
    for name in ("checking", "proving", "saving"):
        (folder / name).mkdir()
        (folder / name / "gemba.db").write_bytes(b"quaggazebu")
    encrypt_folder(folder, "one")
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert [path.name for path in files if b"quagga" in path.read_bytes()] == []


def test_a_start_removes_what_a_killed_look_left(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    open_store(folder).close()
    for name in ("checking", "proving", "saving"):
        (folder / name).mkdir()
        (folder / name / "gemba.db").write_bytes(b"quaggazebu")
        open_store(folder).close()
        assert not (folder / name).exists()
