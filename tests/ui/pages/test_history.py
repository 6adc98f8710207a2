"""History: what was written last stands there before anybody is coached."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.services.workspace import Workspace
from gemba.ui.pages.history import LATELY, HistoryPage
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme
from tests.ui.pages.steps import Steps


@pytest.fixture
def page(theme: Theme, workspace: Workspace, tasks: Tasks, go: Steps, qtbot: QtBot) -> HistoryPage:
    made = HistoryPage(
        theme,
        history=workspace.history,
        coaching=workspace.coaching,
        tasks=tasks,
        go=go,
        day=lambda on: str(on or ""),
    )
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def titles(page: HistoryPage) -> list[str]:
    return [row.words.strong for row in page.lately.rows()]


def test_nothing_is_said_to_be_written_only_where_nothing_is(
    page: HistoryPage, workspace: Workspace, qtbot: QtBot
) -> None:
    page.arrive()
    qtbot.waitUntil(lambda: page.empty.isVisible())
    walk = workspace.walks.plan("Why does it come late?")
    page.arrive()
    qtbot.waitUntil(lambda: titles(page) == ["Why does it come late?"])
    assert not page.empty.isVisible()
    workspace.bin.remove(Ref("walk", walk.id))
    page.arrive()
    qtbot.waitUntil(lambda: page.empty.isVisible())


def test_the_latest_stand_first_each_once(
    page: HistoryPage, workspace: Workspace, qtbot: QtBot
) -> None:
    sheet = workspace.sheets.begin("Trays come back late")
    for number in range(LATELY):
        workspace.walks.plan(f"Walk {number}")
    workspace.sheets.write_box(sheet.id, "goal", "By noon", visit="1").result()
    workspace.sheets.write_box(sheet.id, "analysis", "The lift waits", visit="2").result()
    page.arrive()
    qtbot.waitUntil(lambda: len(titles(page)) == LATELY)
    assert titles(page)[:3] == ["Trays come back late", "Walk 11", "Walk 10"]


def test_a_sheet_that_is_its_owners_alone_is_not_named(
    page: HistoryPage, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.sheets.begin("I interrupt people", definition="personal")
    workspace.sheets.begin("Trays come back late")
    page.arrive()
    qtbot.waitUntil(lambda: titles(page) == ["Trays come back late"])
