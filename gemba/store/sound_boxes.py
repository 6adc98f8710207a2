"""Sounds in boxes (ISO 14496-12: M4A, MP4, 3GP), without what a phone wrote about place and time.

A box that is not needed becomes an empty one of the same length: the tables of where the sound
lies stay right.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

# What holds other boxes on the way to what is sought.
_HOLDING: Final = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf"})
_NEEDED: Final = frozenset(
    {
        *_HOLDING,
        *(b"ftyp", b"styp", b"sidx", b"moof", b"mdat", b"free", b"skip", b"wide", b"mfra", b"pdin"),
        *(b"mvhd", b"iods", b"mvex", b"tkhd", b"tref", b"elst", b"mdhd", b"hdlr", b"smhd", b"nmhd"),
        *(b"dref", b"stsd", b"stts", b"ctts", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"stss"),
        *(b"sgpd", b"sbgp", b"stsh", b"sdtp", b"subs", b"saiz", b"saio", b"gmhd"),
    }
)
_EMPTY: Final = b"free"
# Headers that say when it was made: the first four bytes are version and flags, then two times.
_TIMED: Final = frozenset({b"mvhd", b"tkhd", b"mdhd"})


def bare_boxes(data: bytes) -> bytes | None:
    """Return a sound in boxes with nothing else in it; raises ValueError.

    None for one with a track of anything else: a film, words, or where the phone went.
    """
    out = bytearray(data)
    handlers: set[bytes] = set()
    found = _walk(out, 0, len(out), handlers, 0)
    if handlers - {b"soun"}:
        return None
    if not {b"moov", b"mdat"} <= found or not handlers:
        raise ValueError("no sound track")
    return bytes(out)


def _walk(out: bytearray, begin: int, end: int, handlers: set[bytes], depth: int) -> set[bytes]:
    found: set[bytes] = set()
    if depth > 8:
        raise ValueError("boxes too deep")
    for name, at, inside, after in _boxes(out, begin, end):
        found.add(name)
        if name in _HOLDING:
            found |= _walk(out, inside, after, handlers, depth + 1)
        elif name not in _NEEDED or name in (_EMPTY, b"skip", b"wide"):
            if name not in (_EMPTY, b"skip", b"wide"):
                out[at + 4 : at + 8] = _EMPTY
            out[inside:after] = bytes(after - inside)
        elif name == b"hdlr":
            handlers.add(bytes(out[inside + 8 : inside + 12]))
            # Behind it stands what the recorder is called.
            out[inside + 24 : after] = bytes(max(0, after - inside - 24))
        elif name in _TIMED:
            wide = 16 if out[inside] == 1 else 8
            if inside + 4 + wide > after:
                raise ValueError("a header is too short")
            out[inside + 4 : inside + 4 + wide] = bytes(wide)
    return found


def _boxes(data: bytearray, begin: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Return the name of each box, where it begins, where its inside does, and where it ends."""
    at = begin
    while at + 8 <= end:
        length, inside = int.from_bytes(data[at : at + 4], "big"), at + 8
        if length == 1:
            length, inside = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        elif length == 0:
            length = end - at
        after = at + length
        if after < inside or after > end:
            raise ValueError("a box reaches too far")
        yield bytes(data[at + 4 : at + 8]), at, inside, after
        at = after
    if any(data[at:end]):
        raise ValueError("something stands behind the boxes")
