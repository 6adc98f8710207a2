"""A name is chosen or added, by keys alone."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.ui.theme import Theme
from gemba.ui.widgets import NameField

MARTA, SAMIR = UUID(int=1), UUID(int=2)


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> NameField:
    made = NameField(theme, "With", question="Who?")
    made.set_names([(MARTA, "Marta Lindqvist"), (SAMIR, "Samir Haddad")])
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    qtbot.waitUntil(made.line.hasFocus)
    return made


def offered(field: NameField) -> list[str]:
    model = field.offers.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_typing_offers_names_that_hold_it_and_the_new_one(qtbot: QtBot, field: NameField) -> None:
    qtbot.keyClicks(field.line, "ma")
    assert offered(field) == ["Marta Lindqvist", "Add ma"]
    qtbot.keyClicks(field.line, "x")
    assert offered(field) == ["Add max"]


def test_a_known_name_is_chosen_by_arrow_and_enter(qtbot: QtBot, field: NameField) -> None:
    qtbot.keyClicks(field.line, "ma")
    with qtbot.waitSignal(field.chosen) as caught:
        qtbot.keyClick(field.line, Qt.Key.Key_Down)
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert caught.args == [MARTA, "Marta Lindqvist"]
    assert field.value() == (MARTA, "Marta Lindqvist")
    assert not field.offers.isVisible()


@pytest.mark.parametrize("name", ["\ufeffóÆ", "\ufffe'"])
def test_a_name_is_added_letter_for_letter(qtbot: QtBot, field: NameField, name: str) -> None:
    field.line.setText(f" {name}")
    with qtbot.waitSignal(field.added) as caught:
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert caught.args == [name]


def test_a_new_name_is_added_once_by_enter(qtbot: QtBot, field: NameField) -> None:
    added: list[str] = []
    field.added.connect(added.append)
    qtbot.keyClicks(field.line, "Priya Raman")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    field.line.clearFocus()
    assert added == ["Priya Raman"]
    assert field.value() == (None, "Priya Raman")


def test_add_name_is_taken_from_the_list_by_pointer(qtbot: QtBot, field: NameField) -> None:
    qtbot.keyClicks(field.line, "Priya")
    view = field.offers.list
    where = view.visualRect(view.model().index(0, 0)).center()
    with qtbot.waitSignal(field.added) as caught:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert caught.args == ["Priya"]


def test_a_known_name_in_other_letters_is_the_known_one(qtbot: QtBot, field: NameField) -> None:
    qtbot.keyClicks(field.line, "samir HADDAD ")
    with qtbot.waitSignal(field.chosen) as caught:
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert caught.args[0] == SAMIR


def test_escape_closes_the_list_and_keeps_the_words(qtbot: QtBot, field: NameField) -> None:
    qtbot.keyClicks(field.line, "ma")
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert not field.offers.isVisible()
    assert field.line.text() == "ma"


def test_down_opens_all_names(qtbot: QtBot, field: NameField) -> None:
    qtbot.keyClick(field.line, Qt.Key.Key_Down)
    assert offered(field) == ["Marta Lindqvist", "Samir Haddad"]


def test_a_value_that_is_shown_sends_nothing(qtbot: QtBot, field: NameField) -> None:
    sent: list[object] = []
    field.chosen.connect(lambda *args: sent.append(args))
    field.added.connect(sent.append)
    field.set_value(SAMIR)
    field.line.clearFocus()
    assert field.line.text() == "Samir Haddad"
    assert sent == []


def test_an_emptied_name_is_told(qtbot: QtBot, field: NameField) -> None:
    field.set_value(SAMIR)
    field.line.selectAll()
    qtbot.keyClick(field.line, Qt.Key.Key_Delete)
    with qtbot.waitSignal(field.chosen) as caught:
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert caught.args == [None, ""]


def test_from_right_to_left_the_arrow_stands_at_the_left(field: NameField) -> None:
    before = field.opener.mapTo(field.frame, field.opener.rect().topLeft()).x()
    field.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    field.frame.row.activate()
    assert field.opener.mapTo(field.frame, field.opener.rect().topLeft()).x() == 2
    assert field.frame.width() - before - field.opener.width() == 2


def test_a_long_name_is_shown_from_its_beginning(field: NameField) -> None:
    field.set_value(None, "Maria da Conceição Rodrigues de Albuquerque " * 4)
    assert field.line.cursorPosition() == 0
