"""Tying by hand: what is offered, which way a tie points, and the photo that goes along."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput
from gemba.domain.figures import FiveWhys, Plan
from gemba.domain.figures.five_whys import Why
from gemba.domain.figures.plan import Action
from gemba.domain.link import ACTS_ON, BECAME, SEEN_IN
from gemba.domain.sheet import Sheet
from gemba.services.ties import Ties
from gemba.services.workspace import Workspace

TREE = FiveWhys(
    id="t",
    whys=(
        Why(id="g", text="19 % leave before noon"),
        Why(id="a", parent="g", text="The list goes up late"),
        Why(id="b", parent="a", text="Nobody names who leaves", root=True),
        Why(id="c", parent="g", text="The pharmacy is slow", ruled_out=True),
    ),
)
CAUSE, ROOT, ACTION = "analysis/t/a", "analysis/t/b", "plan/p/1"
PHOTO = "a" * 64


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    begun = workspace.sheets.begin("Half should leave before noon", owner="Maria")
    workspace.sheets.set_box(begun.id, replace(begun.box("current"), text="19 % do."))
    workspace.sheets.put_figure(begun.id, "analysis", TREE)
    plan = Plan(id="p", actions=(Action(id="1", what="Name the porter"),))
    return workspace.sheets.put_figure(begun.id, "plan", plan)


@pytest.fixture
def ties(workspace: Workspace) -> Ties:
    return Ties(workspace.recorder, workspace.thread)


def offered(
    workspace: Workspace, ties: Ties, sheet: Sheet, part: str, typed: str = ""
) -> list[str]:
    definition = workspace.sheets.definition(sheet)
    return [one.words for one in ties.candidates(sheet, definition, part, typed)]


def test_an_action_is_offered_its_root_cause_first(
    workspace: Workspace, ties: Ties, sheet: Sheet
) -> None:
    workspace.walks.capture("The bag waits")
    found = offered(workspace, ties, sheet, ACTION)
    assert found == [
        "Nobody names who leaves",
        "The list goes up late",
        "19 % leave before noon",
        "Analysis",
        "Current condition: 19 % do.",
        "The bag waits",
    ]


def test_a_cause_is_offered_its_gap_and_no_cause_of_its_own_tree(
    workspace: Workspace, ties: Ties, sheet: Sheet
) -> None:
    found = offered(workspace, ties, sheet, CAUSE)
    assert found == ["Current condition: 19 % do.", "Plan", "Name the porter"]


def test_what_is_tied_is_not_offered_again(workspace: Workspace, ties: Ties, sheet: Sheet) -> None:
    definition = workspace.sheets.definition(sheet)
    own = Ref("sheet", sheet.id)
    assert "Nobody names who leaves" in offered(workspace, ties, sheet, ACTION)
    ties.tie(sheet, definition, ACTION, own, ROOT)
    assert "Nobody names who leaves" not in offered(workspace, ties, sheet, ACTION)
    assert "Name the porter" not in offered(workspace, ties, sheet, ROOT)


def test_search_finds_what_is_far_away_and_nothing_in_the_bin(
    workspace: Workspace, ties: Ties, sheet: Sheet
) -> None:
    gone = workspace.walks.capture("Printer out of paper")
    workspace.walks.capture("Printer jammed at the hatch")
    workspace.walks.remove(gone.id)
    assert offered(workspace, ties, sheet, "goal", "printer hatch") == [
        "Printer jammed at the hatch"
    ]
    assert offered(workspace, ties, sheet, "goal", "<b>'\"* OR") == []
    assert offered(workspace, ties, sheet, "goal", "x" * 10_000) == []


def test_the_later_acts_on_the_earlier_from_whichever_end_it_is_tied(
    workspace: Workspace, ties: Ties, sheet: Sheet
) -> None:
    definition, own = workspace.sheets.definition(sheet), Ref("sheet", sheet.id)
    one = ties.tie(sheet, definition, ACTION, own, ROOT)
    same = ties.tie(sheet, definition, ROOT, own, ACTION)
    assert one == same
    assert (one.role, one.from_part, one.to_part) == (ACTS_ON, ACTION, ROOT)
    with pytest.raises(BadInput):
        ties.tie(sheet, definition, ROOT, own, ROOT)


def test_records_are_tied_in_the_direction_of_the_thread(
    workspace: Workspace, ties: Ties, sheet: Sheet
) -> None:
    definition, own = workspace.sheets.definition(sheet), Ref("sheet", sheet.id)
    seen = workspace.walks.capture("The bag waits")
    promise = workspace.promises.make("Ask for a runner")
    talk = workspace.coaching.coach_sheet(sheet.id)
    to_seen = ties.tie(sheet, definition, CAUSE, Ref("observation", seen.id))
    to_promise = ties.tie(sheet, definition, "goal", Ref("promise", promise.id))
    to_talk = ties.tie(sheet, definition, "goal", Ref("talk", talk.id))
    assert (to_seen.role, to_seen.source, to_seen.from_part) == (SEEN_IN, own, CAUSE)
    assert (to_promise.role, to_promise.source) == (BECAME, own)
    assert (to_talk.role, to_talk.target, to_talk.to_part) == (BECAME, own, "goal")
    here = {chip.ref.kind for chip in workspace.thread.chips(own, "goal")}
    assert here == {"promise", "talk"}
    there = workspace.thread.chips(Ref("observation", seen.id))
    assert [(chip.ref, chip.part) for chip in there] == [(own, CAUSE)]


def test_a_box_shows_the_ties_of_what_stands_in_it(
    workspace: Workspace, ties: Ties, sheet: Sheet
) -> None:
    definition, own = workspace.sheets.definition(sheet), Ref("sheet", sheet.id)
    link = ties.tie(sheet, definition, ACTION, own, ROOT)
    assert [chip.own_part for chip in workspace.thread.chips(own, "plan")] == [ACTION]
    assert [chip.own_part for chip in workspace.thread.chips(own, "analysis")] == [ROOT]
    workspace.thread.untie(link.id)
    assert workspace.thread.chips(own, "plan") == []
    workspace.thread.tie_again(link.id)
    assert [chip.part for chip in workspace.thread.chips(own, "plan")] == [ROOT]


def test_the_photo_follows_the_ties_of_the_part(
    workspace: Workspace, ties: Ties, sheet: Sheet
) -> None:
    definition, own = workspace.sheets.definition(sheet), Ref("sheet", sheet.id)
    other = workspace.walks.capture("Something else, with a picture")
    workspace.walks.attach_photo(other.id, "b" * 64)
    seen = workspace.walks.capture("The bag waits")
    workspace.walks.attach_photo(seen.id, PHOTO)
    ties.tie(sheet, definition, "goal", Ref("observation", other.id))
    ties.tie(sheet, definition, "current", Ref("observation", seen.id))
    ties.tie(sheet, definition, CAUSE, own, "current")
    ties.tie(sheet, definition, ACTION, own, CAUSE)
    assert workspace.thread.first_photo(own, ACTION) == PHOTO
    assert workspace.thread.first_photo(own, "check") == "b" * 64


def test_of_the_promises_the_one_that_waits_longest_is_offered_first(
    workspace: Workspace, ties: Ties, sheet: Sheet
) -> None:
    make, today = workspace.promises.make, workspace.recorder.today()
    told = make("Told", made_on=today - timedelta(90))
    workspace.promises.tell_back(told.id, on=today, to="Samir", answer="done", said="Done")
    make("Young", made_on=today)
    make("Old", made_on=today - timedelta(60))
    found = offered(workspace, ties, sheet, ROOT)
    assert [one for one in found if one in ("Told", "Young", "Old")] == ["Old", "Young", "Told"]
