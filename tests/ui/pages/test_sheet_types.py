"""Every kind of sheet opens in the editor and is written in; a private one asks before paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.definitions.catalog import Catalog
from gemba.resources import resource_path
from gemba.services.workspace import Workspace
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.pages.sheet_about import AboutPanel
from gemba.ui.pages.sheet_margin import MarginPanel
from gemba.ui.pages.sheet_paper import PaperPanel
from gemba.ui.theme import Theme
from gemba.ui.widgets import Button, Label
from tests.ui.pages.conftest import Steps
from tests.ui.pages.test_sheet import desk_over

KINDS = [one.id for one in Catalog(resource_path()).sheets()]
Show = Callable[..., SheetPage]


@pytest.fixture
def show(qtbot: QtBot, workspace: Workspace, theme: Theme, go: Steps) -> Show:
    def open_kind(kind: str, **what: object) -> SheetPage:
        sheet = workspace.sheets.begin("Half should leave before noon.", definition=kind)
        made = SheetPage(theme, desk=desk_over(workspace), bulletin=workspace.bulletin, go=go)
        qtbot.addWidget(made)
        made.resize(1208, 760)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        made.arrive(sheet=sheet.id, **what)
        return made

    return open_kind


@pytest.mark.parametrize("kind", KINDS)
def test_each_box_is_entered_in_reading_order_and_written_in(
    qtbot: QtBot, show: Show, workspace: Workspace, kind: str
) -> None:
    page = show(kind)
    assert page.sheet is not None
    assert page.definition is not None
    assert list(page.view.areas) == [box.id for box in page.definition.boxes]
    for box in page.definition.boxes:
        area = page.view.areas[box.id]
        area.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(lambda id=box.id: page.writing == id)
        assert page.editor is not None
        assert page.editor.document().defaultFont().pixelSize() >= 14
        qtbot.keyClicks(page.editor, f"in {box.id}")
        seen = area.visibleRegion().boundingRect()
        assert seen.width() >= min(area.width(), page.view.viewport().width()) - 8, box.id
    page.leave()
    workspace.recorder.settle()
    kept = workspace.sheets.get(page.sheet.id)
    assert {one.id: one.text for one in kept.boxes} == {
        box.id: f"in {box.id}" for box in page.definition.boxes
    }


@pytest.mark.parametrize("kind", KINDS)
def test_each_box_has_its_questions_and_its_hints_beside_it(show: Show, kind: str) -> None:
    page = show(kind)
    page.drawers.open("margin")
    panel = page.drawers.panel
    assert isinstance(panel, MarginPanel)
    assert page.definition is not None
    for box in page.definition.boxes:
        panel.focus_box(box.id)
        asked = [one for one in panel.findChildren(Button) if one.accessibleName()[:5] == "Ask: "]
        assert len(asked) >= 3
        shown = {one.text() for one in panel.findChildren(Label)}
        assert set(box.guidance) <= shown


def paper(page: SheetPage) -> PaperPanel:
    page.drawers.open("print")
    panel = page.drawers.panel
    assert isinstance(panel, PaperPanel)
    return panel


def test_a_private_sheet_asks_each_time_before_it_goes_to_paper(qtbot: QtBot, show: Show) -> None:
    page = show("personal")
    for _time in range(2):
        panel = paper(page)
        assert panel.private.isVisible()
        assert not panel.printing.isVisible()
        qtbot.mouseClick(panel.show_others, Qt.MouseButton.LeftButton)
        assert panel.printing.save.isVisible()
        assert not panel.private.isVisible()
        page.drawers.close()


def test_any_other_sheet_goes_to_paper_without_a_question(show: Show) -> None:
    panel = paper(show("proposal"))
    assert not panel.private.isVisible()
    assert panel.printing.save.isVisible()


def test_the_title_bar_keeps_a_private_sheet_to_itself(show: Show) -> None:
    assert show("personal").page_title() == "Personal A3"
    assert show("status").page_title() == "Half should leave before noon."


def test_a_sheet_becomes_a_type_of_ones_own_by_keys(
    qtbot: QtBot, show: Show, go: Steps, workspace: Workspace
) -> None:
    page = show("status")
    page.drawers.open("about")
    panel = page.drawers.panel
    assert isinstance(panel, AboutPanel)
    own = panel.own_type
    assert own.begin.isVisible()
    assert not own.name.isVisible()
    own.begin.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(own.begin, Qt.Key.Key_Return)
    for name in ("Status A3", "Monday look"):
        field = QApplication.focusWidget()
        assert field is own.name.focusProxy()
        own.name.set_text("")
        qtbot.keyClicks(field, name)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        situation = QApplication.focusWidget()
        assert situation is own.situation.focusProxy()
        own.situation.set_text("It is Monday.")
        qtbot.keyClick(situation, Qt.Key.Key_Return)
        if name == "Status A3":
            assert "Status A3" in own.name.said()
    assert own.begin.isVisible()
    assert "own_monday_look.toml" in go.said[-1]
    assert "Monday look" in [one.label for one in workspace.catalog.sheets()]
