"""The last change is taken back from the journal, also after a restart; earlier versions return."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gemba.app.folders import load_catalog
from gemba.domain.changes import Ref
from gemba.domain.errors import Refused
from gemba.domain.promise import Promise
from gemba.domain.sheet import Sheet
from gemba.services.workspace import Workspace, open_workspace
from gemba.words import Words

from .conftest import now

Again = Callable[[], Workspace]


@pytest.fixture
def again(data_dir: Path) -> Iterator[Again]:
    """Opens the folder, as after a restart."""
    opened: list[Workspace] = []

    def open_it() -> Workspace:
        for one in opened:
            one.close()
        opened.append(open_workspace(data_dir, load_catalog(data_dir), Words(), now=now))
        return opened[-1]

    yield open_it
    for one in opened:
        one.close()


def typed(work: Workspace, promise: Promise, visit: str, **fields: object) -> None:
    work.promises.write(promise.id, visit=visit, **fields)
    work.recorder.settle()


def test_after_a_restart_step_by_step_back_and_forth(again: Again) -> None:
    work = again()
    promise = work.promises.make("Ask")
    ref = Ref("promise", promise.id)
    typed(work, promise, "a", note="One.")
    typed(work, promise, "b", note="Two.", resolver="Samir")
    typed(work, promise, "c", note="Three.")
    work = again()
    step = work.versions.undo(ref)
    assert work.promises.get(promise.id).note == "Two."
    work.versions.undo(ref)
    back = work.promises.get(promise.id)
    assert (back.note, back.resolver) == ("One.", "")
    work = again()
    work.versions.undo(ref)
    assert work.promises.get(promise.id).note == ""
    with pytest.raises(Refused, match="nothing"):
        work.versions.undo(ref)
    assert step.said[0].after == "Three."
    # Each step is a new write: nothing went from the journal.
    assert len(work.versions.of(ref)) == 6


def test_redo_makes_it_again_and_undo_takes_it_back_again(again: Again) -> None:
    work = again()
    promise = work.promises.make("Ask")
    ref = Ref("promise", promise.id)
    typed(work, promise, "a", note="One.")
    typed(work, promise, "b", note="Two.")
    for _ in range(3):
        step = work.versions.undo(ref)
        assert work.promises.get(promise.id).note == "One."
        work.versions.redo(step)
        assert work.promises.get(promise.id).note == "Two."
    work.versions.undo(ref)
    work.versions.undo(ref)
    assert work.promises.get(promise.id).note == ""


def test_what_changed_since_is_not_overwritten(again: Again) -> None:
    work = again()
    promise = work.promises.make("Ask")
    ref = Ref("promise", promise.id)
    typed(work, promise, "a", note="Mine.")
    # Another laptop's write, as a merge brings it.
    mine = work.store.clearing.installation
    work.store._installation = "elsewhere"
    typed(work, promise, "b", note="Theirs.")
    work.store._installation = mine
    with pytest.raises(Refused, match="changed_since"):
        work.versions.undo(ref)
    assert work.promises.get(promise.id).note == "Theirs."


def test_a_locked_prediction_is_not_taken_back(again: Again) -> None:
    work = again()
    learner = work.people.person("Joris")
    talk = work.coaching.start_cycle(learner.id)
    step = work.coaching.next_experiment(talk.id)
    work.coaching.write_experiment(step.id, visit="v", prediction="ten fewer")
    work.coaching.commit_prediction(step.id)
    work = again()
    with pytest.raises(Refused, match="prediction_is_locked"):
        work.versions.undo(Ref("experiment", step.id))
    held = work.coaching.experiment(step.id)
    assert (held.prediction, held.committed) == ("ten fewer", True)


def test_making_a_record_and_what_was_erased_are_not_taken_back(again: Again) -> None:
    work = again()
    seen = work.walks.capture("A trolley in the way")
    with pytest.raises(Refused, match="nothing"):
        work.versions.undo(Ref("observation", seen.id))
    talk = work.coaching.first_talk("Joris")
    work.coaching.write(talk.id, visit="v", private_note="A secret")
    work.recorder.settle()
    work.erasing.erase_private()
    with pytest.raises(Refused, match="nothing"):
        work.versions.undo(Ref("talk", talk.id))
    assert work.coaching.talk(talk.id).private_note == ""
    assert all("secret" not in str(step) for step in work.versions.of(Ref("talk", talk.id)))


def test_an_earlier_text_of_a_box_is_brought_back(again: Again) -> None:
    work = again()
    sheet = work.sheets.begin("Discharges are late")
    for number, text in enumerate(("First.", "Second.", "Third.")):
        work.sheets.write_box(sheet.id, "goal", text, visit=f"v{number}")
        work.recorder.settle()
    ref = Ref("sheet", sheet.id)
    steps = [s for s in work.versions.of(ref) if s.said[0].field == "boxes.goal.text"]
    assert [step.said[0].after for step in steps] == ["Third.", "Second.", "First."]
    change = work.versions.bring_back(ref, "boxes.goal.text", "First.")
    assert work.sheets.get(sheet.id).box("goal").text == "First."
    work.versions.bring_back(ref, change.field, change.before)
    assert work.sheets.get(sheet.id).box("goal").text == "Third."


def test_an_item_that_was_taken_out_comes_back_in_its_place(again: Again) -> None:
    work = again()
    sheet = work.sheets.begin("Discharges are late")
    for word in ("one", "two", "three"):
        sheet = work.sheets.add_check(sheet.id, word, now().date())
    first, _, last = sheet.checks
    work.recorder.change(Sheet, sheet.id, lambda held: replace(held, checks=(first, last)))
    work.versions.undo(Ref("sheet", sheet.id))
    assert [check.what for check in work.sheets.get(sheet.id).checks] == ["one", "two", "three"]


def test_a_stop_comes_back_though_one_has_walked_on_since(again: Again) -> None:
    work = again()
    walk = work.walks.plan("Why?", stops=work.walks.stops_from("desk\nward\nlounge"))
    walk = work.walks.start(walk.id)
    stop, at = work.walks.remove_stop(walk.id, walk.stops[0].id)
    assert [one.place for one in work.walks.get(walk.id).stops] == ["ward", "lounge"]
    assert work.walks.get(walk.id).at_stop == walk.stops[1].id
    work.walks.change(walk.id, at_stop=walk.stops[2].id)
    work = again()
    work.versions.undo(Ref("walk", walk.id))
    back = work.walks.get(walk.id)
    assert [one.place for one in back.stops] == ["desk", "ward", "lounge"]
    assert back.at_stop == walk.stops[2].id
    work.walks.bring_stop(walk.id, stop, at)
    assert len(work.walks.get(walk.id).stops) == 3


def box_of(work: Workspace, sheet: Sheet, box: str = "goal") -> str:
    return work.sheets.get(sheet.id).box(box).text


def test_in_the_boxes_of_a_sheet_back_and_forth_over_a_restart(again: Again) -> None:
    work = again()
    sheet = work.sheets.begin("Discharges are late")
    ref = Ref("sheet", sheet.id)
    for number, text in enumerate(("First.", "Second.", "Third.")):
        work.sheets.write_box(sheet.id, "goal", text, visit=f"v{number}")
        work.recorder.settle()
    work.sheets.write(sheet.id, visit="t", title="Another title")
    work = again()
    work.versions.undo(ref, "boxes")
    work = again()
    work.versions.undo(ref, "boxes")
    # An undo is not taken back by the next one: it goes further back, and the title stays.
    assert box_of(work, sheet) == "First."
    assert work.sheets.get(sheet.id).title == "Another title"
    work = again()
    work.versions.redo_last(ref, "boxes")
    assert box_of(work, sheet) == "Second."
    work.versions.redo_last(ref, "boxes")
    assert box_of(work, sheet) == "Third."
    with pytest.raises(Refused, match="nothing_to_redo"):
        work.versions.redo_last(ref, "boxes")
    work.versions.undo(ref, "boxes")
    work.sheets.write_box(sheet.id, "goal", "Fourth.", visit="w")
    with pytest.raises(Refused, match="nothing_to_redo"):
        work.versions.redo_last(ref, "boxes")
    for text in ("Second.", "First.", ""):
        work.versions.undo(ref, "boxes")
        assert box_of(work, sheet) == text
    with pytest.raises(Refused, match="nothing"):
        work.versions.undo(ref, "boxes")


def test_words_that_came_to_nothing_do_not_stand_in_the_way_of_undo(again: Again) -> None:
    work = again()
    promise = work.promises.make("Ask")
    typed(work, promise, "a", note="One.")
    typed(work, promise, "b", resolver="Sam")
    typed(work, promise, "b", resolver="")
    work.versions.undo(Ref("promise", promise.id))
    assert work.promises.get(promise.id).note == ""
