"""Version 3: what a sheet keeps of its format, its versions, its stages and who was asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations

# Each new field, in the order of its column, and what it holds in the rows that are there already.
_NEW: dict[str, dict[str, object]] = {
    "sheet": {
        "format": [],
        "tray": [],
        "archived_on": None,
        "versions": [],
        "stage_steps": [],
        "closing": None,
        "reviews": [],
        "consulted": [],
        "sign_offs": [],
        "dismissed": [],
    },
    "margin_note": {"figure": ""},
}
_IDS: dict[str, tuple[str, ...]] = {
    "sheet": ("id", "owner_id", "coach_id", "area_id"),
    "margin_note": ("id", "sheet_id", "talk_id"),
}
_JSON: dict[str, tuple[str, ...]] = {"sheet": ("boxes", "checks", "first_draft"), "margin_note": ()}
_NOT_PROVED = ("counter", "revision", "checksum", "deleted_at")


def upgrade(op: Operations) -> None:
    """Add the columns; a row that is what was written gets the checksum of its new fields too."""
    connection = op.get_bind()
    for table, new in _NEW.items():
        proved = _proved(connection, table, new)
        for name, value in new.items():
            op.add_column(table, _column(name, value))
        # Written in every row: one that lacks its last columns is harder to salvage.
        every = ", ".join(f'"{name}" = "{name}"' for name in new)
        connection.exec_driver_sql(f"UPDATE {table} SET {every}")
        if proved:
            change = f"UPDATE {table} SET checksum = :sum WHERE counter = :counter"
            connection.execute(sa.text(change), proved)


def _column(name: str, value: object) -> sa.Column[Any]:
    if name == "archived_on":
        return sa.Column(name, sa.Date)
    if value is None:
        return sa.Column(name, sa.Text)
    default = value if isinstance(value, str) else "[]"
    return sa.Column(name, sa.Text, nullable=False, server_default=default)


def _proved(
    connection: sa.Connection, table: str, new: dict[str, object]
) -> list[dict[str, object]]:
    """Return the new checksum of each row that is what was written.

    One that was altered behind the program's back keeps its own, so that it is still told.
    """
    found: list[dict[str, object]] = []
    result = connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY counter")
    names = list(result.keys())
    for row in result:
        held = dict(zip(names, row, strict=True))
        plain = _plain(table, held)
        if plain is not None and held["checksum"] == _digest(plain):
            found.append({"sum": _digest({**plain, **new}), "counter": held["counter"]})
    return found


def _plain(table: str, held: dict[str, Any]) -> dict[str, object] | None:
    """Return a row as its checksum was taken of it; None where it cannot be read."""
    read: dict[str, Callable[[Any], object]] = {
        **dict.fromkeys(_IDS[table], _spelled),
        **dict.fromkeys(_JSON[table], json.loads),
    }
    try:
        return {
            name: read[name](value) if name in read and value is not None else value
            for name, value in held.items()
            if name not in _NOT_PROVED
        }
    except (ValueError, TypeError, RecursionError):
        return None


def _spelled(key: str) -> str:
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"


def _digest(plain: dict[str, object]) -> str:
    text = json.dumps(
        plain, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return blake2b(text.encode("utf-8"), digest_size=16).hexdigest()
