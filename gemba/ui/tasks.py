"""Slow work beside the window, with results that come back on the window's own thread."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot
from shiboken6 import isValid

T = TypeVar("T")

GIVE_WAY: Final = 0.0005
"""Seconds after which work in Python lets the window's thread go on; Python's own 0.005 for each
thing that is painted would be seen as a stutter."""


class Cancelled(Exception):
    """Raised inside work by `CancelToken.check` after a cancel."""


class CancelToken:
    """Handed to work so that it can stop early."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; its result will be dropped."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether the result is no longer wanted."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise Cancelled if the result is no longer wanted."""
        if self._event.is_set():
            raise Cancelled


_collecting = threading.Lock()
_uncollected = 0


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold back Python's collector of rings while work makes very many small things.

    It looks through all of them in one go, in which the window stands still: for 430 ms while two
    texts of 1 MB were compared, and 120 ms without it.
    """
    global _uncollected
    with _collecting:
        _uncollected += 1
        gc.disable()
    try:
        yield
    finally:
        with _collecting:
            _uncollected -= 1
            if not _uncollected:
                gc.enable()


class _Job:
    __slots__ = ("done", "failed", "owner", "token")

    def __init__(
        self,
        owner: QObject,
        token: CancelToken,
        done: Callable[[object], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        self.owner = owner
        self.token = token
        self.done = done
        self.failed = failed


class _Run(QRunnable):
    """Carries plain callables to a thread of the pool; it owns no Qt object."""

    def __init__(self, call: Callable[[], None]) -> None:
        super().__init__()
        self._call = call

    def run(self) -> None:
        self._call()


def _stands_in(one: QObject | None, window: QObject) -> bool:
    while one is not None and one is not window:
        one = one.parent()
    return one is window


class Tasks(QObject):
    """The pool and the one signal of the application; lives as long as the window."""

    _finished = Signal(int, object, object)

    def __init__(self, threads: int = 2) -> None:
        super().__init__()
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(threads)
        self._jobs: dict[int, _Job | None] = {}
        self._tokens: dict[int, CancelToken] = {}
        self._next = 0
        self._awaited: list[tuple[set[int], Callable[[], None]]] = []
        self._closed = False
        self._finished.connect(self._deliver)

    def run(
        self,
        owner: QObject,
        work: Callable[[CancelToken], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> CancelToken:
        """Do `work` on another thread, then `done` or `failed` on this one.

        Nothing is called once the owner is deleted or the token is cancelled. Raises RuntimeError
        after `close`.
        """
        if self._closed:
            raise RuntimeError("the tasks are closed")
        sys.setswitchinterval(min(GIVE_WAY, sys.getswitchinterval()))
        token = CancelToken()
        number, self._next = self._next, self._next + 1
        self._jobs[number] = _Job(owner, token, done, failed)  # type: ignore[arg-type]
        self._tokens[number] = token
        emit = self._finished.emit

        def call() -> None:
            result: object = None
            error: BaseException | None = None
            try:
                token.check()
                result = work(token)
            except BaseException as trouble:  # handed to `failed`, whatever it is
                error = trouble
            emit(number, result, error)

        self._pool.start(_Run(call))
        return token

    @property
    def busy(self) -> int:
        """How many results have not come back yet."""
        return len(self._jobs)

    def let_go(self, window: QObject) -> None:
        """Bring nothing back any more to what stands in a window, and hold none of it.

        What is under way goes on to its end, and still counts as busy until then; only `close`
        tells it to stop.
        """
        for number, job in self._jobs.items():
            if job is not None and (not isValid(job.owner) or _stands_in(job.owner, window)):
                self._jobs[number] = None

    def as_each_comes_back(self, call: Callable[[], None]) -> None:
        """Call on this thread as each result that is awaited now comes back, also for nobody."""
        self._awaited.append((set(self._jobs), call))

    def _came_back(self, number: int) -> None:
        calls = [call for awaited, call in self._awaited if number in awaited]
        for awaited, _call in self._awaited:
            awaited.discard(number)
        self._awaited = [one for one in self._awaited if one[0]]
        for call in calls:
            call()

    @Slot(int, object, object)
    def _deliver(self, number: int, result: object, error: BaseException | None) -> None:
        job = self._jobs.pop(number, None)
        self._tokens.pop(number, None)
        self._came_back(number)
        if job is None or job.token.cancelled or not isValid(job.owner):
            return
        if error is None:
            job.done(result)
        else:
            job.failed(error)

    def close(self) -> None:
        """Cancel what is under way and wait for the threads; results are dropped."""
        self._closed = True
        for token in self._tokens.values():
            token.cancel()
        self._pool.waitForDone()
        self._jobs.clear()
        self._tokens.clear()
        self._awaited.clear()
