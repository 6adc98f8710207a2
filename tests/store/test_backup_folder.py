"""The folder of backups under a kill, a stranger's stick and a switched passphrase."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from gemba.domain.backup import BackupPoint
from gemba.store.backup import make_backup
from gemba.store.backup_files import BackupFolder, manifest_of, read_manifest
from gemba.store.backup_second import catch_up, second_folder
from gemba.store.keys import key_from_plain
from gemba.store.opening import open_store
from gemba.store.rekey import encrypt_folder
from gemba.store.store import Store

from .test_backup import AT, seen, with_photo


@pytest.fixture
def backups(folder: Path) -> BackupFolder:
    return BackupFolder(folder / "backups")


def made(store: Store, backups: BackupFolder) -> BackupPoint:
    return make_backup(store, backups, made_at=AT, reason="asked for")


def test_a_kill_while_old_ones_go_leaves_none_that_never_goes(
    store: Store, backups: BackupFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_photo(store)
    old = made(store, backups)
    store.write([seen(1)], who="Nora")
    new = made(store, backups)
    unlink = Path.unlink

    def killed(path: Path, missing_ok: bool = False) -> None:
        if path == backups.database(old.name):
            raise KeyboardInterrupt
        unlink(path, missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", killed)
        with pytest.raises(KeyboardInterrupt):
            backups.remove([old])
    assert backups.database(old.name).exists()
    backups.ready()
    assert backups.points() == [new]
    assert backups.lone() == []
    assert not backups.database(old.name).exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
@pytest.mark.parametrize("whole", [False, True])
def test_a_link_in_a_folder_of_backups_leads_nowhere(
    store: Store, folder: Path, tmp_path: Path, whole: bool
) -> None:
    key = with_photo(store)
    own = folder / "photos" / key[:2]
    (own / ".new-x.jpg").write_bytes(b"somebody is writing this")
    stick = second_folder(tmp_path / "stick", "laptop")
    if whole:
        stick.path.mkdir(parents=True)
        stick.photos.symlink_to(folder / "photos")
    else:
        stick.photos.mkdir(parents=True)
        (stick.photos / key[:2]).symlink_to(own)
    stick.ready()
    stick.remove_unused_photos()
    assert store.photos.is_sound(key)
    assert (own / ".new-x.jpg").exists()


WRONG: list[tuple[str, Any]] = [
    ("key", "a word"),
    ("key", [1]),
    ("reason", {"a": 1}),
    ("bytes", "many"),
    ("sha256", 4),
    ("journal", "1"),
    ("version", None),
    ("installation", 5),
    ("counter", True),
    ("counter", -1),
    ("counter", 10**12),
    ("made_at", "9999-12-31T23:59:59-12:00"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_manifest_of_wrong_kinds_counts_for_nothing(
    store: Store, backups: BackupFolder, name: str, value: object
) -> None:
    point = made(store, backups)
    path = backups.path / f"{point.name}.json"
    assert read_manifest(path) == point
    path.write_text(json.dumps({**json.loads(manifest_of(point)), name: value}))
    assert read_manifest(path) is None


def test_a_name_from_a_stick_cannot_use_up_the_order(backups: BackupFolder) -> None:
    backups.ready()
    (backups.path / "2026-11-22T10-30-00Z-999999999999.db").write_bytes(b"x")
    (backups.path / "2026-11-22T10-30-00Z-000007.db").write_bytes(b"x")
    assert backups.next_counter() == 8


def test_no_photo_stays_plain_on_the_stick(folder: Path, tmp_path: Path) -> None:
    here, stick = BackupFolder(folder / "backups"), second_folder(tmp_path / "stick", "laptop")
    with open_store(folder) as store:
        with_photo(store)
        made(store, here)
    catch_up(here, stick)
    assert len(list(stick.photos.rglob("*.png"))) == 1
    encrypt_folder(folder, "a long passphrase")
    catch_up(here, stick)
    assert [path.suffix for path in stick.photos.rglob("*") if path.is_file()] == [".seal"]


def test_a_key_that_asks_for_endless_work_is_no_key() -> None:
    plain = {
        "format": "gemba-key",
        "version": 1,
        "id": "1",
        "salt": "",
        "memory_kib": float("inf"),
    }
    with pytest.raises(Exception, match=r"key\.damaged"):
        key_from_plain(plain, "gemba.key")
