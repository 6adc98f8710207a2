"""Small things Gemba remembers about a data folder, as texts by name."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.engine import Connection

from gemba.store.proof import proof
from gemba.store.tables import setting

HALF_ERASED: Final = "erasing.left"
"""Under this name stands what an erasing still has to do, so that a kill between leaves no byte."""

Opened = Callable[[], AbstractContextManager[Connection]]


class Commit(Protocol):
    """What commits a piece of work, or keeps it until the disk takes it."""

    def __call__(self, work: Callable[[Connection, datetime], Any], /) -> Any:
        """Do the work and return what it returns."""


class Settings:
    """Texts by name; they are neither journalled nor searched."""

    def __init__(self, reading: Opened, commit: Commit) -> None:
        self._reading = reading
        self._commit = commit

    def get(self, key: str) -> str | None:
        """Return a setting, None where none was made or the disk altered it."""
        with self._reading() as connection:
            row = connection.execute(select(setting).where(setting.c.key == key)).first()
        return row.value if row is not None and _as_written(row) else None

    def half_erased(self) -> str:
        """Return what an erasing still has to do: "pages", "backups" as well, or nothing."""
        with self._reading() as connection:
            # What the disk altered is finished rather than forgotten.
            held = select(setting.c.value).where(setting.c.key == HALF_ERASED)
            return str(connection.execute(held).scalar() or "")

    def all(self) -> dict[str, str]:
        """Return every setting that stands as it was written."""
        with self._reading() as connection:
            rows = connection.execute(select(setting)).all()
        return {row.key: row.value for row in rows if _as_written(row)}

    def set(self, key: str, value: str) -> None:
        """Remember a setting; raises ReadOnly where nothing can be written."""
        if self.get(key) == value:
            return
        kept = {"value": value, "checksum": proof(key, value)}

        def work(connection: Connection, _at: datetime) -> None:
            done = connection.execute(update(setting).where(setting.c.key == key).values(**kept))
            if not done.rowcount:
                connection.execute(insert(setting).values(key=key, **kept))

        self._commit(work)

    def forget(self, key: str) -> None:
        """Forget a setting."""

        def work(connection: Connection, _at: datetime) -> None:
            connection.execute(delete(setting).where(setting.c.key == key))

        self._commit(work)


def _as_written(row: Row[Any]) -> bool:
    return bool(row.checksum == proof(row.key, row.value))
