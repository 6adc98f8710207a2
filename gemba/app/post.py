"""Brings calls from any thread to the thread of the window."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal


class Post(QObject):
    """Brings a call to the thread of the window; there it is made at once."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def __call__(self, work: Callable[[], None]) -> None:
        if threading.current_thread() is threading.main_thread():
            work()
        else:
            self.asked.emit(work)

    def _call(self, work: Callable[[], None]) -> None:
        work()
