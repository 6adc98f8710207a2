"""The story of a sheet: named states, each change with its question, and two states compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from gemba.app.folders import load_catalog
from gemba.domain.compared import compare_sheets
from gemba.domain.errors import BadInput, Refused
from gemba.domain.figures import FiveWhys
from gemba.domain.sheet import Sheet
from gemba.services.exchange_in import bring_in
from gemba.services.exchange_out import export_data
from gemba.services.workspace import Workspace, open_workspace
from gemba.words import Words

from .conftest import now


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.time = now()

    def __call__(self) -> object:
        return self.time

    def move(self, **by: float) -> None:
        self.time += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def work(data_dir: Path, clock: Clock) -> Iterator[Workspace]:
    opened = open_workspace(data_dir, load_catalog(data_dir), Words(), now=clock)  # type: ignore[arg-type]
    opened.recorder.set_who("Maria")
    yield opened
    opened.close()


@pytest.fixture
def sheet(work: Workspace) -> Sheet:
    return work.sheets.begin("Four in five leave after noon.")


def typed(work: Workspace, sheet: Sheet, box: str, text: str, visit: str) -> None:
    work.sheets.write_box(sheet.id, box, text, visit=visit)
    work.recorder.settle()


def test_a_named_state_stays_what_it_was_while_typing_goes_on(
    work: Workspace, sheet: Sheet
) -> None:
    typed(work, sheet, "current", "Half wait.", "one")
    named = work.story.name(sheet.id, "  Before the   round ")
    typed(work, sheet, "current", "Half wait for medicines.", "one")
    typed(work, sheet, "goal", "All by noon.", "two")
    version = named.versions[0]
    assert version.name == "Before the round"
    state = next(one for one in work.story.states(sheet.id) if one.kind == "named")
    stood = work.story.sheet_in(sheet.id, state)
    assert stood.box("current").text == "Half wait."
    found = compare_sheets(stood, work.sheets.get(sheet.id))
    assert found.boxes["current"].text.words("new") == [" for medicines"]
    assert found.boxes["goal"].text.words("new") == ["All by noon."]


@pytest.mark.parametrize(
    ("name", "key"),
    [("", "version.no_name"), (" \n ", "version.no_name"), ("x" * 5000, "version.long_name")],
)
def test_a_name_that_is_none_is_said_and_nothing_is_written(
    work: Workspace, sheet: Sheet, name: str, key: str
) -> None:
    with pytest.raises(BadInput) as error:
        work.story.name(sheet.id, name)
    assert error.value.key == key
    assert work.sheets.get(sheet.id) == sheet


def test_a_name_is_given_once_in_any_script_and_can_be_taken_away_and_brought_back(
    work: Workspace, sheet: Sheet
) -> None:
    work.story.name(sheet.id, "第一版 نسخة")
    with pytest.raises(BadInput, match=r"same_name"):
        work.story.name(sheet.id, "第一版 نسخة")
    work.story.name(sheet.id, "Draft")
    with pytest.raises(BadInput, match=r"same_name"):
        work.story.name(sheet.id, "dRAFT")
    held = work.sheets.get(sheet.id).versions
    work.story.put_versions(sheet.id, held[:1])
    assert [one.kind for one in work.story.states(sheet.id)].count("named") == 1
    work.story.put_versions(sheet.id, held)
    assert work.sheets.get(sheet.id).versions == held
    assert [hit.ref.id for hit in work.store.search("第一版")] == [sheet.id]


def test_each_change_is_told_with_the_question_that_was_asked_before_it(
    work: Workspace, sheet: Sheet, clock: Clock
) -> None:
    typed(work, sheet, "current", "They are slow.", "one")
    clock.move(days=1)
    work.sheets.ask(sheet.id, "current", "What did you see yourself?")
    work.sheets.ask(sheet.id, "goal", "By when?")
    typed(work, sheet, "current", "The list comes at 11:40.", "two")
    clock.move(minutes=20)
    work.sheets.put_figure(sheet.id, "analysis", FiveWhys(id="tree"))
    turns = work.story.turns(sheet.id)
    assert [one.boxes for one in turns] == [("current",), ("current",), ("analysis",)]
    assert [[note.text for note in one.notes] for one in turns] == [
        [],
        ["What did you see yourself?"],
        [],
    ]
    assert {one.who for one in turns} == {"Maria"}
    second = work.story.before_and_after(sheet.id, turns[1])
    assert second.before.box("current").text == "They are slow."
    assert second.after.box("current").text == "The list comes at 11:40."
    third = work.story.before_and_after(sheet.id, turns[2])
    assert [one.kind for one in third.boxes["analysis"].figures] == ["new"]
    assert list(third.boxes) == ["analysis"]


def test_states_are_offered_by_day_and_the_first_draft_among_them(
    work: Workspace, sheet: Sheet, clock: Clock
) -> None:
    typed(work, sheet, "current", "One.", "one")
    work.sheets.keep_first_draft(sheet.id)
    clock.move(days=2)
    typed(work, sheet, "current", "Two.", "two")
    states = work.story.states(sheet.id)
    assert [one.kind for one in states] == ["now", "draft", "day"]
    texts = [work.story.sheet_in(sheet.id, one).box("current").text for one in states]
    assert texts == ["Two.", "One.", "One."]
    typed(work, sheet, "current", "Three.", "three")
    typed(work, sheet, "goal", "Four.", "four")
    states = work.story.states(sheet.id)
    texts = [work.story.sheet_in(sheet.id, one).box("current").text for one in states]
    assert texts == ["Three.", "One.", "Three.", "Two.", "One."]


def test_a_sheet_without_a_change_tells_none(work: Workspace, sheet: Sheet) -> None:
    assert work.story.turns(sheet.id) == ()
    assert [one.kind for one in work.story.states(sheet.id)] == ["now"]


def test_named_states_travel_and_the_journal_of_before_does_not(
    work: Workspace, sheet: Sheet, tmp_path: Path
) -> None:
    typed(work, sheet, "current", "One.", "one")
    work.story.name(sheet.id, "Draft")
    typed(work, sheet, "current", "Two.", "two")
    file = tmp_path / "all.json"
    file.write_bytes(export_data(work.store))
    (tmp_path / "other").mkdir()
    other = open_workspace(tmp_path / "other", load_catalog(tmp_path / "other"), Words(), now=now)
    try:
        assert bring_in(other.store, file) > 0
        assert bring_in(other.store, file) == 0
        states = other.story.states(sheet.id)
        named = next(one for one in states if one.kind == "named")
        assert other.story.sheet_in(sheet.id, named).box("current").text == "One."
        turns = other.story.turns(sheet.id)
        assert [one.arrived for one in turns] == [True, False]
        assert turns[0].boxes == ("current",)
        made = other.story.before_and_after(sheet.id, turns[0])
        assert made.boxes["current"].text.words("new") == ["One."]
    finally:
        other.close()


def test_a_state_the_journal_no_longer_tells_is_refused_in_words(
    work: Workspace, sheet: Sheet
) -> None:
    named = work.story.name(sheet.id, "Draft")
    state = next(one for one in work.story.states(sheet.id) if one.kind == "named")
    with pytest.raises(Refused, match="not_told"):
        work.story.sheet_in(sheet.id, replace(state, revision=named.revision + 40))
    with pytest.raises(Refused, match="not_told"):
        work.story.sheet_in(sheet.id, replace(state, revision=-3))


def test_a_first_draft_is_compared_in_the_boxes_it_was_written_in(
    work: Workspace, sheet: Sheet
) -> None:
    typed(work, sheet, "current", "One.", "one")
    typed(work, sheet, "analysis", "Nobody names them.", "two")
    work.sheets.keep_first_draft(sheet.id)
    work.formats.change_type(sheet.id, work.catalog.sheet("proposal"))
    draft = next(one for one in work.story.states(sheet.id) if one.kind == "draft")
    stood = work.story.sheet_in(sheet.id, draft)
    shown = {box.id for box in work.sheets.definition(stood).boxes}
    assert {box.id for box in stood.boxes if not box.empty} <= shown
    assert compare_sheets(stood, work.sheets.get(sheet.id)).reshaped
