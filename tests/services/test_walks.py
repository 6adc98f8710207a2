"""Walks: planned, made, kept line by line, written up."""

from __future__ import annotations

from datetime import date

import pytest

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput, Refused
from gemba.services.walks import lines_of
from gemba.services.workspace import Workspace


def test_a_pasted_list_loses_its_bullets_and_numbers_and_nothing_else() -> None:
    pasted = "1. Who waits?\n- For how long?\n\n• 3 of 7 booked?\n12) Where not?\n1986 was it?"

    assert lines_of(pasted) == (
        "Who waits?",
        "For how long?",
        "3 of 7 booked?",
        "Where not?",
        "1986 was it?",
    )


def test_a_walk_needs_its_sentence(workspace: Workspace) -> None:
    with pytest.raises(BadInput, match=r"walk\.no_purpose"):
        workspace.walks.plan("  ")
    walk = workspace.walks.plan("Why?")
    with pytest.raises(BadInput, match=r"walk\.no_purpose"):
        workspace.walks.change_plan(walk.id, " ", {})
    assert workspace.walks.get(walk.id).purpose == "Why?"


def test_a_changed_plan_keeps_what_stays(workspace: Workspace) -> None:
    walks = workspace.walks
    promise = workspace.promises.make("Label printer")
    walk = walks.plan("Why?", questions=walks.questions_from(["Who waits?"]))
    ref = Ref("promise", promise.id)
    walk = workspace.thread.go_and_see(ref, "", "Is it printing?", "Hatch")
    fields = {
        "stops": walks.stops_from("Ward 6\nHatch"),
        "questions": walks.questions_from(["Since when?", "Who waits?"]),
    }
    changed = walks.change_plan(walk.id, "Why now?", fields)

    assert changed.purpose == "Why now?"
    assert changed.stops[1] == walk.stops[0]
    assert changed.stops[1].origin_id == promise.id
    assert changed.questions[1] == walk.questions[0]


def test_a_walk_is_made_once(workspace: Workspace) -> None:
    walk = workspace.walks.plan("Why?", stops=workspace.walks.stops_from("Ward 6"))
    begun = workspace.walks.start(walk.id)
    assert begun.at_stop == walk.stops[0].id
    assert workspace.walks.start(walk.id) == begun
    assert workspace.walks.under_way() == begun
    workspace.walks.end(walk.id)

    assert workspace.walks.under_way() is None
    with pytest.raises(Refused, match=r"walk\.already_done"):
        workspace.walks.start(walk.id)


def test_a_line_counts_as_seen_once_it_is_kept(workspace: Workspace) -> None:
    walk = workspace.walks.plan("Why?")
    line = workspace.walks.begin_line(walk.id)
    assert workspace.walks.draft(walk.id) == line
    assert workspace.walks.observations(walk.id) == []
    with pytest.raises(BadInput, match=r"observation\.nothing_seen"):
        workspace.walks.keep(line.id, saw="  ")
    workspace.walks.keep(line.id, saw="Two bags wait")
    workspace.walks.keep(line.id, think="Nobody knows")

    kept = workspace.walks.observations(walk.id)
    assert [(one.saw, one.think, one.place) for one in kept] == [
        ("Two bags wait", "Nobody knows", 1)
    ]
    assert workspace.walks.draft(walk.id) is None


def test_a_loose_line_joins_the_walk_it_is_kept_on(workspace: Workspace) -> None:
    walk = workspace.walks.plan("Why?")
    workspace.walks.capture("First", walk_id=walk.id)
    line = workspace.walks.begin_line(None)
    workspace.walks.keep(line.id, saw="Second", walk_id=walk.id)
    workspace.walks.capture("Alone")

    assert [(one.saw, one.place) for one in workspace.walks.observations(walk.id)] == [
        ("First", 1),
        ("Second", 2),
    ]
    assert [one.saw for one in workspace.walks.loose(5)] == ["Alone"]


def test_a_walk_on_paper_has_a_day_and_no_clock(workspace: Workspace) -> None:
    walk = workspace.walks.write_up("Why?", date(2026, 11, 21))
    line = workspace.walks.begin_line(walk.id)
    workspace.walks.keep(line.id, saw="One", seen_on=date(2026, 11, 21))
    workspace.walks.add_lines(walk.id, "Two\n\nThree")
    workspace.walks.move_day(walk.id, date(2026, 11, 20))

    seen = workspace.walks.observations(walk.id)
    assert [(one.saw, one.place, one.seen_at) for one in seen] == [
        ("One", 1, None),
        ("Two", 2, None),
        ("Three", 3, None),
    ]
    assert {one.seen_on for one in seen} == {date(2026, 11, 20)}


def test_safety_now_has_its_time_and_category(workspace: Workspace) -> None:
    seen = workspace.walks.capture("Guard is off")
    kept = workspace.walks.safety_now(seen.id, "Shift lead", "Stopped")

    assert kept.category == "safety"
    assert kept.safety is not None
    assert kept.safety.at == workspace.recorder.now()


def test_what_lies_ahead_and_what_is_done(workspace: Workspace) -> None:
    walks = workspace.walks
    later = walks.plan("Later")
    soon = walks.plan("Soon", planned_on=date(2026, 11, 25))
    old = walks.write_up("Old", date(2026, 10, 1))
    out = walks.start(walks.plan("Out").id)
    fresh = walks.end(walks.start(walks.plan("Fresh").id).id)

    assert [walk.id for walk in walks.ahead()] == [out.id, soon.id, later.id]
    assert [walk.id for walk in walks.done(5)] == [fresh.id, old.id]
    assert [walk.id for walk in walks.done(1)] == [fresh.id]
    assert {w.id for w in walks.all()} == {out.id, soon.id, later.id, fresh.id, old.id}


def test_a_stop_nobody_planned_comes_after_the_present_one(workspace: Workspace) -> None:
    walk = workspace.walks.plan("Why?", stops=workspace.walks.stops_from("One\nTwo"))
    workspace.walks.start(walk.id)
    found = workspace.walks.add_stop(walk.id, "Between")
    assert [stop.place for stop in found.stops] == ["One", "Between", "Two"]
    assert found.at_stop == found.stops[1].id
    with pytest.raises(BadInput, match=r"walk\.no_place"):
        workspace.walks.add_stop(walk.id, " \n")


def test_who_promises_on_a_walk_resolves_it_until_told_otherwise(workspace: Workspace) -> None:
    walk = workspace.walks.plan("Why?")
    workspace.walks.start(walk.id)
    seen = workspace.walks.capture("A bag waits", walk_id=walk.id)
    assert workspace.walks.promise(seen.id, "A hook").resolver == workspace.recorder.who
    workspace.recorder.set_who("Ines")
    promise = workspace.walks.promise(seen.id, "A hook", "Samir")
    assert (promise.raised_by, promise.resolver) == ("Samir", "Ines")
    workspace.promises.write(promise.id, visit="v", resolver="Porter lead")
    assert workspace.promises.settled(promise.id).resolver == "Porter lead"
