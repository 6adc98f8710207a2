"""Which line judges a chart: chosen by mouse and by keys, kept, and shown again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.figures import RunChart
from gemba.domain.figures.run_chart import ChangeMark, Reading
from gemba.domain.figures.xmr_rules import DEFAULT_RULES, RULES
from gemba.ui.figures import Around
from gemba.ui.figures.run_chart import RunChartEditor
from gemba.ui.theme import Theme

Key = Qt.Key
TODAY = date(2026, 11, 22)
START = date(2026, 10, 1)
VALUES = [10.0, 12, 11, 7, 10, 10, 4, 3, 4, 3, 4, 3, 4, 3, 4, 3]
MARK = ChangeMark(on=START + timedelta(days=6), label="runner")
CHART = RunChart(
    id="c",
    readings=tuple(Reading(on=START + timedelta(days=i), value=v) for i, v in enumerate(VALUES)),
    changes=(MARK,),
)


def editor_of(qtbot: QtBot, theme: Theme, figure: RunChart) -> RunChartEditor:
    editor = RunChartEditor(theme, figure, Around(today=lambda: TODAY))
    qtbot.addWidget(editor)
    editor.resize(420, 1600)
    editor.show()
    return editor


def chart_of(editor: RunChartEditor) -> RunChart:
    figure = editor.figure
    assert isinstance(figure, RunChart)
    return figure


def test_limits_are_frozen_before_a_change_and_say_what_they_are(
    qtbot: QtBot, theme: Theme
) -> None:
    editor = editor_of(qtbot, theme, CHART)
    assert not editor.lines.rules_part.isVisible()
    qtbot.mouseClick(editor.lines.method.segment("limits"), Qt.MouseButton.LeftButton)
    chart = chart_of(editor)
    assert (chart.method, chart.frozen, chart.rules) == ("limits", True, DEFAULT_RULES)
    assert "The limits are those before 7 Oct" in editor.signal.text()
    assert "Signal" in editor.signal.text()
    assert editor.lines.rules_part.isVisible()
    assert "about 7 show a signal" in editor.lines.alarms.text()


def test_each_rule_shows_its_false_alarms_and_is_switched_by_the_keyboard(
    qtbot: QtBot, theme: Theme
) -> None:
    editor = editor_of(qtbot, theme, replace(CHART, method="limits"))
    for rule in RULES:
        assert "% false" in editor.lines.rules[rule].accessibleDescription()
    box = editor.lines.rules["n3"]
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClick(box, Key.Key_Space)
    assert chart_of(editor).rules == ("n1", "n2", "n3")
    assert "about 11 show" in editor.lines.alarms.text()


def test_rules_of_a_later_version_are_kept(qtbot: QtBot, theme: Theme) -> None:
    editor = editor_of(qtbot, theme, replace(CHART, method="limits", rules=("n1", "z9")))
    editor.lines.rules["n2"].click()
    assert chart_of(editor).rules == ("n1", "n2", "z9")


def test_limits_begin_anew_only_at_an_explained_change(qtbot: QtBot, theme: Theme) -> None:
    silent = ChangeMark(on=START + timedelta(days=9), label="")
    figure = replace(CHART, method="limits", frozen=True, changes=(MARK, silent))
    editor = editor_of(qtbot, theme, figure)
    known, wordless = editor.lines.anew
    assert not wordless.isEnabled()
    assert "say why first" in wordless.text()
    known.click()
    assert [mark.anew for mark in chart_of(editor).changes] == [True, False]
    editor.changes.cells.put([("7 Oct 2026", "runner")], 0, 0)
    assert chart_of(editor).changes[0].anew, "writing beside it does not take it back"


def test_a_baseline_of_its_own_is_written_as_a_date(qtbot: QtBot, theme: Theme) -> None:
    editor = editor_of(qtbot, theme, replace(CHART, method="limits", frozen=True))
    field = editor.lines.baseline
    assert field.line.placeholderText() == "7 Oct 2026"
    qtbot.keyClicks(field.line, "9 Oct")
    assert chart_of(editor).baseline == date(2026, 10, 9)
    qtbot.keyClicks(field.line, " or so")
    assert "no date" in field.said()
    assert chart_of(editor).baseline == date(2026, 10, 9)
    field.line.selectAll()
    qtbot.keyClick(field.line, Key.Key_Delete)
    assert chart_of(editor).baseline is None


def test_the_first_change_freezes_the_line(qtbot: QtBot, theme: Theme) -> None:
    editor = editor_of(qtbot, theme, replace(CHART, changes=()))
    editor.changes.cells.put([("7 Oct 2026", "runner")], 0, 0)
    assert chart_of(editor).frozen
    editor.lines.frozen.click()
    editor.changes.cells.put([("9 Oct 2026", "again")], 1, 0)
    assert not chart_of(editor).frozen, "a choice is not taken back"


def test_going_back_shows_the_lines_of_that_state(qtbot: QtBot, theme: Theme) -> None:
    editor = editor_of(qtbot, theme, CHART)
    sent: list[object] = []
    editor.changed.connect(sent.append)
    editor.set_figure(replace(CHART, method="limits", frozen=True, rules=("n1",)))
    assert editor.lines.method.value() == "limits"
    assert not editor.lines.rules["n2"].isChecked()
    editor.set_figure(CHART)
    assert not editor.lines.rules_part.isVisible()
    assert sent == []


def test_notes_are_pasted_and_written(qtbot: QtBot, theme: Theme) -> None:
    editor = editor_of(qtbot, theme, RunChart(id="c"))
    editor.begin()
    text = "4 Nov\t17\tfire drill\textra\n5 Nov\t18\t\t"
    QGuiApplication.clipboard().setText(text)
    editor.grid.paste()
    assert [r.note for r in chart_of(editor).readings] == ["fire drill", ""]
    assert "No place for row 1, D “extra”." in editor.trouble.text()
    editor.grid.setFocus()
    editor.grid.go(1, 2)
    qtbot.waitUntil(editor.grid.hasFocus)
    for letter in "new lot":
        qtbot.keyClicks(QApplication.focusWidget(), letter)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    qtbot.waitUntil(lambda: chart_of(editor).readings[1].note == "new lot")


def test_a_range_on_its_side_is_pasted_upright(qtbot: QtBot, theme: Theme) -> None:
    editor = editor_of(qtbot, theme, RunChart(id="c"))
    editor.begin()
    QGuiApplication.clipboard().setText("Day\t3 Nov\t4 Nov\t5 Nov\nOut\t1\t2\t3")
    editor.grid.paste()
    assert [r.value for r in chart_of(editor).readings] == [1, 2, 3]


def test_a_choice_of_lines_keeps_what_was_pasted_just_before(qtbot: QtBot, theme: Theme) -> None:
    editor = editor_of(qtbot, theme, RunChart(id="c"))
    editor.begin()
    QGuiApplication.clipboard().setText("4 Nov\t17\n5 Nov\t18")
    editor.grid.paste()
    editor.unit.set_text("min")
    editor.unit.edited.emit()
    for part in (editor.lines.phases, editor.lines.frozen):
        part.click()
    qtbot.mouseClick(editor.lines.method.segment("limits"), Qt.MouseButton.LeftButton)
    editor.lines.rules["n3"].click()
    chart = chart_of(editor)
    assert [r.value for r in chart.readings] == [17, 18]
    assert (chart.unit, chart.method, chart.frozen) == ("min", "limits", True)


def test_what_was_typed_and_not_understood_is_kept_and_shown_again(
    qtbot: QtBot, theme: Theme
) -> None:
    editor = editor_of(qtbot, theme, replace(CHART, frozen=True, goal=40))
    editor.goal.line.selectAll()
    qtbot.keyClicks(editor.goal.line, "forty or so")
    qtbot.keyClicks(editor.lines.baseline.line, "last week")
    chart = chart_of(editor)
    assert (chart.goal, chart.baseline) == (40, None)
    again = editor_of(qtbot, theme, chart)
    assert (again.goal.text(), again.lines.baseline.text()) == ("forty or so", "last week")
    assert "no number" in again.goal.said()
    assert "no date" in again.lines.baseline.said()
    again.goal.line.selectAll()
    qtbot.keyClicks(again.goal.line, "45")
    again.lines.baseline.line.selectAll()
    qtbot.keyClicks(again.lines.baseline.line, "9 Oct")
    mended = chart_of(again)
    assert (mended.goal, mended.baseline) == (45, date(2026, 10, 9))
    assert mended.unread_fields == ()
    again.set_figure(chart)
    assert again.goal.text() == "forty or so"


def test_tab_goes_through_the_lines_in_the_order_they_stand(qtbot: QtBot, theme: Theme) -> None:
    editor = editor_of(qtbot, theme, replace(CHART, method="limits", frozen=True))
    second = ChangeMark(on=START + timedelta(days=9), label="again")
    editor.changes.cells.put([("10 Oct 2026", second.label)], 1, 0)
    lines = editor.lines
    lines.baseline.line.setFocus()
    qtbot.waitUntil(lines.baseline.line.hasFocus)
    for part in (*lines.anew, lines.rules["n1"], lines.rules["n2"]):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        assert QApplication.focusWidget() is part
