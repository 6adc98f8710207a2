"""The heat list: words can be read on every step, keys go from line to line."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from gemba.ui.theme import Theme
from gemba.ui.widgets.heat_list import STRENGTHS, HeatLine, HeatList
from tests.ui.test_theme import contrast


def mixed(over: QColor, ground: QColor, share: float) -> QColor:
    return QColor(
        *(
            round(a * share + b * (1 - share))
            for a, b in zip(over.getRgb()[:3], ground.getRgb()[:3], strict=True)
        )
    )


@pytest.mark.parametrize("dark", [False, True])
def test_words_stand_out_on_every_step(dark: bool) -> None:
    theme = Theme(dark=dark, still=True)
    for step, share in enumerate(STRENGTHS):
        tone = theme.on_accent if step == len(STRENGTHS) - 1 else theme.ink
        assert contrast(tone, mixed(theme.accent, theme.surface, share)) >= 4.5, step


def test_arrows_go_from_line_to_line_and_stay_inside(qtbot: QtBot, theme: Theme) -> None:
    heat = HeatList(theme, "Places")
    qtbot.addWidget(heat)
    heat.set_lines([HeatLine("Ward 4", "3 days", 0), HeatLine("Lounge", "not seen yet", 4)])
    heat.resize(480, heat.sizeHint().height())
    opened: list[int] = []
    heat.opened.connect(opened.append)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(heat, key)
    qtbot.keyClick(heat, Qt.Key.Key_Return)
    assert opened == [0, 1]
    assert heat.accessibleName() == "Places. Lounge: not seen yet"
    heat.set_lines([])
    assert heat.isHidden()
    qtbot.keyClick(heat, Qt.Key.Key_Return)
    assert opened == [0, 1]
