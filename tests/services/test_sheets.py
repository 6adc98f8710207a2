"""Sheets: begun with a sentence, written by who has the pen, coached in the margin."""

from __future__ import annotations

from datetime import date

import pytest

from gemba.domain.errors import BadInput, Refused
from gemba.domain.figures import FiveWhys, RunChart
from gemba.domain.sheet import Sheet
from gemba.services.workspace import Workspace


def begin(workspace: Workspace, owner: str = "Nadia") -> Sheet:
    return workspace.sheets.begin("Nine of ten trays come back late", owner=owner)


def test_one_sentence_begins_a_sheet_with_every_box_of_its_worksheet(workspace: Workspace) -> None:
    sheet = begin(workspace)
    definition = workspace.sheets.definition(sheet)
    assert [box.id for box in sheet.boxes] == [box.id for box in definition.boxes]
    assert sheet.title == "Nine of ten trays come back late"
    assert workspace.people.name_of(sheet.owner_id) == "Nadia"
    assert sheet.started_on == date(2026, 11, 22)


def test_a_sheet_needs_its_problem(workspace: Workspace) -> None:
    with pytest.raises(BadInput) as refused:
        workspace.sheets.begin("   ")
    assert refused.value.key == "sheet.no_problem"
    assert workspace.sheets.all() == []


def test_a_box_is_saved_byte_equal_and_journalled_by_its_name(workspace: Workspace) -> None:
    sheet = begin(workspace)
    text = "<b>& \u00a0 *x* \u2028 \U0001f600 \u0633\u0644\u0627\u0645"
    workspace.sheets.write_box(sheet.id, "goal", text, visit="v")
    workspace.recorder.settle()
    assert workspace.sheets.get(sheet.id).box("goal").text == text
    story = workspace.sheets.story(sheet.id, "boxes.goal")
    assert [entry.change.after for entry in story if entry.change.field.endswith("text")][
        -1
    ] == text


def test_a_visit_to_a_box_is_one_row_of_the_journal(workspace: Workspace) -> None:
    sheet = begin(workspace)
    for text in ("W", "We", "We wait"):
        workspace.sheets.write_box(sheet.id, "goal", text, visit="one stay")
        workspace.recorder.settle()
    rows = [
        entry
        for entry in workspace.sheets.story(sheet.id, "boxes.goal.text")
        if entry.change.after == "We wait"
    ]
    assert len(rows) == 1
    assert rows[0].change.before == ""


def test_the_owner_has_the_pen_until_the_coach_says_otherwise(workspace: Workspace) -> None:
    sheet = begin(workspace)
    workspace.recorder.set_who("Nadia")
    assert workspace.sheets.may_write(sheet)
    workspace.recorder.set_who("Helen")
    assert not workspace.sheets.may_write(sheet)
    given = workspace.sheets.give_pen(sheet.id, "coach")
    assert workspace.sheets.may_write(given)
    told = [entry for entry in workspace.sheets.story(sheet.id, "pen") if entry.who == "Helen"]
    assert [(one.change.before, one.change.after) for one in told] == [("owner", "coach")]


def test_a_coachs_question_never_enters_the_owners_text(workspace: Workspace) -> None:
    sheet = begin(workspace)
    workspace.sheets.write_box(sheet.id, "analysis", "The letter is late.", visit="v")
    workspace.recorder.settle()
    before = workspace.sheets.get(sheet.id)
    note = workspace.sheets.ask(sheet.id, "analysis", "Who saw it?")
    workspace.sheets.answer(note.id, "Two nurses", visit="v")
    workspace.recorder.settle()
    assert workspace.sheets.get(sheet.id) == before
    kept = workspace.sheets.margin(sheet.id, "analysis")
    assert [(one.text, one.answer, one.open) for one in kept] == [
        ("Who saw it?", "Two nurses", False)
    ]


def test_a_comment_takes_no_answer(workspace: Workspace) -> None:
    sheet = begin(workspace)
    note = workspace.sheets.ask(sheet.id, "goal", "Clear.", kind="comment")
    workspace.sheets.answer(note.id, "thanks", visit="v")
    workspace.recorder.settle()
    assert workspace.sheets.margin(sheet.id)[0].answer == ""
    trouble = workspace.recorder.state.trouble
    assert isinstance(trouble, Refused)


def test_the_first_draft_is_kept_once(workspace: Workspace) -> None:
    sheet = begin(workspace)
    assert workspace.sheets.keep_first_draft(sheet.id).first_draft_at is None
    for text in ("first", "second"):
        workspace.sheets.write_box(sheet.id, "goal", text, visit=text)
        workspace.recorder.settle()
        kept = workspace.sheets.keep_first_draft(sheet.id)
        assert kept.first_draft_at is not None
        assert next(box for box in kept.first_draft if box.id == "goal").text == "first"


def test_a_figure_is_replaced_by_its_id_and_taken_away(workspace: Workspace) -> None:
    sheet = begin(workspace)
    chart = RunChart(id="a", caption="Before")
    workspace.sheets.put_figure(sheet.id, "current", chart)
    workspace.sheets.put_figure(sheet.id, "current", FiveWhys(id="b"))
    kept = workspace.sheets.put_figure(sheet.id, "current", RunChart(id="a", caption="After"))
    assert [one.id for one in kept.box("current").figures] == ["a", "b"]
    assert kept.box("current").figures[0].caption == "After"
    gone = workspace.sheets.remove_figure(sheet.id, "current", "a")
    assert [one.id for one in gone.box("current").figures] == ["b"]


def test_a_sheet_opens_as_it_stood_when_it_was_coached(workspace: Workspace) -> None:
    sheet = begin(workspace)
    workspace.sheets.write_box(sheet.id, "goal", "30 %", visit="a")
    workspace.recorder.settle()
    talk = workspace.coaching.coach_sheet(sheet.id)
    workspace.sheets.write_box(sheet.id, "goal", "40 %", visit="b")
    workspace.recorder.settle()
    then = workspace.sheets.at_revision(sheet.id, talk.sheet_revision)
    assert then.box("goal").text == "30 %"
    assert workspace.sheets.get(sheet.id).box("goal").text == "40 %"
