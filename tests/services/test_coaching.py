"""Talks and cycles over a real folder: what they write, and what they must not."""

from __future__ import annotations

import io
from datetime import date
from uuid import UUID

import pytest
from pypdf import PdfReader

from gemba.domain.changes import Ref
from gemba.domain.coaching import Talk
from gemba.domain.errors import Refused
from gemba.domain.experiment import Experiment
from gemba.services.workspace import Workspace


@pytest.fixture
def tomas(workspace: Workspace) -> UUID:
    return workspace.people.person("Tomas Reyes").id


@pytest.fixture
def tried(workspace: Workspace, tomas: UUID) -> Experiment:
    """A cycle that ended with a step and an open prediction."""
    coaching = workspace.coaching
    talk = coaching.start_cycle(tomas)
    made = coaching.next_experiment(talk.id)
    coaching.write_experiment(made.id, visit="1", step="Book porters", prediction="7 of 7")
    coaching.write(talk.id, visit="2", private_note="worried about his team")
    coaching.end(talk.id, 900)
    return coaching.experiment(made.id)


def test_the_next_cycle_looks_back_at_the_last_step(
    workspace: Workspace, tomas: UUID, tried: Experiment
) -> None:
    assert workspace.coaching.start_cycle(tomas).last_experiment_id == tried.id


def test_a_result_waits_for_the_prediction(
    workspace: Workspace, tomas: UUID, tried: Experiment
) -> None:
    coaching = workspace.coaching
    with pytest.raises(Refused) as caught:
        coaching.judge(tried.id, "different")
    assert caught.value.key == "experiment.result_before_prediction"
    coaching.commit_prediction(tried.id)
    talk = coaching.start_cycle(tomas)
    coaching.answer(talk.id, "lookback_happened", "4 of 7", visit="3")
    workspace.recorder.settle()
    assert coaching.judge(tried.id, "different").result == "4 of 7"


def test_the_lock_stands_in_the_journal_with_its_time(
    workspace: Workspace, tried: Experiment
) -> None:
    workspace.coaching.commit_prediction(tried.id)
    entries = workspace.recorder.store.journal(
        Ref("experiment", tried.id), field_prefix="predicted_at"
    )
    assert [entry.at for entry in entries if entry.change.after] == [workspace.recorder.now()]


def test_who_promises_in_a_talk_resolves_it_unless_another_is_named(
    workspace: Workspace, tomas: UUID
) -> None:
    workspace.recorder.who = "Ines Duarte"
    talk = Ref("talk", workspace.coaching.start_cycle(tomas).id)
    promise = workspace.promises.make("Ask the lodge", source=talk)
    assert promise.resolver == "Ines Duarte"
    assert workspace.promises.make("Mend the bell", resolver="Estates").resolver == "Estates"
    assert workspace.promises.make("Look at it", resolver="").resolver == ""


def test_an_answer_on_the_board_is_found_there(workspace: Workspace, tomas: UUID) -> None:
    talk = workspace.coaching.start_cycle(tomas)
    for visit, text in (("1", "Nobody"), ("1", "Nobody calls")):
        workspace.coaching.answer(talk.id, "obstacle", text, visit=visit)
        workspace.recorder.settle()
    board = workspace.coaching.board_of(tomas)
    assert [one.text for one in board.obstacles] == ["Nobody calls"]
    assert board.focus == board.obstacles[0].id


def test_a_first_talk_becomes_one_board_once_and_leaves_it_alone_after(
    workspace: Workspace,
) -> None:
    coaching = workspace.coaching
    talk = coaching.first_talk("Priya Raman")
    for step, text in (("noticing", "They wait"), ("harder", "One list"), ("test", "Paper")):
        coaching.answer(talk.id, step, text, visit=step)
    workspace.recorder.settle()
    told: list[list[str]] = []
    stop = workspace.bulletin.listen(lambda refs: told.append(sorted(one.kind for one in refs)))
    board = coaching.board_from_talk(talk.id)
    stop()
    assert told == [["experiment", "link", "storyboard", "talk"]], "committed together"
    assert coaching.board_from_talk(talk.id).id == board.id
    coaching.answer(talk.id, "harder", "One list, always", visit="later")
    workspace.recorder.settle()
    assert [one.text for one in coaching.board(board.id).obstacles] == ["One list"]
    assert [one.step for one in coaching.experiments(board_id=board.id)] == ["Paper"]


def test_a_talk_of_today_goes_on_until_it_is_ended(workspace: Workspace, tomas: UUID) -> None:
    coaching = workspace.coaching
    talk = coaching.start_cycle(tomas)
    assert coaching.under_way(tomas, "cycle") == talk
    assert coaching.under_way(tomas, "first talk") is None
    coaching.end(talk.id)
    assert coaching.under_way(tomas, "cycle") is None


def test_only_an_empty_talk_is_dropped(workspace: Workspace, tomas: UUID) -> None:
    coaching = workspace.coaching
    empty = coaching.start_cycle(tomas)
    assert coaching.drop_if_empty(empty.id)
    kept = coaching.start_cycle(tomas)
    coaching.write(kept.id, visit="1", next_look_on=date(2026, 11, 26))
    assert not coaching.drop_if_empty(kept.id)
    assert [talk.id for talk in workspace.recorder.find(Talk)] == [kept.id]


def test_the_longest_unseen_stands_first(workspace: Workspace, tomas: UUID) -> None:
    coaching = workspace.coaching
    coaching.board_of(tomas)
    coaching.first_talk("Priya Raman")
    assert [row.name for row in coaching.learners()] == ["Tomas Reyes", "Priya Raman"]


def test_the_record_leaves_private_notes_out_unless_asked(
    workspace: Workspace, tomas: UUID, tried: Experiment
) -> None:
    def text(*, private: bool) -> str:
        reader = PdfReader(io.BytesIO(workspace.exports.record(tomas, private=private)))
        return "\n".join(page.extract_text() for page in reader.pages)

    assert "7 of 7" in text(private=False)
    assert "worried" not in text(private=False)
    assert "worried about his team" in text(private=True)
    assert workspace.exports.record(tomas) == workspace.exports.record(tomas)


def test_other_questions_are_asked_only_before_anything_was_said(workspace: Workspace) -> None:
    learner = workspace.people.person("Wen").id
    talk = workspace.coaching.start_cycle(learner)
    turned = workspace.coaching.ask_instead(talk.id, "planning")
    assert workspace.coaching.questions(turned).steps[0].ask == "What is the challenge?"
    workspace.coaching.answer(talk.id, "challenge", "Home by noon", visit="1")
    with pytest.raises(Refused, match=r"talk\.already_begun"):
        workspace.coaching.ask_instead(talk.id, "cycle")
    assert workspace.coaching.talk(talk.id).definition == "planning"
