"""A theme given to the application, and the ring that follows the focus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from gemba.ui.theme import Theme


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme at 100 %, without motion."""
    chosen = Theme(still=True)
    chosen.apply(qapp)
    yield chosen
    qapp.setStyleSheet("")
