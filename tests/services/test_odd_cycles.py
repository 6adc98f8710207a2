"""Cycles that do not go as planned: abandoned, merged, moved, of the future, of a gone process."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from gemba.domain.changes import Ref
from gemba.domain.coaching import Talk
from gemba.domain.cycle import answer_to
from gemba.domain.errors import BadInput, Refused
from gemba.domain.experiment import READINESS
from gemba.services.workspace import Workspace


@pytest.fixture
def tomas(workspace: Workspace) -> UUID:
    return workspace.people.person("Tomas Reyes").id


def test_a_cycle_left_in_the_middle_is_taken_up_weeks_later_by_another_coach(
    workspace: Workspace, tomas: UUID
) -> None:
    coaching, recorder = workspace.coaching, workspace.recorder
    recorder.set_who("Nora")
    talk = coaching.start_cycle(tomas)
    coaching.answer(talk.id, "aim", "Six of nine by ten", visit="1")
    coaching.go_to(talk.id, "now", 90)
    assert coaching.resume(talk.id).resumed == ()
    begun = recorder.now()
    recorder.now = lambda: begun + timedelta(days=24)
    recorder.set_who("Henk")
    assert [one.id for one in coaching.left_open(tomas)] == [talk.id]
    coaching.resume(talk.id)
    coaching.resume(talk.id)
    coaching.answer(talk.id, "now", "Four of nine", visit="2")
    coaching.go_to(talk.id, "obstacle", 150)
    ended = coaching.end(talk.id, 200)
    recorder.settle()
    held = coaching.talk(talk.id)
    assert (held.coach, [one.coach for one in held.resumed]) == ("Nora", ["Henk"])
    assert answer_to(held, "aim") == "Six of nine by ten"
    assert {one.at_step: one.seconds for one in ended.times} == {
        "aim": 90,
        "now": 60,
        "obstacle": 50,
    }
    assert coaching.left_open(tomas) == []


def test_pauses_are_kept_with_their_times(workspace: Workspace, tomas: UUID) -> None:
    coaching = workspace.coaching
    talk = coaching.start_cycle(tomas)
    coaching.pause(talk.id, 30)
    assert len(coaching.pause(talk.id, 40).breaks) == 1
    went_on = coaching.go_on(talk.id)
    assert went_on.breaks[0].ended_at is not None
    coaching.pause(talk.id, 50)
    assert all(one.ended_at is not None for one in coaching.end(talk.id, 60).breaks)


def test_two_people_who_are_one_keep_all_that_was_theirs(workspace: Workspace) -> None:
    coaching, people = workspace.coaching, workspace.people
    first = coaching.first_talk("Tomas")
    cycle = coaching.start_cycle(first.learner_id)
    made = coaching.next_experiment(cycle.id)
    coaching.write_experiment(made.id, visit="1", step="Count", prediction="7")
    coaching.commit_prediction(made.id)
    sheet = workspace.sheets.begin("Letters come late", owner="Tomas")
    other = people.person("Tomas Reyes")
    merged = people.merge_people(first.learner_id, other.id)
    assert {one.id for one in coaching.talks(other.id)} == {first.id, cycle.id}
    assert coaching.experiment(made.id).learner_id == other.id
    assert coaching.experiment(made.id).committed
    assert workspace.sheets.get(sheet.id).owner_id == other.id
    assert people.name_of(first.learner_id) == ""
    assert [row.name for row in coaching.learners()] == ["Tomas Reyes"]
    assert workspace.recorder.store.check().sound
    people.part_people(merged)
    assert {one.id for one in coaching.talks(first.learner_id)} == {first.id, cycle.id}
    assert workspace.sheets.get(sheet.id).owner_id == first.learner_id
    with pytest.raises(BadInput):
        people.merge_people(other.id, other.id)


def test_a_target_date_that_moves_eleven_times_stays_to_be_seen(
    workspace: Workspace, tomas: UUID
) -> None:
    coaching = workspace.coaching
    board = coaching.board_of(tomas)
    days = [date(2026, 12, 1) + timedelta(days=7 * n) for n in range(12)]
    for number, day in enumerate(days):
        coaching.write_board(board.id, visit=f"{number}", target_by=day)
        workspace.recorder.settle()
    coaching.write_board(board.id, visit="x", target_condition="Six by ten")
    workspace.recorder.settle()
    moves = coaching.board(board.id).target_moves
    assert [(one.before, one.after) for one in moves] == list(pairwise(days))
    assert len(moves) == 11


def test_what_happened_is_told_though_the_process_is_gone(
    workspace: Workspace, tomas: UUID
) -> None:
    coaching = workspace.coaching
    talk = coaching.start_cycle(tomas)
    made = coaching.next_experiment(talk.id)
    coaching.write_experiment(made.id, visit="1", step="Count", prediction="7 of 9")
    coaching.write_number(made.id, visit="2", predicted=7.0, unit="patients")
    coaching.commit_prediction(made.id)
    assert made.storyboard_id is not None
    with pytest.raises(BadInput):
        coaching.end_board(made.storyboard_id, " ")
    coaching.end_board(made.storyboard_id, "The lounge was closed.")
    stopped = coaching.stop(made.id, "The lounge was closed.")
    assert stopped.stopped_on == workspace.recorder.today()
    coaching.write_experiment(made.id, visit="3", result="Nobody came any more")
    coaching.write_number(made.id, visit="4", happened=0.0)
    told = coaching.judge(made.id, "unclear")
    assert (told.numbers.error, told.outcome) == (-7.0, "unclear")
    assert coaching.take_up_board(made.storyboard_id).ended_on is None


def test_a_number_is_locked_with_its_prediction(workspace: Workspace, tomas: UUID) -> None:
    coaching = workspace.coaching
    made = coaching.next_experiment(coaching.start_cycle(tomas).id)
    coaching.write_number(made.id, visit="0", happened=3.0)
    coaching.write_experiment(made.id, visit="1", prediction="7 of 9")
    coaching.write_number(made.id, visit="2", predicted=7.0, unit="patients")
    with_number = coaching.commit_prediction(made.id)
    assert with_number.numbers.happened is None
    coaching.write_number(made.id, visit="3", predicted=9.0)
    workspace.recorder.settle()
    assert coaching.experiment(made.id).numbers.predicted == 7.0


def test_readiness_is_nine_questions_and_blocks_nothing(workspace: Workspace, tomas: UUID) -> None:
    coaching = workspace.coaching
    made = coaching.next_experiment(coaching.start_cycle(tomas).id)
    assert len(READINESS) == 9
    coaching.set_ready(made.id, "harmless", False)
    coaching.set_ready(made.id, "soon", True)
    assert coaching.set_ready(made.id, "harmless", None).ready[0].id == "soon"
    with pytest.raises(BadInput):
        coaching.set_ready(made.id, "beautiful", True)
    coaching.write_experiment(made.id, visit="1", prediction="7 of 9")
    assert coaching.commit_prediction(made.id).committed


def test_days_of_the_future_are_told_as_they_are(workspace: Workspace, tomas: UUID) -> None:
    far = date(2099, 1, 1)
    workspace.recorder.add(
        Talk(id=workspace.recorder.new_id(), kind="cycle", learner_id=tomas, held_on=far)
    )
    coaching = workspace.coaching
    (row,) = coaching.learners()
    assert row.last_on == far
    assert coaching.left_open(tomas) == []
    talk = coaching.start_cycle(tomas)
    coaching.write(talk.id, visit="1", next_look_on=date.max)
    made = coaching.next_experiment(talk.id)
    coaching.write_experiment(made.id, visit="2", prediction="7", look_on=date.max, planned_on=far)
    early = coaching.commit_prediction(made.id)
    coaching.write_experiment(made.id, visit="3", result="8", result_on=workspace.recorder.today())
    workspace.recorder.settle()
    assert not early.early
    assert coaching.experiment(made.id).early


def test_two_cycles_are_open_at_once_for_two_learners(workspace: Workspace, tomas: UUID) -> None:
    coaching = workspace.coaching
    ana = workspace.people.person("Ana").id
    one, two = coaching.start_cycle(tomas), coaching.start_cycle(ana)
    coaching.answer(one.id, "aim", "Tomas's aim", visit="1")
    coaching.answer(two.id, "aim", "Ana's aim", visit="2")
    workspace.recorder.settle()
    for learner, talk, words in ((tomas, one, "Tomas's aim"), (ana, two, "Ana's aim")):
        held = coaching.under_way(learner, "cycle")
        assert held is not None
        assert held.id == talk.id
        assert answer_to(held, "aim") == words
        assert coaching.board_of(learner).target_condition == words


def test_an_answer_of_a_hundred_thousand_letters_is_kept_whole(
    workspace: Workspace, tomas: UUID
) -> None:
    coaching = workspace.coaching
    talk = coaching.start_cycle(tomas)
    words = "病棟 ward " * 12_500
    assert len(words) == 100_000
    coaching.answer(talk.id, "now", words, visit="1")
    workspace.recorder.settle()
    assert answer_to(coaching.talk(talk.id), "now") == words
    assert coaching.board_of(tomas).current_condition == words


def test_a_look_that_did_not_happen_is_kept_with_its_reason(
    workspace: Workspace, tomas: UUID
) -> None:
    coaching = workspace.coaching
    talk = coaching.start_cycle(tomas)
    with pytest.raises(BadInput):
        coaching.miss_look(talk.id, "ill")
    coaching.write(talk.id, visit="1", next_look_on=date(2026, 11, 30))
    moved = coaching.miss_look(talk.id, " two on holiday ", date(2026, 12, 7))
    assert moved.next_look_on == date(2026, 12, 7)
    assert [(one.day, one.why) for one in moved.missed] == [(date(2026, 11, 30), "two on holiday")]


def test_a_prediction_is_not_changed_by_its_amendment(workspace: Workspace, tomas: UUID) -> None:
    coaching = workspace.coaching
    made = coaching.next_experiment(coaching.start_cycle(tomas).id)
    with pytest.raises(Refused):
        coaching.amend_prediction(made.id, "or eight")


@pytest.mark.parametrize("purged", [False, True], ids=["in the bin", "let go for good"])
def test_who_was_merged_is_erased_with_both_names(workspace: Workspace, purged: bool) -> None:
    people, coaching = workspace.people, workspace.coaching
    first = coaching.first_talk("Quxolotl Abernathy")
    coaching.answer(first.id, "noticing", "Quxolotl Abernathy waits", visit="1")
    workspace.promises.make("Show Quxolotl Abernathy the list")
    workspace.recorder.settle()
    other = people.person("Vandermeer Castellan")
    people.merge_people(first.learner_id, other.id)
    if purged:
        clearing = workspace.store.clearing
        gone = workspace.recorder.run(
            lambda _store: clearing.purge([Ref("person", first.learner_id)], who="")
        )
        assert gone.refs
    workspace.erasing.erase_person(other.id, "a learner", with_record=True)
    for word in ("Quxolotl", "Abernathy", "Vandermeer", "Castellan"):
        assert workspace.history.search(word, private=True) == []
        for path in workspace.store.folder.rglob("*"):
            assert not path.is_file() or word.encode() not in path.read_bytes(), path
    assert workspace.recorder.store.check().sound
