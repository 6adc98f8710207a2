"""Pages are tested over a real folder, with real services, by clicks and keys."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from gemba.services.workspace import Workspace, open_workspace
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme
from tests.fresh import begin_folder
from tests.ui.pages.steps import Steps

ZONE = ZoneInfo("Europe/Amsterdam")


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)

    def __call__(self) -> datetime:
        return self.time

    def move(self, **by: float) -> None:
        """Move on by minutes, hours or days."""
        self.time += timedelta(**by)


class Post(QObject):
    """Brings what the writer's thread has to tell to the thread of the pages."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(lambda work: work(), Qt.ConnectionType.QueuedConnection)

    def __call__(self, work: Callable[[], None]) -> None:
        if threading.current_thread() is threading.main_thread():
            work()
        else:
            self.asked.emit(work)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def go(theme: Theme, request: pytest.FixtureRequest) -> Iterator[Steps]:
    made = Steps(theme, lambda: request.getfixturevalue("workspace"))
    yield made
    made.close()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(still=True)
    made.apply(qapp)
    yield made
    qapp.setStyleSheet("")


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def workspace(data_dir: Path, clock: Clock, qapp: QApplication) -> Iterator[Workspace]:
    from gemba.app.folders import load_catalog
    from gemba.words import Words

    begin_folder(data_dir)
    opened = open_workspace(data_dir, load_catalog(data_dir), Words(), post=Post(), now=clock)
    yield opened
    opened.close()
