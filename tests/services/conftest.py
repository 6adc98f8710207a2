"""A workspace over a real folder, with a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gemba.app.folders import load_catalog
from gemba.services.workspace import Workspace, open_workspace
from gemba.words import Words
from tests.fresh import begin_folder


def now() -> datetime:
    return datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def workspace(data_dir: Path) -> Iterator[Workspace]:
    begin_folder(data_dir)
    opened = open_workspace(data_dir, load_catalog(data_dir), Words(), now=now)
    yield opened
    opened.close()
