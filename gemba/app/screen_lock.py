"""Hearing that the screen is locked or the machine goes to sleep, where the system says so."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot

_LOGIN = "org.freedesktop.login1"
_MANAGER = "/org/freedesktop/login1"
_PATIENCE_MS = 300
_SWITCH_DESKTOP = 0x0100
_SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver", "org.cinnamon.ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver", "org.mate.ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver", "org.xfce.ScreenSaver"),
)


class ScreenLock(QObject):
    """Calls `lock` when the screen locks; ``heard`` names where it listens."""

    def __init__(self, lock: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = lock
        self.heard: list[str] = []
        if sys.platform.startswith("linux"):
            self._listen_on_bus()

    def _listen_on_bus(self) -> None:
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:
            return
        session, system = QDBusConnection.sessionBus(), QDBusConnection.systemBus()
        if session.isConnected():
            for service, path, interface in _SAVERS:
                self._hear(
                    session, service, path, interface, "ActiveChanged", "saver_changed(bool)"
                )
        if system.isConnected():
            path = _session_path(system)
            self._hear(system, _LOGIN, path, f"{_LOGIN}.Session", "Lock", "screen_locked()")
            self._hear(
                system,
                _LOGIN,
                _MANAGER,
                f"{_LOGIN}.Manager",
                "PrepareForSleep",
                "saver_changed(bool)",
            )

    def _hear(
        self, bus: Any, service: str, path: str, interface: str, signal: str, slot: str
    ) -> None:
        if bus.connect(service, path, interface, signal, self, SLOT(slot)):
            self.heard.append(f"{interface}.{signal}")

    @Slot(bool)
    def saver_changed(self, on: bool) -> None:
        """Lock when the screen saver, or the sleep of the machine, begins."""
        if on:
            self._lock()

    @Slot()
    def screen_locked(self) -> None:
        """Lock when the session is told to."""
        self._lock()


def _session_path(system: Any) -> str:
    """Return the path of this login on the bus, or nothing, which stands for any login."""
    from PySide6.QtDBus import QDBusMessage

    login = os.environ.get("XDG_SESSION_ID", "")
    if not login:
        return ""
    ask = QDBusMessage.createMethodCall(_LOGIN, _MANAGER, f"{_LOGIN}.Manager", "GetSession")
    ask.setArguments([login])
    told = system.call(ask, timeout=_PATIENCE_MS).arguments()
    path = getattr(told[0], "path", None) if told else None
    return str(path()) if callable(path) else ""


def is_screen_locked() -> bool:
    """Tell by a look whether the screen is locked, where no signal says so; Windows only."""
    if sys.platform == "win32":
        import ctypes

        # While the screen is locked, the desktop that takes the keys is not the user's to open.
        desktop = ctypes.windll.user32.OpenInputDesktop(0, False, _SWITCH_DESKTOP)
        if not desktop:
            return True
        ctypes.windll.user32.CloseDesktop(desktop)
    return False
