"""Coverage, suggestions, draws, and the stops that come onto a walk by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from gemba.domain.changes import Ref
from gemba.domain.coverage import suggest, warmth
from gemba.domain.draw import pick
from gemba.domain.errors import BadInput
from gemba.domain.person import Area
from gemba.domain.promise import Promise
from gemba.domain.sheet import Sheet
from gemba.services.workspace import Workspace
from tests.services.test_gate import picture

TODAY = date(2026, 11, 22)


def walked(workspace: Workspace, area: Area, on: date, shift: str = "") -> None:
    workspace.walks.plan("Why?", area_id=area.id, walked_on=on, shift=shift, on_paper=True)


def test_areas_shifts_and_people_unseen_the_longest_come_first(workspace: Workspace) -> None:
    ward = workspace.recorder.change(
        Area, workspace.people.area("Ward 4").id, lambda one: replace(one, shifts=("day", "night"))
    )
    lounge = workspace.people.area("Lounge")
    walked(workspace, ward, date(2026, 11, 1), "day")
    walked(workspace, ward, date(2026, 9, 1), "night")
    walked(workspace, lounge, date(2026, 10, 1))
    workspace.walks.plan("Later", area_id=lounge.id, planned_on=TODAY)
    workspace.people.person("Somebody new")
    told = [(one.kind, one.name, one.shift, one.days(TODAY)) for one in workspace.coverage.rows()]
    assert told == [
        ("person", "Somebody new", "", None),
        ("shift", "Ward 4", "night", 82),
        ("area", "Lounge", "", 52),
        ("area", "Ward 4", "", 21),
        ("shift", "Ward 4", "day", 21),
    ]
    assert [warmth(days) for days in (0, 7, 8, 21, 52, 92, None)] == [0, 0, 1, 2, 3, 4, 4]


def test_a_person_is_seen_when_coached_thanked_or_told_back(workspace: Workspace) -> None:
    workspace.coaching.first_talk("Marek")
    promise = workspace.promises.make("A printer", to="Yusuf")
    workspace.promises.tell_back(
        promise.id, on=date(2026, 11, 20), to="Yusuf", answer="done", said="It is there."
    )
    told = {one.name: one.days(TODAY) for one in workspace.coverage.rows()}
    assert told == {"Marek": 0, "Yusuf": 2}


def test_the_next_walk_is_the_longest_unseen_with_its_oldest_promise(workspace: Workspace) -> None:
    ward, lounge = workspace.people.area("Ward 4"), workspace.people.area("Lounge")
    walked(workspace, ward, date(2026, 11, 20))
    walked(workspace, lounge, date(2026, 10, 1))
    workspace.promises.make("Older, at the ward", made_on=date(2026, 9, 1))
    walk = workspace.walks.plan("Why?", area_id=lounge.id)
    line = workspace.walks.begin_line(walk.id, "")
    seen = workspace.walks.keep(line.id, saw="Three flat wheelchairs")
    workspace.walks.promise(seen.id, to="Tom")
    found = workspace.coverage.suggestion()
    assert found is not None
    assert found.where is not None
    assert (found.where.name, found.where.days(TODAY)) == ("Lounge", 52)
    assert found.promise is not None
    assert (found.promise.text, found.elsewhere) == ("Three flat wheelchairs", False)
    assert suggest((), ()) is None
    only = suggest((), workspace.coverage.waiting())
    assert only is not None
    assert only.where is None
    assert only.promise is not None
    assert only.promise.text == "Older, at the ward"


def test_a_draw_can_be_drawn_again_from_what_was_kept(workspace: Workspace) -> None:
    found = [workspace.coverage.draw("card", ("a", "b", "b", " ", "c")) for _ in range(20)]
    assert all(one.choices == ("a", "b", "c") for one in found)
    assert all(pick(one.choices, one.seed) == one.chosen for one in found)
    assert len({one.seed for one in found}) > 1
    again = workspace.coverage.draw("area", ("x", "y", "z"), seed=7)
    assert again.chosen == workspace.coverage.draw("area", ("x", "y", "z"), seed=7).chosen
    assert len(workspace.coverage.drawn(5)) == 5
    with pytest.raises(BadInput, match=r"draw\.nothing"):
        workspace.coverage.draw("area", ("", " "))


@pytest.mark.parametrize(("seed", "chosen"), [(0, "e"), (1, "a"), (2026, "a"), (-5, "d")])
def test_a_seed_draws_the_same_on_every_machine(seed: int, chosen: str) -> None:
    assert pick(("a", "b", "c", "d", "e"), seed) == chosen


def test_what_an_area_is_owed_comes_onto_its_walk_by_itself(workspace: Workspace) -> None:
    ward, lounge = workspace.people.area("Ward 4"), workspace.people.area("Lounge")
    old = workspace.recorder.add(
        Promise(
            id=uuid4(), text="Bed alarm mended", made_on=date(2026, 11, 1), area_id=ward.id,
            at_place="Bay 4",
        )
    )  # fmt: skip
    workspace.recorder.add(
        Promise(id=uuid4(), text="Elsewhere", made_on=date(2026, 11, 1), area_id=lounge.id)
    )
    sheet = workspace.sheets.begin("Late discharges", owner="Priya")
    workspace.recorder.change(Sheet, sheet.id, lambda one: replace(one, area_id=ward.id))
    workspace.sheets.add_check(sheet.id, "Is it held?", date(2026, 11, 20))
    workspace.sheets.add_check(sheet.id, "Not yet", date(2026, 12, 20))
    first = workspace.walks.plan(
        "Why?", area_id=ward.id, stops=workspace.walks.stops_from("Board\nHatch")
    )
    route = workspace.routes.keep("Morning", workspace.routes.with_owed(first))
    assert [stop.place for stop in route.stops] == ["Board", "Hatch"]
    walk = workspace.routes.plan_walk(route.id, TODAY)
    assert [(stop.place, stop.origin_kind) for stop in walk.stops] == [
        ("Board", ""),
        ("Hatch", ""),
        ("Bay 4", "promise"),
        ("Is it held?", "sheet"),
    ]
    assert workspace.routes.with_owed(walk) == walk
    workspace.promises.tell_back(old.id, on=TODAY, to="Grace", answer="done", said="Mended.")
    assert [one.look_for for one in workspace.routes.owed(ward.id)] == ["Is it held?"]
    assert workspace.routes.owed(None) == []


def test_the_first_photo_of_a_promise_stands_beside_its_stop(workspace: Workspace) -> None:
    ward = workspace.people.area("Ward 4")
    walk = workspace.walks.plan("Why?", area_id=ward.id)
    line = workspace.walks.begin_line(walk.id, "")
    seen = workspace.walks.keep(line.id, saw="Alarm is dead")
    workspace.walks.add_photo(seen.id, picture(), "alarm.jpg")
    promise = workspace.walks.promise(seen.id, to="Grace")
    (stop,) = workspace.routes.owed(ward.id)
    assert stop.origin_id == Ref("promise", promise.id).id
    assert stop.photo == workspace.walks.observations(walk.id)[0].photos[0]


def test_a_route_needs_a_name_and_a_stop_and_takes_the_newer_plan(workspace: Workspace) -> None:
    walk = workspace.walks.plan("Why?", stops=workspace.walks.stops_from("Board"))
    with pytest.raises(BadInput, match=r"route\.no_name"):
        workspace.routes.keep(" ", walk)
    with pytest.raises(BadInput, match=r"route\.no_stop"):
        workspace.routes.keep("Empty", replace(walk, stops=()))
    first = workspace.routes.keep("Morning", walk)
    again = workspace.routes.keep(" morning ", replace(walk, purpose="Anew"))
    assert (again.id, again.purpose) == (first.id, "Anew")
    assert len(workspace.routes.all()) == 1
