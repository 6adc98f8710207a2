"""One quiet question about a learner's words: what is asked, what is left alone."""

from __future__ import annotations

import pytest

from gemba.domain.coaching import Storyboard
from gemba.domain.experiment import Experiment
from gemba.services.workspace import Workspace


@pytest.mark.parametrize(
    ("place", "words", "check"),
    [
        ("board_target", "Reduce the waiting time", "board_action"),
        ("board_target", "We need to train the porters", "board_action"),
        ("board_target", "No lack of beds at ten", "board_missing"),
        ("board_target", "Six of nine are in the lounge by ten", ""),
        ("board_target", "Letters lie on the ward at ten, usually", "board_threshold"),
        ("board_obstacle", "Lack of training", "board_missing"),
        ("board_obstacle", "Not enough porters", "board_missing"),
        ("board_obstacle", "Buy a second printer", "board_need"),
        ("board_obstacle", "Poor communication", "board_vague"),
        ("board_obstacle", "The list leaves the ward after ten", ""),
        ("board_obstacle", "We do not understand yet why letters wait", ""),
        ("board_condition", "I think most letters are late", "board_threshold"),
        ("board_condition", "On average 40 minutes", "board_threshold"),
        ("board_condition", "4 of 9 letters lay there at ten", ""),
        ("board_prediction", "It will probably be better", "board_threshold"),
        ("board_prediction", "7 of 9 by ten", ""),
        ("board_prediction", "", ""),
    ],
)
def test_what_is_asked(workspace: Workspace, place: str, words: str, check: str) -> None:
    remark = workspace.coaching.wording.ask(place, words, None)
    assert (remark.check if remark else "") == check
    if remark is not None:
        assert remark.question.endswith("?")
        assert "{" not in remark.question


def test_a_question_that_was_put_away_is_not_asked_again(workspace: Workspace) -> None:
    coaching = workspace.coaching
    learner = workspace.people.person("Tomas Reyes").id
    board = coaching.board_of(learner)
    words = "Reduce the waiting. Reduce the walking."
    first = coaching.wording.ask("board_target", words, board)
    assert first is not None
    coaching.wording.dismiss(Storyboard, board.id, first)
    second = coaching.wording.ask("board_target", words, coaching.board(board.id))
    assert second is not None
    assert second.sentence == "Reduce the walking."
    made = coaching.next_experiment(coaching.start_cycle(learner).id)
    third = coaching.wording.ask("board_prediction", "Probably seven", made)
    assert third is not None
    coaching.wording.dismiss(Experiment, made.id, third)
    fresh = coaching.experiment(made.id)
    assert coaching.wording.ask("board_prediction", "Probably seven", fresh) is None


def test_a_hundred_thousand_letters_are_read_and_nothing_is_blocked(workspace: Workspace) -> None:
    assert workspace.coaching.wording.ask("board_condition", "ward 病棟 " * 15_000, None) is None
