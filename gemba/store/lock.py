"""One writer for each data folder, held through a lock the operating system takes back itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from gemba.domain.errors import ReadOnly

LOCK_NAME = "gemba.lock"


class DataFolderBusy(ReadOnly):
    """Another Gemba is writing in this data folder."""


class FolderLock:
    """Held while this process may write in a folder.

    The lock dies with its process, so none can be left behind; the file only says who holds it.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_NAME
        self._handle: int | None = None

    @property
    def held(self) -> bool:
        """Tell whether this object holds the folder."""
        return self._handle is not None

    def take(self) -> None:
        """Take the folder; raises DataFolderBusy, or OSError where no file can be written."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if not _lock(handle):
                raise DataFolderBusy(
                    "store.busy", folder=str(self._path.parent), process=_holder(handle)
                )
            os.ftruncate(handle, 0)
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, str(os.getpid()).encode())
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle

    def hold_again(self) -> None:
        """Take the folder once more where the lock file is another than the one that is held.

        That is so when a stick was pulled out and put back. Raises what take raises.
        """
        if self._handle is not None:
            try:
                if os.path.samestat(os.fstat(self._handle), self._path.stat()):
                    return
            except FileNotFoundError:
                pass
            self.release()
        self.take()

    def release(self) -> None:
        """Let the folder go; the file stays, since removing it would open a gap."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def is_taken(folder: Path) -> bool:
    """Tell whether another process holds a folder; where that cannot be seen, nobody does."""
    try:
        handle = os.open(folder / LOCK_NAME, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _lock(handle)
    finally:
        # Closing it lets the lock go again.
        os.close(handle)


def _holder(handle: int) -> int:
    """Read which process wrote its number in the file, 0 when nobody did."""
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        return int(os.read(handle, 32) or b"0")
    except (OSError, ValueError):
        return 0


if sys.platform == "win32":
    import msvcrt

    # Windows forbids others to read locked bytes: lock one far behind the process number.
    _FAR = 1 << 20

    def _lock(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import errno
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            # flock and not lockf: a lock of lockf is lost when any handle of the file is closed.
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            # Some network folders know no locks; SQLite's own still keep the file whole.
            return error.errno in (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
        return True
