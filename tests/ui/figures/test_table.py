"""A table written by keys, and pasted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.figures import TableFigure
from gemba.ui.figures import Around, editor_for
from gemba.ui.figures.table import TableEditor
from gemba.ui.theme import Theme

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def made(qtbot: QtBot, theme: Theme) -> TableEditor:
    editor = editor_for(TableFigure(id="t"), theme, Around())
    assert isinstance(editor, TableEditor)
    qtbot.addWidget(editor)
    editor.resize(420, 900)
    editor.show()
    editor.begin()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return editor


def table(editor: TableEditor) -> TableFigure:
    assert isinstance(editor.figure, TableFigure)
    return editor.figure


def write(qtbot: QtBot, editor: TableEditor, text: str) -> None:
    """Type into the current cell and keep it."""
    for letter in text:
        qtbot.keyClicks(QApplication.focusWidget(), letter)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    # Enter is taken when the line has seen it.
    qtbot.waitUntil(lambda: QApplication.focusWidget() is editor.grid)


def test_cells_are_written_and_another_column_added(qtbot: QtBot, made: TableEditor) -> None:
    write(qtbot, made, "Ward")
    write(qtbot, made, "6")
    assert table(made).rows == (("Ward",), ("6",))
    qtbot.mouseClick(made.wider, LEFT)
    assert made.grid.cells.columnCount() == 4
    write(qtbot, made, "Out")
    assert table(made).rows == (("Ward", "", "", "Out"), ("6", "", "", ""))


def test_a_wide_range_is_pasted_whole(qtbot: QtBot, made: TableEditor) -> None:
    heads = "\t".join(f"h{at}" for at in range(9))
    cells = "\t".join(str(at) for at in range(9))
    QGuiApplication.clipboard().setText("\n".join([heads, cells, cells, cells, "x\tabout 3"]))
    qtbot.mouseClick(made.paster, LEFT)
    assert len(table(made).rows) == 5
    assert table(made).rows[1] == tuple(str(at) for at in range(9))
    assert "Row 5, B: “about 3” is no number" in made.trouble.text()
    assert (4, 1) in made.grid.cells.doubtful
    many = "\n".join(f"{at}\tsome{at}" for at in range(9))
    made.drawn.chosen.emit("steps")
    made.grid.go(0, 0)
    QGuiApplication.clipboard().setText(f"x\ty\n{many}\n1\t2")
    qtbot.mouseClick(made.paster, LEFT)
    assert "Row 2, B: “some0” is no number, and is not drawn." in made.trouble.text()
    assert "some8" not in made.trouble.text()
    assert made.trouble.more.text() == "Name all 10"
    qtbot.mouseClick(made.trouble.more, LEFT)
    assert "Row 10, B: “some8” is no number" in made.trouble.text()
    assert made.trouble.more.text() == "Name fewer"
    QGuiApplication.clipboard().setText("")
    qtbot.mouseClick(made.paster, LEFT)
    assert made.trouble.text() == "There is no table on the clipboard."


def test_rows_and_columns_are_put_in_and_taken_out(made: TableEditor) -> None:
    made.set_figure(TableFigure(id="t", rows=(("a", "b", "c"), ("1", "2", "3"))))
    actions = {one.text(): one for one in made.shapes.actions()}
    made.grid.go(1, 1)
    actions["Row above"].trigger()
    assert table(made).rows == (("a", "b", "c"), ("", "", ""), ("1", "2", "3"))
    actions["Column before"].trigger()
    assert table(made).rows[2] == ("1", "", "2", "3")
    actions["Remove this column"].trigger()
    actions["Remove this row"].trigger()
    assert table(made).rows == (("a", "b", "c"), ("1", "2", "3"))
    made.grid.go(2, 2)
    for _ in range(4):
        actions["Remove this row"].trigger()
        made.grid.go(0, 0)
    assert table(made).rows == ()
    actions["Remove this column"].trigger()
    actions["Row above"].trigger()
    assert table(made).rows == ()


def test_an_undone_state_is_shown_and_nothing_is_sent(made: TableEditor) -> None:
    sent: list[object] = []
    made.changed.connect(sent.append)
    long = "word " * 1000
    made.set_figure(TableFigure(id="t", header=False, rows=((long, "b", "c", "d", "e"), ("1",))))
    assert not sent
    assert made.grid.rows()[0] == (long, "b", "c", "d", "e")
    assert made.grid.rows()[1][0] == "1"
    assert not made.header.isChecked()
    made.header.click()
    assert table(made).header


def test_a_table_of_numbers_becomes_a_chart_and_its_cells_stay(
    made: TableEditor, qtbot: QtBot
) -> None:
    made.set_figure(TableFigure(id="t", rows=(("Day", "%"), ("0", "0"), ("30", "50"))))
    before = table(made)
    qtbot.mouseClick(made.drawn.segment("steps"), LEFT)
    assert table(made) == replace(before, drawn="steps")
    made.set_figure(replace(before, drawn="shades"))
    assert made.drawn.value() == "shades"
