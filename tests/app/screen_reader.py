"""Read the sheet as a screen reader does, through AT-SPI on a display of its own.

Run it with ``python -m tests.app.screen_reader``. It needs Xvfb, dbus-run-session, at-spi2-core
and python3-pyatspi; where one is missing it says so and does nothing.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SYSTEM_PYTHON = "/usr/bin/python3"
LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
DISPLAY = ":87"
PATIENCE = 90

# What the system's own Python runs, which has the bindings of AT-SPI.
_READER = """
import json, time, pyatspi

def all_of(one):
    yield one
    for at in range(one.childCount):
        child = one.getChildAtIndex(at)
        if child is not None:
            yield from all_of(child)

def sheet():
    desktop = pyatspi.Registry.getDesktop(0)
    for at in range(desktop.childCount):
        app = desktop.getChildAtIndex(at)
        if app is not None and "Gemba" in (app.name or ""):
            for one in all_of(app):
                if one.name == "Sheet" and one.childCount:
                    return one
    return None

found = None
for attempt in range(120):
    found = sheet()
    if found is not None:
        break
    time.sleep(0.5)
said = []
for one in all_of(found) if found is not None else ():
    state = one.getState()
    if not state.contains(pyatspi.STATE_VISIBLE):
        continue  # a slip that lies ready and is named when it is shown
    can_focus = state.contains(pyatspi.STATE_FOCUSABLE)
    said.append([one.getRoleName(), one.name, one.description, can_focus])
print(json.dumps(said))
"""


def show(folder: Path) -> None:
    """Open the fullest sheet of a folder in a real window, and stay."""
    from PySide6.QtCore import QTimer

    from gemba.app.start import App, make_qt

    qt = make_qt()
    app = App(qt, folder, dark=False)
    session = app.open(folder)
    session.window.show()
    session.start_opening()

    def go() -> None:
        sheets = session.workspace.sheets.all()
        fullest = max(sheets, key=lambda one: sum(len(box.text) for box in one.boxes))
        session.go.to("sheet", sheet=fullest.id)

    QTimer.singleShot(0, go)
    qt.exec()


def wait_until(there: Callable[[], bool], what: str) -> None:
    """Wait until something is there, and say what did not come."""
    end = time.monotonic() + PATIENCE
    while not there():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come up")
        time.sleep(0.02)


def _bus_answers() -> bool:
    ask = "dbus-send --session --print-reply --dest=org.freedesktop.DBus /"
    owned = "org.freedesktop.DBus.NameHasOwner string:org.a11y.Bus"
    said = subprocess.run([*ask.split(), *owned.split()], capture_output=True, text=True)
    return "true" in said.stdout


def read(folder: Path) -> list[list[object]]:
    """Start the bus of assistive technology and the window, and return what can be heard."""
    from_here = {**os.environ, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    bus = subprocess.Popen([str(LAUNCHER), "--launch-immediately"])
    wait_until(_bus_answers, "the bus of assistive technology")
    shown = subprocess.Popen(
        [sys.executable, "-m", "tests.app.screen_reader", "show", str(folder)], env=from_here
    )
    try:
        heard = subprocess.run(
            [SYSTEM_PYTHON, "-c", _READER], stdout=subprocess.PIPE, check=True, timeout=PATIENCE
        )
    finally:
        shown.terminate()
        bus.terminate()
    return json.loads(heard.stdout)  # type: ignore[no-any-return]


def judge(heard: list[list[object]]) -> None:
    """Fail unless every box is a group and every figure a button, each with words."""
    boxes = [one for one in heard if one[0] == "panel"]
    figures = [one for one in heard if one[0] in ("push button", "button")]
    assert next(one[1] for one in boxes) == "Background", heard
    assert len(boxes) == 8, boxes
    assert len(figures) >= 5, figures
    assert all(name and words and focus for _role, name, words, focus in boxes + figures), heard
    # Its room, after its text and its figures.
    assert all(re.search(r"(Room for [0-9]+ lines?|Full)$", str(one[2])) for one in boxes), boxes
    print(f"{len(boxes)} boxes and {len(figures)} figures are read")


def main() -> int:
    """Load the sample, show it and read it."""
    if sys.argv[1:2] == ["show"]:
        show(Path(sys.argv[2]))
        return 0
    if sys.argv[1:2] == ["read"]:
        judge(read(Path(sys.argv[2])))
        return 0
    for tool in ("Xvfb", "dbus-run-session"):
        if shutil.which(tool) is None or not LAUNCHER.exists():
            print(f"{tool} or at-spi2-core is not here; nothing was read")
            return 0
    with tempfile.TemporaryDirectory() as folder:
        loaded = [sys.executable, "-m", "gemba", "--data-dir", folder, "sample", "load"]
        subprocess.run([*loaded, "discharge"], check=True, stdout=subprocess.DEVNULL)
        screen = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1400x1000x24"])
        try:
            wait_until(Path(f"/tmp/.X11-unix/X{DISPLAY[1:]}").exists, "the display")
            again = [sys.executable, "-m", "tests.app.screen_reader", "read", folder]
            env = {**os.environ, "DISPLAY": DISPLAY}
            return subprocess.run(["dbus-run-session", "--", *again], env=env).returncode
        finally:
            screen.terminate()


if __name__ == "__main__":
    raise SystemExit(main())
