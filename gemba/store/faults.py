"""The trouble a disk makes, as errors a user can read."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from gemba.domain.errors import Damaged, GembaError, ReadOnly
from gemba.store import driver

_NO_ROOM: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


class Interrupted(GembaError):
    """A search was stopped from another thread."""


@contextmanager
def readable_faults() -> Iterator[None]:
    """Raise what SQLite says about disk, lock and file as a GembaError; all else stays a bug."""
    try:
        yield
    except _wrapped() as error:
        told = _told(getattr(error, "orig", None))
        if told is None:
            raise
        raise told from error
    except driver.errors() as error:
        told = _told(error)
        if told is None:
            raise
        raise told from error
    except UnicodeDecodeError as error:
        # What SQLite says of a torn plan of the tables may hold bytes that are no text.
        reason = bytes(error.object).decode("utf-8", "replace")
        raise Damaged("store.damaged_file", reason=reason[:200]) from error
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise GembaError("store.full", reason=error.strerror or "") from error
        raise GembaError("store.io", reason=error.strerror or str(error)) from error


def _wrapped() -> tuple[type[Exception], ...]:
    """Return what SQLAlchemy wraps SQLite's errors in, once somebody has loaded it."""
    loaded = sys.modules.get("sqlalchemy.exc")
    return () if loaded is None else (loaded.DBAPIError,)


def _told(error: BaseException | None) -> GembaError | None:
    reason = str(error)
    match driver.code_of(error):
        case driver.FULL:
            return GembaError("store.full", reason=reason)
        case driver.READONLY:
            return ReadOnly("store.read_only", reason=reason)
        case driver.IOERR | driver.CANTOPEN | driver.PERM:
            return GembaError("store.io", reason=reason)
        case driver.CORRUPT | driver.NOTADB:
            return Damaged("store.damaged_file", reason=reason)
        case driver.BUSY | driver.LOCKED:
            return GembaError("store.locked", reason=reason)
        case driver.INTERRUPT:
            return Interrupted("search.interrupted")
    return None
