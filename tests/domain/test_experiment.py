"""Predict first, then look: what the rules of science let be written, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.errors import Refused
from gemba.domain.experiment import (
    Experiment,
    amend_prediction,
    check_experiment,
    commit_prediction,
)

AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def planned() -> Experiment:
    return Experiment(
        id=UUID(int=1),
        storyboard_id=UUID(int=2),
        learner_id=UUID(int=3),
        step="Book porters at 08:00",
        prediction="7 of 7 booked",
        measure="tally",
        planned_on=date(2026, 11, 24),
    )


def refusal(before: Experiment | None, after: Experiment) -> str:
    with pytest.raises(Refused) as caught:
        check_experiment(before, after)
    return caught.value.key


def test_a_prediction_is_made_once(planned: Experiment) -> None:
    made = commit_prediction(planned, AT)
    assert made.predicted_at == AT
    assert made.committed
    with pytest.raises(Refused) as caught:
        commit_prediction(made, LATER)
    assert caught.value.key == "experiment.already_committed"


@given(st.text(alphabet=" \t\n", max_size=4))
def test_nothing_cannot_be_predicted(blank: str) -> None:
    empty = Experiment(
        id=UUID(int=1),
        storyboard_id=UUID(int=2),
        learner_id=UUID(int=3),
        prediction=blank,
        planned_on=date(2026, 11, 24),
    )
    with pytest.raises(Refused) as caught:
        commit_prediction(empty, AT)
    assert caught.value.key == "experiment.no_prediction"


@pytest.mark.parametrize("name", ["result", "outcome", "learned"])
def test_no_result_stands_before_the_prediction_is_made(planned: Experiment, name: str) -> None:
    early = replace(planned, **{name: "different"})
    assert refusal(planned, early) == "experiment.result_before_prediction"
    assert refusal(None, early) == "experiment.result_before_prediction"
    check_experiment(commit_prediction(planned, AT), commit_prediction(early, AT))


@pytest.mark.parametrize("name", ["step", "prediction", "measure"])
def test_what_was_predicted_stays_as_it_was_made(planned: Experiment, name: str) -> None:
    made = commit_prediction(planned, AT)
    assert refusal(made, replace(made, **{name: "5 of 7"})) == "experiment.prediction_is_locked"
    check_experiment(planned, replace(planned, **{name: "5 of 7"}))


def test_a_prediction_is_not_opened_again(planned: Experiment) -> None:
    made = commit_prediction(planned, AT)
    assert refusal(made, replace(made, predicted_at=None)) == "experiment.prediction_is_locked"
    assert refusal(made, replace(made, predicted_at=LATER)) == "experiment.prediction_is_locked"


def test_the_day_to_look_may_move_after_the_prediction(planned: Experiment) -> None:
    made = commit_prediction(planned, AT)
    check_experiment(made, replace(made, look_on=date(2026, 11, 27)))


def test_a_sentence_is_added_below_and_never_taken_back(planned: Experiment) -> None:
    with pytest.raises(Refused) as caught:
        amend_prediction(planned, "or six", AT)
    assert caught.value.key == "experiment.not_committed"
    made = commit_prediction(planned, AT)
    more = amend_prediction(made, "or six", LATER)
    assert [(one.at, one.text) for one in more.amendments] == [(LATER, "or six")]
    check_experiment(made, more)
    assert refusal(more, replace(more, amendments=())) == "experiment.amendments_stay"
