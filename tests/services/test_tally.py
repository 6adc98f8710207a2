"""What walks saw, named by category, area and stop."""

from __future__ import annotations

from gemba.domain.observation import GOING_WELL
from gemba.services.tally import WAYS, seen_by
from gemba.services.workspace import Workspace


def test_nothing_seen_is_nothing_to_count(workspace: Workspace) -> None:
    workspace.walks.plan("Why?", stops=workspace.walks.stops_from("Ward 6"))
    for way in WAYS:
        assert seen_by(workspace.walks, workspace.people, way) == []


def test_each_observation_names_its_category_area_and_stop(workspace: Workspace) -> None:
    walks = workspace.walks
    area = workspace.people.area("Ward 6").id
    walk = walks.plan("Why?", stops=walks.stops_from("Bay 4\nHatch"), area_id=area)
    bay, hatch = walk.stops
    for stop, category in ((bay, "safety"), (hatch, "safety"), (hatch, ""), (bay, GOING_WELL)):
        line = walks.begin_line(walk.id, stop.id)
        walks.keep(line.id, saw="Somebody waits", category=category)
    walks.capture("A bag on the floor", category="quality")
    unfinished = walks.begin_line(walk.id, bay.id)
    assert not unfinished.kept
    found = {way: sorted(seen_by(walks, workspace.people, way)) for way in WAYS}
    assert found == {
        "category": ["", "quality", "safety", "safety"],
        "area": ["", "Ward 6", "Ward 6", "Ward 6"],
        "stop": ["", "Bay 4", "Hatch", "Hatch"],
    }
