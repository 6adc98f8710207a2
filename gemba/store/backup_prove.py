"""Proving a database file: its pages, its references and every row, and what it says of itself."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from gemba.domain.backup import BackupPoint
from gemba.domain.kinds import KINDS
from gemba.store.backup_rows import Comparing, Rows, compare_rows
from gemba.store.backup_texts import other_queries, record_queries
from gemba.store.driver import Connection, connect, errors
from gemba.store.files import digest_of
from gemba.store.header import NEWEST

Step = Callable[[], None]

_FEW_ROWS: Final = 2_000
_SMALL_BYTES: Final = 2_000_000
"""A file up to this is proved here: starting a process would take longer."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a database file says about itself once it was proved."""

    rows: Rows
    file: tuple[str, ...]
    digest: str
    bytes: int
    said: Mapping[str, Any]

    def point(
        self,
        name: str,
        counter: int,
        made_at: datetime,
        reason: str,
        *,
        photos: Mapping[str, str],
        photos_missing: tuple[str, ...],
        key: Mapping[str, object] | None = None,
    ) -> BackupPoint:
        """Write down what was found as that of a backup."""
        return BackupPoint(
            name=name,
            counter=counter,
            made_at=made_at,
            reason=reason,
            bytes=self.bytes,
            sha256=self.digest,
            counts=self.said["counts"],
            photos=photos,
            # A manifest stands in plain: under lock it tells nothing of what was written.
            photos_missing=photos_missing if key is None else (),
            journal=self.said["journal"],
            journal_checksum=self.said["journal_checksum"],
            version=self.said["version"],
            installation=self.said["installation"],
            newest=self.said["newest"] if key is None else ("", "", ""),
            key=key,
        )

    @property
    def sound(self) -> bool:
        """Tell whether nothing is wrong."""
        return self.rows.sound and not self.file


class EveryRow:
    """Every row of a large file compared in processes of their own: none holds up the window.

    They can be started while the file is still being written, and are gone at the end of the
    ``with``.
    """

    def __init__(self) -> None:
        self._comparing: list[Comparing] = []

    def __enter__(self) -> EveryRow:
        """Start nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End what is still going on."""
        for one in self._comparing:
            one.stop()

    def start(self, size: int) -> None:
        """Start the processes for a file that will have about this many bytes."""
        if size > _SMALL_BYTES:
            self._start()

    def _start(self) -> None:
        while len(self._comparing) < 2:
            self._comparing.append(Comparing())

    def compare(self, path: Path, key: bytes | None, stop: Step) -> Rows:
        """Compare every row of a file; once. ``stop`` is called often and may raise."""
        self._start()
        for one, queries in zip(self._comparing, (record_queries(), other_queries()), strict=True):
            one.ask(path, queries, key)
        rows = [one.result(stop) for one in self._comparing]
        return Rows(
            sum(one.compared for one in rows),
            {table: bad for one in rows for table, bad in one.bad.items()},
            next((one.failed for one in rows if one.failed), ""),
        )


def prove(
    path: Path,
    key: bytes | None,
    stop: Step = lambda: None,
    known: Path | None = None,
    every: EveryRow | None = None,
) -> Found:
    """Read a database file whole: its pages, its references, and every row's checksum.

    ``known`` is a database that was proved before; a row that stands there letter for letter is
    not digested again. ``every`` compares all of them where that is needed.
    """
    size = path.stat().st_size
    if size <= _SMALL_BYTES:
        file, said = _look(path, key)
        rows = compare_rows(path, record_queries() | other_queries(), key)
        return Found(_of_this_version(rows, said), file, digest_of(path, stop=stop), size, said)
    with ThreadPoolExecutor(3, initializer=_stand_back) as pool, every or EveryRow() as all_rows:
        digest = pool.submit(digest_of, path, stop=stop)
        look = pool.submit(_look, path, key)
        few = pool.submit(_few, path, key, known).result() if known is not None else None
        stop()
        rows = few if few is not None else all_rows.compare(path, key, stop)
        file, said = look.result()
    return Found(_of_this_version(rows, said), file, digest.result(), size, said)


def _stand_back() -> None:
    """Let the window go first where the machine has too much to do; elsewhere it is left alone."""
    if sys.platform == "linux":
        # There a thread has a priority of its own.
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


def _few(path: Path, key: bytes | None, known: Path) -> Rows | None:
    """Compare what is not known yet, here and now; None where that is much, or not sound."""
    queries = record_queries(known=True) | other_queries(known=True)
    rows = compare_rows(path, queries, key, known, most=_FEW_ROWS)
    return rows if rows.sound else None


def _of_this_version(rows: Rows, said: Mapping[str, Any]) -> Rows:
    """Leave rows alone that another version laid out: their pages and references were read."""
    return rows if said.get("version") == NEWEST else Rows(0, {})


def _look(path: Path, key: bytes | None) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Return what SQLite finds wrong with a file, and what the file says about itself."""
    try:
        connection = connect(path, "ro", key)
        try:
            trouble, said = _file_trouble(connection), _said(connection)
            if key is not None:
                # The manifest is plain: of an encrypted folder it says nothing anybody wrote.
                said["newest"] = ("", "", "")
            return trouble, said
        finally:
            connection.close()
    except errors() as error:
        return (str(error) or type(error).__name__,), {}


def _file_trouble(connection: Connection) -> tuple[str, ...]:
    found: list[str] = []
    for pragma in ("quick_check", "foreign_key_check"):
        rows = connection.execute(f"PRAGMA {pragma}").fetchmany(20)
        found += [" ".join(str(part) for part in row) for row in rows if row[0] != "ok"]
    return tuple(found)


def _said(connection: Connection) -> dict[str, Any]:
    version = connection.execute("PRAGMA user_version").fetchone()[0]

    def rows(query: str, *given: object) -> list[tuple[Any, ...]]:
        try:
            return connection.execute(query, given).fetchall()
        except errors():
            # Another version may not have that table yet, or no longer.
            if version == NEWEST:
                raise
            return []

    def one(query: str, *given: object) -> tuple[Any, ...]:
        return next(iter(rows(f"{query} LIMIT 1", *given)), ())

    living = "SELECT count(*) FROM {} WHERE deleted_at IS NULL"
    counts = {kind: one(living.format(kind)) for kind in KINDS}
    number, checksum = one("SELECT number, checksum FROM journal ORDER BY number DESC") or (0, "")
    kind, record = one(
        "SELECT kind, record_id FROM journal WHERE kind <> 'link' ORDER BY number DESC"
    ) or ("", "")
    title, day = one(
        "SELECT title, coalesce(on_date, '') FROM search_entry"
        " WHERE record_id = ? AND NOT private AND title <> ''",
        record,
    ) or ("", "")
    return {
        "version": version,
        "counts": {kind: count[0] for kind, count in counts.items() if count},
        "photos": [row[0] for row in rows("SELECT hash FROM photo ORDER BY hash")],
        "journal": number,
        "journal_checksum": checksum,
        "installation": (one("SELECT id FROM installation") or ("",))[0],
        "newest": (kind, title, day),
    }
