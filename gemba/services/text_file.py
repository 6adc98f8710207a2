"""Reading a text file somebody else wrote, in whatever letters it came."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final

from gemba.domain.errors import BadInput, GembaError
from gemba.services.bounded import read_bounded

MOST_BYTES: Final = 5_000_000
"""Nobody writes a sheet of more; a file of this size is something else."""
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(path: Path) -> str:
    """Return the text of a file: UTF-8, UTF-16 by its mark, else as Windows writes it.

    Raises BadInput for what is no text or too large, GembaError for what cannot be read.
    """
    try:
        large = BadInput("text.too_large", file=path.name, most=MOST_BYTES // 1_000_000)
        data = read_bounded(path, MOST_BYTES, large)
    except OSError as error:
        raise GembaError("file.missing", file=str(path)) from error
    return decoded(data, path.name)


def decoded(data: bytes, name: str) -> str:
    """Return the text that bytes hold, in whatever letters; raises BadInput for what is no text."""
    named = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not named and b"\0" in data:
        raise BadInput("text.no_text", file=name)
    for letters in (named,) if named else ("utf-8", "cp1252"):
        try:
            return data.decode(letters)
        except UnicodeDecodeError:
            continue
    raise BadInput("text.no_text", file=name)
