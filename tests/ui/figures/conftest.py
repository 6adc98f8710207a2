"""The theme in which the editors of figures are tried."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from gemba.ui.theme import Theme


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme, applied."""
    made = Theme(still=True)
    made.apply(qapp)
    return made
