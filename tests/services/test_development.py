"""How a person grows: what is said of skills and goals stays readable, and nobody is ranked."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from gemba.domain.changes import Ref
from gemba.domain.errors import BadInput
from gemba.services.workspace import Workspace


@pytest.fixture
def priya(workspace: Workspace) -> UUID:
    return workspace.people.person("Priya Raman").id


def test_a_level_is_said_on_a_day_and_earlier_ones_stay(workspace: Workspace, priya: UUID) -> None:
    grow = workspace.development
    skill = grow.add_skill(priya, "  Grasping   the current condition ")
    assert skill.name == "Grasping the current condition"
    assert grow.add_skill(priya, "grasping the CURRENT condition").id == skill.id
    grow.set_level(skill.id, 1)
    grow.set_level(skill.id, 1)
    now = grow.set_level(skill.id, 2, "counted ten letters")
    assert [(one.level, one.why) for one in now.steps] == [(1, ""), (2, "counted ten letters")]
    assert now.level == 2
    grow.put(skill)
    assert grow.skills(priya)[0].level == 0


@pytest.mark.parametrize("level", [-1, 5, 99])
def test_there_are_four_levels(workspace: Workspace, priya: UUID, level: int) -> None:
    skill = workspace.development.add_skill(priya, "Asking")
    with pytest.raises(BadInput):
        workspace.development.set_level(skill.id, level)


@pytest.mark.parametrize("name", ["", "   ", "\n\t"])
def test_what_has_no_words_is_refused(workspace: Workspace, priya: UUID, name: str) -> None:
    grow = workspace.development
    for work in (
        lambda: grow.add_skill(priya, name),
        lambda: grow.add_goal(priya, name),
        lambda: grow.show(priya, Ref("talk", priya), name, on=date(2026, 11, 1)),
        lambda: grow.add_pair(priya, name),
    ):
        with pytest.raises(BadInput):
            work()


def test_goals_open_first_and_their_personal_sheet_is_begun_once(
    workspace: Workspace, priya: UUID
) -> None:
    grow = workspace.development
    late = grow.add_goal(priya, "Run a cycle alone", by_when=date(2027, 3, 1))
    soon = grow.add_goal(priya, "Ask before telling", by_when=date(2027, 1, 1), takes="an hour")
    grow.reach(soon.id)
    assert [one.id for one in grow.goals(priya)] == [late.id, soon.id]
    grow.reach(soon.id, reached=False)
    assert [one.id for one in grow.goals(priya)] == [soon.id, late.id]
    sheet = grow.personal_sheet(late.id)
    assert sheet.owner_id == priya
    assert workspace.sheets.private(sheet)
    assert grow.personal_sheet(late.id).id == sheet.id


def test_evidence_names_what_really_happened(workspace: Workspace, priya: UUID) -> None:
    grow = workspace.development
    talk = workspace.coaching.start_cycle(priya)
    skill = grow.add_skill(priya, "Asking")
    ref = Ref("talk", talk.id)
    made = grow.show(priya, ref, "Brought ten timed letters", on=talk.held_on, skill_id=skill.id)
    assert grow.shown_by(made) == ref
    assert [one.id for one in grow.evidence(priya)] == [made.id]
    with pytest.raises(BadInput):
        grow.show(priya, Ref("promise", talk.id), "A promise shows nothing", on=talk.held_on)


def test_mentors_talk_in_their_rhythm(workspace: Workspace, priya: UUID) -> None:
    grow = workspace.development
    pair = grow.add_pair(priya, "Hannah Osei", about="Asking", every_days=14)
    (one,) = grow.pairs(priya)
    assert one.mentor == "Hannah Osei"
    assert one.due_on is not None
    assert (one.due_on - pair.since).days == 14
    grow.talked(pair.id)
    grow.end_pair(pair.id)
    assert grow.pairs(priya)[0].due_on is None
    with pytest.raises(BadInput):
        grow.add_pair(priya, "Priya Raman")


def test_all_of_it_goes_when_the_person_is_erased(workspace: Workspace, priya: UUID) -> None:
    grow = workspace.development
    skill = grow.add_skill(priya, "Zwergfalkenkunde")
    grow.set_level(skill.id, 2, "Zwergfalkenkunde seen")
    grow.add_goal(priya, "Zwergfalkenkunde for all", takes="Zwergfalkenkunde books")
    talk = workspace.coaching.start_cycle(priya)
    grow.show(priya, Ref("talk", talk.id), "Zwergfalkenkunde shown", on=talk.held_on)
    grow.add_pair(priya, "Hannah Osei", about="Zwergfalkenkunde")
    workspace.erasing.erase_person(priya, "somebody", with_record=True)
    looked = workspace.erasing.still_named(["Zwergfalkenkunde", "Priya Raman"])
    assert looked.holding == ()
    assert workspace.history.search("Zwergfalkenkunde", private=True) == []
    assert workspace.store.check().sound
