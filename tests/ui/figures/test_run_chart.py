"""A run chart from a pasted range, from typed cells and from clicks."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.figures import RunChart
from gemba.domain.figures.run_chart import ChangeMark, Reading, UnreadRow
from gemba.ui.figures import Around
from gemba.ui.figures.run_chart import RunChartEditor
from gemba.ui.theme import Theme

Key = Qt.Key
Mod = Qt.KeyboardModifier
TODAY = date(2026, 11, 22)


def editor_of(qtbot: QtBot, theme: Theme, figure: RunChart) -> RunChartEditor:
    editor = RunChartEditor(theme, figure, Around(today=lambda: TODAY))
    qtbot.addWidget(editor)
    editor.resize(420, 900)
    editor.show()
    editor.begin()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return editor


@pytest.fixture
def made(qtbot: QtBot, theme: Theme) -> RunChartEditor:
    return editor_of(qtbot, theme, RunChart(id="c"))


def chart_of(editor: RunChartEditor) -> RunChart:
    figure = editor.figure
    assert isinstance(figure, RunChart)
    return figure


def type_cells(qtbot: QtBot, editor: RunChartEditor, *cells: str) -> None:
    """Write cells one after the other, Tab between them."""
    for cell in cells:
        write(qtbot, cell)
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)


def write(qtbot: QtBot, text: str) -> None:
    """Type letter by letter to whatever has the focus: the first one opens the cell."""
    for letter in text:
        qtbot.keyClicks(QApplication.focusWidget(), letter)


def test_a_range_from_a_spreadsheet_becomes_readings(qtbot: QtBot, made: RunChartEditor) -> None:
    QGuiApplication.clipboard().setText("4 Nov\t17,5 %\r\n5.11.2026\t12 %\r\n11/6/2026\t\r\n")
    qtbot.keyClick(made.grid, Key.Key_V, Mod.ControlModifier)
    chart = chart_of(made)
    assert [(r.on.day, r.value) for r in chart.readings] == [(4, 17.5), (5, 12), (6, None)]
    assert chart.unit == "%"
    assert "month first" in made.trouble.text()


def test_the_button_pastes_too_and_says_where_there_is_nothing(
    qtbot: QtBot, made: RunChartEditor
) -> None:
    QGuiApplication.clipboard().setText("")
    qtbot.mouseClick(made.paster, Qt.MouseButton.LeftButton)
    assert "no table" in made.trouble.text()
    QGuiApplication.clipboard().setText("2026-11-04\t3")
    qtbot.mouseClick(made.paster, Qt.MouseButton.LeftButton)
    assert chart_of(made).readings == (Reading(on=date(2026, 11, 4), value=3),)


def test_cells_are_typed_with_tab_and_enter(qtbot: QtBot, made: RunChartEditor) -> None:
    type_cells(qtbot, made, "4 Nov", "17", "5 Nov", "21,5")
    assert [(r.on.day, r.value) for r in chart_of(made).readings] == [(4, 17), (5, 21.5)]
    made.grid.go(0, 1)
    write(qtbot, "18")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    qtbot.waitUntil(lambda: chart_of(made).readings[0].value == 18)
    assert (made.grid.currentIndex().row(), made.grid.currentIndex().column()) == (1, 1)


def test_what_is_not_understood_is_named_kept_and_mended(
    qtbot: QtBot, made: RunChartEditor
) -> None:
    type_cells(qtbot, made, "4 Nov", "17", "someday", "5")
    chart = chart_of(made)
    assert chart.unread == (UnreadRow(at=1, on="someday", value="5"),)
    assert made.trouble.text() == "Row 2, Date: “someday” is not a date I know."
    assert (1, 0) in made.grid.cells.doubtful
    made.grid.go(1, 0)
    type_cells(qtbot, made, "5 Nov")
    assert chart_of(made).unread == ()
    assert len(chart_of(made).readings) == 2
    assert not made.trouble.isVisible()


def test_rows_not_understood_stand_in_their_places_again(qtbot: QtBot, theme: Theme) -> None:
    chart = RunChart(
        id="c",
        readings=(Reading(on=date(2026, 11, 4), value=0.1), Reading(on=date(2026, 11, 5), value=2)),
        unread=(UnreadRow(at=1, on="someday", value="5"),),
    )
    editor = editor_of(qtbot, theme, chart)
    assert editor.grid.rows() == [
        ("4 Nov 2026", "0.1", ""),
        ("someday", "5", ""),
        ("5 Nov 2026", "2", ""),
    ]
    assert "someday" in editor.trouble.text()
    assert editor.figure == chart


def test_delete_empties_cells_and_takes_empty_rows_away(qtbot: QtBot, made: RunChartEditor) -> None:
    type_cells(qtbot, made, "4 Nov", "17", "5 Nov", "18")
    made.grid.selectRow(0)
    qtbot.keyClick(made.grid, Key.Key_Delete)
    assert [r.on.day for r in chart_of(made).readings] == [5]
    made.grid.go(0, 1)
    qtbot.keyClick(made.grid, Key.Key_Delete)
    assert chart_of(made).readings == (Reading(on=date(2026, 11, 5), value=None),)


def test_goal_and_unit(qtbot: QtBot, made: RunChartEditor) -> None:
    qtbot.keyClicks(made.goal.line, "37,5")
    qtbot.keyClicks(made.unit.line, "min")
    assert (chart_of(made).goal, chart_of(made).unit) == (37.5, "min")
    qtbot.keyClicks(made.goal.line, " or so")
    assert made.goal.said()
    assert chart_of(made).goal == 37.5
    made.goal.line.selectAll()
    qtbot.keyClick(made.goal.line, Key.Key_Delete)
    assert chart_of(made).goal is None


def test_changes_made_are_marked(qtbot: QtBot, made: RunChartEditor) -> None:
    made.changes.setFocus()
    made.changes.go(0, 0)
    for cell in ("12 Oct", "naming", "whenever", "porters"):
        write(qtbot, cell)
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    chart = chart_of(made)
    assert chart.changes == (ChangeMark(on=date(2026, 10, 12), label="naming"),)
    assert chart.unread_changes == (UnreadRow(at=1, on="whenever", value="porters"),)
    assert "whenever" in made.changes_trouble.text()


def test_changes_not_understood_are_named_again_when_opened(qtbot: QtBot, theme: Theme) -> None:
    chart = RunChart(id="c", unread_changes=(UnreadRow(at=0, on="whenever", value="porters"),))
    editor = editor_of(qtbot, theme, chart)
    assert editor.changes.rows() == [("whenever", "porters")]
    assert "whenever" in editor.changes_trouble.text()


def test_the_verdict_is_said_plainly(qtbot: QtBot, made: RunChartEditor) -> None:
    rows = "\n".join(f"{day} Oct\t{(day % 2) * 10}" for day in range(1, 29))
    QGuiApplication.clipboard().setText(rows)
    made.grid.paste()
    assert made.signal.text().startswith("No signal")
    made.lines.phases.click()
    assert not chart_of(made).medians_by_phase


def test_two_thousand_rows_are_pasted_and_changed(qtbot: QtBot, made: RunChartEditor) -> None:
    from datetime import timedelta

    days = [date(2020, 1, 1) + timedelta(days=at) for at in range(2000)]
    text = "\n".join(f"{day.isoformat()}\t{at % 17}" for at, day in enumerate(days))
    QGuiApplication.clipboard().setText(text)
    made.grid.paste()
    assert len(chart_of(made).readings) == 2000
    made.grid.cells.put([("18",)], 5, 1)
    assert chart_of(made).readings[5].value == 18


def test_leaving_keeps_a_cell_that_is_being_written(qtbot: QtBot, made: RunChartEditor) -> None:
    type_cells(qtbot, made, "4 Nov")
    write(qtbot, "17")
    made.leave()
    assert chart_of(made).readings[0].value == 17


def test_the_ends_of_the_scale_are_written_and_doubted(qtbot: QtBot, made: RunChartEditor) -> None:
    type_cells(qtbot, made, "4 Nov", "17", "5 Nov", "58")
    qtbot.keyClicks(made.low.line, "0")
    qtbot.keyClicks(made.high.line, "60")
    assert (chart_of(made).low, chart_of(made).high) == (0, 60)
    assert made.high.said() == ""
    made.high.line.selectAll()
    qtbot.keyClicks(made.high.line, "40")
    assert "drawn up to it" in made.high.said()
    made.high.line.selectAll()
    qtbot.keyClicks(made.high.line, "-1")
    assert "ends below" in made.high.said()
    made.high.line.selectAll()
    qtbot.keyClicks(made.high.line, "sixty")
    assert "no number" in made.high.said()
