"""A target card written by keys."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.figures import Target
from gemba.ui.figures import Around, editor_for
from gemba.ui.figures.target import TargetEditor
from gemba.ui.theme import Theme

TODAY = date(2026, 11, 22)
Key = Qt.Key


@pytest.fixture
def made(qtbot: QtBot, theme: Theme) -> TargetEditor:
    editor = editor_for(Target(id="t"), theme, Around(today=lambda: TODAY))
    assert isinstance(editor, TargetEditor)
    qtbot.addWidget(editor)
    editor.resize(420, 900)
    editor.show()
    editor.begin()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return editor


def test_a_card_is_written_field_by_field(qtbot: QtBot, made: TargetEditor) -> None:
    texts = ("Out before noon", "Ward 6", "19", "40", "%", "11 Dec", "bed board", "Readmission")
    for text in texts:
        qtbot.keyClicks(QApplication.focusWidget(), text)
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    figure = made.figure
    assert isinstance(figure, Target)
    assert (figure.measure, figure.start, figure.goal) == ("Out before noon", "19", "40")
    assert (figure.by, figure.balance) == (date(2026, 12, 11), "Readmission")
    assert made.fields["by"].text() == "11 Dec 2026"
    assert made.told.text().split("\n") == [
        "A: why it can be reached?",
        "R: which goal it serves?",
    ]


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    qtbot: QtBot, made: TargetEditor
) -> None:
    for key, text in (("by", "soon"), ("start", "a lot")):
        made.begin_at(key)
        qtbot.keyClicks(QApplication.focusWidget(), text)
    figure = made.figure
    assert isinstance(figure, Target)
    assert (figure.by, figure.by_words, figure.start) == (None, "soon", "a lot")
    assert "names no day" in made.fields["by"].said()
    assert "not a number" in made.fields["start"].said()
    sent: list[object] = []
    made.changed.connect(sent.append)
    made.set_figure(Target(id="t", measure="Before", by=date(2027, 1, 5)))
    assert not sent
    assert made.fields["measure"].text() == "Before"
    assert made.fields["by"].text() == "5 Jan 2027"
    assert made.fields["start"].said() == ""


@pytest.mark.parametrize(
    "text",
    [
        "Measure\tFrom\tTo\tUnit\tBy\tColour\nLead time\t12,5\t7\tdays\t11.12.2026\tred",
        "Measure\tLead time\nFrom\t12,5\nTo\t7\nUnit\tdays\nDue date\t2026-12-11\nColour\tred",
        "Lead time\t12,5\t7\tdays\t11 Dec\tWard 6\tboard\tred",
    ],
)
def test_a_range_fills_the_card_and_what_found_no_place_is_named(
    qtbot: QtBot, made: TargetEditor, text: str
) -> None:
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    figure = made.figure
    assert isinstance(figure, Target)
    assert (figure.measure, figure.start, figure.goal) == ("Lead time", "12,5", "7")
    assert (figure.unit, figure.by) == ("days", date(2026, 12, 11))
    assert made.fields["goal"].text() == "7"
    assert made.no_place.text().startswith("No place for row ")
    assert "“red”" in made.no_place.text()


def test_a_pasted_sentence_stays_where_it_is_pasted(qtbot: QtBot, made: TargetEditor) -> None:
    QGuiApplication.clipboard().setText("From 19; to 40, in one line")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert made.fields["measure"].text() == "From 19; to 40, in one line"
    QGuiApplication.clipboard().setText("")
    qtbot.mouseClick(made.paster, Qt.MouseButton.LeftButton)
    assert made.no_place.text() == "There is no table on the clipboard."
