"""Version 4: routines and their keeping, routes, draws, recognition, reflection, kept promises."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, Final

import sqlalchemy as sa
from alembic.operations import Operations

# Each new field, in the order of its column, and what it holds in the rows that are there already.
_NEW: Final[dict[str, dict[str, object]]] = {
    "area": {"formerly": [], "shifts": []},
    "walk": {"shift": "", "category_set": ""},
    "observation": {
        "standard_photos": [],
        "counts": [],
        "timed": "",
        "laps": [],
        "asked": "",
        "memos": [],
        "spoke": "",
        "spoke_consent": False,
        "conversion": "",
    },
    "promise": {
        "category": "",
        "area_id": None,
        "at_place": "",
        "done_on": None,
        "what_done": "",
        "no_on": None,
        "no_because": "",
        "photos_before": [],
        "photos_after": [],
        "check_on": None,
        "checked_on": None,
        "effect": "",
        "effect_seen": "",
    },
}
# How the fields that are there already are to be read for their checksum.
_IDS: Final[dict[str, tuple[str, ...]]] = {
    "area": ("id",),
    "walk": ("id", "area_id"),
    "observation": ("id", "walk_id"),
    "promise": ("id", "person_id"),
}
_JSON: Final[dict[str, tuple[str, ...]]] = {
    "area": (),
    "walk": ("stops", "questions", "debrief"),
    "observation": ("photos", "safety"),
    "promise": ("told_back",),
}
_TRUTHS: Final[dict[str, tuple[str, ...]]] = {
    "area": (),
    "walk": ("on_paper",),
    "observation": ("kept",),
    "promise": (),
}
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
# A column's type by its word; a question mark lets it be empty, "-> kind" names a record that may
# be none, "=> kind" one that must be there.
_KINDS: Final[dict[str, dict[str, str]]] = {
    "route": {
        "name": "text",
        "purpose": "text",
        "theme": "text",
        "area_id": "-> area",
        "company": "text",
        "expect": "text",
        "stops": "json",
        "questions": "json",
        "time_box": "int",
        "category_set": "text",
        "archived_on": "date?",
    },
    "routine": {
        "kind": "text",
        "name": "text",
        "role": "text",
        "why": "text",
        "weekdays": "json",
        "every_weeks": "int",
        "week_of_month": "int",
        "time_of_day": "text",
        "zone": "text",
        "minutes": "int",
        "window": "int",
        "grace": "int",
        "starts_on": "date",
        "ends_on": "date?",
        "pauses": "json",
        "area_id": "-> area",
        "person_id": "-> person",
        "route_id": "-> route",
        "archived_on": "date?",
    },
    "keeping": {
        "routine_id": "=> routine",
        "day": "date",
        "kept": "bool",
        "why": "text",
        "begun_at": "moment?",
        "walk_id": "-> walk",
    },
    "draw": {
        "drawn_from": "text",
        "seed": "int",
        "choices": "json",
        "chosen": "text",
        "drawn_at": "moment",
    },
    "recognition": {
        "behaviour": "text",
        "effect": "text",
        "how": "text",
        "to": "text",
        "person_id": "-> person",
        "area_id": "-> area",
        "noticed_on": "date",
        "thanked_on": "date?",
    },
    "reflection": {"week_of": "date", "answers": "json", "note": "text"},
}
_INDEXES: Final = (
    ("observation", "seen_on"),
    ("promise", "area_id"),
    ("keeping", "routine_id", "day"),
    ("keeping", "walk_id"),
    ("recognition", "person_id"),
)


def upgrade(op: Operations) -> None:
    """Add columns and tables; a row that is what was written gets a checksum of all of it."""
    connection = op.get_bind()
    for table, new in _NEW.items():
        before = list(connection.exec_driver_sql(f"SELECT * FROM {table} LIMIT 0").keys())
        for name, value in new.items():
            op.execute(f'ALTER TABLE {table} ADD COLUMN "{name}" {_declared(table, name, value)}')
        # Written in every row: one that lacks its last columns is harder to salvage.
        every = ", ".join(f'"{name}" = "{name}"' for name in new)
        connection.exec_driver_sql(f"UPDATE {table} SET {every}")
        _prove(connection, table, before, new)
    for kind, columns in _KINDS.items():
        _make(op, kind, columns)
    for table, *names in _INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(names)}", table, names)


def _declared(table: str, name: str, value: object) -> str:
    """Return what stands behind the name of a new column."""
    if name == "area_id":
        # Alembic adds no key to a table that is there; SQLite itself does.
        key = f"fk_{table}_{name}_area"
        deferred = "DEFERRABLE INITIALLY DEFERRED"
        return f"CHAR(32) CONSTRAINT {key} REFERENCES area (id) {deferred}"
    if value is None:
        return "DATE"
    if isinstance(value, bool):
        return "BOOLEAN DEFAULT 0 NOT NULL"
    return f"TEXT DEFAULT '{'[]' if isinstance(value, list) else ''}' NOT NULL"


def _make(op: Operations, kind: str, columns: dict[str, str]) -> None:
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


def _prove(connection: sa.Connection, table: str, names: list[str], new: dict[str, object]) -> None:
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
            plain = _plain(table, held)
            if plain is not None and held["checksum"] == _digest(plain):
                proved.append({"sum": _digest({**plain, **new}), "counter": held["counter"]})
            last = held["counter"]
        if proved:
            connection.execute(change, proved)


def _plain(table: str, held: dict[str, Any]) -> dict[str, object] | None:
    """Return a row as its checksum was taken of it; None where it cannot be read."""
    read: dict[str, Callable[[Any], object]] = {
        **dict.fromkeys(_IDS[table], _spelled),
        **dict.fromkeys(_JSON[table], json.loads),
        **dict.fromkeys(_TRUTHS[table], bool),
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
