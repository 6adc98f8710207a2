"""What a raw row means, a record, an entry of the journal, a photo or a setting; is it sound?

A record that matches its checksum is what was written. Anything else is never passed on as sound.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import Boolean, Integer, Table, Uuid

from gemba.domain.changes import Plain, Ref
from gemba.domain.codec import from_plain
from gemba.domain.errors import BadInput
from gemba.domain.kinds import KINDS, Record
from gemba.domain.moment import read_moment
from gemba.store.journal import row_checksum
from gemba.store.proof import proof
from gemba.store.records import checksum, content
from gemba.store.salvage_pages import RawRow
from gemba.store.salvage_record import Value
from gemba.store.tables import ADDED, RECORDS, journal
from gemba.store.types import PlainValue

Origin = Literal["tree", "left over", "journal"]
_HEX: Final = re.compile(r"[0-9a-f]{32}")
_NOT_FIELDS: Final = ("counter", "checksum", "deleted_at")
_TROUBLE = (BadInput, ValueError, TypeError, KeyError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Piece:
    """A record as it was found; ``record`` is None unless it is what was written.

    ``plain`` holds the fields that could be read, ``cut`` those that are missing or end too soon.
    """

    ref: Ref
    revision: int
    counter: int
    plain: dict[str, Plain]
    origin: Origin
    record: Record | None = None
    deleted_at: str | None = None
    cut: frozenset[str] = field(default_factory=frozenset)

    @property
    def sound(self) -> bool:
        """Tell whether all of it is what was written."""
        return self.record is not None


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    type: Literal["json", "uuid", "bool", "int", "text"]


def _columns(table: Table) -> tuple[_Column, ...]:
    made: list[_Column] = []
    for column in table.c:
        kind = column.type
        if isinstance(kind, PlainValue):
            made.append(_Column(column.name, "json"))
        elif isinstance(kind, Uuid):
            made.append(_Column(column.name, "uuid"))
        elif isinstance(kind, Boolean):
            made.append(_Column(column.name, "bool"))
        elif isinstance(kind, Integer):
            made.append(_Column(column.name, "int"))
        else:
            made.append(_Column(column.name, "text"))
    return tuple(made)


_LAYOUTS: Final = {kind: _columns(table) for kind, table in RECORDS.items()}
_JOURNAL: Final = _columns(journal)
_NO_FIELDS: Final[frozenset[str]] = frozenset()


def read_piece(kind: str, row: RawRow, origin: Origin) -> Piece | None:
    """Read a row of the table of a kind, None when it is no such row at all."""
    columns = _LAYOUTS[kind]
    if _is_earlier(kind, row):
        columns = columns[: len(row.values)]
    values = _named(columns, row)
    key = values.get("id")
    if values is _NONE or not isinstance(key, str) or not _HEX.fullmatch(key):
        return None
    plain: dict[str, Plain] = {}
    cut = {columns[place].name for place in row.cut}
    for column in columns:
        if column.name in _NOT_FIELDS or column.name not in values:
            continue
        try:
            plain[column.name] = _plain_of(column, values[column.name])
        except _TROUBLE:
            cut.add(column.name)
            plain[column.name] = _text_of(values[column.name])
    revision, away = values.get("revision"), values.get("deleted_at")
    made: dict[str, Any] = {
        "ref": Ref(kind, UUID(hex=key)),
        "revision": revision if isinstance(revision, int) else 0,
        "counter": row.key,
        "plain": plain,
        "origin": origin,
        "deleted_at": away if isinstance(away, str) and _is_moment(away) else None,
    }
    record = None if cut or (away is not None and not made["deleted_at"]) else _record(kind, plain)
    if record is not None and _digest(kind, record, row) != values.get("checksum"):
        record = None
    if record is None and not cut:
        # Whole and yet not what was written: nobody can say which field it is.
        cut = set(plain)
    return Piece(**made, record=record, cut=frozenset(cut - {"checksum"}))


def _is_earlier(kind: str, row: RawRow) -> bool:
    """Tell whether a row was written before its kind gained its last fields."""
    added = len(ADDED.get(kind, _NO_FIELDS))
    return added > 0 and len(row.values) == len(_LAYOUTS[kind]) - added


def _digest(kind: str, record: Record, row: RawRow) -> str:
    """Take the checksum over the fields that the row has."""
    plain = content(record)
    if _is_earlier(kind, row):
        for name in ADDED[kind]:
            del plain[name]
    return checksum(plain)


def recognise(row: RawRow, origin: Origin) -> Piece | None:
    """Tell of which kind a row is that no tree speaks for, None when it is no record."""
    wide = len(row.values)
    fits = [
        kind for kind, columns in _LAYOUTS.items() if len(columns) == wide or _is_earlier(kind, row)
    ]
    found = [piece for kind in fits if (piece := read_piece(kind, row, origin)) is not None]
    sound = [piece for piece in found if piece.sound]
    if sound:
        return sound[0]
    likely = [piece for piece in found if _could_be(piece)]
    return likely[0] if len(likely) == 1 else None


def read_entry(row: RawRow) -> dict[str, Any] | None:
    """Read a row of the journal as its table takes it, None unless it is what was written."""
    values = _named(_JOURNAL, row)
    if values is _NONE or row.cut:
        return None
    try:
        entry = {column.name: _entry_value(column, values[column.name]) for column in _JOURNAL}
        entry["number"] = row.key
        entry["at"] = read_moment(entry["at"])
        return entry if row_checksum(entry) == entry["checksum"] else None
    except _TROUBLE:
        return None


def read_photo(row: RawRow) -> dict[str, Any] | None:
    """Read a row of a photo, None unless it is what was written (version 1 could not tell)."""
    names = ("hash", "name", "width", "height", "bytes", "checksum")
    given = dict(zip(names, (*row.values, None), strict=False))
    key = given.get("hash")
    if len(row.values) not in (5, 6) or row.cut or not isinstance(key, str) or len(key) != 64:
        return None
    if not isinstance(given["name"], str):
        return None
    numbers = [given[name] for name in ("width", "height", "bytes")]
    if not all(isinstance(one, int) for one in numbers):
        return None
    said = proof(key, given["name"], *numbers)  # type: ignore[arg-type]
    if len(row.values) == 6 and given["checksum"] not in (said, None):
        return None
    return {**given, "checksum": said}


def read_setting(row: RawRow) -> tuple[str, str] | None:
    """Read a setting, None unless it is what was written (version 1 could not tell)."""
    if len(row.values) not in (2, 3) or row.cut:
        return None
    key, value = row.values[:2]
    if not isinstance(key, str) or not isinstance(value, str):
        return None
    if len(row.values) == 3 and row.values[2] not in (proof(key, value), None):
        return None
    return key, value


def sound_record(kind: str, plain: dict[str, Plain]) -> Record | None:
    """Build a record from plain values, None where they are no such record."""
    return _record(kind, plain)


_NONE: Final[dict[str, Value]] = {}


def _named(columns: tuple[_Column, ...], row: RawRow) -> dict[str, Value]:
    if len(row.values) != len(columns):
        return _NONE
    return {column.name: value for column, value in zip(columns, row.values, strict=True)}


def _plain_of(column: _Column, value: Value) -> Plain:
    if value is None:
        return None
    if column.type == "json":
        plain: Plain = json.loads(_text(value))
        return plain
    if column.type == "uuid":
        return str(UUID(hex=_text(value)))
    if column.type == "bool":
        if value not in (0, 1):
            raise ValueError("neither true nor false")
        return bool(value)
    if column.type == "int":
        if not isinstance(value, int):
            raise ValueError("not a number")
        return value
    return _text(value)


def _entry_value(column: _Column, value: Value) -> Any:
    if column.name == "number":
        return None
    plain = _plain_of(column, value)
    return UUID(str(plain)) if column.type == "uuid" else plain


def _text(value: Value) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _text_of(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _is_moment(text: str) -> bool:
    try:
        read_moment(text)
    except ValueError:
        return False
    return True


def _record(kind: str, plain: dict[str, Plain]) -> Record | None:
    try:
        return from_plain(KINDS[kind], plain)
    except _TROUBLE:
        return None


def _could_be(piece: Piece) -> bool:
    """Tell whether the fields that are whole are of the types this kind has."""
    columns = {column.name: column for column in _LAYOUTS[piece.ref.kind]}
    whole = [name for name in piece.plain if name not in piece.cut]
    nullable = {c.name for c in RECORDS[piece.ref.kind].c if c.nullable}
    return bool(whole) and all(
        piece.plain[name] is not None or name in nullable for name in whole if name in columns
    )
