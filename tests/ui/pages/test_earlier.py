"""Earlier versions by clicks: told with who and when, brought back, and taken back again."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.services.workspace import Workspace
from gemba.ui.pages.earlier import AT_ONCE, EarlierPage
from gemba.ui.theme import Theme

from .conftest import Steps


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, workspace: Workspace, go: Steps) -> EarlierPage:
    made = EarlierPage(
        theme,
        versions=workspace.versions,
        thread=workspace.thread,
        definition=workspace.sheets.definition,
        bulletin=workspace.bulletin,
        go=go,
        today=workspace.recorder.today,
    )
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def texts(page: EarlierPage) -> list[str]:
    return [label.text() for label in page.texts]


def test_nothing_and_nobody(page: EarlierPage, workspace: Workspace) -> None:
    page.arrive()
    assert page.empty.isVisible()
    page.arrive(ref=Ref("sheet", workspace.recorder.new_id()))
    assert page.empty.isVisible()


def test_each_version_of_a_box_comes_back(
    page: EarlierPage, workspace: Workspace, go: Steps, qtbot: QtBot
) -> None:
    sheet = workspace.sheets.begin("Late")
    for number, text in enumerate(("First **one**.", "Second.", "Third.")):
        workspace.sheets.write_box(sheet.id, "goal", text, visit=f"{number}")
        workspace.recorder.settle()
    page.arrive(ref=Ref("sheet", sheet.id))
    assert texts(page) == ["Third.", "Second.", "First one."]
    page.bring[-1].click()
    assert workspace.sheets.get(sheet.id).box("goal").text == "First **one**."
    qtbot.waitUntil(lambda: texts(page)[0] == "First one.")
    assert len(texts(page)) == 4
    assert go.undo is not None
    go.undo()
    assert workspace.sheets.get(sheet.id).box("goal").text == "Third."


def test_a_private_note_is_not_among_them(page: EarlierPage, workspace: Workspace) -> None:
    talk = workspace.coaching.first_talk("Joris")
    workspace.coaching.write(talk.id, visit="1", private_note="Unsure.", agreed="Look on Friday.")
    workspace.recorder.settle()
    page.arrive(ref=Ref("talk", talk.id))
    assert texts(page) == ["Look on Friday."]


def test_what_a_rule_forbids_is_said(page: EarlierPage, workspace: Workspace, go: Steps) -> None:
    learner = workspace.people.person("Joris")
    talk = workspace.coaching.start_cycle(learner.id)
    step = workspace.coaching.next_experiment(talk.id)
    for number, text in enumerate(("five", "ten")):
        workspace.coaching.write_experiment(step.id, visit=f"{number}", prediction=text)
        workspace.recorder.settle()
    workspace.coaching.commit_prediction(step.id)
    page.arrive(ref=Ref("experiment", step.id))
    button = next(one for one in page.bring if "five" in one.accessibleName())
    button.click()
    assert [error.key for error in go.troubles] == ["experiment.prediction_is_locked"]
    assert workspace.coaching.experiment(step.id).prediction == "ten"


@pytest.mark.parametrize("words", ["<b>x</b>", "x" * 100_000, "שלום", "a\u2028b\u0000"])
def test_hostile_words(page: EarlierPage, workspace: Workspace, words: str) -> None:
    promise = workspace.promises.make("Ask")
    workspace.promises.write(promise.id, visit="1", note=words)
    workspace.promises.write(promise.id, visit="2", note="nothing")
    workspace.recorder.settle()
    workspace.promises.write(promise.id, visit="3", note=words)
    workspace.recorder.settle()
    page.arrive(ref=Ref("promise", promise.id))
    assert all(len(text) <= 620 for text in texts(page))
    page.bring[0].click()
    assert workspace.promises.get(promise.id).note == "nothing"


def test_many_versions_are_shown_in_parts(page: EarlierPage, workspace: Workspace) -> None:
    promise = workspace.promises.make("Ask")
    for number in range(AT_ONCE + 5):
        workspace.promises.write(promise.id, visit=f"{number}", note=f"{number}")
        workspace.recorder.settle()
    page.arrive(ref=Ref("promise", promise.id))
    assert len(texts(page)) == AT_ONCE
    page.more.click()
    assert len(texts(page)) == AT_ONCE + 5


def test_a_stage_and_marks_are_not_brought_back_by_a_click(
    qtbot: QtBot, workspace: Workspace, page: EarlierPage
) -> None:
    sheet = workspace.sheets.begin("Four in five leave late.")
    workspace.course.move(sheet.id, "cause", "Six mornings say the same.")
    review = workspace.reviews.begin(sheet.id, "owner").reviews[0]
    workspace.reviews.mark(sheet.id, review.id, "goal", "reaches", 1)
    workspace.story.name(sheet.id, "Draft of May")
    page.arrive(ref=Ref("sheet", sheet.id))
    said = "\n".join(one.text() for one in page.texts)
    assert "Draft of May" in said
    assert "Six mornings" not in said
    assert "cause" not in said
