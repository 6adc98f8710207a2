#!/bin/sh
# Opens Gemba; where there is no screen, does the main job without one and says what it wrote.
set -eu
cd "$(dirname "$0")/.."

names_a_screen() {
    [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]
}

# Qt aborts the process when the screen does not answer, so a child process asks first.
screen_answers() {
    .venv/bin/python -c '
from PySide6.QtGui import QGuiApplication
QGuiApplication([])' >/dev/null 2>&1
}

if names_a_screen; then
    packaging/setup.sh window
    if screen_answers; then
        exec .venv/bin/gemba
    fi
    echo "The screen that DISPLAY or WAYLAND_DISPLAY names does not answer."
fi
packaging/setup.sh
exec .venv/bin/python packaging/headless.py
