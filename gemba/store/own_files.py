"""The user's own worksheets and question sets: files beside the database, and their copy in it.

The copy is a setting, written when a backup is made. So backups, the second place, salvage and
encryption hold these files as they hold the records that need them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Protocol

from gemba.store.files import private_folder, write_whole

SETTING: Final = "definitions.kept"
FOLDER: Final = "definitions"
MOST_BYTES: Final = 1_000_000
"""Of one file; a larger one is read by nothing."""
MOST_ALTOGETHER: Final = 20_000_000
_NAME: Final = re.compile(r"[a-z]+/[^/\\:\x00-\x1f]{1,200}\.toml")


class Held(Protocol):
    """What of a store is asked here: its settings, its folder, and whether it can be written."""

    @property
    def writable(self) -> bool:
        """Tell whether anything can be written."""

    @property
    def folder(self) -> Path:
        """Return the data folder."""

    @property
    def settings(self) -> Texts:
        """Return the texts by name."""


class Texts(Protocol):
    """Texts by name."""

    def get(self, key: str) -> str | None:
        """Return a text."""

    def set(self, key: str, value: str) -> None:
        """Keep a text."""


def own_files(folder: Path) -> dict[str, str]:
    """Return the files of a data folder by their name below its definitions, in their order.

    What is a link, too large or no text is left out, as it is by who reads them.
    """
    found: dict[str, str] = {}
    left = MOST_ALTOGETHER
    for path in sorted((folder / FOLDER).glob("*/*.toml")):
        name = path.relative_to(folder / FOLDER).as_posix()
        try:
            if path.is_symlink() or not path.is_file() or not _NAME.fullmatch(name):
                continue
            if path.stat().st_size > min(MOST_BYTES, left):
                continue
            data = path.read_bytes()
            found[name] = data.decode()
            left -= len(data)
        except (OSError, UnicodeDecodeError):
            continue
    return found


def own_kept(store: Held) -> bool:
    """Tell whether the copy in the database says what the files say."""
    return (store.settings.get(SETTING) or "") == _packed(own_files(store.folder))


def keep_own(store: Held) -> None:
    """Bring the copy in the database up to date; raises what the disk says."""
    packed = _packed(own_files(store.folder))
    if store.writable and (store.settings.get(SETTING) or "") != packed:
        store.settings.set(SETTING, packed)


def _packed(files: Mapping[str, str]) -> str:
    return json.dumps(dict(files), ensure_ascii=False) if files else ""


def lay_own(folder: Path, kept: str | None) -> int:
    """Write the files of such a copy that a data folder lacks; what is there stays as it is.

    Nothing is written outside the folder, whatever the copy says. Returns how many came.
    """
    try:
        files = json.loads(kept or "{}")
    except (ValueError, RecursionError):
        return 0
    came = 0
    for name, text in files.items() if isinstance(files, dict) else ():
        if not isinstance(text, str) or not _NAME.fullmatch(name):
            continue
        path = folder / FOLDER / name
        data = text.encode("utf-8", "surrogatepass")
        if len(data) > MOST_BYTES or path.exists() or path.is_symlink():
            continue
        private_folder(path.parent)
        write_whole(path, data)
        came += 1
    return came
