"""A walk made on paper, written up by keys."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.services.workspace import Workspace
from gemba.ui.pages.write_up import WriteUpPage
from gemba.ui.theme import Theme

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock) -> WriteUpPage:
    made = WriteUpPage(
        theme,
        walks=workspace.walks,
        people=workspace.people,
        drafts=workspace.drafts,
        thread=workspace.thread,
        bulletin=workspace.bulletin,
        go=go,
        today=lambda: clock().date(),
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    made.activateWindow()
    made.arrive()
    qtbot.waitUntil(lambda: made.purpose.edit.hasFocus())
    return made


def keys(qtbot: QtBot, words: str) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), words)
    qtbot.keyClick(QApplication.focusWidget(), ENTER)


def test_yesterday_in_ten_lines_and_a_promise_on_the_fourth(
    page: WriteUpPage, qtbot: QtBot, workspace: Workspace, go
) -> None:
    keys(qtbot, "How does the night hand over?")
    QApplication.focusWidget().selectAll()
    keys(qtbot, "yesterday")
    for number in range(1, 11):
        keys(qtbot, f"Line {number} of my notes")
    page.seen.rows()[3].menu().actions()[0].trigger()
    keys(qtbot, "Samir")
    keys(qtbot, "")
    qtbot.mouseClick(page.done, LEFT)

    walk = workspace.walks.all()[0]
    assert (walk.purpose, walk.walked_on) == ("How does the night hand over?", date(2026, 11, 23))
    assert walk.on_paper
    assert walk.started_at is None
    seen = workspace.walks.observations(walk.id)
    assert [one.saw for one in seen] == [f"Line {n} of my notes" for n in range(1, 11)]
    assert {one.seen_on for one in seen} == {date(2026, 11, 23)}
    assert {one.seen_at for one in seen} == {None}
    promise = workspace.promises.open()[0]
    assert (promise.text, promise.raised_by) == ("Line 4 of my notes", "Samir")
    assert promise.made_on == date(2026, 11, 23)
    assert go.places == [("debrief", {"walk": walk.id})]


def test_a_pasted_list_becomes_one_line_each(
    page: WriteUpPage, qtbot: QtBot, workspace: Workspace
) -> None:
    QGuiApplication.clipboard().setText("Four stood at the desk\n\nBay 3 was told twice\n")
    page.line.edit.setFocus()
    qtbot.keyClick(page.line.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.line.edit, ENTER)

    walk = workspace.walks.all()[0]
    assert [one.saw for one in workspace.walks.observations(walk.id)] == [
        "Four stood at the desk",
        "Bay 3 was told twice",
    ]
    assert walk.purpose == "Walk on Tuesday 24 November"


def test_another_day_moves_what_was_seen(
    page: WriteUpPage, qtbot: QtBot, workspace: Workspace
) -> None:
    page.line.edit.setFocus()
    keys(qtbot, "Four stood at the desk")
    page.on.line.setFocus()
    page.on.line.selectAll()
    keys(qtbot, "3 Oct")

    walk = workspace.walks.all()[0]
    assert walk.walked_on == date(2026, 10, 3)
    assert workspace.walks.observations(walk.id)[0].seen_on == date(2026, 10, 3)


def test_a_half_typed_line_is_there_when_one_comes_back(
    page: WriteUpPage, qtbot: QtBot, workspace: Workspace
) -> None:
    keys(qtbot, "Why?")
    page.line.edit.setFocus()
    qtbot.keyClicks(page.line.edit, "Half a l")
    page.leave()
    workspace.recorder.settle()
    walk = workspace.walks.all()[0]
    page.arrive(walk=walk.id)

    assert page.line.text() == "Half a l"
    assert page.purpose.text() == "Why?"
    page.line.edit.setFocus()
    page.line.edit.moveCursor(page.line.edit.textCursor().MoveOperation.End)
    keys(qtbot, "ine")
    assert [one.saw for one in workspace.walks.observations(walk.id)] == ["Half a line"]


def test_an_empty_line_keeps_nothing(page: WriteUpPage, qtbot: QtBot, workspace: Workspace) -> None:
    page.line.edit.setFocus()
    keys(qtbot, "")

    assert page.line.said() != ""
    assert workspace.walks.all() == []
