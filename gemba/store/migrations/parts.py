"""What steps are made of: columns behind a table's last, tables of records, and new proofs.

A step says what it does with these; what they do never changes once a step that uses them has been
released.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final

import sqlalchemy as sa
from alembic.operations import Operations

_NOT_PROVED: Final = ("counter", "revision", "checksum", "deleted_at")
_BATCH: Final = 2000
_TYPES: Final[dict[str, sa.types.TypeEngine[Any]]] = {
    "text": sa.Text(),
    "bool": sa.Boolean(),
    "int": sa.Integer(),
    "uuid": sa.Uuid(),
    "date": sa.Date(),
    "moment": sa.String(96),
    "json": sa.Text(),
}


@dataclass(frozen=True, slots=True)
class Gain:
    """What a table gains: the new columns in their order, as words, and what stood there before.

    A column's word is as in make(), with what the rows that are there hold; for their proof,
    ``ids``, ``nested`` and ``truths`` name the older columns that are no plain texts or numbers.
    """

    columns: Mapping[str, tuple[str, object]]
    ids: tuple[str, ...] = ("id",)
    nested: tuple[str, ...] = ()
    truths: tuple[str, ...] = ()
    new: dict[str, object] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "new", {name: held for name, (_, held) in self.columns.items()})


def gain(op: Operations, table: str, gained: Gain) -> None:
    """Add columns; a row that is what was written gets a checksum of all of it."""
    connection = op.get_bind()
    before = list(connection.exec_driver_sql(f"SELECT * FROM {table} LIMIT 0").keys())
    for name, (word, held) in gained.columns.items():
        behind = _declared(table, name, word, held)
        # Not through SQLAlchemy, to which a colon in a default names a value to be given.
        connection.exec_driver_sql(f'ALTER TABLE {table} ADD COLUMN "{name}" {behind}')
    # Written in every row: one that lacks its last columns is harder to salvage.
    every = ", ".join(f'"{name}" = "{name}"' for name in gained.columns)
    connection.exec_driver_sql(f"UPDATE {table} SET {every}")
    _prove(connection, table, before, gained)


def make(op: Operations, kind: str, columns: Mapping[str, str]) -> None:
    """Make the table of a kind of record; a column's type is a word.

    A question mark lets it be empty, "-> kind" names a record that may be none, "=> kind" one that
    must be there.
    """
    parts: list[sa.schema.SchemaItem] = [
        sa.Column("counter", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
    ]
    keys: list[sa.schema.SchemaItem] = [
        sa.PrimaryKeyConstraint("counter", name=f"pk_{kind}"),
        sa.UniqueConstraint("id", name=f"uq_{kind}_id"),
    ]
    for name, word in columns.items():
        arrow, _, target = word.partition(" ")
        if target:
            parts.append(sa.Column(name, sa.Uuid(), nullable=arrow == "->"))
            keys.append(
                sa.ForeignKeyConstraint(
                    [name],
                    [f"{target}.id"],
                    name=f"fk_{kind}_{name}_{target}",
                    deferrable=True,
                    initially="DEFERRED",
                )
            )
        else:
            optional = word.endswith("?")
            parts.append(sa.Column(name, _TYPES[word.rstrip("?")], nullable=optional))
    parts.append(sa.Column("checksum", sa.String(32), nullable=False))
    parts.append(sa.Column("deleted_at", sa.String(96)))
    op.create_table(kind, *parts, *keys)


def _declared(table: str, name: str, word: str, held: object) -> str:
    """Return what stands behind the name of a new column."""
    _, _, target = word.partition(" ")
    if target:
        # Alembic adds no key to a table that is there; SQLite itself does.
        key = f"fk_{table}_{name}_{target}"
        return f"CHAR(32) CONSTRAINT {key} REFERENCES {target} (id) DEFERRABLE INITIALLY DEFERRED"
    if word == "date?":
        return "DATE"
    if word == "bool":
        return f"BOOLEAN DEFAULT {int(bool(held))} NOT NULL"
    if word == "int":
        return f"INTEGER DEFAULT {held} NOT NULL"
    if word == "json":
        return f"TEXT DEFAULT '{_json(held)}' NOT NULL"
    return f"TEXT DEFAULT '{held}' NOT NULL"


def _prove(connection: sa.Connection, table: str, names: list[str], gained: Gain) -> None:
    """Give each row that is what was written its new checksum.

    One that was altered behind the program's back keeps its own, so that it is still told.
    """
    columns = ", ".join(f'"{name}"' for name in names)
    change = sa.text(f"UPDATE {table} SET checksum = :sum WHERE counter = :counter")
    query = f"SELECT {columns} FROM {table} WHERE counter > ? ORDER BY counter LIMIT {_BATCH}"
    # Before every number there is, also one below zero, which only a damaged file has.
    last: Any = -(2**63)
    while rows := connection.exec_driver_sql(query, (last,)).all():
        proved: list[dict[str, object]] = []
        for row in rows:
            held = dict(zip(names, row, strict=True))
            plain = _plain(gained, held)
            if plain is not None and held["checksum"] == _digest(plain):
                proved.append({"sum": _digest({**plain, **gained.new}), "counter": held["counter"]})
            last = held["counter"]
        if proved:
            connection.execute(change, proved)


def _plain(gained: Gain, held: dict[str, Any]) -> dict[str, object] | None:
    """Return a row as its checksum was taken of it; None where it cannot be read."""
    read: dict[str, Callable[[Any], object]] = {
        **dict.fromkeys(gained.ids, _spelled),
        **dict.fromkeys(gained.nested, json.loads),
        **dict.fromkeys(gained.truths, bool),
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


def _json(plain: object) -> str:
    return json.dumps(
        plain, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )


def _digest(plain: dict[str, object]) -> str:
    return blake2b(_json(plain).encode("utf-8"), digest_size=16).hexdigest()
