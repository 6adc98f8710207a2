"""One slow thing done beside the window: how far it is, and stopping it while that can be done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from gemba.domain.errors import GembaError
from gemba.ui.tasks import CancelToken, Tasks

T = TypeVar("T")
Step = Callable[[str, int, int], None]
LAST = "last"
"""The step after which nothing can be stopped any more."""


class Slow(QObject):
    """Does one thing at a time on another thread; `told` says what, how many, and of how many.

    ``stopped`` is the key of the error that ends work which was stopped.
    """

    told = Signal(object, int, int)
    _heard = Signal(object, int, int)

    def __init__(self, tasks: Tasks, stopped: str, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._stopped = stopped
        self._stop = threading.Event()
        self.busy = False
        self._heard.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[Step], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Do work, which is handed a step to tell, then ``done`` or ``failed`` in the window."""
        stop = self._stop = threading.Event()
        emit, key = self._heard.emit, self._stopped
        self.busy = True

        def beside(token: CancelToken) -> T:
            beyond = False

            def step(what: str, count: int, of: int) -> None:
                nonlocal beyond
                if not beyond and (stop.is_set() or token.cancelled):
                    raise GembaError(key)
                beyond = beyond or what == LAST
                if not token.cancelled:
                    emit(what, count, of)

            return work(step)

        def then(result: T) -> None:
            if stop is self._stop:
                self.busy = False
                done(result)

        def otherwise(error: BaseException) -> None:
            if stop is self._stop:
                self.busy = False
                failed(error)

        self._tasks.run(self, beside, then, otherwise)

    def stop(self) -> None:
        """Ask what is under way to stop; how it ended is told as ever."""
        self._stop.set()

    def drop(self) -> None:
        """Stop what is under way and hear no more of it."""
        self._stop.set()
        self._stop = threading.Event()
        self.busy = False

    def _tell(self, what: str, count: int, of: int) -> None:
        if self.busy:
            self.told.emit(what, count, of)
