"""The trouble a disk makes, as errors a user can read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from gemba.domain.errors import Damaged, GembaError, ReadOnly


class Interrupted(GembaError):
    """A search was stopped from another thread."""


@contextmanager
def readable_faults() -> Iterator[None]:
    """Raise what SQLite says about disk, lock and file as a GembaError; all else stays a bug."""
    try:
        yield
    except DBAPIError as error:
        told = _told(error.orig)
        if told is None:
            raise
        raise told from error
    except sqlite3.Error as error:
        told = _told(error)
        if told is None:
            raise
        raise told from error
    except OSError as error:
        raise GembaError("store.io", reason=error.strerror or str(error)) from error


def _told(error: BaseException | None) -> GembaError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    reason = str(error)
    match code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return GembaError("store.full", reason=reason)
        case sqlite3.SQLITE_READONLY:
            return ReadOnly("store.read_only", reason=reason)
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return GembaError("store.io", reason=reason)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return Damaged("store.damaged_file", reason=reason)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return GembaError("store.locked", reason=reason)
        case sqlite3.SQLITE_INTERRUPT:
            return Interrupted("search.interrupted")
    return None
