"""Reading the pages of an SQLite file without SQLite, so that a torn file still gives its rows.

After the file format at https://www.sqlite.org/fileformat2.html; nothing here knows what the rows
mean, and nothing is ever written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from gemba.store.salvage_record import Value, number_at, read_values

MAGIC: Final = b"SQLite format 3\x00"
INDEX_NODE, TABLE_NODE, INDEX_LEAF, TABLE_LEAF = 2, 5, 10, 13
_HEADS: Final = {INDEX_NODE: 12, TABLE_NODE: 12, INDEX_LEAF: 8, TABLE_LEAF: 8}
_SIZES: Final = (4096, 1024, 2048, 8192, 16384, 32768, 65536, 512)
_LONGEST: Final = 1 << 31
_SAMPLE: Final = 400

Decipher = Callable[[int, bytes], bytes]
"""Turns page n of an encrypted file into the plain page, its reserved end included."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it lies in the file; ``cut`` tells which of its columns could not be read whole."""

    key: int
    values: tuple[Value, ...]
    cut: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Node:
    """A page of a b-tree: what kind, the children below it, and whether all of it made sense."""

    kind: int
    rows: tuple[RawRow, ...] = ()
    children: tuple[int, ...] = ()
    whole: bool = True


class Pages:
    """The pages of a file, counted from 1.

    ``data`` may be a memory map; ``sizes`` of a page and its reserved end, where they are known.
    """

    def __init__(
        self, data: bytes, decipher: Decipher | None = None, *, sizes: tuple[int, int] | None = None
    ) -> None:
        self._data = data
        self._decipher = decipher
        self.size, reserved = sizes or (_sizes(data) if decipher is None else (4096, 80))
        self.usable = self.size - reserved
        self.count = -(-len(data) // self.size) if data else 0

    def page(self, number: int) -> bytes:
        """Return a page; shorter than a page at a torn end, empty where there is none."""
        if not 1 <= number <= self.count:
            return b""
        raw = bytes(self._data[(number - 1) * self.size : number * self.size])
        if self._decipher is None or len(raw) < self.size:
            return raw if self._decipher is None else b""
        return self._decipher(number, raw)

    def node(self, number: int, *, rows: bool = True) -> Node | None:
        """Read a page of a b-tree, None where it is none; without ``rows`` only its children."""
        page = self.page(number)
        base = 100 if number == 1 else 0
        if len(page) < base + 8 or page[base] not in _HEADS:
            return None
        kind = page[base]
        pointers = base + _HEADS[kind]
        count = number_at(page, base + 3, 2)
        if pointers + 2 * count > self.usable:
            return None
        found: list[RawRow] = []
        children: list[int] = []
        whole = len(page) == self.size
        used = pointers + 2 * count
        for place in range(pointers, min(pointers + 2 * count, len(page) - 1), 2):
            at = number_at(page, place, 2)
            if kind in (TABLE_NODE, INDEX_NODE):
                children.append(number_at(page, at, 4))
                at += 4
            if kind != TABLE_NODE and rows:
                row, size = self._cell(page, at, keyed=kind == TABLE_LEAF)
                used += max(size, 4)
                whole = whole and row is not None
                if row is not None:
                    found.append(row)
        if kind in (TABLE_NODE, INDEX_NODE):
            children.append(number_at(page, base + 8, 4))
        if kind == TABLE_LEAF and rows and used + _unused(page, base, count) != self.usable:
            # Cells were lost from the page's own list.
            whole = False
        good = [child for child in children if 2 <= child <= self.count]
        whole = whole and len(good) == len(children)
        return Node(kind, tuple(found), tuple(good), whole)

    def _cell(self, page: bytes, at: int, *, keyed: bool) -> tuple[RawRow | None, int]:
        """Read one cell of a leaf, following its overflow; returns its size on the page as well."""
        begin = at
        length, at = _varint(page, at)
        key, at = _varint(page, at) if keyed else (0, at)
        if at > len(page) or not 2 <= length < _LONGEST or at >= self.usable:
            return None, 0
        local = self._local(length, keyed=keyed)
        start = page[at : min(at + local, self.usable)]
        if len(start) < local:
            payload = start
        elif local < length:
            payload = start + self._overflow(number_at(page, at + local, 4), length - local)
        else:
            payload = start
        size = at - begin + local + (4 if local < length else 0)
        read = read_values(payload, length)
        if read is None:
            return None, size
        values, cut = read
        return RawRow(key - (1 << 64) if key >= 1 << 63 else key, values, cut), size

    def _local(self, length: int, *, keyed: bool) -> int:
        """Return how many bytes of a payload lie on the page itself."""
        usable = self.usable
        most = usable - 35 if keyed else (usable - 12) * 64 // 255 - 23
        if length <= most:
            return length
        least = (usable - 12) * 32 // 255 - 23
        some = least + (length - least) % (usable - 4)
        return some if some <= most else least

    def _overflow(self, number: int, wanted: int) -> bytes:
        """Return what a chain of overflow pages still holds of so many bytes."""
        parts: list[bytes] = []
        seen: set[int] = set()
        while wanted > 0 and number not in seen and 2 <= number <= self.count:
            seen.add(number)
            page = self.page(number)
            # No text is a page of zeros: this one was wiped.
            if not page.strip(b"\0"):
                break
            part = page[4 : min(self.usable, 4 + wanted)]
            parts.append(part)
            wanted -= len(part)
            if len(page) < self.size:
                break
            number = number_at(page, 0, 4)
        return b"".join(parts)

    def free_pages(self) -> set[int]:
        """Return the pages that hold nothing any more, whether the header still tells or not.

        A trunk of the list of free pages names nothing but pages, which no other page does.
        """
        found: set[int] = set()
        most = self.usable // 4 - 2
        for number in range(2, self.count + 1):
            page = self.page(number)
            if len(page) < self.size or page[0] in _HEADS:
                continue
            count = number_at(page, 4, 4)
            if not 1 <= count <= most or number_at(page, 0, 4) > self.count:
                continue
            named = [number_at(page, 8 + 4 * n, 4) for n in range(count)]
            if len(set(named)) == count and all(2 <= one <= self.count for one in named):
                found.update(named, (number,))
        return found


def _unused(page: bytes, base: int, count: int) -> int:
    """Count the bytes of a leaf that no cell takes: the gap, free blocks and fragments."""
    start = number_at(page, base + 5, 2) or 65536
    total = start - (base + 8 + 2 * count) + number_at(page, base + 7, 1)
    block, steps = number_at(page, base + 1, 2), 0
    while block and steps < len(page) // 4:
        total += number_at(page, block + 2, 2)
        following = number_at(page, block, 2)
        if following and following <= block:
            break
        block, steps = following, steps + 1
    return total


def _varint(page: bytes, at: int) -> tuple[int, int]:
    value = 0
    for step in range(8):
        if at + step >= len(page):
            return 0, len(page) + 1
        byte = page[at + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    if at + 8 >= len(page):
        return 0, len(page) + 1
    return value << 8 | page[at + 8], at + 9


def _sizes(data: bytes) -> tuple[int, int]:
    """Return the size of a page and its reserved end: as the header says, or as the pages look."""
    said, reserved = number_at(data, 16, 2), data[20] if len(data) > 20 else 0
    said = 65536 if said == 1 else said
    headed = data[:16] == MAGIC and said in _SIZES and said - reserved >= 480
    if headed and (_looks_like(data, said) or len(data) <= said):
        return said, reserved
    best = max(_SIZES, key=lambda size: _looks_like(data, size))
    return best, reserved if headed and best == said else 0


def _looks_like(data: bytes, size: int) -> float:
    """Weigh a size of page: which part of the pages begin as a b-tree does and are filled."""
    good = 0
    starts = list(_starts(len(data), size))
    for start in starts:
        kind, count = data[start], number_at(data, start + 3, 2)
        if kind not in _HEADS or not count:
            continue
        first = start + _HEADS[kind]
        places = [number_at(data, first + 2 * n, 2) for n in range(count)]
        # Cells fill a page from its end, so the last one of a full page lies in the second half.
        good += bool(
            places and 2 * count + _HEADS[kind] <= min(places) and size // 2 <= max(places) < size
        )
    return good / len(starts) if starts else 0.0


def _starts(length: int, size: int) -> Iterator[int]:
    count = length // size
    step = max(1, count // _SAMPLE)
    yield from range(size, count * size, size * step)
