"""Without a passphrase, too, nobody but the owner can read a file or enter a folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gemba.app.crash import CrashReports
from gemba.app.folders import load_catalog
from gemba.services.passphrase import change_passphrase, set_passphrase, unlock
from gemba.services.samples import load_sample
from gemba.services.workspace import open_workspace
from gemba.words import Words

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")


@pytest.fixture(autouse=True)
def _open_handed() -> Iterator[None]:
    """A user whose new files are everybody's: what Gemba writes must not depend on that."""
    before = os.umask(0)
    yield
    os.umask(before)


def _work(folder: Path, key: bytes | None = None) -> None:
    work = open_workspace(folder, load_catalog(folder), Words(), key=key)
    try:
        load_sample("discharge", work.store)
        work.backups.make()
        work.store.fill_reserve()
        CrashReports(folder, now=lambda: datetime.now(UTC)).write(ValueError("a bug"))
    finally:
        work.close()


def _open_to_others(folder: Path) -> list[str]:
    return [
        f"{path.relative_to(folder.parent)} {path.stat().st_mode & 0o777:o}"
        for path in (folder, *folder.rglob("*"))
        if path.stat().st_mode & 0o077
    ]


def test_in_a_plain_folder(tmp_path: Path) -> None:
    _work(tmp_path / "data")
    assert len(list((tmp_path / "data").rglob("*"))) > 8
    assert _open_to_others(tmp_path / "data") == []


def test_in_an_encrypted_folder_and_on_the_way_there(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    _work(folder)
    seen: list[str] = []
    set_passphrase(folder, "one", lambda _done, _total: seen.extend(_open_to_others(folder)))
    change_passphrase(folder, "one", "two")
    _work(folder, unlock(folder, "two"))
    assert seen == []
    assert _open_to_others(folder) == []


def test_the_check_itself_sees_an_open_file(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o700)
    (tmp_path / "data" / "open").touch(mode=0o644)
    assert _open_to_others(tmp_path / "data") == ["data/open 644"]
