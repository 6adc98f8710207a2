"""The words inside a form's original file, which lies packed in its record; nobody sees them."""

from __future__ import annotations

import base64
import binascii
import html
import io
import re
import zipfile
import zlib
from typing import Final

from gemba.domain.texts import PACKED

MOST_BYTES: Final = 64 * 1024 * 1024
"""So much of an unpacked file is looked at."""
_MOST_MEMBERS: Final = 10_000
_OF_THE_LOOK: Final = ("xl/theme/", "xl/styles.xml")
"""Parts of a workbook in which faces are named, often as people are."""
_TAG: Final = re.compile(r"<[^<>]*>")
_TROUBLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
)


def packed_in(record: object) -> str:
    """Return the file that is packed in a record, in base64; nothing where there is none."""
    return next((str(getattr(record, PACKED[one])) for one in PACKED if hasattr(record, one)), "")


def words_packed(source: str) -> list[str]:
    """Return the texts of a file that is kept in base64, each as a look for words may take it.

    Of a workbook all its parts, also who wrote it: as they are, and without marks, since a cell may
    be one word in several. Of any other file what its bytes are as UTF-8 and as UTF-16.
    """
    try:
        data = base64.b64decode(source, validate=True)
    except (binascii.Error, ValueError):
        return [source]
    parts = _members(data) if data.startswith(b"PK") else None
    if parts is None:
        return [data.decode("utf-8", "ignore"), *_wide(data)]
    found: list[str] = []
    for part in parts:
        text = part.decode("utf-8", "ignore")
        found += [
            html.unescape(text),
            html.unescape(_TAG.sub("\n", text)),
            html.unescape(_TAG.sub("", text)),
        ]
    return found


def _wide(data: bytes) -> list[str]:
    """Return bytes as UTF-16 from both places a letter may begin at; XLS keeps some words so."""
    return [data[begin:].decode("utf-16-le", "ignore") for begin in (0, 1)]


def _members(data: bytes) -> list[bytes] | None:
    """Return what a zip holds, so much of it as may be looked at; None for what is no zip."""
    found: list[bytes] = []
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist()[:_MOST_MEMBERS]:
                if member.filename.startswith(_OF_THE_LOOK):
                    continue
                with archive.open(member) as stream:
                    found.append(stream.read(left))
                left -= len(found[-1])
                if left <= 0:
                    break
    except _TROUBLE:
        return found or None
    return found
