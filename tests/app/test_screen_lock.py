"""Hearing the screen lock over a real bus of its own, as a desktop and logind say it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

_HEAR = """
import json, sys, time
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from gemba.app.screen_lock import ScreenLock

qt = QCoreApplication([])
locked = []
screen = ScreenLock(lambda: locked.append(1))
bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, "the desktop")
counts = []
for service, path, interface, signal, arguments in json.loads(sys.argv[1]):
    assert bus.registerService(service) or bus.lastError().name() == ""
    said = QDBusMessage.createSignal(path, interface, signal)
    said.setArguments(arguments)
    assert bus.send(said)
    # A word of our own comes after it on the same bus, so that nothing has to be waited for.
    before, deadline = len(locked), time.monotonic() + 2
    while len(locked) == before and time.monotonic() < deadline and arguments != [False]:
        qt.processEvents()
    for _ in range(50):
        qt.processEvents()
    counts.append(len(locked))
print(json.dumps({"heard": screen.heard, "counts": counts}))
"""

SAVER = "org.freedesktop.ScreenSaver"
GNOME = "org.gnome.ScreenSaver"
LOGIN = "org.freedesktop.login1"


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="no D-Bus here")
def test_the_desktop_and_logind_are_heard() -> None:
    said = [
        (SAVER, "/org/freedesktop/ScreenSaver", SAVER, "ActiveChanged", [False]),
        (SAVER, "/org/freedesktop/ScreenSaver", SAVER, "ActiveChanged", [True]),
        (GNOME, "/org/gnome/ScreenSaver", GNOME, "ActiveChanged", [True]),
        (LOGIN, "/org/freedesktop/login1/session/_31", f"{LOGIN}.Session", "Lock", []),
        (LOGIN, "/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep", [True]),
        (LOGIN, "/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep", [False]),
    ]
    inside = 'DBUS_SYSTEM_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS" exec "$@"'
    done = subprocess.run(
        [
            "dbus-run-session",
            "--",
            "env",
            "-u",
            "XDG_SESSION_ID",
            "sh",
            "-c",
            inside,
            "sh",
            sys.executable,
            "-c",
            _HEAR,
            json.dumps(said),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert f"{LOGIN}.Session.Lock" in found["heard"]
    assert found["counts"] == [0, 1, 2, 3, 4, 4]


def test_without_a_bus_nothing_is_heard_and_nothing_breaks() -> None:
    code = (
        "from PySide6.QtCore import QCoreApplication\n"
        "from gemba.app.screen_lock import ScreenLock\n"
        "qt = QCoreApplication([])\n"
        "print(ScreenLock(lambda: None).heard)\n"
    )
    nowhere = "unix:path=/nonexistent/bus"
    done = subprocess.run(
        [
            "env",
            f"DBUS_SESSION_BUS_ADDRESS={nowhere}",
            f"DBUS_SYSTEM_BUS_ADDRESS={nowhere}",
            sys.executable,
            "-c",
            code,
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
