"""A learner's page: looking back over months, finding words again, writing the storyboard."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.experiment import Experiment
from gemba.services.workspace import Workspace
from gemba.ui.pages.learner import MOST_SHOWN, LearnerPage
from gemba.ui.theme import Theme
from tests.ui.dialogs import answering

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


def try_out(
    workspace: Workspace, learner: UUID, prediction: str, result: str = "", outcome: str = ""
) -> Experiment:
    """One cycle with a prediction, and what came of it."""
    coaching = workspace.coaching
    talk = coaching.start_cycle(learner)
    coaching.answer(talk.id, "obstacle", "Nobody calls the porter", visit="a")
    made = coaching.next_experiment(talk.id)
    coaching.write_experiment(made.id, visit="b", step="Call", prediction=prediction)
    coaching.commit_prediction(made.id)
    coaching.write(talk.id, visit="c", private_note="secret worry")
    coaching.end(talk.id, 600)
    if result:
        coaching.write_experiment(made.id, visit="d", result=result, learned="The list is late")
        workspace.recorder.settle()
        coaching.judge(made.id, outcome)
    return coaching.experiment(made.id)


@pytest.fixture
def tomas(workspace: Workspace) -> UUID:
    return workspace.people.person("Tomas Reyes").id


@pytest.fixture
def tried(workspace: Workspace, tomas: UUID, clock) -> list[Experiment]:
    first = try_out(workspace, tomas, "7 of 7 booked", "4 of 7", "different")
    clock.move(days=10)
    second = try_out(workspace, tomas, "Names are on the list")
    clock.move(days=2)
    return [first, second]


@pytest.fixture
def page(
    qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock, tried: list[Experiment]
) -> LearnerPage:
    made = LearnerPage(
        theme,
        coaching=workspace.coaching,
        people=workspace.people,
        history=workspace.history,
        exports=workspace.exports,
        bulletin=workspace.bulletin,
        go=go,
        today=lambda: clock().date(),
        practice=workspace.practice,
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    made.activateWindow()
    return made


def test_predicted_and_happened_newest_first(
    page: LearnerPage, tomas: UUID, tried: list[Experiment]
) -> None:
    page.arrive(learner=tomas)
    lines = [(line.predicted, line.outcome, line.happened) for line in page.table.lines()]
    assert lines == [
        ("Names are on the list", "", "not looked yet"),
        ("7 of 7 booked", "different", "4 of 7"),
    ]
    assert page.head.title.text() == "Tomas Reyes"
    assert page.when.text() == "Last talk 2 days ago"
    assert page.strip.words() == (
        "Cycles: 2, from 24 Nov to 4 Dec. "
        "Experiments: 2, from 24 Nov to 4 Dec (1 different, 1 not yet looked)"
    )


def test_whoever_has_no_storyboard_is_offered_none_on_paper(
    page: LearnerPage, workspace: Workspace, tomas: UUID
) -> None:
    page.arrive(learner=tomas)
    assert page.on_paper.isVisible()
    page.arrive(learner=workspace.people.person("Grace Teo").id)
    assert not page.on_paper.isVisible()


def test_words_filter_every_list_and_never_find_a_private_note(
    page: LearnerPage, qtbot: QtBot, tomas: UUID
) -> None:
    page.arrive(learner=tomas)
    qtbot.keyClicks(page.search.line, "late list")
    assert [line.predicted for line in page.table.lines()] == ["7 of 7 booked"]
    assert page.rows.rows() == []
    page.search.line.clear()
    qtbot.keyClicks(page.search.line, "porter")
    assert len(page.rows.rows()) == 2
    page.search.line.clear()
    qtbot.keyClicks(page.search.line, "secret")
    assert page.table.lines() == []
    assert page.nothing.words.text() == "Nothing says that."
    assert "secret" not in page.page_title()


def test_a_talk_and_an_experiment_open(
    page: LearnerPage, qtbot: QtBot, workspace: Workspace, tomas: UUID, tried, go
) -> None:
    page.arrive(experiment=tried[0].id)
    line = page.table.line(tried[0].id)
    assert line is not None
    assert QApplication.focusWidget() is line
    qtbot.keyClick(line, ENTER)
    first, second = workspace.coaching.talks(tomas)
    assert go.places == [("cycle", {"talk": first.id})]
    qtbot.mouseClick(page.rows.rows()[0], LEFT)
    assert go.opened == [(Ref("talk", second.id), "")]
    qtbot.mouseClick(page.start, LEFT)
    assert go.places[-1] == ("cycle", {"learner": tomas})


def test_a_talk_at_a_sheet_opens_the_sheet(
    page: LearnerPage, qtbot: QtBot, workspace: Workspace, tomas: UUID, go
) -> None:
    sheet = workspace.sheets.begin("Late discharges", owner="Tomas Reyes")
    talk = workspace.coaching.coach_sheet(sheet.id)
    page.arrive(learner=tomas)
    keys = [row.words.key for row in page.rows.rows()]
    assert Ref("sheet", sheet.id) in keys
    row = page.rows.rows()[keys.index(Ref("talk", talk.id))]
    qtbot.mouseClick(row, LEFT)
    assert go.places == [("sheet", {"talk": talk.id})]


def test_the_storyboard_saves_itself(
    page: LearnerPage, qtbot: QtBot, workspace: Workspace, tomas: UUID
) -> None:
    board = workspace.coaching.board_of(tomas)
    page.arrive(board=board.id)
    assert page.board.fields["focus_process"].focusProxy() is QApplication.focusWidget()
    qtbot.keyClicks(QApplication.focusWidget(), "discharge lounge")
    page.board.by.line.setFocus()
    qtbot.keyClicks(page.board.by.line, "12 Dec")
    qtbot.keyClick(page.board.by.line, ENTER)
    page.leave()
    workspace.recorder.settle()
    kept = workspace.coaching.board(board.id)
    assert kept.focus_process == "discharge lounge"
    assert kept.target_by == date(2026, 12, 12)


def test_obstacles_are_parked_taken_up_and_gone(
    page: LearnerPage, qtbot: QtBot, workspace: Workspace, tomas: UUID, go
) -> None:
    board = workspace.coaching.board_of(tomas)
    page.arrive(board=board.id)
    qtbot.keyClicks(page.board.more.line, "Transport at weekends")
    qtbot.keyClick(page.board.more.line, ENTER)
    row = next(r for r in page.board.obstacles.rows() if r.words.strong.startswith("Transport"))
    qtbot.mouseClick(row, LEFT)
    kept = workspace.coaching.board(board.id)
    assert kept.focus == row.words.key
    row = next(r for r in page.board.obstacles.rows() if r.words.strong.startswith("Transport"))
    row.menu().actions()[0].trigger()
    workspace.recorder.settle()
    gone = {one.text: one.gone_on for one in workspace.coaching.board(board.id).obstacles}
    assert gone["Transport at weekends"] == date(2026, 12, 6)
    go.undo()
    workspace.recorder.settle()
    gone = {one.text: one.gone_on for one in workspace.coaching.board(board.id).obstacles}
    assert gone["Transport at weekends"] is None


def test_the_record_is_written_without_private_notes_unless_asked(
    page: LearnerPage, qtbot: QtBot, tomas: UUID, go, tmp_path: Path
) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    page.arrive(learner=tomas)
    assert not page.private.isChecked()
    for private in (False, True):
        if private:
            qtbot.mouseClick(page.private, LEFT)
        target = tmp_path / f"{private}.pdf"
        qtbot.mouseClick(page.print, LEFT)
        with answering(target):
            qtbot.mouseClick(page.paper.panel.save, LEFT)
        reader = PdfReader(BytesIO(target.read_bytes()))
        text = "\n".join(part.extract_text() for part in reader.pages)
        assert "7 of 7 booked" in text
        assert ("secret worry" in text) is private
        assert str(target) in go.said[-1]


def test_the_pages_are_seen_before_they_are_printed(
    page: LearnerPage, qtbot: QtBot, workspace: Workspace, tomas: UUID
) -> None:
    coaching = workspace.coaching
    for number in range(12):
        talk = coaching.start_cycle(tomas)
        coaching.answer(talk.id, "obstacle", f"Answer {number}. " * 60, visit=f"v{number}")
        coaching.end(talk.id, 600)
    workspace.recorder.settle()
    page.arrive(learner=tomas)
    panel = page.paper.panel
    qtbot.mouseClick(page.print, LEFT)
    assert page.paper.is_open()
    assert panel.turner.isVisible()
    assert panel.place.text().startswith("Page 1 of ")
    assert not panel.back.isEnabled()
    first = panel.preview.grab().toImage()
    qtbot.mouseClick(panel.on, LEFT)
    assert panel.place.text().startswith("Page 2 of ")
    assert panel.preview.grab().toImage() != first
    qtbot.mouseClick(panel.back, LEFT)
    assert panel.preview.grab().toImage() == first
    page.leave()
    assert not page.paper.is_open()


def test_an_obstacle_half_typed_is_there_again(
    qtbot: QtBot, page: LearnerPage, workspace: Workspace, tomas: UUID
) -> None:
    board = workspace.coaching.board_of(tomas)
    page.arrive(learner=tomas, board=board.id)
    page.board.show_board(board)
    qtbot.keyClicks(page.board.more.line, "The porter")
    page.leave()
    workspace.recorder.settle()
    page.board.more.set_text("")
    page.board._board = None
    page.board.show_board(board)
    assert page.board.more.text() == "The porter"
    qtbot.keyClick(page.board.more.line, Qt.Key.Key_End)
    qtbot.keyClicks(page.board.more.line, " is late")
    qtbot.keyClick(page.board.more.line, ENTER)
    workspace.recorder.settle()
    page.board._board = None
    page.board.show_board(workspace.coaching.board(board.id))
    assert page.board.more.text() == ""
    assert workspace.coaching.board(board.id).obstacles[-1].text.endswith("is late")


def test_a_reason_half_typed_is_there_again(
    qtbot: QtBot, page: LearnerPage, workspace: Workspace, tomas: UUID
) -> None:
    board = workspace.coaching.board_of(tomas)
    page.arrive(learner=tomas, board=board.id)
    page.board.show_board(board)
    qtbot.keyClicks(page.board.more.line, "The porter")
    qtbot.keyClicks(page.board.why.line, "The lounge")
    page.leave()
    workspace.recorder.settle()
    page.board.why.set_text("")
    page.board._board = None
    page.board.show_board(board)
    assert page.board.why.text() == "The lounge"
    assert page.board.more.text() == "The porter"
    page.board._end()
    workspace.recorder.settle()
    page.board._board = None
    page.board.show_board(workspace.coaching.board(board.id))
    assert page.board.why.text() == ""
    assert page.board.more.text() == "The porter"


def test_a_board_is_left_with_a_reason_and_taken_up_again(
    page: LearnerPage, qtbot: QtBot, workspace: Workspace, tomas: UUID
) -> None:
    page.arrive(learner=tomas)
    board = workspace.coaching.boards(tomas)[-1]
    fields = page.board
    qtbot.mouseClick(fields.end, LEFT)
    assert fields.why.said() == "Write why you leave it."
    fields.why.line.setFocus()
    qtbot.keyClicks(fields.why.line, "The lounge was closed")
    qtbot.keyClick(fields.why.line, ENTER)
    assert workspace.coaching.board(board.id).ended_because == "The lounge was closed"
    assert "The lounge was closed" in fields.ended.words.text()
    qtbot.mouseClick(fields.ended.button, LEFT)
    assert workspace.coaching.board(board.id).ended_on is None
    assert fields.why.isVisible()


def test_every_date_a_target_had_stays_to_be_seen(
    page: LearnerPage, workspace: Workspace, tomas: UUID
) -> None:
    board = workspace.coaching.boards(tomas)[-1]
    for number in range(12):
        day = date(2026, 12, 1 + number)
        workspace.coaching.write_board(board.id, visit=f"{number}", target_by=day)
        workspace.recorder.settle()
    page.arrive(learner=tomas)
    said = page.board.moves.text()
    assert said.startswith("The date moved 11 times; before it was 1 Dec, 2 Dec,")
    assert said.endswith("11 Dec.")


def test_years_of_cycles_show_the_newest_and_lead_to_the_rest(
    page: LearnerPage, workspace: Workspace, tomas: UUID, go, qtbot: QtBot
) -> None:
    for number in range(MOST_SHOWN + 2):
        try_out(workspace, tomas, f"{number} of 7")
    page.arrive(learner=tomas)
    assert len(page.table.lines()) == len(page.rows.rows()) == MOST_SHOWN
    assert "8 earlier ones" in page.rest.text()
    oldest = workspace.coaching.experiments(learner_id=tomas)[0]
    page.arrive(experiment=oldest.id)
    assert page.table.line(oldest.id) is not None
    qtbot.mouseClick(page.rest, LEFT)
    assert go.places[-1] == ("timeline", {"learner": tomas})


def test_the_coachs_own_look_back_is_offered_once_nobody_looks_on(
    page: LearnerPage, workspace: Workspace, tomas: UUID, tried: list[Experiment], go, clock
) -> None:
    clock.move(days=-2)
    page._learners_view.set(True)
    page.arrive(learner=tomas)
    assert page.after.isHidden()
    page._learners_view.set(False)
    assert page.after.isVisible()
    page.after.button.click()
    place, what = go.places[-1]
    assert place == "after talk"
    workspace.practice.look_back(what["talk"], asked=3, told=1, silences=2)
    page.arrive(learner=tomas)
    assert page.after.isHidden()


def test_a_look_that_was_missed_is_told_with_its_reason(
    page: LearnerPage, qtbot: QtBot, workspace: Workspace, tomas: UUID, go, clock
) -> None:
    talk = workspace.coaching.talks(tomas)[-1]
    workspace.coaching.write(talk.id, visit="x", next_look_on=clock().date() + timedelta(days=1))
    workspace.recorder.settle()
    page.arrive(learner=tomas)
    assert page.missed.isHidden()
    clock.move(days=3)
    page.arrive(learner=tomas)
    page.missed.opener.click()
    qtbot.keyClicks(page.missed.why.line, "I was called to the ward")
    page.leave()
    page.arrive(learner=tomas)
    assert page.missed.why.text() == "I was called to the ward"
    page.missed.give.click()
    (missed,) = workspace.coaching.talk(talk.id).missed
    assert missed.why == "I was called to the ward"
    assert workspace.coaching.talk(talk.id).next_look_on is None
    go.undo()
    assert workspace.coaching.talk(talk.id).missed == ()
    assert workspace.coaching.talk(talk.id).next_look_on == missed.day
