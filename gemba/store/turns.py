"""A lock for one at a time that long work can lend to whoever waits."""

from __future__ import annotations

import threading
import time
from typing import Final

_GLANCE: Final = 0.0002


class Turns:
    """Held like a reentrant lock; ``give_way`` lets all who wait go first."""

    def __init__(self) -> None:
        self._turn = threading.RLock()
        self._count = threading.Lock()
        self._waiting = 0

    def __enter__(self) -> Turns:
        """Wait for the turn."""
        with self._count:
            self._waiting += 1
        try:
            self._turn.acquire()
        finally:
            with self._count:
                self._waiting -= 1
        return self

    def __exit__(self, *_: object) -> None:
        """Let the next one in."""
        self._turn.release()

    def give_way(self) -> None:
        """Step back until nobody waits any more; the one who calls holds it once."""
        if not self._waiting:
            return
        self._turn.release()
        try:
            while self._waiting:
                time.sleep(_GLANCE)
        finally:
            self._turn.acquire()
