"""Rows of a page and of a long list: opening, arrows, actions and words that are too long."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gemba.ui.theme import Theme
from gemba.ui.widgets import RecordListView, RowAction, RowList, RowWords
from gemba.ui.widgets.record_list import PAGE
from gemba.ui.widgets.row_paint import folded, spoken

PROMISES = [
    RowWords("Bed alarm on bay 4", "Raised by the night nurse", "16 days", key=1),
    RowWords("Label printer at the pharmacy hatch", "Raised by Samir", "9 days", key=2),
    RowWords("Second porter after 14:00", age="2 days", key=3),
]


@pytest.fixture
def told() -> list[object]:
    return []


@pytest.fixture
def rows(qtbot: QtBot, theme: Theme, told: list[object]) -> RowList:
    made = RowList(theme, name="Promises")
    made.set_rows(PROMISES, [RowAction("Tell back", "handshake", told.append)])
    qtbot.addWidget(made)
    made.resize(600, made.sizeHint().height())
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_click_anywhere_opens_the_row(qtbot: QtBot, rows: RowList) -> None:
    row = rows.rows()[1]
    with qtbot.waitSignal(rows.opened) as caught:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() - 4, 5))
    assert caught.args == [2]


def test_arrows_go_from_row_to_row_and_enter_opens(qtbot: QtBot, rows: RowList) -> None:
    first, second, third = rows.rows()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_End)
    assert third.hasFocus()
    qtbot.keyClick(third, Qt.Key.Key_Down)
    assert third.hasFocus()
    with qtbot.waitSignal(rows.opened) as caught:
        qtbot.keyClick(third, Qt.Key.Key_Return)
    assert caught.args == [3]
    qtbot.keyClick(third, Qt.Key.Key_Home)
    assert first.hasFocus()


def test_its_action_appears_with_the_focus_and_does_not_open_the_row(
    qtbot: QtBot, rows: RowList, told: list[object]
) -> None:
    row = rows.rows()[2]
    opened: list[object] = []
    rows.opened.connect(opened.append)
    assert row.action_buttons() == []
    row.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(row.hasFocus)
    (button,) = row.action_buttons()
    assert button.text() == "Tell back"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told == [3]
    assert opened == []


def test_the_menu_key_offers_the_actions(qtbot: QtBot, rows: RowList, told: list[object]) -> None:
    row = rows.rows()[1]
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(row, event)
    (menu,) = row.findChildren(QMenu)
    assert menu.isVisible()
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert told == [2]


def test_rows_are_40_or_56_high(theme: Theme, rows: RowList) -> None:
    assert [row.height() for row in rows.rows()] == [56, 56, 40]
    big = RowList(theme, big=True)
    assert big.add(RowWords("one line")).sizeHint().height() == 56


def test_new_rows_keep_the_focus_on_their_record(qtbot: QtBot, rows: RowList) -> None:
    rows.rows()[1].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(rows.rows()[1].hasFocus)
    rows.set_rows(PROMISES[1:])
    assert rows.rows()[0].words.key == 2
    assert rows.rows()[0].hasFocus()


def test_all_words_are_spoken(rows: RowList) -> None:
    assert rows.rows()[0].accessibleName() == (
        "Bed alarm on bay 4, Raised by the night nurse, 16 days"
    )
    marked = RowWords("Nurse phoned", lead="10:09", marks=(("camera", "1"), ("", "delivery")))
    assert spoken(marked) == "10:09, Nurse phoned, 1, delivery"


def records(at: int, number: int) -> Sequence[RowWords]:
    return [RowWords(f"record {i}", "seen", f"{i} days", key=i) for i in range(at, at + number)]


@pytest.fixture
def long_list(qtbot: QtBot, theme: Theme) -> RecordListView:
    made = RecordListView(theme, name="Records")
    made.resize(500, 400)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_hundred_thousand_records_fetch_only_what_is_seen(
    qtbot: QtBot, long_list: RecordListView
) -> None:
    asked: list[int] = []

    def fetch(at: int, number: int) -> Sequence[RowWords]:
        asked.append(at)
        return records(at, number)

    long_list.set_source(100_000, fetch)
    qtbot.waitUntil(lambda: bool(asked))
    assert set(asked) == {0}
    whole = 100_000 * 56 - long_list.viewport().height()
    qtbot.waitUntil(lambda: long_list.verticalScrollBar().maximum() == whole)
    long_list.scrollToBottom()
    long_list.grab()
    assert max(asked) == 100_000 - PAGE
    assert len(asked) < 6


def test_a_record_opens_by_click_and_by_enter(qtbot: QtBot, long_list: RecordListView) -> None:
    long_list.set_source(500, records)
    with qtbot.waitSignal(long_list.opened) as caught:
        where = long_list.visualRect(long_list.model().index(2, 0)).center()
        qtbot.mouseClick(long_list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert caught.args == [2]
    qtbot.keyClick(long_list, Qt.Key.Key_Down)
    with qtbot.waitSignal(long_list.opened) as caught:
        qtbot.keyClick(long_list, Qt.Key.Key_Return)
    assert caught.args == [3]
    assert long_list.current_key() == 3


def test_a_record_keeps_its_mark_when_the_list_is_filled_anew(long_list: RecordListView) -> None:
    long_list.set_source(500, records)
    long_list.setCurrentIndex(long_list.model().index(4, 0))
    long_list.set_source(499, lambda at, number: records(at + 1, number))
    assert long_list.current_key() == 4
    assert long_list.currentIndex().row() == 3


def test_the_words_of_a_record_are_there_for_a_reader(long_list: RecordListView) -> None:
    long_list.set_rows([RowWords("Bed alarm", "Raised by the night nurse", "16 days")])
    index = long_list.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Bed alarm, Raised by the night nurse, 16 days"
    )


LONG = "Bed alarm in bay 4 mended, and somebody who reads reports on Sundays named"


def test_long_words_go_on_below_where_a_list_wraps(qtbot: QtBot, theme: Theme) -> None:
    made = RowList(theme, name="Promises", wraps=True)
    tell = RowAction("Tell back", "handshake", lambda _key: None)
    made.set_rows([RowWords(LONG, "Raised by Grace Teo. " * 4, "14 days", key=1)], [tell])
    made.add(RowWords("Short", age="today", key=2))
    qtbot.addWidget(made)
    made.resize(440, made.heightForWidth(440))
    made.show()
    qtbot.waitExposed(made)
    long, short = made.rows()
    assert long.height() == 56 + 2 * theme.line_height("text") + theme.line_height("small")
    assert short.height() == 40
    long.meet()
    qtbot.waitUntil(lambda: bool(long.action_buttons()))
    long.grab()
    # Nothing is cut, also while its actions show.
    assert not long._cut
    made.resize(1400, made.heightForWidth(1400))
    qtbot.waitUntil(lambda: long.height() == 56)


def test_lines_of_a_row_hold_every_word_also_of_letters_beyond_the_first_plane(
    theme: Theme,
) -> None:
    text = "Ask \U00020bb7野家 and 𝒳 whether " * 2 + "it holds"
    lines = folded(text, theme.font("text"), 240)
    assert 1 < len(lines) <= 3
    assert " ".join(lines) == " ".join(text.split())
