"""Where the disk refuses, work goes on in memory and is written when it can be."""

from __future__ import annotations

import io
import resource
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image

from gemba.domain.errors import Conflict
from gemba.domain.promise import Promise
from gemba.services.bulletin import Bulletin
from gemba.services.copying import save_copy
from gemba.services.recorder import Recorder
from gemba.store.opening import open_store
from gemba.store.records import ref_of
from gemba.store.reserve import SIZE
from gemba.store.store import Store

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="needs a size limit")


@contextmanager
def no_room(folder: Path) -> Iterator[None]:
    """Let no file grow any more, as on a full disk; SQLite is told by the system itself."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def promise(text: str) -> Promise:
    return Promise(id=uuid4(), text=text, made_on=date(2026, 11, 20))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data") as opened:
        yield opened


def texts(store: Store) -> list[str]:
    return [one.text for one in store.find(Promise)]


def test_work_goes_on_while_the_disk_is_full(store: Store) -> None:
    store.write([promise("before")], who="Nora")
    with no_room(store.folder):
        kept = store.write([promise("on a full disk")], who="Nora").records[0]
        assert store.unsaved is not None
        assert texts(store) == ["before", "on a full disk"]
        assert [hit.ref.id for hit in store.search("full disk")] == [kept.id]
        store.settings.set("me", "Nora")
        assert store.settings.get("me") == "Nora"
        assert not store.come_back()
    assert store.come_back()
    assert store.unsaved is None
    assert texts(store) == ["before", "on a full disk"]
    assert [hit.ref.id for hit in store.search("full disk")] == [kept.id]
    folder = store.folder
    store.close()
    with open_store(folder) as again:
        assert texts(again) == ["before", "on a full disk"]
        assert again.settings.get("me") == "Nora"
        assert again.check().sound


def test_what_was_wrong_in_itself_is_refused_in_the_shelter_too(store: Store) -> None:
    first = store.write([promise("before")], who="Nora").records[0]
    with no_room(store.folder):
        newer = store.write([first], who="Nora")
        assert newer.records == (first,)
        store.write([promise("kept")], who="Nora")
        with pytest.raises(Conflict):
            store.write([replace(first, revision=0, text="an older one")], who="Nora")
    assert store.come_back()
    assert texts(store) == ["before", "kept"]


def test_a_folder_that_vanishes_and_comes_back(store: Store, tmp_path: Path) -> None:
    store.write([promise("before")], who="Nora")
    away = tmp_path / "pulled out"
    store.folder.rename(away)
    store.write([promise("without the stick")], who="Nora")
    assert store.unsaved is not None
    assert store.unsaved.key == "store.folder_gone"
    assert texts(store) == ["before", "without the stick"]
    assert not store.come_back()
    away.rename(store.folder)
    assert store.come_back()
    assert texts(store) == ["before", "without the stick"]
    assert store.check().sound


def test_other_data_in_the_folder_is_not_mixed_with(store: Store, tmp_path: Path) -> None:
    store.write([promise("before")], who="Nora")
    older = tmp_path / "older"
    shutil.copytree(store.folder, older)
    store.write([promise("later")], who="Nora")
    store.folder.rename(tmp_path / "pulled out")
    store.write([promise("without the stick")], who="Nora")
    older.rename(store.folder)
    before = (store.folder / "gemba.db").read_bytes()
    assert not store.come_back()
    assert store.unsaved is not None
    assert store.unsaved.key == "store.other_data"
    assert (store.folder / "gemba.db").read_bytes() == before
    copy = tmp_path / "copy.db"
    store.copy_to(copy)
    (tmp_path / "elsewhere").mkdir()
    copy.rename(tmp_path / "elsewhere" / "gemba.db")
    with open_store(tmp_path / "elsewhere") as saved:
        assert texts(saved) == ["before", "later", "without the stick"]
        assert saved.check().sound


def test_deleting_may_use_the_reserve(tmp_path: Path) -> None:
    with small_disk(tmp_path / "stick") as stick, open_store(stick / "data") as store:
        made = store.write([promise("goes")], who="Nora").records[0]
        assert store.fill_reserve()
        reserve = store.folder / "reserve"
        assert reserve.stat().st_size == SIZE
        filler = stick / "filler"
        fill_up(filler)
        store.write([promise("kept in memory")], who="Nora")
        assert store.unsaved is not None
        assert store.unsaved.key == "store.full"
        filler.unlink()
        assert store.come_back()
        assert reserve.exists()
        fill_up(filler)
        store.write([], [ref_of(made)], who="Nora")
        assert store.unsaved is None
        assert not reserve.exists()
        assert texts(store) == ["kept in memory"]


def test_leaving_may_use_the_reserve(tmp_path: Path) -> None:
    with small_disk(tmp_path / "stick") as stick:
        store = open_store(stick / "data")
        assert store.fill_reserve()
        fill_up(stick / "filler")
        recorder = Recorder(store, Bulletin(), now=lambda: datetime.now(UTC))
        recorder.add(promise("the last words"))
        assert store.unsaved is not None
        recorder.close()
        assert recorder.state.trouble is None
        store.close()
        with open_store(stick / "data") as again:
            assert texts(again) == ["the last words"]


@contextmanager
def small_disk(where: Path) -> Iterator[Path]:
    """A disk of its own with room for 12 MB."""
    where.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "gemba-test", str(where)],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        yield where
    finally:
        subprocess.run(["umount", str(where)], check=True)


def fill_up(file: Path) -> None:
    """Write until the disk takes no more."""
    with file.open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(4096))
        except OSError:
            pass


def test_a_photo_taken_on_a_full_disk_is_kept_in_memory_and_written_later(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.effect_noise((300, 300), 90).save(out, "PNG")
    with small_disk(tmp_path / "stick") as stick, open_store(stick / "data") as store:
        filler = stick / "filler"
        fill_up(filler)
        kept = store.photos.add(out.getvalue(), "shelf.png")
        assert store.unsaved is not None
        assert store.photos.path(kept.hash) is None
        held = store.photos.read(kept.hash)
        assert held is not None
        # A copy elsewhere has what lies in memory only, too.
        copy = save_copy(store, tmp_path, datetime(2026, 11, 22, tzinfo=UTC))
        with open_store(copy) as copied:
            assert copied.photos.read(kept.hash) == held
            assert copied.check().sound
        assert {one.stat().st_mode & 0o077 for one in copy.rglob("*")} == {0}
        assert not store.come_back()
        assert store.photos.read(kept.hash) == held
        filler.unlink()
        assert store.come_back()
        assert store.photos.is_sound(kept.hash)
        assert store.photos.read(kept.hash) == held
        assert store.check().sound
        assert [one for one in stick.rglob("*") if one.is_file() and not one.stat().st_size] == []
