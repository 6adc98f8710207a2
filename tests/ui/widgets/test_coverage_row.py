"""A row of marks answers to the pointer, as everything that can be clicked."""

from __future__ import annotations

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gemba.ui.gallery_samples import pose
from gemba.ui.theme import Theme
from gemba.ui.widgets.coverage import CoverageRow


def test_each_state_is_seen(qtbot: QtBot, theme: Theme) -> None:
    def drawn(state: str) -> QImage:
        row = CoverageRow(theme, "Goal", ((0, 3),), "Goal: 0, 3")
        qtbot.addWidget(row)
        row.resize(320, 36)
        pose(row, state)
        return row.grab().toImage()

    pictures = [drawn(state) for state in ("rest", "hover", "pressed", "disabled")]
    assert all(one != other for at, one in enumerate(pictures) for other in pictures[at + 1 :])
