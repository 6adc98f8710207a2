"""Exports of the whole from an encrypted folder: sealed, and opened where they may be."""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from PIL import Image

from gemba.app.folders import load_catalog
from gemba.domain.errors import BadInput, Damaged, GembaError, Locked
from gemba.services import arrivals
from gemba.services.bundle import MOST_BYTES, is_bundle, open_bundle, sealed_for
from gemba.services.passphrase import change_passphrase, remove_passphrase, set_passphrase, unlock
from gemba.services.workspace import open_workspace
from gemba.store.keys import WrongPassphrase
from gemba.store.opening import open_store
from gemba.store.sealed import Seal, new_seal_key
from gemba.words import Words

PIECE = 1 << 20
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


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7])
def test_a_sealed_file_is_written_and_read_piece_by_piece(tmp_path: Path, length: int) -> None:
    data = random.Random(length).randbytes(length)
    seal = Seal(new_seal_key())
    out = io.BytesIO()
    writing = seal.writer(out, "what")
    for start in range(0, length, 100_001):
        writing.write(data[start : start + 100_001])
    writing.finish()
    assert seal.open(out.getvalue(), "what") == data
    path = tmp_path / "sealed"
    path.write_bytes(b"before" + seal.seal(data, "what"))
    with seal.reader(path.open("rb"), 6, "what") as file:
        assert file.read() == data
        for at in (0, length // 2, max(length - 3, 0), PIECE - 2, length + 5):
            file.seek(at)
            assert file.read(10) == data[at : at + 10]
        file.seek(-min(length, 22), io.SEEK_END)
        assert file.read() == data[-22:]
    whole = path.read_bytes()
    for cut in (whole[:-1], whole[: 6 + 42 + PIECE + 16] if length > PIECE else whole[:30]):
        path.write_bytes(cut)
        with pytest.raises(Damaged):
            seal.reader(path.open("rb"), 6, "what")
    with pytest.raises(Damaged):
        seal.reader(io.BytesIO(whole), 6, "something else")


@pytest.mark.parametrize("locked", [False, True])
def test_many_photos_go_out_and_come_in_one_at_a_time(tmp_path: Path, locked: bool) -> None:
    words = Words()
    folder, other = tmp_path / "data", tmp_path / "other"
    open_store(folder).close()
    key = set_passphrase(folder, "one") if locked else None
    work = open_workspace(folder, load_catalog(folder), words, key=key)
    for number in range(40):
        picture = Image.frombytes("RGB", (800, 500), random.Random(number).randbytes(1_200_000))
        data = io.BytesIO()
        picture.save(data, "JPEG", quality=100)
        line = work.walks.capture(f"Photo {number}")
        work.walks.add_photo(line.id, data.getvalue(), "bay.jpg")
    work.recorder.settle()
    work.exports.data()  # everything loaded
    tracemalloc.start()
    try:
        path = work.exports.data_to(tmp_path / "all")
        going = tracemalloc.get_traced_memory()[1]
        work.close()
        taking = open_workspace(other, load_catalog(other), words)
        tracemalloc.reset_peak()
        arrival = taking.arrivals.look(path, passphrase="one")
        taking.arrivals.bring_in(arrival)
        coming = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    size = path.stat().st_size
    assert size > 12_000_000
    assert (path.suffix == ".gemba") is locked
    assert going < size / 2, going
    assert coming < size / 2, coming
    assert taking.store.check().sound
    assert taking.store.check().photos == 40
    taking.close()


def test_photos_that_would_fill_the_disk_are_refused_before_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = open_workspace(tmp_path / "data", load_catalog(tmp_path), Words())
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(data, "PNG")
    line = work.walks.capture("At the press")
    work.walks.add_photo(line.id, data.getvalue(), "bay.png")
    work.recorder.settle()
    path = work.exports.data_to(tmp_path / "all")
    work.close()
    taking = open_workspace(tmp_path / "other", load_catalog(tmp_path), Words())
    monkeypatch.setattr(arrivals, "LEFT_FREE", 2**60)
    with pytest.raises(BadInput) as refused:
        taking.arrivals.look(path)
    assert refused.value.key == "data.no_room"
    assert "make room" in Words()(refused.value.key, **refused.value.values).lower()
    assert not list((tmp_path / "other" / "photos").rglob("*.*"))
    taking.close()


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
