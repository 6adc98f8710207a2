"""A first talk: a name, three questions, a day to look together, and a storyboard of it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.coaching import Talk
from gemba.domain.cycle import answer_to
from gemba.services.ties import Ties
from gemba.services.workspace import Workspace
from gemba.ui.pages.talk import TalkPage
from gemba.ui.theme import Theme

LEFT = Qt.MouseButton.LeftButton
ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock) -> TalkPage:
    made = TalkPage(
        theme,
        coaching=workspace.coaching,
        people=workspace.people,
        thread=workspace.thread,
        bulletin=workspace.bulletin,
        go=go,
        today=lambda: clock().date(),
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    made.activateWindow()
    return made


def only_talk(workspace: Workspace) -> Talk:
    workspace.recorder.settle()
    (talk,) = workspace.recorder.find(Talk)
    return talk


def test_three_answers_and_a_day_by_keys(
    page: TalkPage, qtbot: QtBot, workspace: Workspace, go
) -> None:
    page.arrive(name="Priya Raman")
    for words in ("Two nurses wait at the printer", "It prints from one list", "Write on paper"):
        qtbot.keyClicks(QApplication.focusWidget(), words)
        qtbot.keyClick(QApplication.focusWidget(), ENTER)
    assert QApplication.focusWidget() is page.look.on.line
    qtbot.keyClicks(page.look.on.line, "Thursday")
    qtbot.keyClick(page.look.on.line, ENTER)
    qtbot.keyClicks(page.look.at.line, "7:45")
    qtbot.keyClick(page.look.at.line, ENTER)
    qtbot.keyClick(QApplication.focusWidget(), ENTER)

    talk = only_talk(workspace)
    assert workspace.people.name_of(talk.learner_id) == "Priya Raman"
    assert answer_to(talk, "noticing") == "Two nurses wait at the printer"
    assert answer_to(talk, "test") == "Write on paper"
    assert (talk.next_look_on, talk.next_look_time) == (date(2026, 11, 26), "07:45")
    assert talk.ended_at is not None
    assert go.said == ["Kept. We look together: Thu 26 Nov."]


def test_questions_come_one_after_the_other_and_stay_open_to_change(
    page: TalkPage, qtbot: QtBot, workspace: Workspace
) -> None:
    page.arrive(name="Priya Raman")
    shown = [key for key, asked in page.asked.items() if asked.isVisible()]
    assert shown == ["noticing"]
    qtbot.keyClicks(page.asked["noticing"].answer.edit, "A queue")
    qtbot.keyClick(page.asked["noticing"].answer.edit, ENTER)
    assert page.asked["harder"].big.isVisible()
    assert page.asked["noticing"].small.isVisible()
    qtbot.mouseClick(page.asked["noticing"].answer.edit.viewport(), LEFT)
    assert page.asked["noticing"].big.isVisible()
    page.asked["noticing"].answer.edit.setFocus()
    qtbot.keyClick(page.asked["noticing"].answer.edit, Qt.Key.Key_End)
    qtbot.keyClicks(page.asked["noticing"].answer.edit, " of four")
    page.leave()
    assert answer_to(only_talk(workspace), "noticing") == "A queue of four"


def test_not_known_goes_on_and_is_remembered(
    page: TalkPage, qtbot: QtBot, workspace: Workspace
) -> None:
    page.arrive(name="Priya Raman")
    qtbot.mouseClick(page.unknown, LEFT)
    assert page.asked["harder"].big.isVisible()
    assert page.asked["noticing"].unknown.isVisible()
    assert only_talk(workspace).answers[0].unknown


def test_one_click_makes_a_storyboard(
    page: TalkPage, qtbot: QtBot, workspace: Workspace, go
) -> None:
    page.arrive(name="Priya Raman")
    for words in ("They wait", "One list", "Paper"):
        qtbot.keyClicks(QApplication.focusWidget(), words)
        qtbot.keyClick(QApplication.focusWidget(), ENTER)
    qtbot.mouseClick(page.keep, LEFT)
    assert not page.keep.isVisible()
    qtbot.mouseClick(page.make_board, LEFT)

    learner = only_talk(workspace).learner_id
    board = workspace.coaching.board_of(learner)
    assert go.places == [("learner", {"board": board.id})]
    assert board.current_condition == "They wait"
    assert [one.text for one in board.obstacles] == ["One list"]
    assert [one.step for one in workspace.coaching.experiments(board_id=board.id)] == ["Paper"]


def test_a_private_note_is_kept_and_not_in_the_title(
    page: TalkPage, qtbot: QtBot, workspace: Workspace
) -> None:
    page.arrive(name="Priya Raman")
    assert not page.note.isVisible()
    qtbot.mouseClick(page.note_button, LEFT)
    qtbot.keyClicks(QApplication.focusWidget(), "tired, ask her shift lead")
    assert "tired" not in page.page_title()
    assert page.page_title() == "First talk, Priya Raman"
    qtbot.mouseClick(page.note_button, LEFT)
    assert not page.note.isVisible()
    assert page.note.text() == ""
    page.leave()
    assert only_talk(workspace).private_note == "tired, ask her shift lead"
    page.arrive(talk=only_talk(workspace).id)
    assert not page.note.isVisible()
    qtbot.mouseClick(page.note_button, LEFT)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    qtbot.keyClicks(QApplication.focusWidget(), " on Monday")
    page.leave()
    assert only_talk(workspace).private_note == "tired, ask her shift lead on Monday"


def test_a_talk_without_a_word_leaves_nothing(page: TalkPage, workspace: Workspace) -> None:
    page.arrive(name="Priya Raman")
    page.leave()
    assert workspace.recorder.find(Talk) == []


def test_a_talk_opens_again_as_it_stood(page: TalkPage, qtbot: QtBot, workspace: Workspace) -> None:
    talk = workspace.coaching.first_talk("Priya Raman")
    workspace.coaching.answer(talk.id, "noticing", "A queue", visit="1")
    workspace.recorder.settle()
    page.arrive(talk=talk.id)
    assert page.asked["noticing"].answer.text() == "A queue"
    assert QApplication.focusWidget() is page.asked["harder"].answer.edit
    page.leave()
    page.arrive(learner=talk.learner_id)
    assert only_talk(workspace).id == talk.id


def test_a_talk_shows_what_it_belongs_to_and_a_click_opens_it(
    page: TalkPage, qtbot: QtBot, workspace: Workspace, go
) -> None:
    talk = workspace.coaching.first_talk("Priya Raman")
    sheet = workspace.sheets.begin("The queue at the printer")
    page.arrive(talk=talk.id)
    assert page.ties.isHidden()
    Ties(workspace.recorder, workspace.thread).tie(
        sheet, workspace.sheets.definition(sheet), "current", Ref("talk", talk.id)
    )
    made = workspace.promises.make("Ask for a second tray", source=Ref("talk", talk.id))

    chips = {chip.accessibleName(): chip for chip in page.ties.chips()}
    assert list(chips) == ["A3: The queue at the printer", "Promise: Ask for a second tray"]
    qtbot.mouseClick(chips["A3: The queue at the printer"], LEFT)
    qtbot.mouseClick(chips["Promise: Ask for a second tray"], LEFT)
    assert go.opened == [(Ref("sheet", sheet.id), "current"), (Ref("promise", made.id), "")]

    # The same ties read from the other end lead back.
    for ref in (Ref("sheet", sheet.id), Ref("promise", made.id)):
        assert [chip.ref for chip in workspace.thread.chips(ref)] == [Ref("talk", talk.id)]
    workspace.recorder.remove(Ref("promise", made.id))
    assert [chip.accessibleName() for chip in page.ties.chips()] == ["A3: The queue at the printer"]
    page.arrive()
    assert page.ties.isHidden()
