"""One window for one data folder: a second start brings the first one forward."""

from __future__ import annotations

import os
import stat
import sys
import threading
from collections.abc import Callable
from hashlib import sha256
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from tempfile import gettempdir
from typing import Final

_ASK: Final = b"come forward"
_HERE: Final = b"here"
_END: Final = b"end"
_LONGEST: Final = 32
_PATIENCE: Final = 1.0
"""Seconds; a window that does not answer within them is busy or hung."""

_FAULTS: Final = (OSError, EOFError, ValueError)


def bring_forward(folder: Path) -> bool:
    """Ask the window that is open on a folder to come forward; tell whether it answered."""
    return _say(folder, _ASK)


class OneWindow:
    """Listens for second starts on a folder while this window holds it.

    The door is a local socket, or a named pipe on Windows, that only the same user can reach; no
    network is touched. Where there can be none, a second start opens the folder for reading.
    """

    def __init__(self, folder: Path, come_forward: Callable[[], None]) -> None:
        self._folder = folder
        self._come_forward = come_forward
        self._listener = _listen(folder)
        self._thread: threading.Thread | None = None
        if self._listener is not None:
            self._thread = threading.Thread(
                target=self._answer_all, args=(self._listener,), name="gemba-door", daemon=True
            )
            self._thread.start()

    def close(self) -> None:
        """Listen no longer; twice is as good as once."""
        if self._thread is not None and self._thread.is_alive():
            _say(self._folder, _END)
            self._thread.join(_PATIENCE)
        self._thread = None

    def _answer_all(self, listener: Listener) -> None:
        with listener:
            while True:
                try:
                    with listener.accept() as caller:
                        if self._answer(caller):
                            return
                except _FAULTS:
                    # One caller that went away, or said what nobody should, is no reason to end.
                    continue

    def _answer(self, caller: Connection) -> bool:
        """Answer one caller; tell whether it asked to end."""
        if not caller.poll(_PATIENCE):
            return False
        asked = caller.recv_bytes(_LONGEST)
        if asked == _ASK:
            self._come_forward()
            caller.send_bytes(_HERE)
        elif asked == _END:
            caller.send_bytes(_HERE)
        return asked == _END


def _say(folder: Path, words: bytes) -> bool:
    address = _address(folder)
    if address is None:
        return False
    try:
        with Client(address) as door:
            door.send_bytes(words)
            return door.poll(_PATIENCE) and door.recv_bytes(_LONGEST) == _HERE
    except _FAULTS:
        return False


def _listen(folder: Path) -> Listener | None:
    address = _address(folder)
    if address is None:
        return None
    if sys.platform != "win32":
        # Whoever holds the folder may clear away the door a killed window left.
        Path(address).unlink(missing_ok=True)
    try:
        return Listener(address)
    except OSError:
        return None


def _address(folder: Path) -> str | None:
    """Name the door of a folder, the same for every way to write its path; None without one."""
    name = sha256(str(folder.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:24]
    if sys.platform == "win32":
        return rf"\\.\pipe\gemba-{os.environ.get('USERNAME', '')}-{name}"
    home = _own_folder()
    return None if home is None else str(home / name)


def _own_folder() -> Path | None:
    """Return a folder that nobody else can enter: a stranger must not answer in our place."""
    if sys.platform == "win32":
        return None
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    home = Path(runtime) / "gemba" if runtime else Path(gettempdir()) / f"gemba-{os.getuid()}"
    try:
        home.mkdir(mode=0o700, exist_ok=True)
        found = home.lstat()
    except OSError:
        return None
    private = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
    return home if private and found.st_uid == os.getuid() else None
