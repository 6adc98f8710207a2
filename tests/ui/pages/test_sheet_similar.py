"""While the background is written, the margin names sheets that tell of the same."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.domain.sheet import Box, Sheet
from gemba.services.workspace import Workspace
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.pages.sheet_margin import MarginPanel
from gemba.ui.pages.sheet_similar import SimilarStrip
from gemba.ui.similar import LookUp, Similar
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme
from tests.ui.pages.conftest import Steps
from tests.ui.pages.test_sheet import desk_over


class Finding:
    """The real search, noting how often and on which thread it ran."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.asked: list[str] = []
        self.threads: set[threading.Thread] = set()

    def __call__(self, sheet: Sheet) -> list[Similar]:
        self.asked.append(sheet.box("background").text)
        self.threads.add(threading.current_thread())
        found = self._workspace.gallery.similar(sheet)
        return [Similar(row.id, row.title, row.owner, words) for row, words in found]


@pytest.fixture
def finding(workspace: Workspace) -> Finding:
    return Finding(workspace)


@pytest.fixture
def old(workspace: Workspace) -> Sheet:
    sheet = workspace.sheets.begin("Nobody calls the lodge", owner="Maria")
    return workspace.sheets.set_box(sheet.id, Box(id="background", text="Porters come late."))


@pytest.fixture
def page(
    qtbot: QtBot,
    workspace: Workspace,
    theme: Theme,
    tasks: Tasks,
    go: Steps,
    finding: Finding,
    old: Sheet,
) -> SheetPage:
    sheet = workspace.sheets.begin("Half should leave before noon")
    desk = replace(desk_over(workspace), similar=LookUp(finding, tasks))
    made = SheetPage(theme, desk=desk, bulletin=workspace.bulletin, go=go)
    qtbot.addWidget(made)
    made.resize(1500, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.arrive(sheet=sheet.id)
    made.drawers.open("margin")
    made.view.areas["background"].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: made.writing == "background")
    return made


def strip(page: SheetPage) -> SimilarStrip:
    panel = page.drawers.panel
    assert isinstance(panel, MarginPanel)
    assert panel.similar is not None
    return panel.similar


def test_a_like_sheet_is_named_once_the_keys_rest_and_opens(
    qtbot: QtBot, page: SheetPage, old: Sheet, go: Steps, finding: Finding
) -> None:
    qtbot.waitUntil(lambda: finding.asked == [""])
    assert not strip(page).isVisible()
    qtbot.keyClicks(page.editor, "The porters wait for the lodge.")
    assert finding.asked == [""]
    qtbot.waitUntil(lambda: bool(strip(page).found))
    assert finding.asked[-1] == "The porters wait for the lodge."
    assert len(finding.asked) == 2
    assert threading.main_thread() not in finding.threads
    assert strip(page).isVisible()
    (row,) = strip(page).rows.rows()
    assert row.words.strong == old.title
    assert "Maria" in row.words.small
    assert "lodge" in row.words.small
    row.click()
    assert go.places[-1] == ("sheet", {"sheet": old.id})


def test_only_the_background_is_compared(qtbot: QtBot, page: SheetPage) -> None:
    page.view.areas["goal"].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: page.writing == "goal")
    panel = page.drawers.panel
    assert isinstance(panel, MarginPanel)
    assert panel.similar is None


def test_what_cannot_be_read_now_is_left_and_the_writing_goes_on(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, go: Steps, tasks: Tasks
) -> None:
    qtbot.waitUntil(lambda: tasks.busy == 0)
    qtbot.keyClicks(page.editor, "The porters wait for the lodge.")
    workspace.store.close()
    strip(page).look()
    qtbot.waitUntil(lambda: tasks.busy == 0)
    assert page.editor is not None
    assert page.editor.text() == "The porters wait for the lodge."
    assert go.troubles == []
