"""Problem statements and is / is not, written by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.figures import Figure, IsIsNot, Problem
from gemba.domain.figures.is_is_not import Contrast
from gemba.ui.figures import Around, editor_for
from gemba.ui.figures.form import FormEditor
from gemba.ui.theme import Theme

Key = Qt.Key


def editor_of(
    qtbot: QtBot, theme: Theme, figure: Figure, around: Around | None = None
) -> FormEditor:
    editor = editor_for(figure, theme, around or Around())
    assert isinstance(editor, FormEditor)
    qtbot.addWidget(editor)
    editor.resize(420, 1000)
    editor.show()
    editor.begin()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return editor


def test_a_problem_is_written_question_by_question(qtbot: QtBot, theme: Theme) -> None:
    asks = Around(asked=lambda place, words: f"Asked at {place}." if "because" in words else "")
    made = editor_of(qtbot, theme, Problem(id="p"), asks)
    for text in ("Too late because", "Patients", "Families"):
        qtbot.keyClicks(QApplication.focusWidget(), text)
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    figure = made.figure
    assert isinstance(figure, Problem)
    assert (figure.statement, figure.what, figure.who) == (
        "Too late because",
        "Patients",
        "Families",
    )
    assert "Asked at gap." in made.fields["statement"].said()
    assert "Not said yet: where" in made.told.text()


def test_a_range_with_the_questions_is_taken_apart(qtbot: QtBot, theme: Theme) -> None:
    made = editor_of(qtbot, theme, Problem(id="p"))
    QGuiApplication.clipboard().setText("Where\tWard 6\nHow much\t88 of 132\nColour\tred\n")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    figure = made.figure
    assert isinstance(figure, Problem)
    assert (figure.where, figure.how_much, figure.statement) == ("Ward 6", "88 of 132", "")
    assert made.no_place.text() == "No place for row 3, A “Colour”, row 3, B “red”."
    made.begin_at("what")
    QGuiApplication.clipboard().setText("a\tb")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert made.fields["what"].text() == "a\tb", "what names no question is text"


def test_cells_are_kept_where_they_say_something(qtbot: QtBot, theme: Theme) -> None:
    made = editor_of(qtbot, theme, IsIsNot(id="i"))
    qtbot.keyClicks(QApplication.focusWidget(), "Inner edge")
    made.begin_at("when/seen")
    qtbot.keyClicks(QApplication.focusWidget(), "Nights")
    figure = made.figure
    assert isinstance(figure, IsIsNot)
    assert [(row.aspect, row.seen) for row in figure.rows] == [
        ("what", "Inner edge"),
        ("when", "Nights"),
    ]
    assert made.fields["what/unseen"].said() == "What could it be, and is not?"
    sent: list[object] = []
    made.changed.connect(sent.append)
    made.set_figure(IsIsNot(id="i"))
    assert not sent
    assert made.fields["when/seen"].text() == ""


def test_rows_that_come_later_get_fields_of_their_own(qtbot: QtBot, theme: Theme) -> None:
    made = editor_of(qtbot, theme, IsIsNot(id="i"))
    row = Contrast(id="z", aspect="what", seen="Inner edge")
    made.set_figure(IsIsNot(id="i", rows=(row,)))
    assert made.fields["z/seen"].text() == "Inner edge"
    assert "what/seen" not in made.fields
    made.begin_at("z/unseen")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is made.fields["z/unseen"].edit)
    qtbot.keyClicks(QApplication.focusWidget(), "Outer edge")
    figure = made.figure
    assert isinstance(figure, IsIsNot)
    assert [(one.id, one.seen, one.unseen) for one in figure.rows] == [
        ("z", "Inner edge", "Outer edge")
    ]


def test_two_rows_under_one_id_keep_their_words(qtbot: QtBot, theme: Theme) -> None:
    rows = (
        Contrast(id="z", aspect="what", seen="Inner edge"),
        Contrast(id="z", aspect="where", seen="Line 3"),
    )
    made = editor_of(qtbot, theme, IsIsNot(id="i", rows=rows))
    made.begin_at("z/seen")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is made.fields["z/seen"].edit)
    qtbot.keyClicks(QApplication.focusWidget(), "x")
    figure = made.figure
    assert isinstance(figure, IsIsNot)
    assert sorted(one.seen for one in figure.rows) == ["Line 3", "xInner edge"]


def test_a_row_of_another_kind_is_shown_and_kept(qtbot: QtBot, theme: Theme) -> None:
    row = Contrast(id="z", aspect="colour", seen="مرحبا " * 800)
    made = editor_of(qtbot, theme, IsIsNot(id="i", rows=(row,)))
    assert made.fields["z/seen"].text() == row.seen
    qtbot.keyClicks(QApplication.focusWidget(), "x")
    figure = made.figure
    assert isinstance(figure, IsIsNot)
    assert row in figure.rows
