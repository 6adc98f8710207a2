"""Sets of questions: the bundled twelve, one's own as files, and the words a talk was held with."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from gemba.app.folders import load_catalog
from gemba.definitions.read import read_question_set
from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput, GembaError
from gemba.domain.question_set import QuestionSet, QuestionStep
from gemba.domain.session import QuestionScript
from gemba.services.sessions import said_at
from gemba.services.workspace import Workspace, open_workspace
from gemba.words import Words
from tests.fresh import begin_folder
from tests.services.conftest import now


def opened(folder: Path) -> closing[Workspace]:
    return closing(open_workspace(folder, load_catalog(folder), Words(), now=now))


TWELVE = {
    "curiosity",
    "cycle",
    "planning",
    "a3",
    "gemba",
    "aar",
    "grow",
    "assumption",
    "left_hand",
    "ladder",
    "reflection",
    "second_coach",
}


@pytest.fixture
def tomas(workspace: Workspace) -> UUID:
    return workspace.people.person("Tomas Reyes").id


def own_file(workspace: Workspace, definition: str) -> Path:
    return workspace.store.folder / "definitions" / "questions" / f"{definition}.toml"


def test_all_twelve_are_there_and_ask_something(workspace: Workspace) -> None:
    known = {one.id: one for one in workspace.question_sets.all()}
    assert set(known) >= TWELVE
    for name in TWELVE - {"a3", "gemba"}:
        assert all(step.listen_for for step in known[name].steps_for(first=False)), name
    assert known["left_hand"].private
    assert known["ladder"].private
    assert not known["aar"].private


def test_a_copy_lands_as_a_file_and_is_asked_from_then_on(
    workspace: Workspace, tomas: UUID
) -> None:
    sets = workspace.question_sets
    bundled = sets.get("cycle")
    steps = (
        *(replace(one, hidden=True) if one.id == "now" else one for one in bundled.steps),
        QuestionStep(id="thanks", ask='Wofür bedankst du dich? „Danke“ \\ "so"'),
    )
    saved = sets.save(replace(bundled, steps=steps))
    assert saved.version == bundled.version + 1
    assert read_question_set(own_file(workspace, "cycle")) == saved
    talk = workspace.coaching.start_cycle(tomas)
    asked = [one.id for one in workspace.coaching.questions(talk).steps_for(first=True)]
    assert "now" not in asked
    assert asked[-1] == "thanks"


def test_a_talk_keeps_the_words_it_was_held_with(workspace: Workspace, tomas: UUID) -> None:
    sets, coaching = workspace.question_sets, workspace.coaching
    made = sets.copy("curiosity", "My three")
    first = replace(made.steps[0], ask="What strikes you?")
    made = sets.save(replace(made, steps=(first, *made.steps[1:])))
    session = workspace.sessions.begin(made.id, learner_id=tomas)
    workspace.sessions.answer(session.id, made.steps[0], "The queue", visit="1")
    changed = replace(first, ask="What do you see?")
    newer = sets.save(replace(made, steps=(changed, *made.steps[1:])))
    assert newer.version == made.version + 1
    assert workspace.sessions.questions(session).steps[0].ask == "What strikes you?"
    sets.forget(made.id)
    assert not own_file(workspace, made.id).exists()
    with pytest.raises(GembaError):
        sets.get(made.id)
    workspace.recorder.settle()
    again = workspace.sessions.get(session.id)
    assert workspace.sessions.questions(again).steps[0].ask == "What strikes you?"
    assert said_at(again, "noticing") == "The queue"
    talk = coaching.first_talk("Ana")
    assert coaching.questions(talk) == sets.get("curiosity")


def test_a_set_without_its_words_is_read_from_what_was_asked(
    workspace: Workspace, tomas: UUID
) -> None:
    made = workspace.question_sets.copy("grow", "Their goal")
    session = workspace.sessions.begin(made.id, learner_id=tomas)
    workspace.sessions.answer(session.id, made.steps[0], "More sleep", visit="1")
    workspace.recorder.settle()
    workspace.question_sets.forget(made.id)
    old = replace(workspace.sessions.get(session.id), script_id=None)
    assert [one.ask for one in workspace.question_sets.used(old).steps] == [made.steps[0].ask]


def test_a_conversation_notes_the_time_at_each_question(workspace: Workspace) -> None:
    session = workspace.sessions.begin("grow")
    first, second, *_ = workspace.sessions.questions(session).steps_for(first=True)
    workspace.sessions.go_to(session.id, second.id, 40)
    ended = workspace.sessions.end(session.id, 100)
    assert [(one.at_step, one.seconds) for one in ended.times] == [(first.id, 40), (second.id, 60)]
    assert ended.elapsed == 100


def test_names_of_sets_are_held_apart(workspace: Workspace) -> None:
    sets = workspace.question_sets
    with pytest.raises(BadInput, match="no_name"):
        sets.copy("grow", "  ")
    with pytest.raises(BadInput, match="same_name"):
        sets.copy("grow", "after-action REVIEW")
    with pytest.raises(BadInput, match="long_name"):
        sets.copy("grow", "a" * 61)
    assert sets.copy("grow", "Ziele, für Ärzte").id == "own_ziele_f_r_rzte"


LOOP = """id = "mine"
version = 1
label = "Mine"
kind = "session"

[[steps]]
id = "one"
ask = "What is it?"

[[steps]]
id = "two"
ask = "And then?"
{key} = "{value}"
"""


@pytest.mark.parametrize(
    ("key", "value", "error"),
    [
        ("then", "one", "definition.loops"),
        ("then", "two", "definition.loops"),
        ("then", "three", "definition.unknown_step"),
        ("writes", "journal", "definition.choice"),
        ("thenn", "one", "definition.unknown_key"),
    ],
)
def test_a_file_that_loops_or_leads_nowhere_is_refused_with_its_line(
    tmp_path: Path, key: str, value: str, error: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(LOOP.format(key=key, value=value), encoding="utf-8")
    with pytest.raises(GembaError) as caught:
        read_question_set(path)
    assert caught.value.key == error
    assert caught.value.values["file"] == "mine.toml"
    assert caught.value.values["line"] == "13"
    assert key in str(caught.value.values["where"])


def test_a_step_can_lead_past_others_and_never_back() -> None:
    steps = (
        QuestionStep(id="a", ask="A?", then="c"),
        QuestionStep(id="b", ask="B?"),
        QuestionStep(id="c", ask="C?"),
    )
    made = QuestionSet(id="x", version=1, label="X", kind="session", steps=steps)
    assert [one.id for one in made.steps_for(first=True)] == ["a", "c"]
    hidden = replace(made, steps=(replace(steps[0], hidden=True), *steps[1:]))
    assert [one.id for one in hidden.steps_for(first=True)] == ["b", "c"]


def test_lessons_and_promises_come_of_a_review(workspace: Workspace) -> None:
    sessions = workspace.sessions
    session = sessions.begin("aar", about="The lounge list")
    steps = {one.id: one for one in sessions.questions(session).steps}
    sessions.answer(session.id, steps["why"], "The list went out at ten.", visit="1")
    sessions.answer(session.id, steps["change"], "Send it at eight.", visit="2")
    sessions.answer(session.id, steps["change"], "Leon", visit="3", place=0)
    promise = sessions.promise(session.id, steps["change"])
    sessions.end(session.id, 600)
    sessions.end(session.id, 610)
    assert [one.words for one in sessions.lessons(session.id)] == ["The list went out at ten."]
    assert promise.text == "Send it at eight."
    assert said_at(sessions.get(session.id), "change:0") == "Leon"


def test_what_is_answered_to_a_private_set_is_found_only_when_asked_for(
    workspace: Workspace,
) -> None:
    sessions = workspace.sessions
    session = sessions.begin("left_hand")
    step = sessions.questions(session).steps[2]
    sessions.answer(session.id, step, "I thought: quokka", visit="1")
    workspace.recorder.settle()
    held = sessions.get(session.id)
    assert held.answers == ()
    assert workspace.history.search("quokka") == []
    assert [hit.ref.id for hit in workspace.history.search("quokka", private=True)] == [held.id]
    assert b"quokka" not in workspace.exports.data()
    assert b"quokka" in workspace.exports.data(private=True)
    assert not sessions.drop_if_empty(held.id)
    assert sessions.drop_if_empty(sessions.begin("ladder").id)


def test_what_was_changed_in_a_set_is_taken_back_after_a_restart(
    data_dir: Path,
) -> None:
    begin_folder(data_dir)
    with opened(data_dir) as workspace:
        grow = workspace.question_sets.get("grow")
        shorter = workspace.question_sets.save(replace(grow, steps=grow.steps[1:]))
        workspace.question_sets.save(replace(shorter, steps=shorter.steps[1:]))
    with opened(data_dir) as again:
        ref = Ref("question_script", again.question_sets.record_of("grow"))
        again.versions.undo(ref)
        assert again.question_sets.get("grow").steps == grow.steps[1:]
        again.versions.undo(ref)
        assert again.question_sets.get("grow").steps == grow.steps
        again.versions.redo_last(ref)
        assert again.question_sets.get("grow").steps == grow.steps[1:]
        assert read_question_set(own_file(again, "grow")).steps == grow.steps[1:]


def test_a_deleted_set_lies_in_the_bin_and_comes_back_after_a_restart(
    data_dir: Path,
) -> None:
    begin_folder(data_dir)
    with opened(data_dir) as workspace:
        made = workspace.question_sets.copy("grow", "My five")
        workspace.question_sets.forget(made.id)
    with opened(data_dir) as again:
        (heap,) = again.bin.heaps()
        assert heap.head.record.label == "My five"
        assert not own_file(again, made.id).exists()
        again.bin.restore(heap.head.ref)
        assert again.question_sets.get(made.id) == made
        again.bin.remove(heap.head.ref)
        assert not own_file(again, made.id).exists()
        again.question_sets.save(replace(made, label="My six"))
        assert again.question_sets.get(made.id).label == "My six"
        assert again.bin.heaps() == []


def test_a_set_from_elsewhere_that_is_none_makes_no_file(workspace: Workspace) -> None:
    folder = own_file(workspace, "x").parent
    for number, (definition, text) in enumerate(
        (("../../evil", 'id = "../../evil"'), ("loop", LOOP), ("other", "id = 'mine'"), ("x", ""))
    ):
        key = workspace.question_sets.record_of(definition)
        workspace.recorder.add(
            QuestionScript(id=key, definition=definition, version=0, label=str(number), text=text)
        )
    assert not folder.exists() or list(folder.iterdir()) == []


def test_a_file_changed_by_hand_is_an_earlier_state_too(workspace: Workspace) -> None:
    sets = workspace.question_sets
    made = sets.copy("grow", "My five")
    file = own_file(workspace, made.id)
    file.write_text(file.read_text("utf-8").replace('"My five"', '"By hand"'), "utf-8")
    workspace.catalog._kept.pop("questions")
    sets.save(replace(sets.get(made.id), steps=made.steps[1:]))
    workspace.versions.undo(Ref("question_script", sets.record_of(made.id)))
    assert (sets.get(made.id).label, sets.get(made.id).steps) == ("By hand", made.steps)
