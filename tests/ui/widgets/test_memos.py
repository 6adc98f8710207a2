"""Voice memos in a row: heard, removed by keys, and held fast while the row is shown anew."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.ui.theme import Theme
from gemba.ui.widgets.memos import MemoStrip

MEMOS = [("a", "Pump"), ("b", "Dock"), ("c", "")]


def test_the_focus_stays_with_its_memo_and_delete_removes_that_one(
    qtbot: QtBot, theme: Theme
) -> None:
    strip = MemoStrip(theme)
    qtbot.addWidget(strip)
    strip.show()
    strip.activateWindow()
    strip.set_memos(MEMOS)
    strip.memos()[1].setFocus()
    qtbot.waitUntil(strip.memos()[1].hasFocus)
    strip.set_memos([("z", "Lift"), *MEMOS])
    assert [one.hasFocus() for one in strip.memos()] == [False, False, True, False]
    assert strip.memos()[3].text() == "Voice memo"
    removed: list[object] = []
    opened: list[object] = []
    strip.removed.connect(removed.append)
    strip.opened.connect(opened.append)
    qtbot.keyClick(strip.memos()[2], Qt.Key.Key_Delete)
    qtbot.keyClick(strip.memos()[2], Qt.Key.Key_Space)
    assert (removed, opened) == (["b"], ["b"])


def test_without_a_way_to_add_one_an_empty_row_is_hidden(qtbot: QtBot, theme: Theme) -> None:
    strip = MemoStrip(theme, adds=False)
    qtbot.addWidget(strip)
    assert strip.isHidden()
    strip.set_memos(MEMOS)
    assert not strip.isHidden()
    assert strip.adder.isHidden()
    strip.set_memos([])
    assert strip.isHidden()
