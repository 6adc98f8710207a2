"""Coaching: who was not seen for longest, and a first talk with a new name."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.services.workspace import Workspace
from gemba.ui.pages.coaching import CoachingPage
from gemba.ui.theme import Theme

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


@pytest.fixture
def coached(workspace: Workspace, clock) -> UUID:
    """Priya, seen twelve days before Tomas."""
    first = workspace.coaching.first_talk("Priya Raman")
    clock.move(days=12)
    workspace.coaching.first_talk("Tomas Reyes")
    return first.learner_id


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock) -> CoachingPage:
    made = CoachingPage(
        theme,
        coaching=workspace.coaching,
        people=workspace.people,
        bulletin=workspace.bulletin,
        go=go,
        today=lambda: clock().date(),
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    made.activateWindow()
    return made


def test_a_new_name_begins_a_first_talk(page: CoachingPage, qtbot: QtBot, go) -> None:
    page.arrive(new=True)
    assert QApplication.focusWidget() is page.name.line
    assert page.empty.isVisible()
    qtbot.keyClicks(page.name.line, "Priya Raman")
    qtbot.mouseClick(page.first, LEFT)
    assert go.places == [("talk", {"name": "Priya Raman"})]


def test_enter_in_the_name_begins(page: CoachingPage, qtbot: QtBot, go) -> None:
    page.arrive(new=True)
    qtbot.keyClicks(page.name.line, "Priya Raman")
    qtbot.keyClick(page.name.line, ENTER)
    assert go.places == [("talk", {"name": "Priya Raman"})]


def test_whoever_is_chosen_is_coached_by_ones_own_copy(
    coached: UUID, page: CoachingPage, workspace: Workspace, qtbot: QtBot, go
) -> None:
    mine = workspace.question_sets.copy("cycle", "My five steps").id
    page.arrive(new=True, questions=mine)
    assert page.head.beside.text() == "by “My five steps”"
    qtbot.keyClicks(page.name.line, "Nora Weiss")
    qtbot.keyClick(page.name.line, ENTER)
    nora = workspace.people.person("Nora Weiss").id
    qtbot.keyClick(page.learners.rows()[0], ENTER)
    cycles = [("cycle", {"learner": one, "questions": mine}) for one in (nora, coached)]
    assert go.places == cycles
    page.arrive()
    qtbot.keyClick(page.learners.rows()[0], ENTER)
    assert go.places[-1] == ("learner", {"learner": coached})
    assert page.head.beside.text() == ""


def test_no_name_is_said_beside_the_field(page: CoachingPage, qtbot: QtBot, go) -> None:
    page.arrive(new=True)
    qtbot.mouseClick(page.first, LEFT)
    assert page.name.said() == "Name the person first."
    assert go.places == []


def test_the_longest_unseen_stands_first_and_starts_a_cycle(
    coached: UUID, page: CoachingPage, qtbot: QtBot, go
) -> None:
    page.arrive()
    names = [row.words.strong for row in page.learners.rows()]
    assert names == ["Priya Raman", "Tomas Reyes"]
    assert [row.words.age for row in page.learners.rows()] == ["12 days", "today"]
    qtbot.waitUntil(lambda: page.learners.rows()[1].isVisible())
    qtbot.keyClick(page.learners.rows()[0], Qt.Key.Key_Down)
    qtbot.keyClick(page.learners.rows()[1], Qt.Key.Key_Up)
    row = page.learners.rows()[0]
    assert row.hasFocus()
    qtbot.mouseClick(row.action_buttons()[0], LEFT)
    assert go.places == [("cycle", {"learner": coached})]
    qtbot.keyClick(row, ENTER)
    assert go.places[-1] == ("learner", {"learner": coached})
