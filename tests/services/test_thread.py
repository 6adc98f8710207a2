"""The thread: every link from both ends, and a countermeasure that comes back as a stop."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput
from gemba.domain.link import BECAME, SEEN_IN
from gemba.services.workspace import Workspace
from tests.services.test_exchange import picture


def test_a_promise_is_reached_from_what_was_seen_and_back(workspace: Workspace) -> None:
    seen = workspace.walks.capture("Label printer out of paper")
    promise = workspace.walks.promise(seen.id, to="Grace")
    there = workspace.thread.chips(Ref("observation", seen.id))
    back = workspace.thread.chips(Ref("promise", promise.id))
    assert [(one.ref, one.role, one.outward) for one in there] == [
        (Ref("promise", promise.id), BECAME, True)
    ]
    assert [(one.ref, one.words, one.outward) for one in back] == [
        (Ref("observation", seen.id), "Label printer out of paper", False)
    ]


def test_the_same_tie_twice_is_one(workspace: Workspace) -> None:
    seen = workspace.walks.capture("A queue")
    sheet = workspace.sheets.begin("Trays are late")
    ends = (Ref("sheet", sheet.id), Ref("observation", seen.id))
    first = workspace.thread.tie(SEEN_IN, *ends, from_part="current")
    assert workspace.thread.tie(SEEN_IN, *ends, from_part="current") == first
    assert workspace.thread.tie(SEEN_IN, *ends, from_part="check") != first


def test_what_is_in_the_bin_has_no_chip(workspace: Workspace) -> None:
    seen = workspace.walks.capture("A queue")
    promise = workspace.walks.promise(seen.id)
    workspace.walks.remove(seen.id)
    assert workspace.thread.chips(Ref("promise", promise.id)) == []
    workspace.walks.restore(seen.id)
    assert len(workspace.thread.chips(Ref("promise", promise.id))) == 1


def test_go_and_see_makes_one_stop_on_the_next_walk(workspace: Workspace) -> None:
    sheet = workspace.sheets.begin("Trays are late")
    later = workspace.walks.plan("Later", planned_on=date(2026, 12, 9))
    sooner = workspace.walks.plan("Sooner", planned_on=date(2026, 11, 24))
    ref = Ref("sheet", sheet.id)
    walk = workspace.thread.go_and_see(ref, "countermeasures", "Names by 17:15", "Lodge")
    again = workspace.thread.go_and_see(ref, "countermeasures", "Names by 17:15", "Lodge")
    assert walk.id == sooner.id
    assert [stop.look_for for stop in again.stops] == ["Names by 17:15"]
    assert again.stops[0].origin_id == sheet.id
    assert workspace.walks.get(later.id).stops == ()
    chips = workspace.thread.chips(ref, "countermeasures")
    assert [one.ref for one in chips] == [Ref("walk", sooner.id)]


def test_without_a_walk_going_to_see_makes_one_ready(workspace: Workspace) -> None:
    sheet = workspace.sheets.begin("Trays are late")
    walk = workspace.thread.go_and_see(Ref("sheet", sheet.id), "check", "30 days: it holds")
    assert walk.planned_on is None
    assert workspace.thread.next_walk() == workspace.walks.get(walk.id)


def test_what_is_to_be_seen_again_waits_for_the_next_walk_there(workspace: Workspace) -> None:
    ward, lodge = workspace.people.area("Ward 6").id, workspace.people.area("Lodge").id
    plan = workspace.walks.plan
    sooner = plan("Anywhere", planned_on=date(2026, 11, 24))
    past = plan(
        "Past the ward",
        planned_on=date(2026, 11, 28),
        stops=workspace.walks.stops_from("Hatch\nward  6"),
    )
    undated = plan("On the ward, some day", area_id=ward)
    dated = plan("On the ward", area_id=ward, planned_on=date(2026, 12, 9))
    sheet = workspace.sheets.begin("Trays are late")
    ref = Ref("sheet", sheet.id)

    def next_for(area: UUID | None, place: str = "") -> UUID:
        found = workspace.thread.next_walk(area, place)
        assert found is not None
        return found.id

    assert next_for(ward, "Ward 6") == dated.id
    assert next_for(None, "Ward 6") == past.id
    assert next_for(lodge, "Lodge") == sooner.id
    workspace.walks.start(dated.id)
    assert next_for(ward) == undated.id

    workspace.sheets.write(sheet.id, visit="1", area_id=ward)
    workspace.recorder.settle()
    walk = workspace.thread.go_and_see(ref, "plan", "Is it there?", "Ward 6")
    assert walk.id == undated.id
    # A promise goes where it was seen.
    seen = workspace.walks.begin_line(dated.id)
    workspace.walks.keep(seen.id, saw="No paper")
    promise = workspace.walks.promise(seen.id)
    assert workspace.thread.go_and_see(Ref("promise", promise.id), "", "Paper?").id == undated.id


def test_a_walk_that_is_made_ready_for_it_is_in_its_area(workspace: Workspace) -> None:
    sheet = workspace.sheets.begin("Trays are late")
    ward = workspace.people.area("Ward 6").id
    workspace.sheets.write(sheet.id, visit="1", area_id=ward)
    workspace.recorder.settle()
    walk = workspace.thread.go_and_see(Ref("sheet", sheet.id), "check", "It holds", "Ward 6")
    assert (walk.area_id, walk.stops[0].place) == (ward, "Ward 6")


def test_a_check_comes_back_with_the_photo_that_was_taken_there(
    workspace: Workspace,
) -> None:
    walk = workspace.walks.plan("Why do discharges wait?")
    workspace.walks.start(walk.id)
    seen = workspace.walks.begin_line(walk.id)
    workspace.walks.keep(seen.id, saw="The bag waits on the bench")
    (photo,) = workspace.walks.add_photo(seen.id, picture()).photo_hashes
    workspace.walks.end(walk.id)
    sheet = workspace.sheets.begin("Half should leave before noon")
    sheet = workspace.sheets.add_check(sheet.id, "Is the bench empty at noon?", date(2026, 12, 1))
    (check,) = sheet.checks
    ref = Ref("sheet", sheet.id)
    workspace.thread.tie(SEEN_IN, ref, Ref("observation", seen.id), from_part=check.id)

    made = workspace.thread.go_and_see(ref, check.id, check.what, "Ward 6")
    (stop,) = made.stops
    assert stop.photo == photo
    assert (stop.origin_id, stop.origin_part) == (sheet.id, check.id)
    assert [one.ref for one in workspace.thread.chips(ref, check.id)] == [
        Ref("observation", seen.id),
        Ref("walk", made.id),
    ]


def test_telling_back_needs_someone_and_words_and_can_be_taken_back(workspace: Workspace) -> None:
    promise = workspace.promises.make("A second porter", to="Piotr")
    day = date(2026, 11, 22)
    for fields, key in (
        ({"to": "", "answer": "done", "said": "x"}, "promise.told_nobody"),
        ({"to": "Piotr", "answer": "maybe", "said": "x"}, "promise.bad_answer"),
        ({"to": "Piotr", "answer": "done", "said": " "}, "promise.said_nothing"),
    ):
        with pytest.raises(BadInput) as refused:
            workspace.promises.tell_back(promise.id, on=day, **fields)
        assert refused.value.key == key
    told = workspace.promises.tell_back(
        promise.id, on=day, to="Piotr", answer="not now", said="No money this year"
    )
    assert told.told_back is not None
    assert workspace.promises.open() == []
    workspace.promises.take_back_answer(promise.id)
    assert [one.id for one in workspace.promises.open()] == [promise.id]


def test_the_oldest_promise_comes_first(workspace: Workspace) -> None:
    for text, day in (("new", 20), ("old", 3), ("middle", 11)):
        workspace.promises.make(text, made_on=date(2026, 11, day))
    assert [one.text for one in workspace.promises.open()] == ["old", "middle", "new"]


def test_one_name_is_one_person_however_it_is_typed(workspace: Workspace) -> None:
    first = workspace.people.person("Grace  Whitlock ")
    assert workspace.people.person("grace whitlock").id == first.id
    assert first.name == "Grace Whitlock"
    with pytest.raises(BadInput):
        workspace.people.person("  ")
