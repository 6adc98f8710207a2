"""A coaching cycle by clicks and keys: one question at a time, prediction before result."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.coach_log import PracticeLevel
from gemba.domain.coaching import Storyboard, Talk
from gemba.domain.cycle import answer_to
from gemba.domain.experiment import Experiment
from gemba.domain.figures.run_chart import Reading, RunChart
from gemba.domain.session import Lesson
from gemba.services.workspace import Workspace
from gemba.ui.pages.cycle import CyclePage
from gemba.ui.pages.cycle_experiment import NextPane, PredictedPane, ResultPane
from gemba.ui.pages.cycle_steps import AnswerPane, WhenPane
from gemba.ui.pages.learner_story import talk_kind
from gemba.ui.theme import Theme

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


class Ticks:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def board(workspace: Workspace) -> Storyboard:
    tomas = workspace.people.person("Tomas Reyes")
    made = workspace.coaching.board_of(tomas.id)
    readings = tuple(Reading(on=date(2026, 11, day), value=10.0 + day) for day in range(2, 20))
    workspace.coaching.write_board(
        made.id,
        visit="1",
        focus_process="discharge lounge",
        target_condition="30 % are in a lounge chair before 12:00",
        target_by=date(2026, 12, 11),
        target_measure="Chairs taken at noon",
        chart=RunChart(id="c", unit="%", readings=readings, goal=30.0),
    )
    workspace.coaching.park(made.id, "List of tomorrow's discharges")
    return workspace.coaching.park(made.id, "Transport at weekends")


@pytest.fixture
def last(workspace: Workspace, board: Storyboard) -> Experiment:
    """A step with a prediction that nobody has made theirs yet."""
    talk = workspace.coaching.start_cycle(board.learner_id)
    made = workspace.coaching.next_experiment(talk.id)
    workspace.coaching.write_experiment(
        made.id, visit="1", step="Book porters at 08:00", prediction="7 of 7 booked by 09:00"
    )
    workspace.coaching.end(talk.id)
    return made


@pytest.fixture
def page(
    qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock, ticks: Ticks, board: Storyboard
) -> CyclePage:
    made = CyclePage(
        theme,
        coaching=workspace.coaching,
        people=workspace.people,
        practice=workspace.practice,
        drafts=workspace.drafts,
        thread=workspace.thread,
        bulletin=workspace.bulletin,
        go=go,
        today=lambda: clock().date(),
        promises=workspace.promises,
        ticks=ticks,
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    made.activateWindow()
    return made


def newest(workspace: Workspace) -> Talk:
    workspace.recorder.settle()
    return workspace.recorder.find(Talk)[-1]


def keys(qtbot: QtBot, words: str) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), words)


def enter(qtbot: QtBot) -> None:
    qtbot.keyClick(QApplication.focusWidget(), ENTER)


def go_until(page: CyclePage, qtbot: QtBot, step_id: str) -> None:
    for _ in range(9):
        if page.pane is not None and page.pane.step.question.id == step_id:
            return
        qtbot.mouseClick(page.next, LEFT)
    raise AssertionError(f"{step_id} never came")


def test_what_a_question_asks_to_fill_in_and_makes_of_it_is_kept(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard
) -> None:
    sets = workspace.question_sets
    cycle = sets.get("cycle")
    first, second, *rest = cycle.steps
    steps = (
        replace(first, writes="promise", fill=("By when", "How sure, 1 to 10")),
        replace(second, writes="lesson"),
        *rest,
    )
    sets.save(replace(cycle, steps=steps))
    page.arrive(learner=board.learner_id)
    keys(qtbot, "A third leaves before noon")
    enter(qtbot)
    keys(qtbot, "Friday")
    enter(qtbot)
    page.promise.click()
    assert [one.text for one in workspace.promises.open()] == ["A third leaves before noon"]
    keys(qtbot, "7")
    enter(qtbot)
    assert not page.promise.isVisible()
    keys(qtbot, "Ask at the bed")
    page.leave()
    talk = newest(workspace)
    page.arrive(talk=talk.id)
    page.back.click()
    assert [field.text() for field in page.fills.fields] == ["Friday", "7"]
    page.leave()
    workspace.coaching.end(talk.id)
    workspace.coaching.end(talk.id)
    talk = newest(workspace)
    assert [one.question for one in talk.answers[:3]] == [first.ask, "By when", "How sure, 1 to 10"]
    assert [one.words for one in workspace.recorder.find(Lesson)] == ["Ask at the bed"]
    page.arrive(talk=talk.id)
    assert "How sure, 1 to 10\n7" in page.read.words()
    assert [hit.ref.id for hit in workspace.history.search("Friday")] == [talk.id]
    pdf = workspace.exports.record(board.learner_id)
    text = " ".join(one.extract_text() for one in PdfReader(BytesIO(pdf)).pages)
    assert "How sure, 1 to 10" in text


def test_a_step_that_cannot_be_tried_is_stopped_with_a_reason_and_taken_up_again(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard, last: Experiment
) -> None:
    workspace.coaching.commit_prediction(last.id)
    page.arrive(learner=board.learner_id)
    go_until(page, qtbot, "lookback_happened")
    assert isinstance(page.pane, ResultPane)
    reason = page.pane.stop.reason
    reason.opener.click()
    reason.give.click()
    assert workspace.coaching.experiment(last.id).stopped_on is None
    qtbot.keyClicks(reason.why.line, "The lounge is closed")
    enter(qtbot)
    stopped = workspace.coaching.experiment(last.id)
    assert stopped.stopped_because == "The lounge is closed"
    assert stopped.prediction == "7 of 7 booked by 09:00"
    assert "The lounge is closed" in reason.told.words.text()
    reason.told.button.click()
    assert workspace.coaching.experiment(last.id).stopped_on is None


def test_a_copy_of_the_five_steps_is_asked_and_writes_the_board(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard
) -> None:
    mine = workspace.question_sets.copy("cycle", "My five steps")
    first, *rest = mine.steps
    asked = replace(first, ask="Wohin willst du?")
    workspace.question_sets.save(replace(mine, steps=(asked, *rest)))
    page.arrive(learner=board.learner_id, questions=mine.id)
    assert page.ask.text() == "Wohin willst du?"
    page.pane.answer.edit.selectAll()
    keys(qtbot, "Half before noon")
    page.next.click()
    workspace.recorder.settle()
    assert workspace.coaching.board(board.id).target_condition == "Half before noon"
    begun = newest(workspace)
    assert (begun.kind, begun.definition) == ("cycle", mine.id)
    page.leave()
    page.arrive(learner=board.learner_id)
    assert newest(workspace).id == begun.id


def test_each_question_notes_its_own_time_without_being_asked(
    page: CyclePage, workspace: Workspace, board: Storyboard, ticks: Ticks
) -> None:
    page.arrive(learner=board.learner_id)
    keys_of = []
    for seconds in (60, 30, 200):
        keys_of.append(page.pane.step.question.id)
        ticks.seconds += seconds
        page.next.click()
    page.back.click()
    # The question had its three minutes before; what the others took is in the whole alone.
    assert page.head.here.text() == "3 min on this question"
    assert page.head.time.text() == "4 of 20 min"
    ticks.seconds += 15
    page.pane.answer.edit.insertPlainText("19 %")
    page.leave()
    talk = newest(workspace)
    noted = {one.at_step: one.seconds for one in talk.times}
    assert noted == dict(zip(keys_of, (60, 30, 215), strict=True))
    workspace.coaching.end(talk.id)
    day = talk.held_on
    learned = workspace.looking_back.learning(board.learner_id, day, day)
    assert [round(60 * minutes) for _question, minutes in learned.phases] == [215, 60, 30]
    asked = {one.id: one.ask for one in workspace.question_sets.get("cycle").steps}
    assert {question for question, _minutes in learned.phases} == {asked[key] for key in keys_of}
    page.arrive(talk=talk.id)
    assert all(asked[key] in page.read.words() for key in keys_of)


def test_a_first_cycle_by_keys_alone(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard, go
) -> None:
    page.arrive(learner=board.learner_id)
    assert page.ask.text() == "What condition are you working toward, by when?"
    keys(qtbot, "A third leaves before noon")
    enter(qtbot)
    assert page.head.phase.text() == "2 of 5"
    keys(qtbot, "19 %")
    enter(qtbot)
    keys(qtbot, "Nobody calls the porter")
    enter(qtbot)
    keys(qtbot, "Call at eight")
    enter(qtbot)
    keys(qtbot, "7 of 7 are booked")
    enter(qtbot)
    keys(qtbot, "tally at the desk")
    enter(qtbot)
    keys(qtbot, "tomorrow")
    enter(qtbot)
    assert isinstance(page.pane, WhenPane)
    assert page.pane.look.on.value() == date(2026, 11, 25)
    enter(qtbot)
    keys(qtbot, "9:30")
    enter(qtbot)

    talk = newest(workspace)
    assert talk.ended_at is not None
    assert (talk.next_look_on, talk.next_look_time) == (date(2026, 11, 25), "09:30")
    assert go.places == [("after talk", {"talk": talk.id})]
    kept = workspace.coaching.board(board.id)
    assert kept.target_condition == "A third leaves before noon"
    assert kept.current_condition == "19 %"
    assert [o.text for o in kept.obstacles if o.id == kept.focus] == ["Nobody calls the porter"]
    (experiment,) = workspace.coaching.experiments(board_id=board.id)
    assert (experiment.step, experiment.prediction) == ("Call at eight", "7 of 7 are booked")
    assert (experiment.measure, experiment.look_on) == ("tally at the desk", date(2026, 11, 25))
    assert not experiment.committed


def test_a_question_is_noted_while_the_cycle_runs(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard
) -> None:
    page.arrive(learner=board.learner_id)
    asked = page.coach.asked
    qtbot.keyClicks(asked.edit, "Have you tried a list?")
    assert asked.label.text().endswith("leading; it holds an answer of yours")
    qtbot.keyClick(asked.edit, ENTER)
    (kept,) = workspace.practice.of_talk(newest(workspace).id)
    assert kept.forms == ("closed", "leading")
    assert page.ask.text() == "What condition are you working toward, by when?"
    qtbot.keyClicks(asked.edit, "What did the quagga")
    qtbot.mouseClick(page.head.view, LEFT)
    assert asked.text() == ""
    assert "quagga" not in asked.label.text() + asked.edit.accessibleName()
    qtbot.mouseClick(page.head.view, LEFT)
    assert asked.text() == "What did the quagga"
    page.leave()
    page.arrive(learner=board.learner_id)
    assert asked.text() == "What did the quagga"


def test_where_the_learner_looks_on_nothing_is_asked_for_the_coach_alone(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard, go
) -> None:
    page.arrive(learner=board.learner_id)
    go_until(page, qtbot, "when")
    qtbot.mouseClick(page.head.view, LEFT)
    qtbot.mouseClick(page.next, LEFT)
    assert newest(workspace).ended_at is not None
    assert go.places == [("learner", {"learner": board.learner_id})]


def test_the_storyboard_is_in_sight_and_a_click_takes_up_an_obstacle(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard, last: Experiment
) -> None:
    page.arrive(learner=board.learner_id)
    assert page.board.who.text() == "Tomas Reyes, discharge lounge"
    assert page.board.target.text() == "30 % are in a lounge chair before 12:00, by 11 Dec"
    assert page.board.measure.text() == "Measured by Chairs taken at noon"
    assert page.board.measure.isVisibleTo(page)
    assert page.board.challenge.text() == workspace.coaching.board(board.id).challenge
    assert page.board.now.text() == "Now: 20.5 % (18 readings)"
    assert "18 readings" in page.board.chart.accessibleName()
    assert page.board.record["prediction"].text() == "7 of 7 booked by 09:00"
    go_until(page, qtbot, "obstacle")
    qtbot.mouseClick(page.board.obstacles.rows()[1], LEFT)

    kept = workspace.coaching.board(board.id)
    assert kept.focus == kept.obstacles[1].id
    assert isinstance(page.pane, AnswerPane)
    assert page.pane.answer.text() == "Transport at weekends"
    qtbot.waitUntil(lambda: page.board.obstacles.rows()[1].words.age == "in focus")
    workspace.recorder.settle()
    assert len(workspace.coaching.board(board.id).obstacles) == 2


def test_the_result_is_closed_until_the_prediction_is_made(
    page: CyclePage,
    qtbot: QtBot,
    workspace: Workspace,
    board: Storyboard,
    last: Experiment,
) -> None:
    page.arrive(learner=board.learner_id)
    go_until(page, qtbot, "lookback_happened")
    pane = page.pane
    assert isinstance(pane, ResultPane)
    assert pane.answer.edit.isReadOnly()
    assert pane.closed.words.text().endswith(
        "The result opens once Tomas Reyes has said: This is my prediction."
    )
    qtbot.mouseClick(pane.closed.button, LEFT)
    assert workspace.coaching.experiment(last.id).committed
    assert not pane.answer.edit.isReadOnly()
    assert not pane.outcome.isVisible()
    keys(qtbot, "4 of 7 were booked")
    qtbot.mouseClick(pane.outcome.segment("different"), LEFT)
    enter(qtbot)
    keys(qtbot, "the night list is late")
    page.leave()
    workspace.recorder.settle()

    kept = workspace.coaching.experiment(last.id)
    assert (kept.result, kept.outcome) == ("4 of 7 were booked", "different")
    assert kept.learned == "the night list is late"
    assert kept.result_on == date(2026, 11, 24)


def test_the_prediction_is_locked_beside_its_words_and_takes_a_sentence_below(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard, last: Experiment
) -> None:
    page.arrive(learner=board.learner_id)
    go_until(page, qtbot, "lookback_predicted")
    pane = page.pane
    assert isinstance(pane, PredictedPane)
    assert QApplication.focusWidget() is pane.prediction.words.edit
    qtbot.mouseClick(pane.prediction.button, LEFT)
    assert pane.prediction.words.edit.isReadOnly()
    assert "24 Nov at 10:00" in pane.prediction.since.text()
    qtbot.keyClicks(pane.prediction.more.edit, "or 6, with one on leave")
    qtbot.keyClick(pane.prediction.more.edit, ENTER)
    kept = workspace.coaching.experiment(last.id)
    assert [one.text for one in kept.amendments] == ["or 6, with one on leave"]


def test_the_next_prediction_is_not_locked_by_saving(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard
) -> None:
    page.arrive(learner=board.learner_id)
    go_until(page, qtbot, "next")
    pane = page.pane
    assert isinstance(pane, NextPane)
    qtbot.mouseClick(pane.prediction.button, LEFT)
    assert pane.prediction.words.said() == "Write what you expect to see first."
    pane.trying.edit.setFocus()
    keys(qtbot, "Call at eight")
    enter(qtbot)
    keys(qtbot, "7 of 7")
    page.leave()
    page.arrive(learner=board.learner_id)
    pane = page.pane
    assert isinstance(pane, NextPane)
    assert pane.prediction.words.text() == "7 of 7"
    assert not pane.prediction.words.edit.isReadOnly()
    qtbot.mouseClick(pane.prediction.button, LEFT)
    assert pane.trying.edit.isReadOnly()
    assert pane.prediction.words.edit.isReadOnly()
    assert pane.prediction.more.isVisible()


def test_not_known_jumps_to_the_next_step(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard, last: Experiment
) -> None:
    page.arrive(learner=board.learner_id)
    qtbot.mouseClick(page.next, LEFT)
    keys(qtbot, "about a fifth")
    qtbot.mouseClick(page.unknown, LEFT)
    assert page.ask.text() == "What will you try next, and what do you expect?"
    assert page.head.phase.text() == "4 of 5"
    said = {one.id: one for one in newest(workspace).answers}
    assert said["now"].unknown
    assert said["now"].text == "about a fifth"
    qtbot.mouseClick(page.back, LEFT)
    assert page.pane is not None
    assert page.pane.step.question.id == "obstacle"


def test_the_learners_view_hides_what_is_the_coachs(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard
) -> None:
    page.arrive(learner=board.learner_id)
    qtbot.keyClicks(page.note.edit, "nervous today")
    assert page.page_title() == "Coaching cycle, Tomas Reyes"
    qtbot.keyClick(page.note.edit, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    for hidden in (page.note, page.coach.listen_for, page.coach):
        assert not hidden.isVisible()
    assert not any(
        "nervous" in widget.accessibleName()
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
    )
    qtbot.mouseClick(page.head.view, LEFT)
    assert page.note.isVisible()
    assert newest(workspace).private_note == "nervous today"


def test_the_clock_counts_only_while_the_page_is_open(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard, ticks: Ticks
) -> None:
    page.arrive(learner=board.learner_id)
    keys(qtbot, "A third")
    ticks.seconds += 250
    qtbot.mouseClick(page.next, LEFT)
    assert newest(workspace).elapsed == 250
    qtbot.mouseClick(page.head.time, LEFT)
    assert page.head.time.text() == "4 of 20 min, held"
    ticks.seconds += 600
    qtbot.mouseClick(page.head.time, LEFT)
    page.leave()
    ticks.seconds += 5000
    page.arrive(talk=newest(workspace).id)
    ticks.seconds += 60
    page.leave()
    assert newest(workspace).elapsed == 310


def test_shift_enter_makes_a_new_line(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard
) -> None:
    page.arrive(learner=board.learner_id)
    keys(qtbot, "one")
    qtbot.keyClick(QApplication.focusWidget(), ENTER, Qt.KeyboardModifier.ShiftModifier)
    keys(qtbot, "two")
    page.leave()
    assert answer_to(newest(workspace), "aim") == "one\ntwo"


def test_a_cycle_without_a_word_leaves_nothing(
    page: CyclePage, workspace: Workspace, board: Storyboard
) -> None:
    page.arrive(learner=board.learner_id)
    page.leave()
    assert workspace.recorder.find(Talk) == []


def test_an_ended_cycle_is_read_as_it_stood(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard, go, clock
) -> None:
    page.arrive(learner=board.learner_id)
    keys(qtbot, "A third leaves before noon")
    go_until(page, qtbot, "when")
    clock.move(minutes=5)
    qtbot.mouseClick(page.next, LEFT)
    talk = newest(workspace)
    page.leave()
    clock.move(days=30)
    workspace.coaching.write_board(board.id, visit="9", target_condition="Half leave before noon")
    workspace.recorder.settle()

    page.arrive(talk=talk.id)
    assert page.read is not None
    assert "A third leaves before noon" in page.read.words()
    assert page.board.target.text() == "A third leaves before noon, by 11 Dec"
    assert page.pane is None
    assert not page.unknown.isVisible()
    qtbot.mouseClick(page.board.obstacles.rows()[1], LEFT)
    assert workspace.coaching.board(board.id).focus == ""
    qtbot.mouseClick(page.next, LEFT)
    assert go.places[-1] == ("learner", {"learner": board.learner_id})
    assert workspace.coaching.board(board.id).target_condition == "Half leave before noon"


def test_the_target_is_kept_by_enter_and_replaced_by_typing(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard
) -> None:
    page.arrive(learner=board.learner_id)
    enter(qtbot)
    assert answer_to(newest(workspace), "aim") == "30 % are in a lounge chair before 12:00"
    qtbot.mouseClick(page.back, LEFT)
    QApplication.focusWidget().selectAll()
    keys(qtbot, "Half of them")
    enter(qtbot)
    workspace.recorder.settle()
    assert workspace.coaching.board(board.id).target_condition == "Half of them"
    assert answer_to(newest(workspace), "now") == ""


def test_without_a_target_condition_a_planning_cycle_is_offered(
    page: CyclePage, qtbot: QtBot, workspace: Workspace
) -> None:
    wen = workspace.people.person("Wen")
    page.arrive(learner=wen.id)
    assert page.offer.isVisible()
    qtbot.mouseClick(page.offer.button, LEFT)
    assert page.ask.text() == "What is the challenge?"
    for words in ("Home by noon", "4 of 7 wait for letters", "Who writes them at night"):
        keys(qtbot, words)
        assert not page.offer.isVisible()
        enter(qtbot)
    assert page.ask.text() == "What will you look at next?"
    keys(qtbot, "The night desk from 22:00 to 23:00")
    for _field in range(4):
        enter(qtbot)
    assert page.ask.text() == "When shall we look together?"
    keys(qtbot, "tomorrow")
    for _field in range(3):
        enter(qtbot)

    talk = newest(workspace)
    assert (talk.kind, talk.definition) == ("cycle", "planning")
    assert talk.ended_at is not None
    assert talk_kind(talk) == "Planning cycle"
    board = workspace.coaching.board_of(wen.id)
    assert board.challenge == "Home by noon"
    assert board.current_condition == "4 of 7 wait for letters"
    assert board.target_condition == ""
    assert answer_to(talk, "unknown") == "Who writes them at night"
    planned = workspace.coaching.experiments(board_id=board.id)
    assert [one.step for one in planned] == ["The night desk from 22:00 to 23:00"]


def test_a_planning_cycle_taken_by_mistake_is_taken_back(
    page: CyclePage, qtbot: QtBot, workspace: Workspace
) -> None:
    page.arrive(learner=workspace.people.person("Wen").id)
    qtbot.mouseClick(page.offer.button, LEFT)
    qtbot.mouseClick(page.offer.button, LEFT)
    assert page.ask.text() == "What condition are you working toward, by when?"
    assert newest(workspace).definition == "cycle"


def test_with_a_target_condition_nothing_is_offered(page: CyclePage, board: Storyboard) -> None:
    page.arrive(learner=board.learner_id)
    assert not page.offer.isVisible()


def test_the_phase_is_in_sight_at_200_percent(
    page: CyclePage, qtbot: QtBot, board: Storyboard
) -> None:
    page.arrive(learner=board.learner_id)
    page.resize(568, 372)
    qtbot.waitUntil(lambda: page.head.dots.visibleRegion().boundingRect().size() == dots(page))
    assert page.head.dots.accessibleName() == "1 of 5"
    for words in (page.head.time, page.head.view):
        assert words.width() >= words.sizeHint().width(), words.text()
    page.resize(1208, 772)
    assert page.head.phase.isVisible()
    assert page.head.dots.isVisible()


def dots(page: CyclePage) -> QSize:
    """How large all five dots are."""
    return page.head.dots.sizeHint()


def test_numbers_stand_beside_prediction_and_result(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard, last: Experiment
) -> None:
    page.arrive(learner=board.learner_id)
    go_until(page, qtbot, "lookback_predicted")
    pane = page.pane
    assert isinstance(pane, PredictedPane)
    number = pane.prediction.number
    number.number.line.setFocus()
    keys(qtbot, "seven")
    qtbot.mouseClick(pane.prediction.button, LEFT)
    assert number.number.said() == "Write a number, such as 7 or 7.5."
    assert not workspace.coaching.experiment(last.id).committed
    number.number.line.selectAll()
    keys(qtbot, "6,5")
    enter(qtbot)
    keys(qtbot, "porters")
    qtbot.mouseClick(pane.prediction.button, LEFT)
    kept = workspace.coaching.experiment(last.id)
    assert kept.committed
    assert (kept.numbers.predicted, kept.numbers.unit) == (6.5, "porters")
    assert number.number.line.isReadOnly()
    qtbot.mouseClick(page.next, LEFT)
    result = page.pane
    assert isinstance(result, ResultPane)
    keys(qtbot, "4 of 7")
    assert result.number.unit.line.isReadOnly()
    result.number.number.line.setFocus()
    keys(qtbot, "4")
    qtbot.mouseClick(page.next, LEFT)
    workspace.recorder.settle()
    assert workspace.coaching.experiment(last.id).numbers.error == -2.5


def test_nine_questions_are_asked_before_a_step(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard
) -> None:
    page.arrive(learner=board.learner_id)
    go_until(page, qtbot, "next")
    pane = page.pane
    assert isinstance(pane, NextPane)
    assert pane.ready.button.text() == "Ready to try? 0 of 9"
    qtbot.mouseClick(pane.ready.button, LEFT)
    assert len([box for box in pane.ready.boxes.values() if box.isVisible()]) == 9
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    harmless = pane.ready.boxes["harmless"]
    qtbot.waitUntil(lambda: harmless.height() > 0)
    qtbot.mouseClick(harmless, LEFT)
    assert pane.ready.button.text() == "Ready to try? 2 of 9"
    (made,) = workspace.coaching.experiments(board_id=board.id)
    assert {one.id for one in made.ready} == {"obstacle", "harmless"}


def test_one_strong_thing_one_to_practise_and_what_is_taken_away(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard, ticks: Ticks
) -> None:
    page.arrive(learner=board.learner_id)
    ticks.seconds += 90
    keys(qtbot, "A third leaves before noon")
    go_until(page, qtbot, "when")
    pane = page.pane
    assert isinstance(pane, WhenPane)
    pane.close_fields["strong"].edit.setFocus()
    for words in ("You went and counted", "Say the number first", "Count before I talk"):
        keys(qtbot, words)
        enter(qtbot)
    talk = newest(workspace)
    assert talk.ended_at is not None
    assert talk.strong == "You went and counted"
    assert talk.practise == "Say the number first"
    assert talk.takeaway == "Count before I talk"
    page.arrive(talk=talk.id)
    assert page.read is not None
    words = page.read.words()
    assert "Say the number first" in words
    assert "1.5 min: What condition are you working toward, by when?" in words


def test_help_fades_as_the_coach_comes_further(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard, clock
) -> None:
    workspace.recorder.set_who("Nora")
    seen = []
    for level in (1, 2, 3, 4, 5):
        rated = PracticeLevel(
            id=workspace.recorder.new_id(), coach="nora", level=level, rated_on=clock().date()
        )
        workspace.recorder.add(rated)
        page.arrive(learner=board.learner_id)
        prompts = page.coach.prompts
        shown = prompts._deeper.count()
        seen.append((prompts.listen_for.isVisible(), shown, prompts.more.isVisible()))
        page.leave()
    assert seen == [
        (True, 2, False),
        (True, 1, True),
        (True, 0, True),
        (False, 0, True),
        (False, 0, True),
    ]
    page.arrive(learner=board.learner_id)
    qtbot.mouseClick(page.coach.prompts.more, LEFT)
    assert page.coach.prompts.listen_for.isVisible()


def test_a_pause_is_kept_and_another_coach_goes_on_weeks_later(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard, clock
) -> None:
    workspace.recorder.set_who("Nora")
    page.arrive(learner=board.learner_id)
    keys(qtbot, "A third")
    qtbot.mouseClick(page.head.time, LEFT)
    page.leave()
    talk = newest(workspace)
    assert talk.breaks[0].ended_at is None
    clock.move(days=23)
    workspace.recorder.set_who("Henk")
    page.arrive(talk=talk.id)
    go_until(page, qtbot, "when")
    qtbot.mouseClick(page.next, LEFT)
    page.arrive(talk=talk.id)
    assert page.read is not None
    assert "17 Dec, Henk" in page.read.words()
    assert newest(workspace).breaks[0].ended_at is not None


def test_one_quiet_question_about_the_words_can_be_put_away(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard
) -> None:
    page.arrive(learner=board.learner_id)
    pane = page.pane
    assert isinstance(pane, AnswerPane)
    assert not pane.quiet.isVisible()
    keys(qtbot, "Reduce the waiting")
    qtbot.waitUntil(pane.quiet.isVisible, timeout=5000)
    assert pane.quiet.words.text() == (
        "“Reduce” is something to do. What will one see when it is so?"
    )
    qtbot.mouseClick(pane.quiet.button, LEFT)
    assert not pane.quiet.isVisible()
    assert QApplication.focusWidget() is pane.answer.edit
    qtbot.mouseClick(page.next, LEFT)
    qtbot.mouseClick(page.back, LEFT)
    pane = page.pane
    assert isinstance(pane, AnswerPane)
    assert pane.answer.text() == "Reduce the waiting"
    assert not pane.quiet.isVisible()


def test_a_cycle_shows_what_it_and_its_board_belong_to(
    page: CyclePage, qtbot: QtBot, workspace: Workspace, board: Storyboard, go
) -> None:
    seen = workspace.walks.capture("Two beds stand empty at noon")
    workspace.coaching.park(board.id, "Nobody rings at noon", source=Ref("observation", seen.id))
    page.arrive(learner=board.learner_id)
    assert [one.accessibleName() for one in page.ties.chips()] == [
        "Seen: Two beds stand empty at noon"
    ]
    made = workspace.promises.make("Ring the lodge", source=Ref("talk", newest(workspace).id))
    promise, _seen = page.ties.chips()
    qtbot.mouseClick(promise, LEFT)
    assert go.opened == [(Ref("promise", made.id), "")]

    # A cycle that has ended is read with its ties as well.
    talk = workspace.coaching.end(newest(workspace).id)
    page.leave()
    page.arrive(talk=talk.id)
    assert [one.text() for one in page.ties.chips()] == [
        "Ring the lodge",
        "Two beds stand empty at noon",
    ]
