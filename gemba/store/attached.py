"""What lies beside the database under its content hash: photos and voice memos."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

SUFFIXES: Final = (".jpg", ".png", ".m4a", ".mp3", ".aac", ".ogg", ".wav", ".amr", ".flac")
"""What the name of such a file ends with, where it is not sealed."""
NAME: Final = re.compile(rf"([0-9a-f]{{64}})\.({'|'.join(one[1:] for one in SUFFIXES)})")
"""The name of such a file: hash and suffix."""


LISTENING: Final = "listening"
"""The folder beside the database of the copies that a player was lent."""


def forget_lent(folder: Path) -> None:
    """Remove what a killed Gemba had lent to a player, from a data folder that may be locked."""
    lent = folder / LISTENING
    if lent.is_dir() and not lent.is_symlink():
        shutil.rmtree(lent, ignore_errors=True)


# What looks into files is loaded with the first of them, not with the program.


def is_sound(data: bytes) -> bool:
    """Tell whether bytes begin as a sound does."""
    from gemba.store.sound import sound_suffix

    return bool(sound_suffix(data))


def suffix_of(data: bytes) -> str:
    """Return the suffix that the bytes of a photo or a memo belong under."""
    from gemba.store.sound import sound_suffix

    return ".png" if data.startswith(b"\x89PNG") else sound_suffix(data) or ".jpg"


def clean_suffix(data: bytes) -> str | None:
    """Return the suffix of what holds a picture or a sound and nothing else, None for any other."""
    from gemba.store.picture import bare_kind
    from gemba.store.sound import bare_sound_suffix

    return bare_sound_suffix(data) if is_sound(data) else bare_kind(data)


def size_of(data: bytes, name: str) -> tuple[int, int]:
    """Return width and height of a clean photo in pixels, 0 and 0 for a memo."""
    from gemba.store import picture

    return (0, 0) if is_sound(data) else picture.size_of(data, name)
