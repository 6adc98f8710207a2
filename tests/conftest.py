"""What every test stands on: no screen, a folder of its own, and no warning left unread."""

from __future__ import annotations

import logging
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A shared machine may be slow for a moment. A run tries the same examples for the same code, so
# that what it says of a change is said of that change; `make explore` looks further each time.
settings.register_profile("gemba", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("GEMBA_EXAMPLES", "gemba"))

# Before Qt is imported anywhere. Scale and style of the machine must not change a picture.
# The keyring of whoever runs the tests is not ours to write in.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for name in ("QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME", "QT_FONT_DPI"):
    os.environ.pop(name, None)
os.environ["QT_ENABLE_HIGHDPI_SCALING"] = "0"

# Thousands of small databases, each written and synced many times, need no disk to be right.
_MEMORY = Path("/dev/shm")
if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > 2_000_000_000:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """An empty data folder that belongs to this test alone."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session", autouse=True)
def _quick_locks() -> Iterator[None]:
    """A passphrase made in a test opens at once; what processes make is as slow as it must be."""
    from gemba.store import keys

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "_MEMORY_KIB", 1024)
        patch.setattr(keys, "_PASSES", 1)
        yield


class _Unexpected(logging.Handler):
    """Keeps every record from WARNING up."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def expected_logs() -> list[str]:
    """Log messages that this test means to cause: append a part of each message."""
    return []


@pytest.fixture(autouse=True)
def _no_unexpected_logs(expected_logs: list[str]) -> Iterator[None]:
    handler = _Unexpected()
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
    unread = [
        f"{record.levelname} {record.name}: {record.getMessage()}"
        for record in handler.records
        if not any(part in record.getMessage() for part in expected_logs)
    ]
    if unread:
        pytest.fail("Logs that nobody expected:\n" + "\n".join(unread), pytrace=False)


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    """A test closes what it opened: threads end with it, and its environment is put back."""
    threads = set(threading.enumerate())
    environment = dict(os.environ)
    folder = Path.cwd()
    yield
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    left = [t.name for t in threading.enumerate() if t not in threads and not t.daemon]
    if left:
        pytest.fail(f"Threads left running: {', '.join(left)}", pytrace=False)


@pytest.fixture(autouse=True)
def _no_windows_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Top-level windows of a test are gone before the next one starts."""
    yield
    if "qapp" not in request.fixturenames:
        return
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    for widget in QApplication.topLevelWidgets():
        if widget.parent() is None:
            widget.close()
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    # What Python put there must go before Python does: at exit Qt would destroy it too late.
    QApplication.clipboard().clear()
