"""Areas that are renamed or merged, with all that was written about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput, Refused
from gemba.domain.person import Area, Person
from gemba.services.workspace import Workspace


def test_a_renamed_area_is_found_by_both_names(workspace: Workspace) -> None:
    people = workspace.people
    ward = people.area("Ward 4")
    assert people.rename_area(ward.id, " Ward  4 East ").formerly == ("Ward 4",)
    assert people.area("ward 4").id == ward.id
    assert people.rename_area(ward.id, "Ward 4").formerly == ("Ward 4 East",)
    people.area("Lounge")
    with pytest.raises(Refused, match=r"area\.same_name"):
        people.rename_area(ward.id, "lounge")
    with pytest.raises(BadInput, match=r"area\.no_name"):
        people.rename_area(ward.id, " ")
    assert [hit.title for hit in workspace.history.search("East")] == ["Ward 4"]


def test_a_merged_area_takes_everything_along_in_one_step(workspace: Workspace) -> None:
    people, walks = workspace.people, workspace.walks
    ward, annex = people.area("Ward 4", shift="day"), people.area("Annex", shift="night")
    for day in range(1, 29):
        walks.plan("Why?", area_id=annex.id, walked_on=date(2026, 10, day), on_paper=True)
    workspace.routines.add("huddle", "Huddle", area_id=annex.id)
    merged = people.merge_areas(annex.id, ward.id)
    into = workspace.recorder.get(Area, ward.id)
    assert (into.formerly, into.shifts) == (("Annex",), ("day", "night"))
    assert {walk.area_id for walk in walks.all()} == {ward.id}
    assert workspace.routines.all()[0].area_id == ward.id
    assert people.areas() == [(ward.id, "Ward 4")]
    assert people.area("annex").id == ward.id
    assert [one.name for one in workspace.recorder.find(Area, in_bin=True)] == ["Annex"]
    assert workspace.store.check().sound
    with pytest.raises(BadInput, match=r"area\.with_itself"):
        people.merge_areas(ward.id, ward.id)
    people.part_areas(merged)
    assert workspace.recorder.get(Area, ward.id).formerly == ()
    assert {walk.area_id for walk in walks.all()} == {annex.id}
    assert len(people.areas()) == 2
    assert workspace.store.check().sound


def test_shifts_are_named_once(workspace: Workspace) -> None:
    area = workspace.people.area("Ward 4", shift="Night")
    assert workspace.people.area("Ward 4", shift=" night ").shifts == ("Night",)
    kept = workspace.people.set_shifts(area.id, [" early", "", "late  one", "early"])
    assert kept.shifts == ("early", "late one")


def test_what_lies_in_the_bin_follows_a_merging_when_it_comes_back(workspace: Workspace) -> None:
    people, walks = workspace.people, workspace.walks
    old, new, last = people.area("Ward 6"), people.area("Ward 6 east"), people.area("East wing")
    walk = walks.plan("Why do discharges wait?", area_id=old.id)
    other = walks.plan("Why do bags wait?", area_id=new.id)
    workspace.bin.remove(Ref("walk", walk.id))
    people.merge_areas(old.id, new.id)
    people.merge_areas(new.id, last.id)
    workspace.bin.restore(Ref("walk", walk.id))
    assert walks.get(walk.id).area_id == last.id
    assert walks.get(other.id).area_id == last.id
    assert people.area_name(walks.get(walk.id).area_id) == "East wing"


def test_what_was_deleted_follows_people_who_were_made_one(workspace: Workspace) -> None:
    people = workspace.people
    tom, tomas, other = (people.person(name).id for name in ("Tom", "Tomas", "T. Reyes"))
    promise = workspace.promises.make("A hook", to="Tom")
    workspace.bin.remove(Ref("promise", promise.id))
    people.merge_people(tom, tomas)
    people.merge_people(tomas, other)
    workspace.bin.restore(Ref("promise", promise.id))
    assert workspace.promises.get(promise.id).person_id == other


def test_what_was_deleted_after_a_merging_follows_its_undo(workspace: Workspace) -> None:
    people, walks = workspace.people, workspace.walks
    old, new = people.area("Ward 6"), people.area("Ward 7")
    mine = walks.plan("Why do bags wait?", area_id=old.id)
    theirs = walks.plan("Why do carts wait?", area_id=new.id)
    merged = people.merge_areas(old.id, new.id)
    for walk in (mine, theirs):
        workspace.bin.remove(Ref("walk", walk.id))
    people.part_areas(merged)
    for walk in (mine, theirs):
        workspace.bin.restore(Ref("walk", walk.id))
    assert walks.get(mine.id).area_id == old.id
    assert walks.get(theirs.id).area_id == new.id


def test_a_namesake_who_was_deleted_alone_is_not_followed(workspace: Workspace) -> None:
    people = workspace.people
    ana = people.person("Ana")
    promise = workspace.promises.make("A hook", to="Ana")
    workspace.bin.remove(Ref("promise", promise.id))
    workspace.recorder.remove(Ref("person", ana.id))
    other = people.person("Ana Lopez")
    workspace.recorder.change(Person, other.id, lambda one: replace(one, formerly=("Ana",)))
    workspace.bin.restore(Ref("promise", promise.id))
    assert workspace.promises.get(promise.id).person_id == ana.id


def test_a_step_back_names_the_area_that_is_there_now(workspace: Workspace) -> None:
    """A merging is taken back as a whole, and not by Ctrl+Z in one of its sheets."""
    people, sheets = workspace.people, workspace.sheets
    for name in ("Ward 6", "Ward 7", "Ward 8"):
        people.area(name)
    old, new, third = (people.area(name).id for name in ("Ward 6", "Ward 7", "Ward 8"))
    sheet = sheets.begin("Carts wait")
    ref = Ref("sheet", sheet.id)
    sheets.set_people(sheet.id, area="Ward 6")
    sheets.set_people(sheet.id, area="Ward 8")
    people.merge_areas(old, new)
    assert sheets.get(sheet.id).area_id == third
    workspace.versions.undo(ref)
    assert sheets.get(sheet.id).area_id == new
    people.merge_areas(new, third)
    assert sheets.get(sheet.id).area_id == third
    with pytest.raises(Refused):
        workspace.versions.undo(ref)
    assert sheets.get(sheet.id).area_id == third
