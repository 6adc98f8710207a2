"""The one door to SQLite: the standard library's for plain files, SQLCipher for encrypted ones.

A file is never open through both at once in one process: POSIX locks belong to the process, so
closing a file in one library would drop the locks that the other one holds on it
(sqlite.org/howtocorrupt.html, "Multiple copies of SQLite linked into the same application").
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from types import ModuleType
from typing import Final, Literal, TypeAlias, cast
from urllib.parse import quote

Connection: TypeAlias = sqlite3.Connection
"""A connection of either driver; SQLCipher's has the same methods, but for serialize and blobs."""
Mode: TypeAlias = Literal["ro", "rw", "rwc"]

WAIT_SECONDS: Final = 10.0
KEY_BYTES: Final = 32

BUSY: Final = sqlite3.SQLITE_BUSY
CANTOPEN: Final = sqlite3.SQLITE_CANTOPEN
CORRUPT: Final = sqlite3.SQLITE_CORRUPT
ERROR: Final = sqlite3.SQLITE_ERROR
FULL: Final = sqlite3.SQLITE_FULL
INTERRUPT: Final = sqlite3.SQLITE_INTERRUPT
IOERR: Final = sqlite3.SQLITE_IOERR
LOCKED: Final = sqlite3.SQLITE_LOCKED
NOTADB: Final = sqlite3.SQLITE_NOTADB
PERM: Final = sqlite3.SQLITE_PERM
READONLY: Final = sqlite3.SQLITE_READONLY

_CIPHER: Final = "sqlcipher3.dbapi2"


def dbapi(key: bytes | None = None) -> ModuleType:
    """Return the module that opens files with this key: SQLAlchemy's ``module``."""
    if key is None:
        return sqlite3
    # Loaded for an encrypted folder only: 21 MB that a plain one does without.
    from sqlcipher3 import dbapi2

    return dbapi2


def errors() -> tuple[type[Exception], ...]:
    """Return what the drivers raise; for an ``except``, where it is asked for only when needed."""
    cipher = sys.modules.get(_CIPHER)
    return (sqlite3.Error,) if cipher is None else (sqlite3.Error, cipher.Error)


def code_of(error: BaseException | None) -> int:
    """Return SQLite's primary error code, 0 for anything else."""
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else 0


def connect(
    path: Path, mode: Mode = "rw", key: bytes | None = None, *, timeout: float = WAIT_SECONDS
) -> Connection:
    """Open a file in autocommit, for any thread; ``key`` is the 32-byte data key of its folder.

    "rwc" makes a file that is missing. A wrong key shows only with the first query, as NOTADB.
    """
    return open_address(f"file:{quote(path.absolute().as_posix())}?mode={mode}", key, timeout)


def open_address(
    address: str, key: bytes | None = None, timeout: float = WAIT_SECONDS
) -> Connection:
    """Open a SQLite address (a URI, for a database in memory); otherwise as ``connect``.

    What is copied from an encrypted database page by page, into memory too, needs its key as well.
    """
    made = cast(
        Connection,
        dbapi(key).connect(
            address, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False
        ),
    )
    if key is not None:
        try:
            unlock(made, key)
        except BaseException:
            made.close()
            raise
    made.text_factory = _as_text
    return made


def _as_text(raw: bytes) -> str:
    """Read a text; where its bytes are none any more, its checksum tells what was altered."""
    return raw.decode("utf-8", "replace")


def connect_alone(path: Path, key: bytes | None = None) -> Connection:
    """Open a file to read from, plain or not, in a process that opens it in no other way.

    SQLCipher brings a newer SQLite than many systems have: 3.51 writes the JSON that rows are
    compared with in half the time of 3.40.
    """
    try:
        newer = dbapi(b"")
    except ImportError:
        return connect(path, "ro", key)
    if key is not None or newer.sqlite_version_info <= sqlite3.sqlite_version_info:
        return connect(path, "ro", key)
    address = f"file:{quote(path.absolute().as_posix())}?mode=ro"
    made = cast(
        Connection, newer.connect(address, uri=True, timeout=WAIT_SECONDS, isolation_level=None)
    )
    made.execute("PRAGMA cipher_log_level = NONE")
    return made


def connect_plain_for_export(path: Path) -> Connection:
    """Open a plain file with SQLCipher, which alone can write it into an encrypted one."""
    made = cast(
        Connection,
        dbapi(b"").connect(
            f"file:{quote(path.absolute().as_posix())}?mode=rw",
            uri=True,
            timeout=WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        ),
    )
    made.execute("PRAGMA cipher_log_level = NONE")
    return made


def unlock(connection: Connection, key: bytes) -> None:
    """Hand SQLCipher the key itself, so that no passphrase has to be stretched again."""
    # SQLCipher writes its own troubles to the standard error otherwise.
    connection.execute("PRAGMA cipher_log_level = NONE")
    # A pragma takes no parameters; the text holds hexadecimal digits only.
    connection.execute(f'PRAGMA key = "{raw_key(key)}"')
    # A later SQLCipher may have other defaults; these are the ones of version 4.
    connection.execute("PRAGMA cipher_compatibility = 4")
    connection.execute("PRAGMA temp_store = MEMORY")


def raw_key(key: bytes) -> str:
    """Write a key as SQLCipher takes it; raises ValueError for one of another length."""
    if len(key) != KEY_BYTES:
        raise ValueError("a data key has 32 bytes")
    return f"x'{key.hex()}'"
