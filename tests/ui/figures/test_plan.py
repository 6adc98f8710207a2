"""A plan written by keys: actions, people and days."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.figures import Plan
from gemba.domain.figures.plan import Action, UnreadDate
from gemba.ui.figures import Around
from gemba.ui.figures.plan import PlanEditor
from gemba.ui.theme import Theme

Key = Qt.Key
Mod = Qt.KeyboardModifier
TODAY = date(2026, 11, 22)


def editor_of(qtbot: QtBot, theme: Theme, figure: Plan) -> PlanEditor:
    editor = PlanEditor(theme, figure, Around(today=lambda: TODAY))
    qtbot.addWidget(editor)
    editor.resize(420, 900)
    editor.show()
    editor.begin()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return editor


@pytest.fixture
def made(qtbot: QtBot, theme: Theme) -> PlanEditor:
    return editor_of(qtbot, theme, Plan(id="p"))


def actions(editor: PlanEditor) -> tuple[Action, ...]:
    figure = editor.figure
    assert isinstance(figure, Plan)
    return figure.actions


def write(qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), text)


def press(qtbot: QtBot, key: Qt.Key, mod: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, mod)


def test_a_row_is_written_from_field_to_field_with_tab(qtbot: QtBot, made: PlanEditor) -> None:
    write(qtbot, "Name them")
    for text in ("Maria", "bay 4", "28 Sep", "2 Oct"):
        press(qtbot, Key.Key_Tab)
        write(qtbot, text)
    press(qtbot, Key.Key_Return)
    write(qtbot, "Round order")
    first, second = actions(made)
    assert (first.what, first.who, first.where) == ("Name them", "Maria", "bay 4")
    assert (first.start, first.finish) == (date(2026, 9, 28), date(2026, 10, 2))
    assert second.what == "Round order"


def test_a_date_that_is_none_is_said_and_kept(qtbot: QtBot, made: PlanEditor) -> None:
    row = next(iter(made.rows.values()))
    row.fields["start"].line.setFocus()
    write(qtbot, "when Lena is back")
    made.caption.line.setFocus()
    assert row.fields["start"].said() == "That names no day. Write 4 Nov."
    assert actions(made)[0].unread == (UnreadDate(field="start", text="when Lena is back"),)
    row.fields["start"].line.selectAll()
    row.fields["start"].line.setFocus()
    write(qtbot, "4.11.2026")
    made.caption.line.setFocus()
    assert actions(made)[0].start == date(2026, 11, 4)
    assert actions(made)[0].unread == ()
    assert row.fields["start"].text() == "4 Nov"


def test_contradicting_days_are_said_at_their_row(qtbot: QtBot, made: PlanEditor) -> None:
    write(qtbot, "Name them")
    row = next(iter(made.rows.values()))
    qtbot.keyClicks(row.fields["start"].line, "4 Dec")
    qtbot.keyClicks(row.fields["finish"].line, "1 Dec")
    assert row.said.text() == "“Name them” is planned to finish before it starts."


def test_what_is_behind_is_said_in_words(qtbot: QtBot, theme: Theme) -> None:
    late = Action(id="a", what="Order", who="Ana", start=date(2026, 11, 6))
    editor = editor_of(qtbot, theme, Plan(id="p", actions=(late, Action(id="b", what="x"))))
    assert editor.rows["a"].small.text() == (
        "Ana · planned from 6 Nov · planned start passed 16 days ago"
    )


def test_rows_move_and_go_by_keys(qtbot: QtBot, theme: Theme) -> None:
    plan = Plan(id="p", actions=tuple(Action(id=i, what=i) for i in "abc"))
    editor = editor_of(qtbot, theme, plan)
    press(qtbot, Key.Key_Up, Mod.AltModifier)
    assert [a.id for a in actions(editor)] == ["a", "c", "b"]
    press(qtbot, Key.Key_Down)
    assert QApplication.focusWidget() is editor.rows["b"].words
    press(qtbot, Key.Key_Backspace)
    press(qtbot, Key.Key_Backspace)
    assert [a.id for a in actions(editor)] == ["a", "c"]


def test_a_review_is_ticked_off_once_it_has_a_day(qtbot: QtBot, made: PlanEditor) -> None:
    row = next(iter(made.rows.values()))
    assert not row.reviewed.isEnabled()
    qtbot.keyClicks(row.fields["review"].line, "12 Nov")
    row.reviewed.click()
    assert actions(made)[0].reviewed


def test_opening_and_leaving_changes_nothing(qtbot: QtBot, theme: Theme) -> None:
    plan = Plan(id="p", actions=(Action(id="a", what="x\r\ny", start=date(1999, 1, 1)),))
    editor = editor_of(qtbot, theme, plan)
    seen: list[object] = []
    editor.changed.connect(seen.append)
    editor.rows["a"].fields["start"].line.setFocus()
    editor.leave()
    assert (editor.figure, seen) == (plan, [])


def test_rows_from_a_spreadsheet(qtbot: QtBot, made: PlanEditor) -> None:
    text = "Name them\tMaria\tbay 4\t28 Sep\t2 Oct\nRound order\tLena\t\tsoon\t"
    QGuiApplication.clipboard().setText(text)
    press(qtbot, Key.Key_V, Mod.ControlModifier)
    assert [a.what for a in actions(made)] == ["Name them", "Round order"]
    assert actions(made)[1].unread == (UnreadDate(field="start", text="soon"),)
