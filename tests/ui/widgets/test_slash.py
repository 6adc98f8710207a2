"""The list under a slash: where it opens, what it eats, and that a slash in a word is a letter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.ui.theme import Theme
from gemba.ui.widgets import RowWords
from gemba.ui.widgets.box_text import BoxText
from gemba.ui.widgets.row_paint import row_width
from gemba.ui.widgets.slash import Slash
from tests.ui.widgets.test_box_text import Make, make  # noqa: F401

KINDS = ("Pareto", "Photo from a file", "Action plan", "Is / is not")
Begin = Callable[..., tuple[BoxText, Slash, list[object]]]


def rows(typed: str) -> list[RowWords]:
    return [RowWords(one, key=one) for one in KINDS if typed.casefold() in one.casefold()]


@pytest.fixture
def begin(make: Make, theme: Theme) -> Begin:  # noqa: F811
    def begun(text: str = "") -> tuple[BoxText, Slash, list[object]]:
        editor = make(text)
        slash = Slash(theme, editor, rows)
        taken: list[object] = []
        slash.chosen.connect(taken.append)
        return editor, slash, taken

    return begun


def test_a_slash_at_the_start_opens_the_list_and_enter_takes_the_first(begin: Begin) -> None:
    editor, slash, taken = begin()
    QTest.keyClicks(editor, "/pa")
    assert slash.offers.isVisible()
    assert slash.offers.chosen() == "Pareto"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert taken == ["Pareto"]
    assert editor.text() == ""
    assert not slash.offers.isVisible()


def test_after_a_space_and_in_a_bullet_it_opens_and_what_stood_before_stays(begin: Begin) -> None:
    editor, _slash, taken = begin("Gap in June\n- see ")
    QTest.keyClicks(editor, "/")
    QTest.keyClick(editor, Qt.Key.Key_Down)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert taken == ["Photo from a file"]
    assert editor.text() == "Gap in June\n- see "


@pytest.mark.parametrize("text", ["1/2", "and/or", "km/h", "a / b", "x //y", "/ ", "he said 1/"])
def test_a_slash_in_a_word_is_a_letter(begin: Begin, text: str) -> None:
    editor, slash, taken = begin()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "more")
    assert editor.text() == f"{text}\nmore"
    assert not slash.offers.isVisible()
    assert not taken


def test_esc_keeps_the_slash_as_text_and_does_not_leave_the_box(begin: Begin, qtbot: QtBot) -> None:
    editor, slash, taken = begin()
    left: list[bool] = []
    editor.escaped.connect(lambda: left.append(True))
    QTest.keyClicks(editor, "/par")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not slash.offers.isVisible()
    QTest.keyClicks(editor, "eto")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "/pareto\n"
    assert not left
    assert not taken
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert left


def test_with_nothing_found_it_goes_and_comes_back_with_a_letter_less(begin: Begin) -> None:
    editor, slash, taken = begin()
    QTest.keyClicks(editor, "/parx")
    assert not slash.offers.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert slash.offers.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_Home)
    assert not slash.offers.isVisible()
    assert editor.text() == "/par"
    assert not taken


def test_a_wrong_word_after_a_slash_is_text_and_enter_is_a_new_line(begin: Begin) -> None:
    editor, slash, taken = begin()
    QTest.keyClicks(editor, "/usr/share and so on for a long time, longer than any name of a kind")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text().startswith("/usr/share and so on")
    assert editor.text().endswith("\n")
    assert not slash.offers.isVisible()
    assert not taken


def test_taking_the_slash_away_closes_the_list_and_undo_brings_it_back_as_text(
    begin: Begin,
) -> None:
    editor, slash, taken = begin("📈 ")
    QTest.keyClicks(editor, "/pa")
    assert slash.offers.isVisible()
    for _ in "/pa":
        QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert not slash.offers.isVisible()
    assert editor.text() == "📈 "
    QTest.keyClicks(editor, "/act")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert taken == ["Action plan"]
    assert editor.text() == "📈 "
    editor.undo()
    assert "/act" in editor.text()
    assert not slash.offers.isVisible()


def test_a_box_that_can_only_be_read_offers_nothing(begin: Begin) -> None:
    editor, slash, taken = begin("Read me ")
    editor.setReadOnly(True)
    QTest.keyClicks(editor, "/pa")
    assert not slash.offers.isVisible()
    assert editor.text() == "Read me "
    assert not taken


def test_leaving_the_box_closes_the_list(begin: Begin) -> None:
    editor, slash, _taken = begin()
    QTest.keyClicks(editor, "/")
    assert slash.offers.isVisible()
    editor.hide()
    assert not slash.offers.isVisible()
    assert editor.text() == "/"


@pytest.mark.parametrize("slash_of", ["/", "\uff0f"])
def test_a_slash_from_an_input_method_opens_the_list_too(begin: Begin, slash_of: str) -> None:
    editor, slash, taken = begin("見る ")
    event = QInputMethodEvent()
    event.setCommitString(slash_of)
    QApplication.sendEvent(editor, event)
    assert slash.offers.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert taken == ["Pareto"]
    assert editor.text() == "見る "


def test_a_name_with_a_slash_in_it_can_be_typed_whole(begin: Begin) -> None:
    editor, slash, taken = begin()
    QTest.keyClicks(editor, "/Is / is n")
    assert slash.offers.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert taken == ["Is / is not"]
    assert editor.text() == ""


def test_a_second_slash_that_belongs_to_no_name_begins_anew(begin: Begin) -> None:
    editor, slash, taken = begin()
    QTest.keyClicks(editor, "/see /par")
    assert slash.offers.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert taken == ["Pareto"]
    assert editor.text() == "/see "


@pytest.mark.parametrize("text", ["Gap in June\n- porters\n- ", "Gap in June\n- porters\n"])
def test_a_line_that_held_the_slash_alone_goes_with_it(begin: Begin, text: str) -> None:
    editor, _slash, taken = begin(text)
    QTest.keyClicks(editor, "/par")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert taken == ["Pareto"]
    assert editor.text() == "Gap in June\n- porters"
    QTest.keyClicks(editor, ", two")
    assert editor.text() == "Gap in June\n- porters, two"


def test_the_names_that_are_offered_are_shown_whole(
    make: Make,  # noqa: F811
    theme: Theme,
) -> None:
    editor = make("")
    words = RowWords("Problem statement, one sentence", age="suits this box", bold=False)
    slash = Slash(theme, editor, lambda _typed: [words] * 12)
    QTest.keyClicks(editor, "/")
    row = slash.offers.list.visualRect(slash.offers.list.model().index(0, 0))
    assert row.width() >= row_width(theme, words)
