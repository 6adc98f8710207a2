"""The coach's own practice: the log, twenty seconds after a talk, second coaches, levels."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID, uuid4

import pytest

from gemba.domain.changes import Ref
from gemba.domain.coach_log import AskedQuestion, PracticeLevel
from gemba.domain.errors import BadInput, NotFound
from gemba.services.workspace import Workspace


@pytest.fixture
def talk_id(workspace: Workspace) -> UUID:
    learner = workspace.people.person("Tomas Reyes").id
    return workspace.coaching.start_cycle(learner).id


def test_questions_are_kept_one_a_line_with_their_classes(
    workspace: Workspace, talk_id: UUID
) -> None:
    kept = workspace.practice.log("What did you see?\n\n  Have you tried a list?  \n", talk_id)
    assert [(one.words, one.forms) for one in kept] == [
        ("What did you see?", ("open",)),
        ("Have you tried a list?", ("closed", "leading")),
    ]
    talk = workspace.coaching.talk(talk_id)
    assert {(one.talk_id, one.learner_id) for one in kept} == {(talk.id, talk.learner_id)}
    assert workspace.practice.of_talk(talk_id) == kept
    assert workspace.practice.count() == 2


@pytest.mark.parametrize("text", ["", "  \n\t\n", "\r\n"])
def test_no_line_is_no_question(workspace: Workspace, text: str) -> None:
    with pytest.raises(BadInput):
        workspace.practice.log(text)
    assert workspace.practice.count() == 0


def test_odd_questions_are_kept_whole(workspace: Workspace) -> None:
    huge = "what " * 20_000
    odd = ["何を待っていますか？", "ماذا ترى؟", "=1+1", "<b>why</b>\u202e?", huge.strip()]
    kept = workspace.practice.log("\n".join(odd))
    assert [one.words for one in kept] == odd
    assert kept[0].forms == ()


def test_a_question_written_anew_changes_its_class(workspace: Workspace) -> None:
    (one,) = workspace.practice.log("Have you tried a list?")
    workspace.practice.rewrite(one.id, "What would help", visit="1")
    workspace.practice.rewrite(one.id, "What would help you?", visit="1")
    found = workspace.practice.question(one.id)
    assert (found.rewrite, found.rewrite_forms) == ("What would help you?", ("open",))
    assert found.forms == ("closed", "leading")
    assert workspace.practice.stand_by(one.id, True).kept
    workspace.practice.drop(one.id)
    assert workspace.practice.count() == 0


def test_the_log_pages_by_key_over_years(workspace: Workspace) -> None:
    made = [
        AskedQuestion(
            id=uuid4(),
            asked_on=date(2022 + number % 5, 1 + number % 12, 1 + number % 28),
            words=f"Question {number}?",
        )
        for number in range(250)
    ]
    workspace.recorder.put(*made)
    seen: list[AskedQuestion] = []
    while page := workspace.practice.questions(40, seen[-1].id if seen else None):
        seen += page
    assert len(seen) == len({one.id for one in seen}) == 250
    for place in (1, 40, 249, 250):
        assert workspace.practice.before_place(place) == seen[place - 1].id
    assert workspace.practice.before_place(0) is None
    assert workspace.practice.before_place(9_999) is None
    assert sum(month.asked for month in workspace.practice.months()) == 0
    days = [one.asked_on for one in seen]
    assert days == sorted(days, reverse=True)


def test_twenty_seconds_after_a_talk_are_corrected_and_not_doubled(
    workspace: Workspace, talk_id: UUID
) -> None:
    practice = workspace.practice
    assert practice.after(talk_id) is None
    practice.look_back(talk_id, asked=7, told=2, silences=3, aim="Count to five")
    noted = practice.look_back(
        talk_id, asked=7, told=1, silences=3, talk_share=30, aim="Count to five", aim_kept="yes"
    )
    assert practice.looks_back(10) == [noted]
    assert (noted.told, noted.talk_share) == (1, 30)
    assert noted.learner_id == workspace.coaching.talk(talk_id).learner_id
    assert practice.aim() == "Count to five"
    assert practice.aim(before=talk_id) == ""


@pytest.mark.parametrize("wrong", [{"asked": -1}, {"talk_share": 101}, {"talk_share": -1}])
def test_counts_that_cannot_be_are_refused(
    workspace: Workspace, talk_id: UUID, wrong: dict[str, int]
) -> None:
    values = {"asked": 1, "told": 1, "silences": 1, **wrong}
    with pytest.raises(BadInput):
        workspace.practice.look_back(talk_id, **values)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        workspace.practice.look_back(uuid4(), asked=1, told=1, silences=1)


def test_the_last_talk_is_the_one_held_last(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        workspace.practice.last_talk()
    learner = workspace.people.person("Tomas Reyes").id
    talk = workspace.coaching.start_cycle(learner)
    assert workspace.practice.last_talk() == talk.id


def test_a_second_coach_has_one_sheet_for_a_talk(workspace: Workspace, talk_id: UUID) -> None:
    practice = workspace.practice
    practice.look_back(talk_id, asked=1, told=1, silences=1, aim="Wait")
    sheet = practice.watch(talk_id)
    assert practice.watch(talk_id).id == sheet.id
    assert [one.id for one in sheet.phases] == ["aim", "now", "obstacle", "next", "when"]
    practice.write_phase(sheet.id, "obstacle", visit="1", coach_said="Which one?")
    practice.write_phase(sheet.id, "obstacle", visit="2", seconds=75)
    practice.write(sheet.id, visit="3", feedback="You waited.", level=4)
    found = practice.watched(sheet.id)
    assert (found.phases[2].coach_said, found.phases[2].seconds) == ("Which one?", 75)
    assert found.feedback == "You waited."
    assert not practice.drop_if_empty(sheet.id)
    assert practice.watched_sheets(5) == [found]


def test_a_sheet_with_nothing_on_it_goes_away(workspace: Workspace) -> None:
    sheet = workspace.practice.watch()
    assert workspace.practice.drop_if_empty(sheet.id)
    assert workspace.practice.watched_sheets(5) == []
    sheet = workspace.practice.watch()
    workspace.practice.write(sheet.id, visit="1", before="Wait longer")
    assert not workspace.practice.drop_if_empty(sheet.id)


def test_both_views_of_the_level_stand_side_by_side(workspace: Workspace) -> None:
    practice = workspace.practice
    practice.rate(3)
    practice.rate(2, "I still read the card")
    sheet = practice.watch()
    practice.write(sheet.id, visit="1", level=4, second_coach="Hannah Osei")
    practice.settle()
    own, others = practice.levels()
    assert [(one.level, one.why) for one in own] == [(2, "I still read the card")]
    assert [(one.level, one.by) for one in others] == [(4, "Hannah Osei")]
    rating = PracticeLevel(
        id=uuid4(),
        level=1,
        by="second coach",
        rated_on=sheet.watched_on,
        why="told, not asked",
        watched_id=sheet.id,
    )
    workspace.recorder.put(rating)
    assert [(one.level, one.why) for one in practice.levels()[1]] == [(4, "told, not asked")]
    for level in (0, 6):
        with pytest.raises(BadInput):
            practice.rate(level)


def test_nothing_of_it_is_searched_or_exported_unless_asked_for(
    workspace: Workspace, talk_id: UUID
) -> None:
    practice = workspace.practice
    practice.log("What about the zymurgist?", talk_id)
    practice.look_back(talk_id, asked=1, told=1, silences=1, aim="zymurgist aim")
    sheet = practice.watch(talk_id)
    practice.write(sheet.id, visit="1", feedback="zymurgist feedback")
    practice.rate(2, "zymurgist view")
    practice.settle()
    assert b"zymurgist" not in workspace.exports.data()
    held = json.loads(workspace.exports.data(private=True))
    assert str(held).count("zymurgist") >= 4
    assert workspace.history.search("zymurgist") == []
    learner = workspace.coaching.talk(talk_id).learner_id
    for pdf in (workspace.exports.record(learner), workspace.exports.evidence(learner)):
        assert b"zymurgist" not in pdf


def test_a_log_of_a_talk_in_the_bin_stays_readable(workspace: Workspace, talk_id: UUID) -> None:
    practice = workspace.practice
    (one,) = practice.log("What did you see?", talk_id)
    sheet = practice.watch(talk_id)
    practice.write(sheet.id, visit="1", feedback="Good")
    workspace.recorder.settle()
    workspace.bin.remove(Ref("talk", talk_id))
    assert [found.id for found in practice.questions(5)] == [one.id]
    assert [found.feedback for found in practice.watched_sheets(5)] == ["Good"]
    assert practice.months()[0].asked == 1
