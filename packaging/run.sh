#!/bin/sh
# Opens Gemba; where there is no screen, does the main job without one and says what it wrote.
set -eu
cd "$(dirname "$0")/.."

has_screen() {
    [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]
}

if has_screen; then
    packaging/setup.sh window
    exec .venv/bin/gemba "$@"
fi
packaging/setup.sh
exec .venv/bin/python packaging/headless.py
