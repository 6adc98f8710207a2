"""The text field hands back exactly what it was given, and changes only what the user changes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QRect, Qt
from PySide6.QtGui import QImage, QTextCursor
from pytestqt.qtbot import QtBot

from gemba.ui.theme import Theme
from gemba.ui.widgets import Field, ScrollPage, TextField

ODD = "\u00a0\r\n\u2028\u2029\ufeff\x00\t\ufdd0\ufdd1\ufffc\ufffe\u202e😀é"
letters = st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=("Cs",)))
texts = st.text(letters, max_size=40)
quick = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> TextField:
    made = TextField(theme, "What happened?", question="What did you see?")
    qtbot.addWidget(made)
    return made


@quick
@given(text=texts)
def test_opening_and_closing_changes_nothing(field: TextField, text: str) -> None:
    field.set_text(text)
    assert field.text() == text
    assert not field.changed()


@quick
@given(text=texts, at=st.integers(0, 60))
def test_typing_changes_only_where_it_is_typed(field: TextField, text: str, at: int) -> None:
    field.set_text(text)
    cursor = field.edit.textCursor()
    cursor.movePosition(cursor.MoveOperation.NextCharacter, cursor.MoveMode.MoveAnchor, at)
    cursor.insertText("x")
    found = field.text()
    splits = {text[:i] + "x" + text[i:] for i in range(len(text) + 1)}
    assert found in splits
    field.edit.undo()
    assert field.text() == text


@quick
@given(text=texts, one=st.integers(0, 60), other=st.integers(0, 60))
def test_deleting_takes_only_what_was_chosen(
    field: TextField, text: str, one: int, other: int
) -> None:
    field.set_text(text)
    cursor = field.edit.textCursor()
    cursor.movePosition(cursor.MoveOperation.NextCharacter, cursor.MoveMode.MoveAnchor, one)
    cursor.movePosition(cursor.MoveOperation.NextCharacter, cursor.MoveMode.KeepAnchor, other)
    cursor.removeSelectedText()
    found = field.text()
    cuts = (text[:i] + text[j:] for i in range(len(text) + 1) for j in range(i, len(text) + 1))
    assert found in set(cuts)


@quick
@given(text=texts)
def test_one_line_opened_and_closed_changes_nothing(qtbot: QtBot, theme: Theme, text: str) -> None:
    line = Field(theme, "Purpose")
    line.set_text(text)
    assert line.text() == text
    assert not line.changed()
    line.deleteLater()


def test_what_the_user_types_comes_back_with_plain_line_ends(
    qtbot: QtBot, field: TextField
) -> None:
    with qtbot.waitSignal(field.edited):
        qtbot.keyClicks(field.edit, "first")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(field.edit, "second")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(field.edit, "third")
    assert field.text() == "first\nsecond\nthird"


def test_old_line_ends_stay_beside_new_words(qtbot: QtBot, field: TextField) -> None:
    field.set_text("one\r\ntwo\u2028three\u00a0four")
    field.edit.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(field.edit, "!")
    assert field.text() == "one\r\ntwo\u2028three\u00a0four!"


def test_enter_keeps_where_the_page_says_so(qtbot: QtBot, theme: Theme) -> None:
    field = TextField(theme, "I saw", enter_keeps=True)
    qtbot.addWidget(field)
    qtbot.keyClicks(field.edit, "Label printer")
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert field.text() == "Label printer\n"


def test_it_grows_with_the_text_up_to_twelve_lines(qtbot: QtBot, field: TextField) -> None:
    field.resize(300, 400)
    field.show()
    line = field.theme.line_height("text")
    heights = []
    for count in (1, 3, 12, 40):
        field.set_text("\n".join("line" for _ in range(count)))
        heights.append(field.edit.height() // line)
    assert heights == [1, 3, 12, 12]


def test_every_line_is_21_pixels_high(qtbot: QtBot, field: TextField) -> None:
    field.resize(300, 200)
    field.show()
    field.set_text("a\nb\nc\nd")
    assert field.edit.document().size().height() == 4 * 21
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.edit.document().size().height() == 5 * 21


def test_tab_goes_on_and_the_field_says_that_it_was_left(qtbot: QtBot, theme: Theme) -> None:
    page = ScrollPage(theme)
    one, two = TextField(theme, "One"), TextField(theme, "Two")
    page.add(one)
    page.add(two)
    qtbot.addWidget(page)
    page.show()
    one.setFocus()
    qtbot.waitUntil(one.edit.hasFocus)
    with qtbot.waitSignal(one.left):
        qtbot.keyClick(one.edit, Qt.Key.Key_Tab)
    assert two.edit.hasFocus()


def test_a_pasted_picture_is_handed_on(qtbot: QtBot, field: TextField) -> None:
    data = QMimeData()
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    data.setImageData(picture)
    with qtbot.waitSignal(field.pasted):
        field.edit.insertFromMimeData(data)
    assert field.text() == ""


def test_pasted_markup_stays_as_it_is_written(qtbot: QtBot, field: TextField) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("<b>bold</b> & <img src=x>")
    field.edit.insertFromMimeData(data)
    assert field.text() == "<b>bold</b> & <img src=x>"


def test_a_long_line_is_not_cut(qtbot: QtBot, theme: Theme) -> None:
    line = Field(theme, "Purpose")
    qtbot.addWidget(line)
    long = "x" * 100_000
    line.set_text(long)
    line.line.end(False)
    qtbot.keyClicks(line.line, "y")
    assert line.text() == long + "y"


def test_a_sentence_below_is_told_and_taken_away(qtbot: QtBot, theme: Theme) -> None:
    line = Field(theme, "Purpose")
    qtbot.addWidget(line)
    line.say("That names no day.")
    assert line.said() == "That names no day."
    assert line.accessibleDescription() == "That names no day."
    line.say("")
    assert line.accessibleDescription() == ""


def test_read_only_text_cannot_be_changed(qtbot: QtBot, field: TextField) -> None:
    field.set_text("as it stood")
    field.set_read_only(True)
    qtbot.keyClicks(field.edit, "x")
    assert field.text() == "as it stood"


def test_its_label_is_its_name(field: TextField) -> None:
    assert field.edit.accessibleName() == "What happened?"


def test_a_question_that_is_too_long_for_a_line_is_asked_to_its_end(
    qtbot: QtBot, theme: Theme
) -> None:
    asked = TextField(theme, "Against it", question="What was as you expected, and what was not?")
    qtbot.addWidget(asked)
    asked.resize(600, 100)
    asked.show()
    qtbot.waitExposed(asked)
    line = theme.line_height("text")
    qtbot.waitUntil(lambda: asked.edit.height() == line)
    asked.resize(220, 100)
    qtbot.waitUntil(lambda: asked.edit.height() == 2 * line)
    empty = asked.edit.viewport().grab().toImage()
    second = QRect(0, line, 60, line)
    qtbot.keyClicks(asked.edit, "A")
    assert asked.edit.height() == 2 * line, "the first letter moves nothing"
    assert asked.edit.viewport().grab().toImage().copy(second) != empty.copy(second)
    assert asked.text() == "A"
