"""Each kind of record has a page that opens it, and is handed what it needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from gemba.domain.changes import Ref
from gemba.domain.coaching import Talk
from gemba.domain.errors import NotFound
from gemba.domain.walk import Walk
from gemba.services.workspace import Workspace
from gemba.ui.page_of import page_of
from tests.ui.pages.conftest import clock, workspace

__all__ = ["clock", "workspace"]


def test_a_sheet_opens_at_one_of_its_boxes(workspace: Workspace) -> None:
    sheet = workspace.sheets.begin("Pumps stand idle", owner="Maria Okafor")
    ref = Ref("sheet", sheet.id)
    assert page_of(workspace, ref) == ("sheet", {"sheet": sheet.id, "box": "", "thread": False})
    assert page_of(workspace, ref, "plan")[1] == {
        "sheet": sheet.id,
        "box": "plan",
        "thread": True,
    }
    note = workspace.sheets.ask(sheet.id, "current", "How do you know?")
    assert page_of(workspace, Ref("margin_note", note.id)) == (
        "sheet",
        {"sheet": sheet.id, "box": "current"},
    )


def test_a_walk_opens_where_it_stands(workspace: Workspace) -> None:
    day = date(2026, 11, 24)
    planned = workspace.recorder.add(Walk(id=uuid4(), purpose="Why do discharges wait?"))
    assert page_of(workspace, Ref("walk", planned.id)) == ("walks", {"walk": planned.id})
    walked = workspace.recorder.add(replace(planned, id=uuid4(), revision=0, walked_on=day))
    expected = "walk" if walked.under_way else "debrief"
    assert page_of(workspace, Ref("walk", walked.id)) == (expected, {"walk": walked.id})


@pytest.mark.parametrize(
    ("kind", "page"), [("cycle", "cycle"), ("sheet talk", "sheet"), ("check-in", "talk")]
)
def test_a_talk_opens_by_its_kind(workspace: Workspace, kind: str, page: str) -> None:
    learner = workspace.people.person("Maria Okafor")
    talk = Talk(id=uuid4(), kind=kind, learner_id=learner.id, held_on=date(2026, 11, 24))
    workspace.recorder.add(talk)
    assert page_of(workspace, Ref("talk", talk.id)) == (page, {"talk": talk.id})


def test_a_person_an_area_and_what_has_no_page(workspace: Workspace) -> None:
    learner = workspace.people.person("Maria Okafor")
    assert page_of(workspace, Ref("person", learner.id)) == ("learner", {"learner": learner.id})
    area = workspace.people.area("Ward 6")
    assert page_of(workspace, Ref("area", area.id)) == ("history", {"words": "Ward 6"})
    assert page_of(workspace, Ref("route", uuid4())) == ("coverage", {})


def test_one_that_is_gone_is_told(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        page_of(workspace, Ref("observation", uuid4()))
