"""Noticing that nobody is there: no key and no pointer for a while, or the screen is locked.

Watched are the windows of Qt and not each widget, so that typing costs nothing more. The screen
lock is heard over D-Bus on Linux (org.freedesktop.login1 and the desktop's screen saver), and
looked for every few seconds on Windows. macOS tells it only through Cocoa, which Qt does not hand
on: there, and wherever nothing is heard, the idle minutes do it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication

from gemba.app.screen_lock import ScreenLock, is_screen_locked

_LOOK_MS = 5_000
_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


def _since_start() -> float:
    """Seconds that go on while the machine sleeps, where the system counts them."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(clock) if clock is not None else time.time()


class Absence(QObject):
    """Calls `lock` after so many minutes without a sign of the user, and with the screen's lock.

    ``minutes`` is asked each time; 0 stands for never. ``clock`` gives seconds.
    """

    def __init__(
        self,
        qt: QApplication,
        minutes: Callable[[], int],
        lock: Callable[[], object],
        clock: Callable[[], float] = _since_start,
    ) -> None:
        super().__init__()
        self._minutes = minutes
        self._lock = lock
        self._clock = clock
        self._last = clock()
        self._watched: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        qt.focusWindowChanged.connect(self._watch)
        self._watch(QGuiApplication.focusWindow())
        self.screen = ScreenLock(lock, self)

    def start(self) -> None:
        """Count from now on."""
        self._last = self._clock()
        self._watch(QGuiApplication.focusWindow())
        self._timer.start()

    def look(self) -> None:
        """Lock when the time is over."""
        minutes = self._minutes()
        over = bool(minutes) and self._clock() - self._last >= minutes * 60
        if over or is_screen_locked():
            self._last = self._clock()
            self._lock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note a sign of the user, and let it go on."""
        if event.type() in _SIGNS:
            self._last = self._clock()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is None or id(window) in self._watched:
            return
        self._last = self._clock()
        self._watched.add(id(window))
        window.installEventFilter(self)
        key = id(window)
        window.destroyed.connect(lambda: self._watched.discard(key))
