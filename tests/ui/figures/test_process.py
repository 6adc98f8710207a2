"""A process written by keys: what, how long, and what comes next."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.figures import Process
from gemba.domain.figures.process import ProcessItem
from gemba.ui.figures import Around, editor_for
from gemba.ui.figures.process import ProcessEditor
from gemba.ui.theme import Theme

Key = Qt.Key
Mod = Qt.KeyboardModifier


def editor_of(qtbot: QtBot, theme: Theme, figure: Process) -> ProcessEditor:
    editor = editor_for(figure, theme, Around())
    assert isinstance(editor, ProcessEditor)
    qtbot.addWidget(editor)
    editor.resize(420, 900)
    editor.show()
    editor.begin()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return editor


@pytest.fixture
def made(qtbot: QtBot, theme: Theme) -> ProcessEditor:
    return editor_of(qtbot, theme, Process(id="p"))


def items(editor: ProcessEditor) -> tuple[ProcessItem, ...]:
    figure = editor.figure
    assert isinstance(figure, Process)
    return figure.items


def write(qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), text)


def press(qtbot: QtBot, key: Qt.Key, mod: Mod = Mod.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, mod)


def test_steps_and_waits_are_written_one_after_the_other(qtbot: QtBot, made: ProcessEditor) -> None:
    write(qtbot, "Letter")
    press(qtbot, Key.Key_Tab)
    write(qtbot, "20")
    press(qtbot, Key.Key_Return)
    write(qtbot, "for the pharmacy")
    press(qtbot, Key.Key_Tab)
    write(qtbot, "1 h 22")
    press(qtbot, Key.Key_Return)
    write(qtbot, "Make up")
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_Return)
    write(qtbot, "Carry out")
    found = [(one.sort, one.what, one.time) for one in items(made)]
    assert found == [
        ("step", "Letter", "20"),
        ("wait", "for the pharmacy", "1 h 22"),
        ("step", "Make up", ""),
        ("step", "Carry out", ""),
    ]
    assert "Lead time 1 h 42." in made.sums.text()


def test_a_sort_is_chosen_by_keys_and_what_is_no_time_is_said_beside_it(
    qtbot: QtBot, made: ProcessEditor
) -> None:
    write(qtbot, "in-tray")
    press(qtbot, Key.Key_3, Mod.AltModifier)
    assert items(made)[0].sort == "queue"
    row = made.rows[items(made)[0].id]
    assert row.stock.isVisible()
    qtbot.keyClicks(row.stock.line, "14")
    qtbot.keyClicks(row.time, "soon")
    assert items(made)[0].stock == "14"
    assert items(made)[0].time == "soon"
    assert "“soon” is no length of time" in row.said.text()
    qtbot.mouseClick(made.adder, Qt.MouseButton.LeftButton)
    assert [one.sort for one in items(made)] == ["queue", "step"]


def test_a_range_is_pasted_and_an_undone_state_is_shown(qtbot: QtBot, made: ProcessEditor) -> None:
    QGuiApplication.clipboard().setText("Fit\tdoctor\t0\nwait for doctor\t\t1 h 45\n")
    press(qtbot, Key.Key_V, Mod.ControlModifier)
    assert [(one.sort, one.what, one.who, one.time) for one in items(made)] == [
        ("step", "Fit", "doctor", "0"),
        ("wait", "wait for doctor", "", "1 h 45"),
    ]
    sent: list[object] = []
    made.changed.connect(sent.append)
    before = Process(id="p", items=(ProcessItem(id="x", what="Fit", time="3 d"),))
    made.set_figure(before)
    assert not sent
    assert made.rows["x"].words.text() == "Fit"
    assert made.day.isVisible()
    made.begin_at("x")
    qtbot.mouseClick(made.rows["x"].bin, Qt.MouseButton.LeftButton)
    assert [one.what for one in items(made)] == [""]


def test_what_came_from_elsewhere_is_shown_whole(qtbot: QtBot, theme: Theme) -> None:
    twice = (ProcessItem(id="a", what="One"), ProcessItem(id="a", what="Two", sort="odd"))
    made = editor_of(qtbot, theme, Process(id="p", unit="x", day_hours=10, items=twice))
    assert [row.words.text() for row in made.rows.values()] == ["One", "Two"]
    qtbot.keyClicks(QApplication.focusWidget(), "x")
    assert [one.what for one in items(made)] == ["One", "Twox"]
    assert made.day.value() == ""


def test_a_long_process_shows_its_beginning_first_and_then_all(qtbot: QtBot, theme: Theme) -> None:
    items_of = tuple(ProcessItem(id=str(at), what=f"Step {at}", time="x") for at in range(100))
    made = editor_of(qtbot, theme, Process(id="p", items=items_of))
    assert QApplication.focusWidget() is made.rows["0"].words
    qtbot.waitUntil(lambda: len(made.rows) == 100)
    assert "no length of time" in made.rows["99"].said.text()
    made.begin_at("99")
    press(qtbot, Key.Key_Return)
    assert len(items(made)) == 101
    press(qtbot, Key.Key_Up)
    assert QApplication.focusWidget() is made.rows["99"].words
    at_once = editor_of(qtbot, theme, Process(id="p", items=items_of))
    at_once.begin_at("80")
    assert len(at_once.rows) == 100


def test_items_are_moved_and_a_long_one_is_kept(qtbot: QtBot, made: ProcessEditor) -> None:
    long = "word " * 1000 + "مرحبا"
    made.set_figure(
        Process(id="p", items=(ProcessItem(id="a", what="One"), ProcessItem(id="b", what=long)))
    )
    made.begin_at("b")
    press(qtbot, Key.Key_Up, Mod.AltModifier)
    assert [one.what for one in items(made)] == [long, "One"]
