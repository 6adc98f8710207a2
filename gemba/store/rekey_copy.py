"""Writing a database anew with another key, or with none, and reading it back row by row."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Final

from gemba.domain.errors import Damaged, GembaError
from gemba.store import driver
from gemba.store.faults import readable_faults
from gemba.store.files import sync_file, sync_folder
from gemba.store.proof import proof
from gemba.store.sealed import SEAL_KEY

_BLOCK: Final = 500
_TABLES: Final = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name"


def copy_database(
    source: Path, target: Path, old: bytes | None, new: bytes | None, seal_key: str
) -> None:
    """Write a whole database into a new file under another key and compare the two.

    An encrypted copy holds the key of photos and exports, a plain one does not. Raises Damaged
    where the source cannot be read whole or the copy is not the same.
    """
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with readable_faults(), closing(_opened(source, old)) as connection:
        # What a crash left half done is rolled back by the first look.
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        _export(connection, target, new)
    with readable_faults():
        with closing(_opened(target, new)) as copy:
            _remember(copy, seal_key if new is not None else None)
        sync_file(target)
        sync_folder(target.parent)
        with closing(_opened(source, old)) as one, closing(_opened(target, new)) as other:
            _compare(one, other)


def seal_key_of(path: Path, key: bytes) -> str:
    """Read the key of photos and exports from an encrypted database; raises Damaged."""
    with readable_faults(), closing(_opened(path, key)) as connection:
        row = connection.execute("SELECT value FROM setting WHERE key = ?", (SEAL_KEY,)).fetchone()
    if row is None:
        raise Damaged("key.does_not_fit", file=path.name)
    return str(row[0])


def photo_hashes(path: Path, key: bytes | None) -> list[str]:
    """Read the content hashes of all photos a database knows."""
    with readable_faults(), closing(_opened(path, key)) as connection:
        return [str(row[0]) for row in connection.execute("SELECT hash FROM photo")]


def _opened(path: Path, key: bytes | None) -> driver.Connection:
    """Open a file of either kind with SQLCipher, which alone writes one into the other."""
    return driver.connect_plain_for_export(path) if key is None else driver.connect(path, "rw", key)


def _export(connection: driver.Connection, target: Path, new: bytes | None) -> None:
    spoken = "" if new is None else driver.raw_key(new)
    connection.execute("ATTACH DATABASE ? AS fresh KEY ?", (str(target), spoken))
    # The copy counts only once it is whole and synced.
    connection.execute("PRAGMA fresh.journal_mode = OFF")
    connection.execute("PRAGMA fresh.synchronous = OFF")
    _run_export(connection)
    for pragma in ("user_version", "application_id"):
        held = connection.execute(f"PRAGMA main.{pragma}").fetchone()[0]
        connection.execute(f"PRAGMA fresh.{pragma} = {int(held)}")
    connection.execute("DETACH DATABASE fresh")


def _run_export(connection: driver.Connection) -> None:
    try:
        connection.execute("SELECT sqlcipher_export('fresh')").fetchone()
    except driver.errors() as error:
        # The function hands on what went wrong inside it in words, without its code.
        if driver.code_of(error) != driver.ERROR:
            raise
        if "full" in str(error):
            raise GembaError("store.full", reason=str(error)) from error
        raise Damaged("key.failed", reason=str(error)) from error


def _remember(copy: driver.Connection, seal_key: str | None) -> None:
    copy.execute("PRAGMA secure_delete = ON")
    copy.execute("PRAGMA synchronous = EXTRA")
    with copy:
        copy.execute("DELETE FROM setting WHERE key = ?", (SEAL_KEY,))
        if seal_key is not None:
            columns = [row[1] for row in copy.execute("PRAGMA table_info(setting)")]
            values = {"key": SEAL_KEY, "value": seal_key, "checksum": proof(SEAL_KEY, seal_key)}
            kept = {name: values[name] for name in columns if name in values}
            places = ", ".join("?" * len(kept))
            copy.execute(
                f"INSERT INTO setting ({', '.join(kept)}) VALUES ({places})", tuple(kept.values())
            )


def _compare(one: driver.Connection, other: driver.Connection) -> None:
    """Raise Damaged unless both hold the same tables with the same rows, and the copy is sound."""
    told = other.execute("PRAGMA quick_check").fetchone()[0]
    if told != "ok":
        raise Damaged("key.failed", reason=str(told))
    tables = one.execute(_TABLES).fetchall()
    if tables != other.execute(_TABLES).fetchall():
        raise Damaged("key.failed", reason="sqlite_schema")
    for name, made_by in tables:
        if made_by is None or made_by.upper().startswith("CREATE VIRTUAL"):
            continue
        where = f"WHERE key <> '{SEAL_KEY}'" if name == "setting" else ""
        query = f'SELECT * FROM "{name}" {where} ORDER BY 1'
        rows, copies = one.execute(query), other.execute(query)
        while True:
            block = rows.fetchmany(_BLOCK)
            if block != copies.fetchmany(_BLOCK):
                raise Damaged("key.failed", reason=name)
            if not block:
                break
