"""How a cycle goes from question to question, and what the answers write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from gemba.domain.coaching import Answer, Obstacle, Storyboard, Talk
from gemba.domain.cycle import (
    answer_to,
    answered,
    following,
    on_board,
    on_experiment,
    past_knowing,
    phase,
    preceding,
    said_anything,
    step_at,
    steps_of,
)
from gemba.domain.experiment import Experiment
from gemba.domain.question_set import QuestionSet, QuestionStep

DAY = date(2026, 11, 24)
QUESTIONS = QuestionSet(
    id="cycle",
    version=1,
    label="Cycle",
    kind="cycle",
    steps=(
        QuestionStep("aim", "Where to?", writes="target_condition"),
        QuestionStep("now", "Where today?", writes="current_condition"),
        QuestionStep("back", "What happened?", writes="experiment.result", when="after_first"),
        QuestionStep("obstacle", "Which one?", writes="obstacle"),
        QuestionStep("next", "What next?", writes="experiment.step"),
        QuestionStep("when", "How soon?", writes="next_look"),
    ),
)


@pytest.fixture
def first() -> Talk:
    return Talk(id=UUID(int=1), kind="cycle", learner_id=UUID(int=2), held_on=DAY)


@pytest.fixture
def later(first: Talk) -> Talk:
    return replace(first, last_experiment_id=UUID(int=9))


@pytest.fixture
def board() -> Storyboard:
    return Storyboard(
        id=UUID(int=3),
        learner_id=UUID(int=2),
        obstacles=(Obstacle(id="a", text="Night list"), Obstacle(id="b", text="Transport")),
        focus="a",
        started_on=DAY,
    )


@pytest.fixture
def experiment() -> Experiment:
    return Experiment(
        id=UUID(int=9), storyboard_id=UUID(int=3), learner_id=UUID(int=2), planned_on=DAY
    )


def test_the_first_cycle_has_nothing_to_look_back_at(first: Talk, later: Talk) -> None:
    assert [s.id for s in steps_of(QUESTIONS, first)] == ["aim", "now", "obstacle", "next", "when"]
    assert "back" in [s.id for s in steps_of(QUESTIONS, later)]


def test_a_talk_stands_at_its_step_or_at_the_first(first: Talk) -> None:
    assert step_at(QUESTIONS, first).id == "aim"
    assert step_at(QUESTIONS, replace(first, at_step="next")).id == "next"
    assert step_at(QUESTIONS, replace(first, at_step="gone")).id == "aim"


def test_forwards_and_backwards(first: Talk, later: Talk) -> None:
    walked, step = ["aim"], following(QUESTIONS, later, "aim")
    while step is not None:
        walked.append(step.id)
        step = following(QUESTIONS, later, step.id)
    assert walked == ["aim", "now", "back", "obstacle", "next", "when"]
    assert preceding(QUESTIONS, later, "aim") is None
    before = preceding(QUESTIONS, first, "obstacle")
    assert before is not None
    assert before.id == "now"


@pytest.mark.parametrize("step", ["aim", "now", "back", "obstacle"])
def test_not_knowing_leads_to_the_next_step(later: Talk, step: str) -> None:
    target = past_knowing(QUESTIONS, later, step)
    assert target is not None
    assert target.id == "next"


def test_not_knowing_at_the_next_step_goes_on(later: Talk) -> None:
    target = past_knowing(QUESTIONS, later, "next")
    assert target is not None
    assert target.id == "when"
    assert past_knowing(QUESTIONS, later, "when") is None


def test_looking_back_counts_as_the_phase_before_it() -> None:
    phases = {step.id: phase(QUESTIONS, step.id) for step in QUESTIONS.steps}
    assert phases["aim"] == (1, 5)
    assert phases["now"] == phases["back"] == (2, 5)
    assert phases["obstacle"] == (3, 5)
    assert phases["when"] == (5, 5)


def test_an_answer_takes_the_place_of_the_earlier_one(first: Talk) -> None:
    one = answered(first, Answer(id="aim", question="Where to?", text="Noon"))
    two = answered(one, Answer(id="now", question="Where today?", text="19 %"))
    three = answered(two, Answer(id="aim", question="Where to?", text="Before noon"))
    assert [(a.id, a.text) for a in three.answers] == [("aim", "Before noon"), ("now", "19 %")]
    assert answer_to(three, "now") == "19 %"
    assert answer_to(three, "when") == ""


def test_an_empty_talk_has_said_nothing(first: Talk) -> None:
    assert not said_anything(first)
    assert not said_anything(answered(first, Answer(id="aim", question="?", text="  ")))
    assert said_anything(answered(first, Answer(id="aim", question="?", unknown=True)))
    assert said_anything(replace(first, private_note="tired"))
    assert said_anything(replace(first, next_look_on=DAY))


def test_answers_write_the_board_and_an_empty_one_does_not_wipe_it(board: Storyboard) -> None:
    written = on_board(board, "target_condition", "30 % before noon", obstacle_id="x")
    assert written.target_condition == "30 % before noon"
    assert on_board(written, "target_condition", " ", obstacle_id="x") == written
    assert on_board(written, "next_look", "Thursday", obstacle_id="x") == written


def test_a_named_obstacle_is_taken_up_and_a_new_one_is_parked_once(board: Storyboard) -> None:
    known = on_board(board, "obstacle", "transport", obstacle_id="x")
    assert (known.focus, len(known.obstacles)) == ("b", 2)
    typing = on_board(board, "obstacle", "Nobody", obstacle_id="x")
    typed = on_board(typing, "obstacle", "Nobody calls", obstacle_id="x")
    assert [one.text for one in typed.obstacles] == ["Night list", "Transport", "Nobody calls"]
    assert typed.focus == "x"
    back = on_board(typed, "obstacle", "Night list", obstacle_id="x")
    assert ([one.id for one in back.obstacles], back.focus) == (["a", "b"], "a")


def test_answers_write_the_experiment(experiment: Experiment) -> None:
    step = on_experiment(experiment, "experiment.step", "Call at eight")
    assert step.step == "Call at eight"
    result = on_experiment(step, "experiment.result", "4 of 7", DAY)
    assert (result.result, result.result_on) == ("4 of 7", DAY)
    assert on_experiment(result, "experiment.result", "", DAY).result_on is None
    assert on_experiment(step, "experiment.learned", "late").learned == "late"
    assert on_experiment(step, "obstacle", "late") == step
