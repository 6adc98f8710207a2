"""Exports of the whole from an encrypted folder: sealed, and opened where they may be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gemba.domain.errors import BadInput, Damaged, GembaError, Locked
from gemba.services.bundle import MOST_BYTES, is_bundle, open_bundle, sealed_for
from gemba.services.passphrase import change_passphrase, remove_passphrase, set_passphrase, unlock
from gemba.store.keys import WrongPassphrase
from gemba.store.opening import open_store

DATA = b'{"format": "gemba"} ' + bytes(range(256)) * 9000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty encrypted folder."""
    made = tmp_path / "data"
    open_store(made).close()
    set_passphrase(made, "one")
    return made


def _bundle(folder: Path, passphrase: str = "one") -> Path:
    path = folder.parent / "taken along.gemba"
    with open_store(folder, key=unlock(folder, passphrase)) as store:
        path.write_bytes(sealed_for(store, DATA))
    return path


def test_a_plain_folder_exports_as_ever(tmp_path: Path) -> None:
    with open_store(tmp_path / "data") as store:
        assert sealed_for(store, DATA) == DATA


def test_its_own_folder_opens_it_without_asking(folder: Path) -> None:
    path = _bundle(folder)
    assert is_bundle(path)
    assert DATA[300:400] not in path.read_bytes()
    change_passphrase(folder, "one", "two")
    with open_store(folder, key=unlock(folder, "two")) as store:
        assert open_bundle(path, store) == DATA


def test_elsewhere_the_passphrase_of_that_day_opens_it(folder: Path, tmp_path: Path) -> None:
    path = _bundle(folder)
    change_passphrase(folder, "one", "two")
    shutil.rmtree(folder)
    with open_store(tmp_path / "other") as store:
        with pytest.raises(Locked) as caught:
            open_bundle(path, store)
        assert caught.value.key == "sealed.asks"
        for wrong in ("two", "", "One"):
            with pytest.raises(WrongPassphrase):
                open_bundle(path, store, wrong)
        assert open_bundle(path, store, "one") == DATA
    assert open_bundle(path, None, "one") == DATA


def test_after_the_passphrase_is_gone_the_old_file_still_opens(folder: Path) -> None:
    path = _bundle(folder)
    remove_passphrase(folder, "one")
    with open_store(folder) as store:
        assert open_bundle(path, store, "one") == DATA


def test_a_changed_file_is_refused(folder: Path) -> None:
    path = _bundle(folder)
    whole = path.read_bytes()
    for bad in (
        whole[:20],
        whole[:-1],
        whole[:-2000] + bytes(2000),
        whole + b"x",
        whole[:13] + b"\xff\xff\xff\xff" + whole[17:],
        whole[:13] + b"\x00\x00\x00\x02[]" + whole[19:],
        whole[:17] + b"[" * 600 + whole[617:],
        b"GEMBABUNDLE1\n",
    ):
        path.write_bytes(bad)
        assert is_bundle(path) is bad.startswith(b"GEMBABUNDLE1\n")
        with pytest.raises((BadInput, Damaged, WrongPassphrase)) as caught:
            open_bundle(path, None, "one")
        assert isinstance(caught.value, GembaError)


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_large_file_of_a_stranger_takes_no_memory(folder: Path) -> None:
    path = _bundle(folder)
    with path.open("r+b") as file:
        file.truncate(MOST_BYTES)
    for given, said in ((None, "sealed.asks"), ("two", "key.wrong")):
        done = subprocess.run(
            [sys.executable, "-c", _LITTLE_ROOM, str(path), given or ""],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.stdout.strip() == said, done.stderr


_LITTLE_ROOM = """
import resource, sys
from pathlib import Path
import gemba.store.keys
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from gemba.domain.errors import GembaError
from gemba.services.bundle import open_bundle

resource.setrlimit(resource.RLIMIT_AS, (600 * 1024 * 1024,) * 2)
try:
    open_bundle(Path(sys.argv[1]), None, sys.argv[2] or None)
except GembaError as error:
    print(error.key)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with a name there")
def test_a_pipe_with_nobody_at_its_end_is_no_bundle(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.gemba")
    assert not is_bundle(tmp_path / "pipe.gemba")
