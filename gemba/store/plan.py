"""The plan of the tables as the file holds it: one altered letter of it, and queries go astray."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, Final

from sqlalchemy import Engine

from gemba.domain.errors import Damaged

SCHEMA: Final = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name, type"
PLAN: Final = "d38959828a35efd366862f1a4a59ae9b"
"""The digest of the newest version's plan; the test of it says what it has to be."""


def digest_of(rows: Iterable[Iterable[Any]]) -> str:
    """Digest the rows of SCHEMA."""
    text = "\n".join("\t".join(str(part) for part in row) for row in rows)
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def refuse_altered_plan(reader: Engine) -> None:
    """Raise Damaged where a file of the newest version has other tables than it was given."""
    with reader.connect() as connection:
        rows = connection.exec_driver_sql(SCHEMA).all()
    if digest_of(rows) != PLAN:
        raise Damaged("damage.plan")
