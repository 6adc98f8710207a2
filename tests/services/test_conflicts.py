"""Two windows on one record: nobody's words overwrite anybody's."""

from __future__ import annotations

import pytest

from gemba.domain.clash import Clash
from gemba.domain.errors import GembaError, Refused
from gemba.domain.promise import Promise
from gemba.domain.sheet import MarginNote, Sheet
from gemba.services.recorder import refs_of
from gemba.services.visit import Desk, Visit
from gemba.services.workspace import Workspace


class Window:
    """What a page does: shows a promise, and saves what is typed at it."""

    def __init__(self, workspace: Workspace, promise: Promise, name: str) -> None:
        self.work, self.name, self.id = workspace, name, promise.id
        self.desk = Desk()
        self.desk.shows(promise)

    def types(self, **fields: object) -> None:
        self.work.promises.write(self.id, visit=Visit(self.name, self.desk), **fields)
        self.work.recorder.settle()

    def reads_again(self) -> None:
        self.desk.shows(self.work.promises.get(self.id))


@pytest.fixture
def promise(workspace: Workspace) -> Promise:
    return workspace.promises.make("Ask pharmacy", note="Nothing yet.")


@pytest.fixture
def clashes(workspace: Workspace) -> list[Clash]:
    told: list[Clash] = []
    workspace.recorder.on_clash = told.extend
    return told


def test_different_fields_go_together(
    workspace: Workspace, promise: Promise, clashes: list[Clash]
) -> None:
    one, two = Window(workspace, promise, "1"), Window(workspace, promise, "2")
    one.types(note="From one.", resolver="")
    two.types(resolver="Samir", note="Nothing yet.")
    one.types(note="From one, more.", resolver="")
    now = workspace.promises.get(promise.id)
    assert (now.note, now.resolver) == ("From one, more.", "Samir")
    assert clashes == []


def test_the_same_field_is_kept_twice_and_never_overwritten(
    workspace: Workspace, promise: Promise, clashes: list[Clash]
) -> None:
    one, two = Window(workspace, promise, "1"), Window(workspace, promise, "2")
    one.types(note="From one.")
    two.types(note="From two.")
    assert workspace.promises.get(promise.id).note == "From one."
    assert [(c.field, c.mine, c.theirs) for c in clashes] == [("note", "From two.", "From one.")]
    # Typing on in the same field goes on in the text that was laid aside.
    two.types(note="From two, more.")
    (held,) = workspace.conflicts.open()
    assert (held.clash.base, held.clash.mine) == ("Nothing yet.", "From two, more.")
    assert workspace.promises.get(promise.id).note == "From one."


def test_what_was_chosen_is_written_once(workspace: Workspace, promise: Promise) -> None:
    one, two = Window(workspace, promise, "1"), Window(workspace, promise, "2")
    one.types(note="From one.")
    two.types(note="From two.")
    conflicts = workspace.conflicts
    (held,) = conflicts.open()
    conflicts.settle(held.clash, "From two.\nFrom one.")
    assert workspace.promises.get(promise.id).note == "From two.\nFrom one."
    assert conflicts.open() == []


def test_a_choice_made_before_a_newer_text_is_not_written(
    workspace: Workspace, promise: Promise
) -> None:
    one, two = Window(workspace, promise, "1"), Window(workspace, promise, "2")
    one.types(note="From one.")
    two.types(note="From two.")
    conflicts = workspace.conflicts
    (held,) = conflicts.open()
    one.types(note="From one, later.")
    with pytest.raises(GembaError, match="changed_again"):
        conflicts.settle(held.clash, "From two.")
    assert workspace.promises.get(promise.id).note == "From one, later."
    assert [one.clash.mine for one in conflicts.open()] == ["From two."]


def test_a_clash_that_both_settled_alike_is_forgotten(
    workspace: Workspace, promise: Promise
) -> None:
    one, two = Window(workspace, promise, "1"), Window(workspace, promise, "2")
    one.types(note="From one.")
    two.types(note="From two.")
    one.types(note="From two.")
    assert workspace.conflicts.open() == []


def test_words_of_a_window_that_waited_begin_where_its_first_word_began(
    workspace: Workspace, promise: Promise, clashes: list[Clash]
) -> None:
    one, two = Window(workspace, promise, "1"), Window(workspace, promise, "2")
    one.types(note="From one.")
    visit = Visit("2", two.desk)
    # Both wait for the writer; the newer one takes the place of the older one.
    for text in ("F", "Fr", "From two."):
        workspace.promises.write(promise.id, visit=visit, note=text)
    workspace.recorder.settle()
    assert workspace.promises.get(promise.id).note == "From one."
    assert clashes[-1].mine == "From two."
    two.reads_again()
    two.types(note="From one. And two.")
    assert workspace.promises.get(promise.id).note == "From one. And two."


def test_words_for_a_record_that_was_thrown_away_are_laid_aside(
    workspace: Workspace, promise: Promise, clashes: list[Clash]
) -> None:
    two = Window(workspace, promise, "2")
    workspace.recorder.remove(*refs_of(promise))
    two.types(note="From two.")
    assert workspace.recorder.state.trouble is None
    assert [(one.field, one.mine) for one in clashes] == [("note", "From two.")]
    conflicts = workspace.conflicts
    assert [(one.clash.mine, one.record) for one in conflicts.open()] == [("From two.", None)]
    # Once it is back, the choice can be made.
    workspace.recorder.restore(*refs_of(promise))
    (held,) = conflicts.open()
    assert held.clash.theirs == "Nothing yet."
    conflicts.settle(held.clash, held.clash.mine)
    assert workspace.promises.get(promise.id).note == "From two."


def _clash_on_a_sheet(workspace: Workspace) -> tuple[Sheet, Clash]:
    """Let the owner write one box in two windows, and somebody else come to the keyboard."""
    workspace.recorder.set_who("Maria")
    sheet = workspace.sheets.begin("31 pallets wait at dock 3", owner="Maria")
    desk = Desk()
    desk.shows(sheet)
    workspace.sheets.write_box(sheet.id, "goal", "10 by March", visit="other")
    workspace.recorder.settle()
    workspace.sheets.write_box(sheet.id, "goal", "12 by May", visit=Visit("mine", desk))
    workspace.recorder.settle()
    workspace.recorder.set_who("Nora")
    (held,) = workspace.conflicts.open()
    return sheet, held.clash


def _goal(workspace: Workspace, sheet: Sheet) -> str:
    return workspace.sheets.get(sheet.id).box("goal").text


def test_whoever_does_not_hold_the_pen_chooses_no_words_for_the_owner(workspace: Workspace) -> None:
    sheet, clash = _clash_on_a_sheet(workspace)
    with pytest.raises(Refused, match="no_pen"):
        workspace.conflicts.settle(clash, clash.mine)
    assert _goal(workspace, sheet) == "10 by March"
    assert [one.clash.mine for one in workspace.conflicts.open()] == ["12 by May"]
    # What stands there already changes nobody's words.
    workspace.conflicts.settle(clash, clash.theirs)
    assert _goal(workspace, sheet) == "10 by March"
    assert workspace.conflicts.open() == []


def test_with_the_pen_taken_for_it_the_choice_is_written_and_told(workspace: Workspace) -> None:
    sheet, clash = _clash_on_a_sheet(workspace)
    workspace.conflicts.settle(clash, clash.mine, for_owner=True)
    assert _goal(workspace, sheet) == "12 by May"
    moves = [one.change.after for one in workspace.sheets.story(sheet.id, "pen")]
    assert moves == ["coach", "owner"]
    assert workspace.sheets.get(sheet.id).pen == "owner"


def test_the_owners_answer_is_the_owners_to_choose(workspace: Workspace) -> None:
    workspace.recorder.set_who("Maria")
    sheet = workspace.sheets.begin("31 pallets wait at dock 3", owner="Maria")
    note = workspace.sheets.ask(sheet.id, "goal", "By when?")
    desk = Desk()
    desk.shows(note)
    workspace.sheets.answer(note.id, "In March", visit="other")
    workspace.recorder.settle()
    workspace.sheets.answer(note.id, "In May", visit=Visit("mine", desk))
    workspace.recorder.settle()
    workspace.recorder.set_who("Nora")
    held = next(one for one in workspace.conflicts.open() if one.clash.field == "answer")
    with pytest.raises(Refused, match="no_pen"):
        workspace.conflicts.settle(held.clash, "In May")
    assert workspace.recorder.get(MarginNote, note.id).answer == "In March"
    workspace.conflicts.settle(held.clash, "In May", for_owner=True)
    assert workspace.recorder.get(MarginNote, note.id).answer == "In May"
