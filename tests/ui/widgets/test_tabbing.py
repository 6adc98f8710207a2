"""Tab goes through what comes later where it stands, not behind everything else."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gemba.ui.theme import Theme
from gemba.ui.widgets import Button, Label, RowList, RowWords
from gemba.ui.widgets.tabbing import tab_through


def test_rows_that_come_later_are_reached_where_they_stand(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    above, rows, below = Button(theme, "Above"), RowList(theme), Button(theme, "Below")
    section = QWidget()
    inside = QVBoxLayout(section)
    inside.addWidget(Label(theme, "In use"))
    inside.addWidget(rows)
    for widget in (above, section, below):
        column.addWidget(widget)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    rows.set_rows([RowWords("One", key=1), RowWords("Two", key=2)])
    for names in (["One", "Two"], ["Two", "Three", "One"]):
        rows.set_rows([RowWords(one, key=one) for one in names])
        tab_through(rows, rows.rows())
        qtbot.waitUntil(rows.rows()[-1].isVisible)
        above.setFocus()
        seen = []
        for _ in range(len(names) + 1):
            held = page.focusWidget()
            assert held is not None
            qtbot.keyClick(held, Qt.Key.Key_Tab)
            held = page.focusWidget()
            seen.append(held.words.strong if hasattr(held, "words") else held.text())
        assert seen == [*names, "Below"]
