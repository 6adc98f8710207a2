"""A place is renamed, its shifts named, and two are made one, each with its way back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.services.workspace import Workspace
from gemba.ui.pages.area_desk import AreaDesk
from gemba.ui.theme import Theme

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qtbot: QtBot, workspace: Workspace, theme: Theme, go) -> AreaDesk:
    made = AreaDesk(theme, people=workspace.people, drafts=workspace.drafts, go=go)
    qtbot.addWidget(made)
    made.resize(680, 400)
    return made


def test_renamed_and_named_as_before(
    desk: AreaDesk, qtbot: QtBot, workspace: Workspace, go
) -> None:
    ward = workspace.people.area("Ward 4")
    workspace.people.area("Lounge")
    desk.show_area(ward.id)
    desk.name.set_text("Lounge")
    qtbot.mouseClick(desk.rename, LEFT)
    assert [one.key for one in go.troubles] == ["area.same_name"]
    desk.name.set_text("Ward 4 East")
    qtbot.mouseClick(desk.rename, LEFT)
    assert workspace.people.area_name(ward.id) == "Ward 4 East"
    assert desk.formerly.text() == "Formerly Ward 4"
    go.undo()
    assert workspace.people.area_name(ward.id) == "Ward 4"
    assert desk.formerly.isHidden()


def test_two_are_made_one_and_two_again(
    desk: AreaDesk, qtbot: QtBot, workspace: Workspace, go
) -> None:
    ward, annex = workspace.people.area("Ward 4"), workspace.people.area("Annex")
    walk = workspace.walks.plan("Why?", area_id=annex.id)
    desk.show_area(annex.id)
    qtbot.mouseClick(desk.merge, LEFT)
    assert desk.into.said()
    desk.into.set_value(ward.id)
    qtbot.mouseClick(desk.merge, LEFT)
    assert workspace.walks.get(walk.id).area_id == ward.id
    assert desk.head.text() == "Ward 4"
    go.undo()
    assert workspace.walks.get(walk.id).area_id == annex.id


def test_shifts_are_kept_without_empty_ones(
    desk: AreaDesk, qtbot: QtBot, workspace: Workspace
) -> None:
    ward = workspace.people.area("Ward 4")
    desk.show_area(ward.id)
    desk.shifts.set_text("early, ,night ,early")
    qtbot.mouseClick(desk.keep_shifts, LEFT)
    assert desk.shifts.text() == "early, night"
    assert workspace.people.area("Ward 4").shifts == ("early", "night")
