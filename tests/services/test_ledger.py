"""The prediction ledger over a real folder: counts, pages, obstacles, thresholds and the rhythm."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from gemba.domain.coaching import Answer, MissedLook, Obstacle, PhaseTime, Storyboard, Talk
from gemba.domain.experiment import Amendment, Experiment, Numbers
from gemba.domain.ledger import ENOUGH, Learning
from gemba.domain.person import Person
from gemba.domain.routine_days import KEPT, MISSED
from gemba.services.workspace import Workspace

ZONE = ZoneInfo("Europe/London")
DAY = date(2026, 9, 1)
ALL = (date.min, date.max)


def tried(
    workspace: Workspace, board: Storyboard, number: int, outcome: str, **fields: object
) -> Experiment:
    """One experiment at the board, so many days after the first day."""
    result = {"": ""}.get(outcome, "It happened")
    made = Experiment(
        id=workspace.recorder.new_id(),
        storyboard_id=board.id,
        learner_id=board.learner_id,
        obstacle_id="o1",
        step=f"Step {number}",
        prediction=f"Prediction {number}",
        predicted_at=datetime(2026, 9, 1, 9, tzinfo=ZONE),
        planned_on=DAY + timedelta(number),
        outcome="" if outcome == "judged by nobody" else outcome,
        result=result,
        learned=f"Learned {number}" if result else "",
        **fields,  # type: ignore[arg-type]
    )
    workspace.recorder.add(made)
    return made


@pytest.fixture
def board(workspace: Workspace) -> Storyboard:
    recorder = workspace.recorder
    learner = recorder.add(Person(id=recorder.new_id(), name="Priya Raman"))
    return recorder.add(
        Storyboard(
            id=recorder.new_id(),
            learner_id=learner.id,
            focus_process="Discharge",
            obstacles=(
                Obstacle(id="o1", text="Bags wait", gone_on=DAY + timedelta(40)),
                Obstacle(id="o2", text="No call"),
            ),
            focus="o2",
            started_on=DAY,
        )
    )


def learning(workspace: Workspace, learner: UUID) -> Learning:
    return workspace.looking_back.learning(learner, *ALL)


def test_months_count_how_predictions_came_out(workspace: Workspace, board: Storyboard) -> None:
    for number, outcome in enumerate(("as expected", "different", "judged by nobody", "")):
        tried(workspace, board, 10 * number, outcome)
    found = learning(workspace, board.learner_id)
    assert [(one.month, one.all) for one in found.months] == [
        (date(2026, 9, 1), 3),
        (date(2026, 10, 1), 1),
    ]
    assert [found.count(one) for one in ("as expected", "different", "unclear", "")] == [1] * 4
    narrow = workspace.looking_back.learning(board.learner_id, DAY, DAY + timedelta(9))
    assert narrow.count("as expected") == 1
    assert narrow.count("different") == 0


def test_pages_of_predictions_newest_first(workspace: Workspace, board: Storyboard) -> None:
    at = datetime(2026, 9, 3, 9, tzinfo=ZONE)
    for number in range(5):
        tried(workspace, board, number // 2, "different")
    tried(workspace, board, 9, "different", amendments=(Amendment(at=at, text="And more"),))
    whole = workspace.looking_back.predictions(board.learner_id, ALL, 50)
    assert [one.prediction for one in whole] == [
        "Prediction 9",
        *["Prediction 2"],
        *["Prediction 1"] * 2,
        *["Prediction 0"] * 2,
    ]
    assert whole[0].amended == 1
    paged = []
    after = None
    while page := workspace.looking_back.predictions(board.learner_id, ALL, 2, after):
        paged += page
        after = page[-1].place
    assert paged == whole


def test_when_all_came_as_expected_there_is_something_to_ask(
    workspace: Workspace, board: Storyboard
) -> None:
    tried(workspace, board, 0, "different")
    for number in range(1, ENOUGH):
        tried(workspace, board, number, "as expected")
    assert not learning(workspace, board.learner_id).surprised_by_none
    tried(workspace, board, ENOUGH, "as expected")
    tried(workspace, board, ENOUGH + 1, "")
    assert learning(workspace, board.learner_id).surprised_by_none
    tried(workspace, board, ENOUGH + 2, "different")
    assert not learning(workspace, board.learner_id).surprised_by_none


def test_obstacles_take_their_days_and_what_is_gone_ends(
    workspace: Workspace, board: Storyboard
) -> None:
    tried(workspace, board, 2, "different")
    tried(workspace, board, 12, "as expected")
    workspace.recorder.add(
        Experiment(
            id=workspace.recorder.new_id(),
            storyboard_id=board.id,
            learner_id=board.learner_id,
            obstacle_id="o2",
            step="Call",
            planned_on=DAY + timedelta(41),
        )
    )
    bags, call = learning(workspace, board.learner_id).obstacles
    assert (bags.text, bags.experiments, bags.gone) == ("Bags wait", 2, True)
    assert bags.days(date(2027, 1, 1)) == 39
    assert not call.gone
    assert call.days(DAY + timedelta(50)) == 10


def test_cycles_and_what_nobody_knew_yet(workspace: Workspace, board: Storyboard) -> None:
    unknown = Answer(id="now", question="What is it now?", unknown=True)
    for number in (0, 3, 17):
        workspace.recorder.add(
            Talk(
                id=workspace.recorder.new_id(),
                kind="cycle",
                learner_id=board.learner_id,
                held_on=DAY + timedelta(number),
                elapsed=660,
                answers=(unknown,) if number else (),
            )
        )
    found = learning(workspace, board.learner_id)
    assert [minutes for _, minutes in found.cycles] == [11, 11, 11]
    assert found.longest_gap == 14
    assert [(one.question, one.times) for one in found.thresholds] == [("What is it now?", 2)]


def test_planned_days_are_kept_by_a_cycle_or_missed_with_the_reason(
    workspace: Workspace, board: Storyboard
) -> None:
    routine = workspace.routines.add(
        "coaching",
        "Coach Priya",
        person_id=board.learner_id,
        starts_on=date(2026, 11, 16),
    )
    workspace.recorder.add(
        Talk(
            id=workspace.recorder.new_id(),
            kind="cycle",
            learner_id=board.learner_id,
            held_on=date(2026, 11, 17),
        )
    )
    workspace.routines.miss(routine.id, date(2026, 11, 18), "She was ill")
    found = workspace.looking_back.rhythm(board.learner_id, DAY, date(2026, 11, 20))
    assert [(one.day.day, one.state, one.why) for one in found] == [
        (16, MISSED, ""),
        (17, KEPT, ""),
        (18, MISSED, "She was ill"),
        (19, MISSED, ""),
        (20, MISSED, ""),
    ]


def test_numbers_say_how_far_off_a_prediction_was(workspace: Workspace, board: Storyboard) -> None:
    for number, (predicted, happened) in enumerate(((30.0, 35.5), (8.0, None), (3.3, 1.1))):
        tried(
            workspace,
            board,
            number,
            "different",
            numbers=Numbers(predicted=predicted, happened=happened, unit="min"),
        )
    lines = workspace.looking_back.predictions(board.learner_id, ALL, 9)
    assert [(one.error, one.unit) for one in lines] == [
        (-2.2, "min"),
        (None, "min"),
        (5.5, "min"),
    ]


def test_time_per_question_and_looks_that_did_not_happen(
    workspace: Workspace, board: Storyboard
) -> None:
    for number in range(2):
        workspace.recorder.add(
            Talk(
                id=workspace.recorder.new_id(),
                kind="cycle",
                learner_id=board.learner_id,
                held_on=DAY + timedelta(7 * number),
                answers=(Answer(id="now", question="What is it now?", text="Late"),),
                times=(PhaseTime(at_step="now", seconds=240), PhaseTime(at_step="aim", seconds=30)),
                missed=(MissedLook(day=DAY + timedelta(3), why="Ward closed"),) if number else (),
            )
        )
    found = learning(workspace, board.learner_id)
    assert found.phases == (
        ("What is it now?", 8.0),
        ("What condition are you working toward, by when?", 1.0),
    )
    kept = workspace.looking_back.rhythm(board.learner_id, DAY, DAY + timedelta(9))
    assert [(one.day, one.state, one.why) for one in kept] == [
        (DAY + timedelta(3), MISSED, "Ward closed")
    ]


def test_nobody_is_counted_among_others(workspace: Workspace, board: Storyboard) -> None:
    tried(workspace, board, 0, "as expected")
    other = workspace.people.person("Marek Dvořák").id
    assert learning(workspace, other) == Learning()
    assert workspace.looking_back.predictions(other, ALL, 9) == []
