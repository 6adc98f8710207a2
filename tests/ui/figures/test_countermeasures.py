"""Comparing countermeasures by keys and clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.figures import Countermeasures
from gemba.domain.figures.countermeasures import Option
from gemba.ui.figures import Around
from gemba.ui.figures.countermeasures import CountermeasuresEditor, OptionRow
from gemba.ui.theme import Theme

Key = Qt.Key
Mod = Qt.KeyboardModifier
LEFT = Qt.MouseButton.LeftButton


def editor_of(qtbot: QtBot, theme: Theme, figure: Countermeasures) -> CountermeasuresEditor:
    editor = CountermeasuresEditor(theme, figure, Around())
    qtbot.addWidget(editor)
    editor.resize(420, 900)
    editor.show()
    editor.begin()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return editor


@pytest.fixture
def made(qtbot: QtBot, theme: Theme) -> CountermeasuresEditor:
    return editor_of(qtbot, theme, Countermeasures(id="c"))


def options_of(editor: CountermeasuresEditor) -> tuple[Option, ...]:
    figure = editor.figure
    assert isinstance(figure, Countermeasures)
    return figure.options


def row_of(editor: CountermeasuresEditor, at: int) -> OptionRow:
    return editor.rows[options_of(editor)[at].id]


def write(qtbot: QtBot, words: str) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), words)


def press(qtbot: QtBot, key: Qt.Key, mod: Mod = Mod.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, mod)


def test_options_are_written_one_after_the_other(qtbot: QtBot, made: CountermeasuresEditor) -> None:
    write(qtbot, "Name them")
    qtbot.keyClicks(row_of(made, 0).cause.line, "A")
    row_of(made, 0).words.take_caret()
    press(qtbot, Key.Key_Return)
    write(qtbot, "A nurse for letters")
    first, second = options_of(made)
    assert (first.what, first.cause) == ("Name them", "A")
    assert (second.what, second.cause) == ("A nurse for letters", "A")
    press(qtbot, Key.Key_Up, Mod.AltModifier)
    assert [one.what for one in options_of(made)] == ["A nurse for letters", "Name them"]
    assert row_of(made, 0).words.accessibleName() == "Countermeasure 1"


def test_levels_and_the_choice_are_clicked(qtbot: QtBot, made: CountermeasuresEditor) -> None:
    write(qtbot, "Name them")
    row = row_of(made, 0)
    for name, key in (("impact", "high"), ("effort", "low"), ("risk", "low")):
        row.choices[name].chosen.emit(key)
    row.choices["lasts"].chosen.emit("permanent")
    qtbot.mouseClick(row.chosen, LEFT)
    (option,) = options_of(made)
    assert (option.impact, option.effort, option.risk) == ("high", "low", "low")
    assert (option.lasts, option.chosen) == ("permanent", True)
    assert "Which cause" in row.said.text()
    assert "What do you predict" in row.said.text()


def test_doing_nothing_is_an_option_once(qtbot: QtBot, made: CountermeasuresEditor) -> None:
    write(qtbot, "Name them")
    qtbot.mouseClick(made.idle, LEFT)
    write(qtbot, "stays at 19 %")
    assert [one.nothing for one in options_of(made)] == [False, True]
    assert options_of(made)[1].effect == "stays at 19 %"
    assert not made.idle.isVisible()


def test_a_range_becomes_options(qtbot: QtBot, made: CountermeasuresEditor) -> None:
    QGuiApplication.clipboard().setText("Name them\tA\t25 of 30\r\nA bell\tB\r\n")
    press(qtbot, Key.Key_V, Mod.ControlModifier)
    assert [(one.what, one.cause, one.effect) for one in options_of(made)] == [
        ("Name them", "A", "25 of 30"),
        ("A bell", "B", ""),
    ]


def test_a_level_that_is_none_is_kept_and_named(made: CountermeasuresEditor) -> None:
    rows = "Countermeasure\tEffort\tRoom\nName them\tvery high\tward 6\nA bell\tlow\t\n"
    made.take_rows(rows)
    assert [one.effort for one in options_of(made)] == ["", "low"]
    assert options_of(made)[0].effect == "Effort: very high; Room: ward 6"
    told = "No place of its own for row 2, B “very high”, row 2, C “ward 6”."
    assert made.no_place.text() == f"{told} Kept under “We predict”."
    made.take_rows("Name them\tA\t25 of 30\nA bell\tB\t\n")
    assert not made.no_place.isVisible()


def test_backspace_takes_an_empty_option_away(qtbot: QtBot, made: CountermeasuresEditor) -> None:
    write(qtbot, "Name them")
    press(qtbot, Key.Key_Return)
    assert len(options_of(made)) == 2
    press(qtbot, Key.Key_Backspace)
    assert [one.what for one in options_of(made)] == ["Name them"]
    qtbot.mouseClick(row_of(made, 0).bin, LEFT)
    assert [one.what for one in options_of(made)] == [""]


def test_it_stands_as_it_was_kept(qtbot: QtBot, theme: Theme) -> None:
    odd = Option(id="1", what="x" * 5000, impact="enormous", effort="low", chosen=True)
    figure = Countermeasures(id="c", grid=False, options=(odd, Option(id="2", what="A bell")))
    editor = editor_of(qtbot, theme, figure)
    assert editor.figure == figure
    assert not editor.grid.isChecked()
    assert row_of(editor, 0).choices["impact"].value() == ""
    qtbot.mouseClick(editor.grid, LEFT)
    assert isinstance(editor.figure, Countermeasures)
    assert editor.figure.grid
    assert editor.figure.options == figure.options
    editor.set_figure(Countermeasures(id="c"))
    assert len(editor.rows) == 1
