#!/bin/sh
# Sets up what Gemba needs to run and be tested from a checkout: a Python, a virtual environment
# in .venv with the exact versions of packaging/constraints.txt, and Qt's system libraries.
# What is there already is left alone, so a second run takes a moment.
#
#   packaging/setup.sh           for everything that needs no screen
#   packaging/setup.sh window    also looks for what a real window needs
set -eu

cd "$(dirname "$0")/.."
here=$(pwd -P)
venv="$here/.venv"
python="$venv/bin/python"
want=${1:-offscreen}

OFFSCREEN_PACKAGES="libglib2.0-0 libgl1 libegl1 libdbus-1-3 libxkbcommon0 libfontconfig1
 libfreetype6 libbrotli1"
WINDOW_PACKAGES="libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0"

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

# ---- system packages -------------------------------------------------------------------------

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] && return 0
    command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
}

# Installs system packages, or ends with the one command that the person has to type.
need_packages() {
    why=$1
    shift
    if may_install; then
        say "$why Installing: $*"
        # The package lists may be missing or old: try with them as they are, then fetch them.
        apt_install "$@" >/dev/null 2>&1 && return 0
        as_root apt-get update -q >/dev/null || stop "The package lists could not be fetched."
        apt_install "$@" >/dev/null && return 0
        stop "The system refused to install: $*"
    fi
    if command -v apt-get >/dev/null 2>&1; then
        stop "$why Type this once, then try again:
  sudo apt-get install $*"
    fi
    stop "$why Install what your system calls these Debian packages, then try again: $*"
}

# ---- Python ----------------------------------------------------------------------------------

is_new_enough() {
    "$1" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

has_venv() {
    "$1" -c 'import venv, ensurepip' >/dev/null 2>&1
}

# Another Python may stand before the system's in PATH, so each candidate is tried for real.
candidates() {
    say "${PYTHON:-}" /usr/bin/python3 python3 python3.11 python3.12 python3.13 python3.14 \
        /usr/bin/python3.11 /usr/bin/python3.12 /usr/bin/python3.13 /usr/bin/python3.14 \
        /usr/local/bin/python3 python
}

find_python() {
    bare=
    for candidate in $(candidates); do
        command -v "$candidate" >/dev/null 2>&1 || continue
        is_new_enough "$candidate" || continue
        if has_venv "$candidate"; then
            say "$candidate"
            return 0
        fi
        bare=${bare:-$candidate}
    done
    say "$bare"
}

ready_python() {
    base=$(find_python)
    [ -n "$base" ] || stop "Gemba needs Python 3.11 or newer, and none was found. Set PYTHON to its path."
    if ! has_venv "$base"; then
        name=$("$base" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        [ "$name" = python3.11-venv ] && name=python3-venv
        need_packages "Python's venv module is missing." "$name"
        has_venv "$base" || stop "Python's venv module is still missing for $base."
    fi
}

# ---- the virtual environment -----------------------------------------------------------------

fingerprint() {
    # The path is part of it, since a virtual environment does not survive being moved.
    { say "$here"; cat pyproject.toml packaging/constraints.txt packaging/setup.sh; } | cksum
}

ready_environment() {
    stamp="$venv/.gemba-setup"
    now=$(fingerprint)
    if [ -x "$python" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$now" ]; then
        return 0
    fi
    if ! { [ -x "$python" ] && is_new_enough "$python" &&
        "$python" -m pip --version >/dev/null 2>&1; }; then
        ready_python
        say "Making a virtual environment in .venv with $("$base" --version)."
        "$base" -m venv --clear "$venv"
    fi
    rm -f "$stamp"
    say "Installing what packaging/constraints.txt names. The first time takes a few minutes."
    # The build tool comes from the same list, so nothing is fetched that the list does not name.
    pip_install hatchling editables
    pip_install --no-build-isolation --editable '.[dev]'
    # Without byte code every start reads every source file again.
    "$python" -m compileall -q -j 0 "$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" \
        >/dev/null 2>&1 || true
    say "$now" >"$stamp"
}

pip_install() {
    "$python" -m pip install --quiet --quiet --disable-pip-version-check --no-input \
        --constraint packaging/constraints.txt "$@" ||
        stop "The Python packages could not be installed; the lines above say why."
}

# ---- Qt --------------------------------------------------------------------------------------

# A missing library aborts the process inside QApplication, so a child process tries it.
qt_starts() {
    QT_QPA_PLATFORM=offscreen "$python" -c '
from PySide6.QtGui import QImage
from PySide6.QtNetwork import QLocalServer
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
QApplication([])' >/dev/null 2>&1
}

# Names the libraries that the plugin for X11 asks for and the system does not have.
window_lacks() {
    plugin=$("$python" -c '
import pathlib, PySide6
print(pathlib.Path(PySide6.__file__).parent / "Qt/plugins/platforms/libqxcb.so")')
    ldd "$plugin" 2>/dev/null | awk '/not found/ {print $1}'
}

ready_qt() {
    [ "$(uname -s)" = Linux ] || return 0
    stamp="$venv/.gemba-qt-$want"
    [ -f "$stamp" ] && [ "$stamp" -nt "$venv/.gemba-setup" ] && return 0
    # shellcheck disable=SC2086  # the lists are words
    qt_starts || need_packages "Qt's system libraries are missing." $OFFSCREEN_PACKAGES
    qt_starts || stop "Qt does not start. This shows why:
  QT_QPA_PLATFORM=offscreen .venv/bin/python -c 'from PySide6.QtWidgets import QApplication; QApplication([])'"
    if [ "$want" = window ] && [ -n "$(window_lacks)" ]; then
        # shellcheck disable=SC2086
        need_packages "Libraries for a window are missing." $WINDOW_PACKAGES
        [ -z "$(window_lacks)" ] || stop "A window still lacks: $(window_lacks | tr '\n' ' ')"
    fi
    : >"$stamp"
}

ready_environment
ready_qt
"$python" -m compileall -q gemba >/dev/null 2>&1 || true
