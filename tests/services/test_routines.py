"""Leader standard work: routines in a folder, the days said of them, and days off for all."""

from __future__ import annotations

from datetime import date

import pytest

from gemba.domain.errors import BadInput, Refused
from gemba.domain.routine import Routine
from gemba.domain.routine_days import DayMark
from gemba.services.workspace import Workspace

# The clock of the tests stands on Sunday, 22 November 2026.
MONDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 22)


def huddle(workspace: Workspace, **fields: object) -> Routine:
    begun = {"starts_on": date(2026, 11, 2), "name": "Bed huddle", **fields}
    return workspace.routines.add("huddle", str(begun.pop("name")), **begun)


def days(workspace: Workspace) -> dict[int, str]:
    (practice,) = workspace.routines.between(MONDAY, SUNDAY)
    return {mark.day.day: mark.state for mark in practice.days}


def test_a_routine_needs_a_name_a_day_and_a_time_that_is_one(workspace: Workspace) -> None:
    for key, fields in (
        ("routine.no_name", {"name": " "}),
        ("routine.no_day", {"weekdays": (0, 8)}),
        ("routine.bad_time", {"time_of_day": "25:00"}),
        ("routine.ends_first", {"ends_on": date(2026, 11, 1)}),
    ):
        with pytest.raises(BadInput, match=key):
            huddle(workspace, **fields)
    with pytest.raises(BadInput, match=r"routine\.bad_kind"):
        workspace.routines.add("party", "Party")
    assert workspace.routines.all() == []


def test_days_are_kept_missed_with_a_reason_and_unsaid(workspace: Workspace) -> None:
    one = huddle(workspace, time_of_day="09:30", window=5, grace=5)
    assert one.zone == "Europe/London"
    workspace.routines.keep(one.id, date(2026, 11, 16))
    workspace.routines.miss(one.id, date(2026, 11, 17), "two wards\nshort")
    workspace.routines.miss(one.id, date(2026, 11, 18), "ill")
    workspace.routines.keep(one.id, date(2026, 11, 18))
    assert days(workspace) == {16: "kept", 17: "missed", 18: "kept", 19: "missed", 20: "missed"}
    (practice,) = workspace.routines.week(MONDAY)
    assert practice.days[1].why == "two wards short"
    assert practice.days[2].why == ""
    workspace.routines.unsay(one.id, date(2026, 11, 16))
    assert days(workspace)[16] == "missed"
    with pytest.raises(Refused, match=r"routine\.not_yet"):
        workspace.routines.keep(one.id, date(2026, 11, 23))
    workspace.routines.keep(one.id, SUNDAY)
    (practice,) = workspace.routines.week(MONDAY)
    assert practice.days[-1] == DayMark(
        day=SUNDAY, state="kept", late=20, keeping_id=practice.days[-1].keeping_id
    )


def test_a_walk_keeps_its_day_once_it_is_made(workspace: Workspace) -> None:
    one = workspace.routines.add("walk", "Ward walk", weekdays=(7,), starts_on=date(2026, 11, 2))
    walk = workspace.walks.plan("Why do they wait?", planned_on=SUNDAY)
    workspace.routines.keep(one.id, SUNDAY, walk_id=walk.id)
    assert days(workspace) == {22: "coming"}
    workspace.walks.start(walk.id)
    assert days(workspace) == {22: "kept"}


def test_a_talk_with_the_learner_keeps_a_coaching_routine(workspace: Workspace) -> None:
    talk = workspace.coaching.first_talk("Marek Dvořák")
    workspace.routines.add(
        "coaching", "Marek", weekdays=(7,), person_id=talk.learner_id, starts_on=SUNDAY
    )
    assert days(workspace) == {22: "kept"}


def test_days_off_for_all_and_back(workspace: Workspace) -> None:
    one = huddle(workspace)
    workspace.routines.pause(date(2026, 11, 18), date(2026, 11, 19), "  public\nholiday ")
    assert days(workspace) == {16: "missed", 17: "missed", 18: "off", 19: "off", 20: "missed"}
    (off,) = workspace.routines.get(one.id).pauses
    assert off.why == "public holiday"
    workspace.routines.work_again(off.id)
    assert days(workspace)[18] == "missed"
    with pytest.raises(BadInput, match=r"routine\.bad_pause"):
        workspace.routines.pause(SUNDAY, MONDAY, "")


def test_laid_aside_it_keeps_its_past_and_leaves_the_week(workspace: Workspace) -> None:
    one = huddle(workspace)
    workspace.routines.keep(one.id, date(2026, 11, 16))
    workspace.routines.lay_aside(one.id)
    assert workspace.routines.week() == []
    assert [held.id for held in workspace.routines.all(archived=True)] == [one.id]
    workspace.routines.take_up(one.id)
    assert days(workspace)[16] == "kept"


def test_the_calendar_of_a_folder_names_place_and_person(workspace: Workspace) -> None:
    area = workspace.people.area("Ward 4")
    who = workspace.people.person("Priya Raman")
    huddle(workspace, area_id=area.id, person_id=who.id, why="Trouble is named early.")
    data = workspace.routines.calendar().decode("utf-8")
    for words in ("SUMMARY:Bed huddle", "LOCATION:Ward 4", "Trouble is named early.\\nPriya"):
        assert words in data
    assert workspace.routines.calendar().count(b"BEGIN:VEVENT") == 1


def test_a_walk_in_its_area_keeps_a_walk_by_itself_unless_it_is_said_otherwise(
    workspace: Workspace,
) -> None:
    ward, lounge = workspace.people.area("Ward 4"), workspace.people.area("Lounge")
    one = workspace.routines.add("walk", "Ward walk", area_id=ward.id, starts_on=date(2026, 11, 2))
    for area, day in ((ward, 16), (lounge, 17), (ward, 18)):
        on = date(2026, 11, day)
        workspace.walks.plan("Why?", area_id=area.id, walked_on=on, on_paper=True)
    workspace.routines.miss(one.id, date(2026, 11, 18), "Only passed through")
    assert days(workspace) == {16: "kept", 17: "missed", 18: "missed", 19: "missed", 20: "missed"}
    workspace.routines.change(one.id, area_id=None)
    assert days(workspace)[17] == "kept"


def test_a_planned_walk_that_was_made_a_day_later_keeps_its_day(workspace: Workspace) -> None:
    one = workspace.routines.add("walk", "Ward walk", starts_on=date(2026, 11, 16))
    walk = workspace.walks.plan("Why?", planned_on=date(2026, 11, 17))
    workspace.routines.keep(one.id, date(2026, 11, 17), walk_id=walk.id)
    workspace.walks.change(walk.id, walked_on=date(2026, 11, 23), on_paper=True)
    assert days(workspace)[17] == "kept"
