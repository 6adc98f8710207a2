"""Small things Gemba remembers about a data folder, as texts by name."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from gemba.store.tables import setting

Opened = Callable[[], AbstractContextManager[Connection]]


class Settings:
    """Texts by name; they are neither journalled nor searched."""

    def __init__(self, reading: Opened, writing: Opened) -> None:
        self._reading = reading
        self._writing = writing

    def get(self, key: str) -> str | None:
        """Return a setting, None where none was made."""
        with self._reading() as connection:
            return connection.execute(select(setting.c.value).where(setting.c.key == key)).scalar()

    def all(self) -> dict[str, str]:
        """Return every setting."""
        with self._reading() as connection:
            return {row.key: row.value for row in connection.execute(select(setting)).all()}

    def set(self, key: str, value: str) -> None:
        """Remember a setting; raises ReadOnly where nothing can be written."""
        if self.get(key) == value:
            return
        with self._writing() as connection:
            done = connection.execute(
                update(setting).where(setting.c.key == key).values(value=value)
            )
            if not done.rowcount:
                connection.execute(insert(setting).values(key=key, value=value))

    def forget(self, key: str) -> None:
        """Forget a setting."""
        with self._writing() as connection:
            connection.execute(delete(setting).where(setting.c.key == key))
