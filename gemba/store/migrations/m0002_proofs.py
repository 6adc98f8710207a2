"""Version 2: a checksum for what had none: photos' names, settings, and the rows of the search."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2b

import sqlalchemy as sa
from alembic.operations import Operations

_PROVED = {
    "photo": ("hash", ("hash", "name", "width", "height", "bytes")),
    "setting": ("key", ("key", "value")),
}
_WORDS = (
    "SELECT number, kind, part, private, search_text.title, body, private_body,"
    " record_id, search_entry.title, on_date"
    " FROM search_entry JOIN search_text ON search_text.rowid = number WHERE number > :last"
    " ORDER BY number LIMIT 500"
)


def upgrade(op: Operations) -> None:
    """Add the columns and fill them from what stands there now."""
    connection = op.get_bind()
    for table, (key, names) in _PROVED.items():
        op.add_column(table, sa.Column("checksum", sa.String(32)))
        rows = connection.execute(sa.text(f"SELECT {', '.join(names)} FROM {table}")).all()
        sums = [{"sum": _proof(row), "key": row._mapping[key]} for row in rows]
        if sums:
            statement = f"UPDATE {table} SET checksum = :sum WHERE {key} = :key"
            connection.execute(sa.text(statement), sums)
    for name in ("checksum", "title_checksum"):
        op.add_column("search_entry", sa.Column(name, sa.String(32)))
    _prove_search(connection)


def _prove_search(connection: sa.Connection) -> None:
    change = sa.text(
        "UPDATE search_entry SET checksum = :words, title_checksum = :title WHERE number = :number"
    )
    last = 0
    while rows := connection.execute(sa.text(_WORDS), {"last": last}).all():
        connection.execute(
            change,
            [
                {"number": row[0], "words": _proof(row[1:7]), "title": _proof(row[7:])}
                for row in rows
            ],
        )
        last = rows[-1][0]


def _proof(row: Sequence[object]) -> str:
    text = json.dumps(list(row), ensure_ascii=False, separators=(",", ":"))
    return blake2b(text.encode("utf-8"), digest_size=16).hexdigest()
