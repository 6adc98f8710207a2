"""Writing before and after: a side at a time, by mouse and by keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gemba.domain.figures import Figure, Pair, PhotoFigure, RunChart
from gemba.domain.figures.run_chart import ChangeMark, Reading
from gemba.ui.figures import Around, editor_for
from gemba.ui.figures.pair import PairEditor
from gemba.ui.figures.photo import PhotoEditor
from gemba.ui.figures.run_chart import RunChartEditor
from gemba.ui.theme import Theme

START = date(2026, 10, 1)
CHART = RunChart(
    id="r",
    caption="Out before 12:00",
    readings=tuple(Reading(on=START + timedelta(days=at), value=at) for at in range(6)),
    changes=(ChangeMark(on=START + timedelta(days=3), label="naming"),),
)


def editor_of(qtbot: QtBot, theme: Theme, figure: Pair, *others: Figure) -> PairEditor:
    around = Around(
        today=lambda: date(2026, 11, 22),
        figures=lambda: others,
        add_photo=lambda _data, _name: "a" * 64,
    )
    editor = editor_for(figure, theme, around)
    assert isinstance(editor, PairEditor)
    qtbot.addWidget(editor)
    editor.resize(420, 1200)
    editor.show()
    return editor


def pair_of(editor: PairEditor) -> Pair:
    figure = editor.figure
    assert isinstance(figure, Pair)
    return figure


def press(qtbot: QtBot, widget: object) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_a_photo_on_each_side(qtbot: QtBot, theme: Theme) -> None:
    editor = editor_of(qtbot, theme, Pair(id="p"))
    assert isinstance(editor.half, PhotoEditor)
    editor.half.take_bytes(b"picture", "before.jpg")
    press(qtbot, editor.side.segment("after"))
    assert isinstance(editor.half, PhotoEditor)
    editor.half.description.set_text("")
    editor.half.take_bytes(b"picture", "after.jpg")
    made = pair_of(editor)
    assert isinstance(made.before, PhotoFigure)
    assert isinstance(made.after, PhotoFigure)
    assert (made.before.id, made.after.id) == ("p-before", "p-after")


def test_charts_are_pasted_and_the_second_side_begins_as_a_chart(
    qtbot: QtBot, theme: Theme
) -> None:
    editor = editor_of(qtbot, theme, Pair(id="p"))
    press(qtbot, editor.what.segment("run_chart"))
    assert isinstance(editor.half, RunChartEditor)
    QGuiApplication.clipboard().setText("4 Nov\t17 %\n5 Nov\t19 %")
    editor.half.grid.paste()
    press(qtbot, editor.side.segment("after"))
    assert isinstance(editor.half, RunChartEditor)
    assert editor.half.grid.rows() == []
    QGuiApplication.clipboard().setText("9 Nov\t35 %\n10 Nov\t37 %")
    editor.half.grid.paste()
    assert editor.told.text() == "From a median of 18\u00a0% to one of 36\u00a0%."
    press(qtbot, editor.side.segment("before"))
    assert isinstance(editor.half, RunChartEditor)
    assert [row[1] for row in editor.half.grid.rows()] == ["17", "19"]


def test_a_side_that_becomes_the_other_kind_can_come_back(qtbot: QtBot, theme: Theme) -> None:
    before = PhotoFigure(id="p-before", photo="a" * 64, description="Nine bags")
    editor = editor_of(qtbot, theme, Pair(id="p", before=before))
    press(qtbot, editor.what.segment("run_chart"))
    assert isinstance(pair_of(editor).before, RunChart)
    press(qtbot, editor.what.segment("photo"))
    assert pair_of(editor).before == before


def test_a_chart_of_the_sheet_is_parted_at_its_change(qtbot: QtBot, theme: Theme) -> None:
    editor = editor_of(qtbot, theme, Pair(id="p"), CHART, Pair(id="q"))
    menu = editor._charts()
    part, whole = menu.actions()
    assert part.text() == "Out before 12:00, before and after 4 Oct, naming"
    part.trigger()
    made = pair_of(editor)
    assert isinstance(made.before, RunChart)
    assert isinstance(made.after, RunChart)
    assert (len(made.before.readings), len(made.after.readings)) == (3, 3)
    assert (made.caption, editor.caption.text()) == ("Out before 12:00", "Out before 12:00")
    whole.trigger()
    kept = pair_of(editor).before
    assert isinstance(kept, RunChart)
    assert kept.readings == CHART.readings


def test_without_a_chart_on_the_sheet_none_is_offered(qtbot: QtBot, theme: Theme) -> None:
    assert not editor_of(qtbot, theme, Pair(id="p"), RunChart(id="e")).split.isVisible()


def test_going_back_shows_that_state_and_sends_nothing(qtbot: QtBot, theme: Theme) -> None:
    full = Pair(id="p", before=replace(CHART, id="p-before"))
    editor = editor_of(qtbot, theme, full)
    sent: list[object] = []
    editor.changed.connect(sent.append)
    editor.set_figure(Pair(id="p"))
    editor.set_figure(full)
    assert isinstance(editor.half, RunChartEditor)
    assert len(editor.half.grid.rows()) == 6
    assert sent == []


def test_what_is_being_written_on_a_side_is_kept_when_left(qtbot: QtBot, theme: Theme) -> None:
    editor = editor_of(qtbot, theme, Pair(id="p", before=replace(CHART, id="p-before")))
    editor.begin()
    assert isinstance(editor.half, RunChartEditor)
    grid = editor.half.grid
    grid.go(0, 1)
    qtbot.waitUntil(grid.hasFocus)
    for letter in "42":
        qtbot.keyClicks(QGuiApplication.focusObject(), letter)
    editor.leave()
    kept = pair_of(editor).before
    assert isinstance(kept, RunChart)
    assert kept.readings[0].value == 42


def test_tab_goes_from_the_side_into_what_stands_there(qtbot: QtBot, theme: Theme) -> None:
    editor = editor_of(qtbot, theme, Pair(id="p"))
    behind = QPushButton("behind", editor)
    behind.show()
    segment = editor.what.segment("run_chart")
    press(qtbot, segment)
    assert isinstance(editor.half, RunChartEditor)
    segment.setFocus()
    qtbot.waitUntil(segment.hasFocus)
    qtbot.keyClick(segment, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is editor.half.caption.line
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is editor.half.grid
