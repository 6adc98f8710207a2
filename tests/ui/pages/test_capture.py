"""One observation from anywhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gemba.services.workspace import Workspace
from gemba.ui.pages.capture import Capture
from gemba.ui.theme import Theme

ENTER = Qt.Key.Key_Return
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made).addWidget(QLineEdit())
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def capture(window: QWidget, workspace: Workspace, theme: Theme, go) -> Capture:
    return Capture(theme, window, walks=lambda: workspace.walks, go=go)


def press(qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, held or Qt.KeyboardModifier.NoModifier)


def test_a_line_with_a_category_stands_by_itself(
    capture: Capture, window: QWidget, qtbot: QtBot, workspace: Workspace, go
) -> None:
    field = window.findChild(QLineEdit)
    field.setFocus()
    capture.open()
    qtbot.waitUntil(lambda: capture.saw.edit.hasFocus())
    qtbot.keyClicks(QApplication.focusWidget(), "Trolley at the fire door")
    press(qtbot, Qt.Key.Key_1, ALT)
    press(qtbot, ENTER)

    seen = workspace.walks.loose()[0]
    assert (seen.saw, seen.category, seen.walk_id) == ("Trolley at the fire door", "safety", None)
    assert not capture.isVisible()
    assert field.hasFocus()
    assert go.said == ["Kept: Trolley at the fire door"]
    go.undo()
    assert workspace.walks.loose() == []


def test_on_a_walk_it_joins_the_walk(capture: Capture, qtbot: QtBot, workspace: Workspace) -> None:
    walk = workspace.walks.plan("Why do discharges wait?")
    workspace.walks.start(walk.id)
    capture.open()
    assert "Why do discharges wait?" in capture.where.text()
    qtbot.keyClicks(capture.saw.edit, "Two bags wait")
    press(qtbot, ENTER)

    assert [one.saw for one in workspace.walks.observations(walk.id)] == ["Two bags wait"]


def test_escape_closes_and_loses_no_word(
    capture: Capture, qtbot: QtBot, workspace: Workspace
) -> None:
    capture.open()
    qtbot.keyClicks(capture.saw.edit, "Half a th")
    press(qtbot, Qt.Key.Key_Escape)
    assert not capture.isVisible()
    capture.open()

    assert capture.saw.text() == "Half a th"
    assert workspace.walks.loose() == []


def test_an_empty_line_says_what_is_missing(
    capture: Capture, qtbot: QtBot, workspace: Workspace
) -> None:
    capture.open()
    press(qtbot, ENTER)

    assert capture.isVisible()
    assert capture.saw.said() != ""
    assert workspace.walks.loose() == []


def test_tab_stays_inside(capture: Capture, qtbot: QtBot) -> None:
    capture.open()
    for _ in range(12):
        press(qtbot, Qt.Key.Key_Tab)
        assert capture.isAncestorOf(QApplication.focusWidget())


def test_a_half_typed_line_survives_a_restart(
    capture: Capture,
    window: QWidget,
    qtbot: QtBot,
    workspace: Workspace,
    theme: Theme,
    go,
) -> None:
    capture.open()
    qtbot.keyClicks(capture.saw.edit, "Half a th")
    press(qtbot, Qt.Key.Key_4, ALT)
    capture.close_panel()
    workspace.recorder.settle()
    again = Capture(theme, window, walks=lambda: workspace.walks, go=go)
    again.open()

    assert again.saw.text() == "Half a th"
    again.saw.edit.moveCursor(again.saw.edit.textCursor().MoveOperation.End)
    qtbot.keyClicks(again.saw.edit, "ought")
    press(qtbot, ENTER)
    assert [(one.saw, one.category) for one in workspace.walks.loose()] == [
        ("Half a thought", "cost")
    ]
    assert workspace.walks.draft(None) is None


def test_closing_the_window_hands_over_the_line(
    capture: Capture, window: QWidget, qtbot: QtBot, workspace: Workspace
) -> None:
    capture.open()
    qtbot.keyClicks(capture.saw.edit, "Half a th")
    window.close()
    workspace.recorder.settle()

    draft = workspace.walks.draft(None)
    assert draft is not None
    assert draft.saw == "Half a th"
