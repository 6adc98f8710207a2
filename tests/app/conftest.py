"""The application over a folder of its own, and what it is tried on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gemba.app.session import Session
from gemba.app.start import App, make_qt
from tests.fresh import begin_folder, lay_sample

PASSPHRASE = "Grüße vom Band 7"


@pytest.fixture
def locked(data_dir: Path) -> Path:
    """An encrypted folder with the sample."""
    return lay_sample(data_dir, PASSPHRASE)


@pytest.fixture
def app(qtbot: QtBot, data_dir: Path) -> Iterator[App]:
    made = App(make_qt(), data_dir, dark=False)
    made.theme.still = True
    yield made
    if made.locking.gate is not None:
        made.locking.gate.close()
        made.locking.gate.deleteLater()
    if made.session is not None:
        made.session.leave()
    made.locking.end_watching()
    made.tasks.close()
    made.ring.deleteLater()


@pytest.fixture
def session(app: App, data_dir: Path) -> Session:
    """The application with its folder open."""
    opened = app.open(begin_folder(data_dir))
    opened.start_opening()
    assert opened.workspace.store.writable
    return opened
