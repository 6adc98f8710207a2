"""An action whose box the sheet does not show is named as lying in the tray, also on Today."""

from __future__ import annotations

from dataclasses import replace

from gemba.domain.figures import Plan
from gemba.domain.figures.plan import Action
from gemba.domain.sheet import Box
from gemba.services.today_tray import with_trays
from gemba.services.workspace import Workspace


def _plan(what: str, day: object) -> Plan:
    return Plan(id="p", actions=(Action(id="a1", what=what, finish=day),))  # type: ignore[arg-type]


def test_what_no_box_of_the_sheet_shows_lies_in_its_tray(workspace: Workspace) -> None:
    today = workspace.recorder.today()
    sheet = workspace.sheets.begin("31 pallets wait at dock 3")
    # As from a laptop whose worksheet has a box more.
    boxes = (
        Box(id="plan", figures=(_plan("Ask the night shift", today),)),
        Box(id="trial", figures=(_plan("Try at dock 2", today),)),
    )
    workspace.recorder.put(replace(sheet, boxes=boxes))
    glance = workspace.store.glance(today)
    assert [one.aside for one in glance.actions] == [False, False]
    found = {one.what: one.aside for one in with_trays(glance, workspace.sheets).actions}
    assert found == {"Ask the night shift": False, "Try at dock 2": True}


def test_a_sheet_that_cannot_be_read_stops_nobody(workspace: Workspace) -> None:
    today = workspace.recorder.today()
    sheet = workspace.sheets.begin("31 pallets wait at dock 3")
    box = Box(id="plan", figures=(_plan("Ask the night shift", today),))
    workspace.recorder.put(replace(sheet, boxes=(box,)))
    glance = workspace.store.glance(today)
    workspace.sheets.remove(sheet.id)
    assert with_trays(glance, workspace.sheets) == glance
