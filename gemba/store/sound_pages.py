"""Sounds in pages (RFC 3533: Ogg with Opus, Vorbis, Speex or FLAC), without their comments.

The second packet holds the comments: who, where, with what. Its list is emptied where it stands,
so that no page changes its length; each page that was touched gets its checksum anew.
"""

from __future__ import annotations

from functools import cache
from typing import Final

_HEAD: Final = 27
_SOUNDS: Final = {b"OpusHead": b"OpusTags", b"\x01vorbis": b"\x03vorbis", b"Speex   ": b""}
"""What the first packet begins with, and what the second does, where its comments follow."""
_FILMS: Final = (b"\x80theora", b"BBCD\0", b"\x01video")


def bare_pages(data: bytes) -> bytes | None:
    """Return a sound in pages with no comments in it, None for a film; raises ValueError."""
    out = bytearray(data)
    pages = _pages(out)
    if not pages:
        raise ValueError("no pages")
    streams = {_serial(out, page) for page in pages if out[page[0] + 5] & 2}
    heads = [bytes(out[body : body + 8]) for at, body, _end in pages if out[at + 5] & 2]
    if any(head.startswith(_FILMS) for head in heads):
        return None
    first = heads[0] if heads else b""
    start = next((then for head, then in _SOUNDS.items() if first.startswith(head)), None)
    if len(streams) != 1 or start is None:
        raise ValueError("no sound that is read, or more than one")
    _empty_comments(out, pages, start)
    return bytes(out)


def _serial(out: bytearray, page: tuple[int, int, int]) -> bytes:
    return bytes(out[page[0] + 14 : page[0] + 18])


def _pages(data: bytearray) -> list[tuple[int, int, int]]:
    """Return where each page begins, where its body does, and where it ends."""
    found: list[tuple[int, int, int]] = []
    at = 0
    while at < len(data):
        if data[at : at + 4] != b"OggS" or at + _HEAD > len(data):
            # A recorder that was cut off leaves the beginning of a page.
            if found and data[at : at + 4] == b"OggS":
                break
            raise ValueError("not a page")
        count = data[at + 26]
        body = at + _HEAD + count
        end = body + sum(data[at + _HEAD : body])
        if end > len(data):
            if not found:
                raise ValueError("not a whole page")
            break
        found.append((at, body, end))
        at = end
    # What is not whole tells nothing that can be heard, and could hold anything.
    del data[at:]
    return found


def _empty_comments(out: bytearray, pages: list[tuple[int, int, int]], start: bytes) -> None:
    """Empty the list of comments: the second packet, which may run over several pages."""
    held: list[tuple[int, int]] = []
    touched: list[tuple[int, int]] = []
    packet = 0
    for at, body, end in pages:
        spot = body
        for length in out[at + _HEAD : body]:
            if packet == 1:
                held.append((spot, spot + length))
                touched.append((at, end))
            spot += length
            packet += length < 255
            if packet > 1:
                break
        if packet > 1:
            break
    if packet < 2:
        raise ValueError("no comments")
    packed = b"".join(bytes(out[begin:end]) for begin, end in held)
    emptied = _without_comments(packed, start)
    for begin, end in held:
        out[begin:end], emptied = emptied[: end - begin], emptied[end - begin :]
    for at, end in dict.fromkeys(touched):
        out[at + 22 : at + 26] = bytes(4)
        out[at + 22 : at + 26] = _checksum(out[at:end]).to_bytes(4, "little")


def _without_comments(packet: bytes, start: bytes) -> bytes:
    """Return a packet as long as before: no vendor, no comment, then nothing but zeros."""
    # The last bit is what Vorbis ends its list with.
    bare = start + bytes(8) + (b"\x01" if start.endswith(b"vorbis") else b"")
    if not packet.startswith(start) or len(bare) > len(packet):
        raise ValueError("no comments")
    return bare + bytes(len(packet) - len(bare))


@cache
def _table() -> tuple[int, ...]:
    found = []
    for value in range(256):
        held = value << 24
        for _bit in range(8):
            held = held << 1 ^ (0x04C11DB7 if held & 0x80000000 else 0)
        found.append(held & 0xFFFFFFFF)
    return tuple(found)


def _checksum(page: bytes | bytearray) -> int:
    """Return the checksum of a page (RFC 3533, section 6): CRC-32, not reflected, from zero."""
    held, table = 0, _table()
    for one in page:
        held = (held << 8 & 0xFFFFFFFF) ^ table[held >> 24 ^ one]
    return held
