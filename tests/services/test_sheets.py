"""Sheets: begun with a sentence, written by who has the pen, coached in the margin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput, Refused
from gemba.domain.figures import FiveWhys, Plan, RunChart
from gemba.domain.figures.placing import turned
from gemba.domain.figures.plan import Action
from gemba.domain.paper import FILLS, PaperChoice
from gemba.domain.sheet import Box, Sheet
from gemba.domain.sheet_text import TextParts
from gemba.services.sheet_files import ENDINGS
from gemba.services.visit import Desk, Visit
from gemba.services.workspace import Workspace, open_workspace


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


ACTS: list[Callable[[Workspace, Sheet], object]] = [
    lambda work, sheet: work.sheets.write_box(sheet.id, "goal", "mine", visit="v").result(),
    lambda work, sheet: work.sheets.set_box(sheet.id, Box(id="goal", text="mine")),
    lambda work, sheet: work.sheets.put_figure(sheet.id, "goal", FiveWhys(id="b")),
    lambda work, sheet: work.sheets.put_figure(sheet.id, "plan", replace(PLAN, caption="mine")),
    lambda work, sheet: work.sheets.remove_figure(sheet.id, "plan", "p"),
    lambda work, sheet: work.sheets.arrange_figures(
        sheet.id, "plan", partial(turned, id="p", side="beside")
    ),
    lambda work, sheet: work.sheets.take_in(sheet.id, TextParts({"goal": "mine"}, ()), "-"),
    lambda work, sheet: work.formats.move_border(sheet.id, "goal", 40),
    lambda work, sheet: work.formats.merge(sheet.id, "goal"),
    lambda work, sheet: work.formats.undo(sheet.id),
    lambda work, sheet: work.versions.undo(Ref("sheet", sheet.id), "boxes"),
    lambda work, sheet: work.versions.bring_back(Ref("sheet", sheet.id), "boxes.goal.text", "mine"),
    lambda work, sheet: work.formats.change_type(sheet.id, work.catalog.sheet("tbp8", None)),
]
PLAN = Plan(id="p", actions=(Action(id="a", what="Ask the porter"),))


@pytest.mark.parametrize("act", ACTS)
def test_without_the_pen_nobody_else_writes_in_a_box(
    workspace: Workspace, act: Callable[[Workspace, Sheet], object]
) -> None:
    begun = begin(workspace)
    workspace.recorder.set_who("Nadia")
    sheet = workspace.sheets.put_figure(begun.id, "plan", PLAN)
    workspace.recorder.set_who("Helen")
    with pytest.raises(Refused) as refused:
        act(workspace, sheet)
    assert (refused.value.key, refused.value.values) == ("sheet.no_pen", {"owner": "Nadia"})
    assert workspace.sheets.get(sheet.id) == sheet
    workspace.sheets.give_pen(sheet.id, "coach")
    act(workspace, sheet)
    assert workspace.sheets.get(sheet.id).revision > sheet.revision + 1


def test_what_happened_on_a_day_is_anybodys_to_report(workspace: Workspace) -> None:
    begun = begin(workspace)
    sheet = workspace.sheets.put_figure(begun.id, "plan", PLAN)
    workspace.recorder.set_who("Helen")
    done = replace(PLAN, actions=(replace(PLAN.actions[0], finished=date(2026, 11, 22)),))
    kept = workspace.sheets.put_figure(sheet.id, "plan", done)
    assert kept.box("plan").figures == (done,)


def test_words_typed_with_the_pen_are_kept_although_it_went_back_meanwhile(
    workspace: Workspace,
) -> None:
    sheet = begin(workspace)
    workspace.recorder.set_who("Helen")
    desk = Desk()
    desk.shows(workspace.sheets.give_pen(sheet.id, "coach"))
    workspace.sheets.give_pen(sheet.id, "owner")
    workspace.sheets.write_box(sheet.id, "goal", "30 %", visit=Visit("v", desk)).result()
    kept = workspace.sheets.get(sheet.id)
    assert (kept.box("goal").text, kept.pen) == ("30 %", "owner")
    desk.shows(kept)
    with pytest.raises(Refused):
        workspace.sheets.write_box(sheet.id, "goal", "40 %", visit=Visit("w", desk)).result()


def test_after_a_restart_the_pen_is_with_the_owner_again(workspace: Workspace) -> None:
    kept, gone = begin(workspace), begin(workspace)
    workspace.recorder.set_who("Helen")
    for sheet in (kept, gone):
        workspace.sheets.give_pen(sheet.id, "coach")
    workspace.sheets.give_pen(gone.id, "owner")
    folder, catalog = workspace.store.folder, workspace.catalog
    workspace.close()
    again = open_workspace(folder, catalog, lambda key, **_values: key)
    try:
        assert again.sheets.get(kept.id).pen == "owner"
        assert not again.sheets.may_write(again.sheets.get(kept.id))
        pens = [one.change.after for one in again.sheets.story(kept.id, "pen")]
        assert pens == ["coach", "owner"]
        assert len(again.sheets.story(gone.id, "pen")) == 2
        again.recorder.settle()
        assert again.recorder.recall("pens") == ""
    finally:
        again.close()


def test_a_pen_that_came_in_another_hand_goes_back_when_its_sheet_is_opened(
    workspace: Workspace,
) -> None:
    sheet = begin(workspace)
    workspace.recorder.set_who("Helen")
    came = workspace.recorder.change(Sheet, sheet.id, lambda s: replace(s, pen="coach"))
    assert workspace.sheets.with_own_pen(came).pen == "owner"
    taken = workspace.sheets.give_pen(sheet.id, "coach")
    assert workspace.sheets.with_own_pen(taken) == taken


def test_an_answer_is_the_owners_or_written_down_with_the_pen_and_says_by_whom(
    workspace: Workspace,
) -> None:
    sheet = begin(workspace)
    workspace.recorder.set_who("Helen")
    note = workspace.sheets.ask(sheet.id, "analysis", "Who saw it?")
    with pytest.raises(Refused) as refused:
        workspace.sheets.answer(note.id, "Two nurses", visit="v").result()
    assert (refused.value.key, refused.value.values["owner"]) == ("margin.owner_answers", "Nadia")
    assert workspace.sheets.margin(sheet.id)[0].answer == ""
    desk = Desk()
    desk.shows(note, workspace.sheets.give_pen(sheet.id, "coach"))
    workspace.sheets.give_pen(sheet.id, "owner")
    workspace.sheets.answer(note.id, "Two nurses", visit=Visit("w", desk)).result()
    kept = workspace.sheets.margin(sheet.id)[0]
    assert (kept.answer, workspace.sheets.answered_by(kept)) == ("Two nurses", "Helen")
    workspace.recorder.set_who("Nadia")
    workspace.sheets.answer(note.id, "Two nurses and I", visit="x").result()
    assert workspace.sheets.answered_by(workspace.sheets.margin(sheet.id)[0]) == "Nadia"
    workspace.sheets.answer(note.id, "", visit="y").result()
    assert workspace.sheets.answered_by(workspace.sheets.margin(sheet.id)[0]) == ""


def test_an_answer_in_a_talk_keeps_to_the_pen_as_well(workspace: Workspace) -> None:
    sheet = begin(workspace)
    workspace.recorder.set_who("Helen")
    talk = workspace.coaching.coach_sheet(sheet.id)
    answer = workspace.coaching.ask_at(talk.id, "goal", "By when?")
    workspace.coaching.answer_at(talk.id, answer.id, "March", visit="v")
    workspace.recorder.settle()
    assert [one.text for one in workspace.coaching.talk(talk.id).answers] == [""]
    assert [one.answer for one in workspace.sheets.margin(sheet.id)] == [""]
    workspace.sheets.give_pen(sheet.id, "coach")
    workspace.coaching.answer_at(talk.id, answer.id, "March", visit="v")
    workspace.recorder.settle()
    assert [one.text for one in workspace.coaching.talk(talk.id).answers] == ["March"]
    assert [one.answer for one in workspace.sheets.margin(sheet.id)] == ["March"]


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


def test_what_stands_on_the_scratch_strip_is_on_no_paper_and_in_no_file(
    workspace: Workspace,
) -> None:
    begun = workspace.sheets.begin("Late discharges", owner="Nadia")
    workspace.sheets.write_box(begun.id, "goal", "35 % before noon", visit="v")
    workspace.sheets.write(begun.id, visit="w", scratch="Zwerghuhn & *what else*\n" * 40)
    workspace.recorder.settle()
    written = workspace.sheets.get(begun.id)
    assert "Zwerghuhn" in written.scratch
    files, bare = workspace.exports.files, replace(written, scratch="")
    choices = [PaperChoice(comments=True), *(PaperChoice(fill=one) for one in FILLS)]
    for ending in ENDINGS:
        for chosen in choices if ending == "pdf" else (None,):
            drawn = files.of(written, ending, chosen, dots=40)
            assert drawn == files.of(bare, ending, chosen, dots=40), (ending, chosen)
    # It is a word of the owner's all the same: found by a search, and never lost on the way.
    assert [hit.ref.id for hit in workspace.store.search("Zwerghuhn")] == [begun.id]
    assert "Zwerghuhn" in workspace.exports.data().decode()
