"""The page on which a person grows, by clicks and keys."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.services.workspace import Workspace
from gemba.ui.pages.development import DevelopmentPage
from gemba.ui.theme import Theme


@pytest.fixture
def tomas(workspace: Workspace) -> UUID:
    learner = workspace.people.person("Tomas Reyes").id
    talk = workspace.coaching.start_cycle(learner)
    workspace.coaching.write(talk.id, visit="a", agreed="Count the bags", private_note="worry")
    workspace.coaching.end(talk.id, 300)
    workspace.recorder.settle()
    return learner


@pytest.fixture
def page(
    qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock, tomas: UUID
) -> DevelopmentPage:
    made = DevelopmentPage(
        theme,
        development=workspace.development,
        looking_back=workspace.looking_back,
        coaching=workspace.coaching,
        people=workspace.people,
        bulletin=workspace.bulletin,
        go=go,
        today=lambda: clock().date(),
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    made.arrive(learner=tomas)
    return made


def test_a_skill_and_its_level_by_keys(
    qtbot: QtBot, page: DevelopmentPage, workspace: Workspace, tomas: UUID, go
) -> None:
    qtbot.keyClicks(page.skill.line, "Asking")
    qtbot.keyClick(page.skill.line, Qt.Key.Key_Return)
    (skill,) = workspace.development.skills(tomas)
    assert page.skill.text() == ""
    page.skills.whys[skill.id].set_text("asked six, told none")
    page.skills.choices[skill.id]._choose("3")
    (skill,) = workspace.development.skills(tomas)
    assert (skill.level, skill.steps[-1].why) == (3, "asked six, told none")
    assert go.undo is not None
    go.undo()
    assert workspace.development.skills(tomas)[0].level == 0


def test_what_is_missing_is_said_below_its_field(
    qtbot: QtBot, page: DevelopmentPage, workspace: Workspace, tomas: UUID
) -> None:
    for field in (page.skill, page.goal, page.shows):
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert workspace.development.skills(tomas) == []
    assert workspace.development.goals(tomas) == []
    assert workspace.development.evidence(tomas) == []


def test_a_goal_gets_its_personal_sheet_and_is_reached(
    qtbot: QtBot, page: DevelopmentPage, workspace: Workspace, tomas: UUID, go
) -> None:
    page.goal.set_text("Run a cycle alone")
    page.takes.set_text("an hour a week")
    qtbot.keyClick(page.goal.line, Qt.Key.Key_Return)
    (goal,) = workspace.development.goals(tomas)
    row = page.goals.rows()[0]
    assert row.words.strong == "Run a cycle alone"
    row.actions_offered[0].run(goal.id)
    assert workspace.development.goals(tomas)[0].reached_on is not None
    page.goals.opened.emit(goal.id)
    assert go.places[-1][0] == "sheet"


def test_a_real_cycle_shows_a_skill(
    page: DevelopmentPage, workspace: Workspace, tomas: UUID, go
) -> None:
    key = page.which.options()[1][0]
    assert "Count the bags" in page.which.options()[1][1]
    assert "worry" not in str(page.which.options())
    page.which.set_value(key)
    page.shows.set_text("Counted before talking")
    page._add_evidence()
    (shown,) = workspace.development.evidence(tomas)
    assert str(shown.talk_id) == key
    page.evidence.rows()[0].click()
    assert go.places[-1][0] == "stood"


def test_a_mentor_goes_along(page: DevelopmentPage, workspace: Workspace, tomas: UUID) -> None:
    page.mentor.set_value(None, "Hannah Osei")
    page.about.set_text("Asking before telling")
    page._add_pair()
    (one,) = workspace.development.pairs(tomas)
    assert (one.mentor, one.pair.every_days) == ("Hannah Osei", 14)
    page.pairs.rows()[0].actions_offered[0].run(one.pair.id)
    assert workspace.development.pairs(tomas)[0].pair.last_on is not None


def test_what_was_typed_and_not_added_stands_there_again(
    qtbot: QtBot, page: DevelopmentPage, workspace: Workspace, tomas: UUID
) -> None:
    qtbot.keyClicks(page.skill.line, "Asking")
    qtbot.keyClick(page.skill.line, Qt.Key.Key_Return)
    (skill,) = workspace.development.skills(tomas)
    typed = (page.skill, page.goal, page.takes, page.shows, page.about, page.skills.whys[skill.id])
    for field in typed:
        qtbot.keyClicks(field.line, "half a")
    qtbot.keyClicks(page.mentor.line, "Ana of the ot")
    qtbot.keyClicks(page.by_when.line, "some day")
    page.leave()
    page.arrive(learner=workspace.people.person("Ana").id)
    assert page.goal.text() == ""
    assert page.mentor.value() == (None, "")
    assert page.by_when.line.text() == ""
    page.leave()
    page.arrive(learner=tomas)
    assert page.mentor.line.text() == "Ana of the ot"
    assert page.by_when.line.text() == "some day"
    names = (page.skill, page.goal, page.takes, page.shows, page.about, page.skills.whys[skill.id])
    assert [field.text() for field in names] == ["half a"] * 6
    qtbot.keyClick(page.skill.line, Qt.Key.Key_Return)
    page.leave()
    page.arrive(learner=tomas)
    assert page.skill.text() == ""
    assert page.goal.text() == "half a"
