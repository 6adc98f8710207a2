"""A Pareto from a pasted range, from typed cells and from clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gemba.domain.figures import Pareto
from gemba.domain.figures.pareto import Bar, UnreadAmount
from gemba.ui.figures import Around
from gemba.ui.figures.pareto import ParetoEditor
from gemba.ui.theme import Theme

Key = Qt.Key
Mod = Qt.KeyboardModifier


def editor_of(qtbot: QtBot, theme: Theme, figure: Pareto) -> ParetoEditor:
    editor = ParetoEditor(theme, figure, Around())
    qtbot.addWidget(editor)
    editor.resize(420, 900)
    editor.show()
    editor.begin()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return editor


@pytest.fixture
def made(qtbot: QtBot, theme: Theme) -> ParetoEditor:
    return editor_of(qtbot, theme, Pareto(id="p"))


def pareto_of(editor: ParetoEditor) -> Pareto:
    figure = editor.figure
    assert isinstance(figure, Pareto)
    return figure


def paste(qtbot: QtBot, editor: ParetoEditor, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(editor.grid, Key.Key_V, Mod.ControlModifier)


def write(qtbot: QtBot, *cells: str) -> None:
    """Write cells one after the other, Tab between them."""
    for cell in cells:
        for letter in cell:
            qtbot.keyClicks(QApplication.focusWidget(), letter)
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)


def test_a_range_becomes_bars_and_says_what_few_make(qtbot: QtBot, made: ParetoEditor) -> None:
    paste(qtbot, made, "Reason\tCount\r\nLetter\t2\r\nMedicines\t8\r\n")
    assert [bar.label for bar in pareto_of(made).bars] == ["Reason", "Letter", "Medicines"]
    assert made.trouble.text() == "Row 1 was taken as a heading."
    assert made.few.text() == "1 of 2 make 80 % of it."


def test_cells_are_typed_and_mended(qtbot: QtBot, made: ParetoEditor) -> None:
    write(qtbot, "Letter", "some", "3", "Bed", "2,5")
    unread = UnreadAmount(field="count", text="some")
    assert pareto_of(made).bars == (
        Bar(label="Letter", cost=3, unread=(unread,)),
        Bar(label="Bed", count=2.5),
    )
    assert made.trouble.text() == "Row 1, Count: “some” is not a number I know."
    assert (0, 1) in made.grid.cells.doubtful
    made.grid.go(0, 1)
    write(qtbot, "21")
    assert pareto_of(made).bars[0] == Bar(label="Letter", count=21, cost=3)
    assert not made.trouble.isVisible()


def test_a_wider_range_shows_before_and_after(qtbot: QtBot, made: ParetoEditor) -> None:
    paste(qtbot, made, "Letter\t21\t4\t11\t2\tAnna")
    figure = pareto_of(made)
    assert figure.compares
    assert figure.bars == (Bar(label="Letter", count=21, cost=4, count_after=11, cost_after=2),)
    assert made.grid.cells.columnCount() == 5
    assert "No place for row 1, F “Anna”." in made.trouble.text()
    qtbot.mouseClick(made.compares, Qt.MouseButton.LeftButton)
    assert made.grid.cells.columnCount() == 3
    made.grid.go(0, 1)
    made.grid.setFocus()
    write(qtbot, "22")
    (bar,) = pareto_of(made).bars
    assert (bar.count, bar.count_after, bar.cost_after) == (22, 11, 2)


def test_count_cost_and_units(qtbot: QtBot, made: ParetoEditor) -> None:
    paste(qtbot, made, "Letter\t21 %\t4\nBed\t3 %\t9")
    assert pareto_of(made).unit == "%"
    made.by.set_value("cost")
    made.by.chosen.emit("cost")
    assert pareto_of(made).by == "cost"
    qtbot.keyClicks(made.cost_unit.line, "h")
    assert pareto_of(made).cost_unit == "h"


def test_it_stands_as_it_was_kept(qtbot: QtBot, theme: Theme) -> None:
    bars = (
        Bar(label="Letter", cost=2, unread=(UnreadAmount(field="count", text="some"),)),
        Bar(label="Bed", count=0.1, count_after=3),
    )
    figure = Pareto(id="p", compares=True, bars=bars)
    editor = editor_of(qtbot, theme, figure)
    assert editor.grid.rows() == [("Letter", "some", "2", "", ""), ("Bed", "0.1", "", "3", "")]
    assert "some" in editor.trouble.text()
    assert editor.figure == figure
    editor.set_figure(Pareto(id="p"))
    assert editor.grid.rows() == []
    assert editor.grid.cells.columnCount() == 3


def test_nothing_on_the_clipboard_is_said(qtbot: QtBot, made: ParetoEditor) -> None:
    QGuiApplication.clipboard().setText("")
    qtbot.mouseClick(made.paster, Qt.MouseButton.LeftButton)
    assert "no table" in made.trouble.text()


def test_two_thousand_rows_and_a_long_name(qtbot: QtBot, made: ParetoEditor) -> None:
    text = "\n".join(f"cause {n}\t{n}" for n in range(2000)) + "\n" + "x" * 5000 + "\t7"
    paste(qtbot, made, text)
    made.grid.cells.put([("18",)], 5, 1)
    assert len(pareto_of(made).bars) == 2001
    assert pareto_of(made).bars[5].count == 18


def test_leaving_keeps_a_cell_that_is_being_written(qtbot: QtBot, made: ParetoEditor) -> None:
    write(qtbot, "Letter")
    qtbot.keyClicks(QApplication.focusWidget(), "2")
    made.leave()
    assert pareto_of(made).bars == (Bar(label="Letter", count=2),)


def test_walks_are_counted_by_what_is_chosen(qtbot: QtBot, theme: Theme) -> None:
    seen = {"category": ["safety", "", "safety"], "area": []}
    around = Around(seen=lambda way: seen.get(way, ["Bay 4"]))
    editor = ParetoEditor(theme, Pareto(id="p"), around)
    qtbot.addWidget(editor)
    by_category, by_area, by_stop = editor.walks.findChildren(QMenu)[0].actions()
    by_area.trigger()
    assert "No walk has noted" in editor.trouble.text()
    by_category.trigger()
    counted = (Bar(label="safety", count=2), Bar(label="not said", count=1))
    assert pareto_of(editor).bars == counted
    by_stop.trigger()
    assert pareto_of(editor).bars == (Bar(label="Bay 4", count=1),)
    editor.grid.cells.put([("Own row", "7", "3")], 1, 0)
    by_category.trigger()
    own = Bar(label="Own row", count=7, cost=3)
    assert pareto_of(editor).bars == (own, *counted)
    assert editor.grid.rows()[1] == ("safety", "2", "")


def test_without_walks_there_is_nothing_to_count(made: ParetoEditor) -> None:
    assert made.walks.isHidden()


def test_enter_begins_the_next_row_where_this_one_was_begun(
    qtbot: QtBot, made: ParetoEditor
) -> None:
    def at() -> tuple[int, int]:
        return made.grid.currentIndex().row(), made.grid.currentIndex().column()

    bars = (("Signature missing", "41"), ("Wrong cost centre", "27"))
    for row, (label, count) in enumerate(bars, 1):
        write(qtbot, label)
        qtbot.keyClicks(QApplication.focusWidget(), count[0])
        qtbot.keyClicks(QApplication.focusWidget(), count[1:])
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
        qtbot.waitUntil(lambda row=row: at() == (row, 0))  # type: ignore[misc]
    assert [(bar.label, bar.count) for bar in pareto_of(made).bars] == [
        ("Signature missing", 41),
        ("Wrong cost centre", 27),
    ]
    # A click begins anew: from there Enter goes straight down.
    made.grid.go(0, 1)
    qtbot.keyClicks(made.grid, "4")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    qtbot.waitUntil(lambda: at() == (1, 1))


def test_tab_passes_over_an_empty_cell_of_the_row_and_leaves_at_its_end(
    qtbot: QtBot, made: ParetoEditor
) -> None:
    write(qtbot, "Signature missing")
    qtbot.keyClick(made.grid, Key.Key_Tab)
    assert made.grid.currentIndex().column() == 2
    write(qtbot, "300")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Backtab)
    assert not made.grid.hasFocus() or made.grid.currentIndex().row() == 1
    made.grid.setFocus()
    made.grid.go(0, 0)
    qtbot.keyClick(made.grid, Key.Key_Tab)
    assert not made.grid.hasFocus()
