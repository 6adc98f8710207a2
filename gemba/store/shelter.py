"""A shelter in memory: where work goes on while the disk refuses to take it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from sqlalchemy import Engine, select
from sqlalchemy.engine import Connection

from gemba.domain.errors import GembaError
from gemba.store import driver
from gemba.store.engine import sheltered_engines
from gemba.store.journal import newest_number
from gemba.store.tables import installation, journal

T = TypeVar("T")
Work = Callable[[Connection, datetime], Any]

REFUSALS: Final = frozenset({"store.full", "store.io", "store.read_only", "store.folder_gone"})
"""What the disk says when it does not take a write that was right in itself."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Names a state of a database: whose it is and how far its journal reaches.

    ``last`` is the checksum of the newest row; a later write may have extended that row.
    """

    installation: str
    number: int
    last: str


@dataclass(frozen=True, slots=True)
class _Kept:
    """A write the disk still has to take, and when it was made."""

    work: Work
    at: datetime
    erasing: bool


def mark_of(connection: Connection) -> Mark:
    """Read how far a database reaches."""
    number = newest_number(connection)
    last = connection.execute(select(journal.c.checksum).where(journal.c.number == number)).scalar()
    name = connection.execute(select(installation.c.id)).scalar()
    return Mark(name or "", number, last or "")


class Shelter:
    """A copy of the database in memory and the writes that it has beyond the disk, in order.

    ``why`` is what the disk said last. Raises whatever reading the database raises, when even
    that is no longer possible.
    """

    def __init__(self, source: Engine, why: GembaError, key: bytes | None = None) -> None:
        self.why = why
        self._kept: list[_Kept] = []
        self._writer, self.reader, self._connect = sheltered_engines(source, key)
        with self.reader.connect() as connection:
            self._reached = mark_of(connection)

    @property
    def waiting(self) -> int:
        """Count the writes the disk still has to take."""
        return len(self._kept)

    def run(self, work: Callable[[Connection, datetime], T], at: datetime, erasing: bool) -> T:
        """Do a write in memory and keep it for the disk; what it refuses is not kept."""
        with self._writer.connect() as connection, connection.begin():
            done = work(connection, at)
        self._kept.append(_Kept(work, at, erasing))
        return done

    def hand_over(
        self, commit: Callable[[Work, datetime, bool], object], found: Callable[[], Mark]
    ) -> None:
        """Let the disk take everything, oldest first; raises what it refuses and keeps the rest.

        ``found`` tells how far the database on the disk reaches: handing over to any other state
        than the one that was left would mix two histories, so that is refused.
        """
        if found() != self._reached:
            raise GembaError("store.other_data")
        while self._kept:
            first = self._kept[0]
            commit(first.work, first.at, first.erasing)
            del self._kept[0]
            self._reached = found()

    def connect(self) -> driver.Connection:
        """Open a bare connection that reads here."""
        return self._connect()

    def close(self) -> None:
        """Let the memory go."""
        self._writer.dispose()
        self.reader.dispose()
