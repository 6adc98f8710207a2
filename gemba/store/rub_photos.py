"""Rubbing photos out for good: every row that names them, so that none is counted any more."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Text, select, type_coerce
from sqlalchemy.engine import Connection

from gemba.domain.pictures import plain_without
from gemba.store.rub import put_setting, rewrite_journal
from gemba.store.tables import journal as rows
from gemba.store.tables import setting


def rub_photos_out(connection: Connection, photos: Collection[str]) -> None:
    """Let the journal and the settings name these photos no more; the records do not already."""
    raw = select(
        rows.c.number,
        type_coerce(rows.c.before, Text).label("before"),
        type_coerce(rows.c.after, Text).label("after"),
    )
    found = [
        row.number
        for row in connection.execute(raw)
        if any(one in told for told in (row.before, row.after) if told for one in photos)
    ]
    for number in found:
        row = connection.execute(select(rows).where(rows.c.number == number)).one()
        said: dict[str, Any] = {
            name: plain_without(row._mapping[name], photos) for name in ("before", "after")
        }
        rewrite_journal(connection, [(row, said)])
    for row in connection.execute(select(setting)).all():
        if any(one in row.value for one in photos):
            put_setting(connection, row.key, _without(row.value, photos))


def _without(value: str, photos: Collection[str]) -> str:
    try:
        plain = json.loads(value)
    except ValueError:
        return "" if value in photos else value
    return json.dumps(plain_without(plain, photos), ensure_ascii=False)
