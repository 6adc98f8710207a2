"""The texts that checksums are taken of, as SQLite itself can write them.

They are the canonical JSON of records.py and journal.py. A row whose text does not match is looked
at once more by check.py, which decides: this is only the fast way to know that all is well.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any, Final, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from gemba.domain.kinds import KINDS

_JOURNAL: Final[dict[str, Any]] = {
    "at": str,
    "record_id": UUID,
    "installation": str,
    "who": str,
    "kind": str,
    "field": str,
    "before": None,
    "after": None,
    "revision_before": int,
    "revision": int,
}
_HYPHENS: Final = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
_PLAIN: Final = {
    "photo": ("hash", ("hash", "name", "width", "height", "bytes")),
    "setting": ("key", ("key", "value")),
}


def record_queries(*, known: bool = False) -> dict[str, str]:
    """Return for each kind the query of number, text and checksum of its records.

    ``known`` leaves out rows that stand letter for letter in an attached database of that name.
    """
    return {kind: _record_query(kind, cls, known) for kind, cls in KINDS.items()}


def other_queries(*, known: bool = False) -> dict[str, str]:
    """Return the same for the journal, photos and settings."""
    found = {"journal": _journal_query(known)}
    for table, (key, names) in _PLAIN.items():
        text = f"json_array({', '.join(names)})"
        found[table] = f"SELECT {key}, {text}, checksum FROM {table}"
    return found


def _record_query(kind: str, cls: type[Any], known: bool) -> str:
    hints = get_type_hints(cls)
    columns = {one.name: _plain(hints[one.name]) for one in fields(cls) if one.name != "revision"}
    return _query(kind, "counter", _text(columns), sorted(columns), known)


def _journal_query(known: bool) -> str:
    return _query("journal", "number", _text(_JOURNAL), _JOURNAL, known)


def _text(columns: Mapping[str, Any]) -> str:
    """Put the text together by hand: parsing the values of a long journal takes twice the time."""
    pattern = ",".join(f'"{name}":%s' for name in sorted(columns))
    values = ", ".join(_value(f'"{name}"', columns[name]) for name in sorted(columns))
    return f"printf('{{{pattern}}}', {values})"


def _query(table: str, number: str, text: str, columns: Iterable[str], known: bool) -> str:
    query = f'SELECT {number}, {text}, checksum FROM "{table}" AS now'
    if not known:
        return query
    same = " AND ".join(f'old."{name}" IS now."{name}"' for name in (*columns, "checksum"))
    there = f'SELECT 1 FROM known."{table}" AS old WHERE old.{number} = now.{number} AND {same}'
    return f"{query} WHERE NOT EXISTS ({there})"


def _plain(hint: Any) -> Any:
    """Return the type of a plain column, None for one that holds JSON."""
    choices = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    plain = [choice for choice in choices if choice is not type(None)]
    known = (str, bool, int, float, UUID, date, datetime)
    return plain[0] if len(plain) == 1 and plain[0] in known else None


def _value(column: str, kind: Any) -> str:
    if kind is bool:
        return f"CASE {column} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END"
    if kind is UUID:
        parts = "||'-'||".join(f"substr({column},{start},{long})" for start, long in _HYPHENS)
        return f"coalesce('\"'||{parts}||'\"', 'null')"
    if kind is None or kind is int:
        return f"coalesce({column}, 'null')"
    return f"json_quote({column})"
