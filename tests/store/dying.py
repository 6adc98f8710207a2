"""A process that dies at a chosen moment, as under kill -9: nothing is cleaned up."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable
from pathlib import Path

_TOUCHING = ("fsync", "replace", "rename", "link", "unlink", "mkdir", "open", "rmdir")


def dies_at(moment: int, work: Callable[[], object]) -> bool:
    """Do work in a process that is killed before its so-manieth touch of the disk.

    Tells whether it was killed; it ended by itself where there are fewer touches.
    """
    child = os.fork()
    if child == 0:
        try:
            _die_before(moment)
            work()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0, "the work failed before it could be killed"
    return False


def _die_before(moment: int) -> None:
    left = moment

    def dying(real: Callable[..., object]) -> Callable[..., object]:
        def touch(*given: object, **named: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **named)

        return touch

    for name in _TOUCHING:
        setattr(os, name, dying(getattr(os, name)))


def files_below(folder: Path) -> list[str]:
    """Return the names of all files below a folder."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )
