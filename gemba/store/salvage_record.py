"""One row's bytes turned into values, as far as the bytes go."""

from __future__ import annotations

import struct
from typing import Final

Value = None | int | float | str | bytes

_WIDTHS: Final = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
_MOST_COLUMNS: Final = 2000


def number_at(data: bytes, at: int, width: int) -> int:
    """Read an unsigned number, the large end first."""
    return int.from_bytes(data[at : at + width], "big")


def read_values(payload: bytes, length: int) -> tuple[tuple[Value, ...], frozenset[int]] | None:
    """Decode a row of so many bytes, of which ``payload`` is what could be read.

    Returns the values and the places of those that are missing or cut short (such a text stands
    as far as it goes, anything else is None); None where not even the columns can be told.
    """
    types = _types(payload, length)
    if types is None:
        return None
    head, kinds = types
    at = head
    values: list[Value] = []
    cut: set[int] = set()
    for place, kind in enumerate(kinds):
        width = _WIDTHS[kind] if kind < 10 else (kind - 12) // 2
        part = payload[at : at + width]
        if at + width <= len(payload):
            value = _value(kind, part)
            if isinstance(value, bytes) and kind % 2:
                # A text whose bytes are no text is no longer what was written.
                cut.add(place)
                value = part.decode("utf-8", "replace")
        else:
            cut.add(place)
            value = part.decode("utf-8", "ignore") if kind >= 13 and kind % 2 else None
        values.append(value)
        at += width
    return tuple(values), frozenset(cut)


def _types(payload: bytes, length: int) -> tuple[int, list[int]] | None:
    """Read the head of a row: its own length and the type of each column."""
    head, at = _varint(payload, 0)
    if not 1 < head <= min(length, len(payload)):
        return None
    kinds: list[int] = []
    total = head
    while at < head:
        kind, at = _varint(payload, at)
        if kind in (10, 11) or len(kinds) > _MOST_COLUMNS:
            return None
        kinds.append(kind)
        total += _WIDTHS[kind] if kind < 10 else (kind - 12) // 2
    # The columns fill a row exactly; anything else is no row.
    return (head, kinds) if at == head and total == length else None


def _value(kind: int, part: bytes) -> Value:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind == 7:
        return float(struct.unpack(">d", part)[0])
    if kind < 7:
        return int.from_bytes(part, "big", signed=True)
    if kind % 2 == 0:
        return part
    try:
        return part.decode("utf-8")
    except UnicodeDecodeError:
        return part


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for step in range(8):
        if at + step >= len(data):
            return 0, len(data) + 1
        byte = data[at + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    if at + 8 >= len(data):
        return 0, len(data) + 1
    return value << 8 | data[at + 8], at + 9
