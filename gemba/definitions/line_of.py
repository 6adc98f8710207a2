"""Which line of a TOML file a key stands in, so that whoever wrote it finds it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY: Final = re.compile(r"""\s*["']?([A-Za-z0-9_.-]+)["']?\s*=(.*)$""")
_PLACE: Final = re.compile(r"([a-z_]+)\[(\d+)\]")
_LONGEST_HEADER: Final = 1_000
_LONG: Final = ('"""', "'''")


@dataclass
class _Table:
    """A table of the file: its name, the line it begins in, and the lines of its keys."""

    name: str
    line: int
    keys: dict[str, int] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)


def line_of(text: str, where: str, value: object = None) -> int:
    """Return the line, from 1 on, of the key a fault names; that of its table if it has none.

    ``where`` is written as the reader writes it: "page.width", "boxes.goal.label", "boxes[2].id",
    "boxes.id" with the ``value`` that stands there, "boxes (left column)".
    """
    tables = _tables(text)
    name, _, rest = where.partition(".")
    if " (" in where:
        column = where.partition("(")[2].partition(" ")[0]
        return _first(tables, where.partition(" ")[0], "column", column)
    numbered = _PLACE.match(name)
    if numbered:
        entries = [one for one in tables if one.name == numbered[1]]
        table = entries[int(numbered[2])] if int(numbered[2]) < len(entries) else tables[0]
        return _in(table, rest)
    if not rest:
        table = next((one for one in tables[1:] if one.name == name), tables[0])
        return tables[0].keys.get(name.partition("[")[0], table.line)
    inside = [one for one in tables[1:] if one.name == name]
    if not inside:
        return tables[0].keys.get(name, 1)
    item, _, key = rest.partition(".")
    entry = next((one for one in inside if key and one.said.get("id") == item), None)
    if entry is not None:
        return _in(entry, key)
    if value is not None and item == "id":
        return _first(inside[::-1], name, item, str(value))
    return _in(inside[0], rest)


def _in(table: _Table, key: str) -> int:
    return table.keys.get(re.split(r"[.\[]", key)[0], table.line)


def _first(tables: list[_Table], name: str, key: str, said: str) -> int:
    """Return the line in which a key of one of several tables has a value."""
    same = [one for one in tables if one.name == name]
    for one in same:
        if one.said.get(key) == said:
            return one.keys[key]
    return same[0].line if same else 1


def _tables(text: str) -> list[_Table]:
    """Read the lines of a file roughly: what lies within long texts is no key."""
    found = [_Table("", 1)]
    ends = ""
    for number, line in enumerate(text.splitlines(), 1):
        if ends:
            ends = "" if ends in line else ends
            continue
        # No header is so long, and looking for the end of one takes the square of its letters.
        header = _HEADER.match(line) if len(line) <= _LONGEST_HEADER else None
        key = _KEY.match(line)
        if header:
            found.append(_Table(header[2].strip("\"' "), number))
        elif key:
            found[-1].keys.setdefault(key[1], number)
            found[-1].said.setdefault(key[1], key[2].partition("#")[0].strip().strip("\"'"))
            ends = next((one for one in _LONG if key[2].count(one) == 1), "")
    return found
