"""Looking over a sheet: the owner first, the coach closed until then, and nothing added up."""

from __future__ import annotations

import pytest

from gemba.domain.errors import BadInput, Refused
from gemba.domain.sheet import Sheet
from gemba.services.reviews import current, done, mark_of, shown_to
from gemba.services.workspace import Workspace


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    return workspace.sheets.begin("Four in five leave after noon.", owner="Maria")


def own(workspace: Workspace, sheet: Sheet) -> str:
    held = current(workspace.reviews.begin(sheet.id, "owner"), "owner")
    assert held is not None
    return held.id


def finish(workspace: Workspace, sheet: Sheet, review: str) -> None:
    workspace.reviews.write(sheet.id, review, visit="a", strongest="Seen six times")
    workspace.reviews.write(sheet.id, review, visit="b", work_on="The goal has no day")
    workspace.recorder.settle()


def test_the_coach_looks_after_the_owner_is_done(workspace: Workspace, sheet: Sheet) -> None:
    with pytest.raises(Refused, match="owner_first"):
        workspace.reviews.begin(sheet.id, "coach")
    review = own(workspace, sheet)
    workspace.reviews.mark(sheet.id, review, "goal", "measurable", 2)
    with pytest.raises(Refused, match="owner_first"):
        workspace.reviews.begin(sheet.id, "coach")
    finish(workspace, sheet, review)
    after = workspace.reviews.begin(sheet.id, "coach")
    assert [one.by for one in after.reviews] == ["owner", "coach"]


def test_in_a_new_round_the_coachs_marks_stay_closed_until_the_owners_are_done(
    workspace: Workspace, sheet: Sheet
) -> None:
    finish(workspace, sheet, own(workspace, sheet))
    first = workspace.reviews.begin(sheet.id, "coach")
    assert len(shown_to(first, "owner")) == 2
    second = own(workspace, sheet)
    held = workspace.sheets.get(sheet.id)
    assert current(held, "coach") is None
    # As it can come from another laptop: a coach who marked before the owner was done.
    from dataclasses import replace

    brought = workspace.reviews.put(
        sheet.id, (*held.reviews, replace(first.reviews[1], id="later"))
    )
    assert [one.id for one in shown_to(brought, "owner")] == [one.id for one in held.reviews]
    assert [one.id for one in shown_to(brought, "coach")][-1] == "later"
    finish(workspace, sheet, second)
    assert [one.id for one in shown_to(workspace.sheets.get(sheet.id), "owner")][-1] == "later"


def test_marks_are_given_changed_reasoned_and_taken_back(
    workspace: Workspace, sheet: Sheet
) -> None:
    review = own(workspace, sheet)
    workspace.reviews.mark(sheet.id, review, "goal", "measurable", 1)
    why = "清单 " + "because " * 700
    workspace.reviews.write_why(sheet.id, review, "goal", "measurable", why, visit="a")
    after = workspace.reviews.mark(sheet.id, review, "goal", "measurable", 3)
    held = mark_of(after.reviews[0], "goal", "measurable")
    assert held is not None
    assert (held.mark, held.why) == (3, why)
    assert [one.ref.id for one in workspace.store.search("清单")] == [sheet.id]
    left = workspace.reviews.mark(sheet.id, review, "goal", "measurable", None)
    assert left.reviews[0].marks == ()
    assert not done(left.reviews[0])


@pytest.mark.parametrize(
    ("section", "item", "mark"),
    [("goal", "measurable", 4), ("goal", "measurable", -1), ("goal", "nothing", 1), ("", "", 0)],
)
def test_what_the_rubric_does_not_know_is_refused(
    workspace: Workspace, sheet: Sheet, section: str, item: str, mark: int
) -> None:
    review = own(workspace, sheet)
    with pytest.raises(BadInput, match="unknown"):
        workspace.reviews.mark(sheet.id, review, section, item, mark)


def test_the_person_at_the_keyboard_looks_as_who_they_are(
    workspace: Workspace, sheet: Sheet
) -> None:
    assert workspace.reviews.role(sheet) == "owner"
    workspace.recorder.set_who("MARIA")
    assert workspace.reviews.role(sheet) == "owner"
    workspace.recorder.set_who("Tomas")
    assert workspace.reviews.role(sheet) == "coach"
