"""A learner's history for another coach: what goes along, what stays, and what it changes there."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from gemba.app.folders import load_catalog
from gemba.cli import main
from gemba.domain.coaching import Storyboard, Talk
from gemba.domain.errors import BadInput, NotFound
from gemba.domain.experiment import Experiment
from gemba.domain.kinds import PRIVATE_KINDS
from gemba.domain.person import Person
from gemba.domain.promise import Promise
from gemba.domain.reflection import Reflection
from gemba.domain.sheet import Sheet
from gemba.domain.walk import Walk
from gemba.services.workspace import Workspace, open_workspace
from gemba.words import Words
from tests.fresh import begin_folder, lay_sample
from tests.services.conftest import now


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[Workspace]:
    """The folder of the coach who hands over: the sample."""
    folder = lay_sample(tmp_path / "ours")
    opened = open_workspace(folder, load_catalog(folder), Words(), now=now)
    yield opened
    opened.close()


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Workspace]:
    """An empty folder of another coach."""
    folder = begin_folder(tmp_path / "theirs")
    opened = open_workspace(folder, load_catalog(folder), Words(), now=now)
    yield opened
    opened.close()


@pytest.fixture
def learner(ours: Workspace) -> UUID:
    return next(key for key, name in ours.looking_back.learners() if name == "Priya Raman")


def handed(ours: Workspace, learner: UUID, to: Path) -> Path:
    ours.recorder.settle()
    return ours.exports.handover_to(to / "history.zip", learner)


def test_the_learner_s_part_goes_along_and_the_coach_s_stays(
    ours: Workspace, theirs: Workspace, learner: UUID, tmp_path: Path
) -> None:
    path = handed(ours, learner, tmp_path)
    arrival = theirs.arrivals.look(path)
    assert arrival.learner == "Priya Raman"
    assert arrival.changed == ()
    theirs.arrivals.bring_in(arrival)
    for cls in (Talk, Experiment, Storyboard):
        mine = ours.recorder.find(cls, learner_id=learner)
        got = theirs.recorder.find(cls, learner_id=learner)
        assert mine
        assert {one.id for one in got} == {one.id for one in mine}
    assert theirs.recorder.find(Sheet, owner_id=learner)
    assert not any(one.private_note for one in theirs.recorder.find(Talk))
    assert any(one.private_note for one in ours.recorder.find(Talk, learner_id=learner))
    for cls in (Walk, Promise, Reflection):
        assert ours.recorder.find(cls)
        assert theirs.recorder.find(cls) == []
    others = {one.learner_id for one in theirs.recorder.find(Talk)}
    assert others == {learner}
    kinds = {entry.change.ref.kind for entry in theirs.store.journal()}
    assert kinds & PRIVATE_KINDS == set()
    assert theirs.store.check().sound


def test_a_later_history_is_told_field_by_field_and_can_be_taken_back(
    ours: Workspace, theirs: Workspace, learner: UUID, tmp_path: Path
) -> None:
    theirs.arrivals.bring_in(theirs.arrivals.look(handed(ours, learner, tmp_path)))
    tried = ours.recorder.find(Experiment, learner_id=learner)[0]
    talk = theirs.recorder.find(Talk, learner_id=learner)[0]
    theirs.recorder.change(Talk, talk.id, lambda one: replace(one, private_note="Mine alone"))
    ours.recorder.change(
        Experiment, tried.id, lambda one: replace(one, learned="Only on weekdays", result="9 of 9")
    )
    ours.recorder.change(Talk, talk.id, lambda one: replace(one, agreed="Look on Friday"))
    arrival = theirs.arrivals.look(handed(ours, learner, tmp_path))
    assert arrival.new == {}
    told = {
        (one.ref.kind, f.field): (f.before, f.after) for one in arrival.changed for f in one.fields
    }
    assert told == {
        ("experiment", "learned"): (tried.learned, "Only on weekdays"),
        ("experiment", "result"): (tried.result, "9 of 9"),
        ("talk", "agreed"): (talk.agreed, "Look on Friday"),
    }
    brought = theirs.arrivals.bring_in(arrival)
    after = theirs.recorder.get(Talk, talk.id)
    assert (after.agreed, after.private_note) == ("Look on Friday", "Mine alone")
    assert theirs.recorder.get(Experiment, tried.id).learned == "Only on weekdays"
    assert theirs.arrivals.look(handed(ours, learner, tmp_path)).count == 0
    theirs.arrivals.take_back(brought)
    assert theirs.recorder.get(Talk, talk.id).agreed == talk.agreed
    assert theirs.recorder.get(Experiment, tried.id).learned == tried.learned
    assert theirs.store.check().sound


def test_a_prediction_that_was_made_is_not_changed_by_a_file(
    ours: Workspace, theirs: Workspace, learner: UUID, tmp_path: Path
) -> None:
    path = handed(ours, learner, tmp_path)
    theirs.arrivals.bring_in(theirs.arrivals.look(path))
    text = tmp_path / "altered.json"
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            document = json.loads(archive.read("data.json"))
    else:
        document = json.loads(path.read_bytes())
    row = next(one for one in document["records"]["experiment"] if one["predicted_at"])
    before = theirs.recorder.get(Experiment, UUID(row["id"])).prediction
    row["prediction"] = "I knew it all along"
    text.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        theirs.arrivals.look(text)
    assert refused.value.key == "data.against_rules"
    assert theirs.recorder.get(Experiment, UUID(row["id"])).prediction == before


def test_any_other_file_still_changes_nothing(
    ours: Workspace, theirs: Workspace, learner: UUID, tmp_path: Path
) -> None:
    theirs.arrivals.bring_in(theirs.arrivals.look(handed(ours, learner, tmp_path)))
    person = ours.recorder.get(Person, learner)
    ours.recorder.change(Person, person.id, lambda one: replace(one, role="ward manager"))
    whole = ours.exports.data_to(tmp_path / "all.zip")
    with pytest.raises(BadInput) as refused:
        theirs.arrivals.look(whole)
    assert refused.value.key == "data.differs"


@pytest.mark.parametrize("wrong", [7, "no id", "00000000-0000-4000-8000-000000000000", None, ["a"]])
def test_a_history_of_nobody_is_refused(theirs: Workspace, tmp_path: Path, wrong: object) -> None:
    path = tmp_path / "wrong.json"
    document = {"format": "gemba", "version": 1, "records": {}, "handover_of": wrong}
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(BadInput):
        theirs.arrivals.look(path)


def test_nobody_is_handed_over(ours: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        ours.exports.handover_to(tmp_path / "x.zip", ours.recorder.new_id())
    assert list(tmp_path.glob("x*")) == []


def test_somebody_of_the_same_name_is_joined_and_the_file_can_be_read_again(
    ours: Workspace, theirs: Workspace, learner: UUID, tmp_path: Path
) -> None:
    mine = theirs.coaching.first_talk("priya raman")
    theirs.coaching.answer(mine.id, "noticing", "Letters wait", visit="1")
    theirs.recorder.settle()
    file = handed(ours, learner, tmp_path)
    arrival = theirs.arrivals.look(file)
    (same,) = [one for one in arrival.same if one.there == learner]
    assert (same.here, same.name, same.records) == (mine.learner_id, "priya raman", 1)
    brought = theirs.arrivals.bring_in(arrival, {learner})
    assert theirs.coaching.talk(mine.id).learner_id == learner
    assert [name for _key, name in theirs.people.names()].count("Priya Raman") == 1
    assert "priya raman" not in [name for _key, name in theirs.people.names()]
    again = theirs.arrivals.look(file)
    assert not again.new
    assert again.same == ()
    theirs.arrivals.take_back(brought)
    assert theirs.coaching.talk(mine.id).learner_id == mine.learner_id
    assert [name for _key, name in theirs.people.names()] == ["priya raman"]


def test_somebody_of_the_same_name_stays_apart_unless_joined(
    ours: Workspace, theirs: Workspace, learner: UUID, tmp_path: Path
) -> None:
    mine = theirs.coaching.first_talk("Priya Raman")
    arrival = theirs.arrivals.look(handed(ours, learner, tmp_path))
    theirs.arrivals.bring_in(arrival)
    assert theirs.coaching.talk(mine.id).learner_id == mine.learner_id != learner


def test_the_command_names_who_is_here_already_under_another_entry(
    ours: Workspace, learner: UUID, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = begin_folder(tmp_path / "third")
    opened = open_workspace(folder, load_catalog(folder), Words(), now=now)
    opened.coaching.first_talk("Priya Raman")
    opened.close()
    file = handed(ours, learner, tmp_path)
    assert main(["--data-dir", str(folder), "import", "data", str(file), "--preview"]) == 0
    assert "Priya Raman is here already" in capsys.readouterr().out
