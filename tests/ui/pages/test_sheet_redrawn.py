"""A keystroke renders only what it changed, and the page then looks as if it were drawn whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gemba.domain.figures import FiveWhys
from gemba.domain.sheet import Sheet
from gemba.services.workspace import Workspace
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.theme import Theme
from gemba.ui.widgets.paper_page import PaperPage
from tests.ui.pages.conftest import Steps
from tests.ui.pages.test_sheet import desk_over, enter

TYPED = "The ward waits for the list, and the list comes late. ÅÇ\n- first\n- second\n"


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    begun = workspace.sheets.begin("Half should leave before noon; 19 % do.", owner="Maria")
    goal = replace(begun.box("goal"), text="Half of them leave before noon, by May.")
    workspace.sheets.set_box(begun.id, goal)
    analysis = replace(begun.box("analysis"), figures=(FiveWhys(id="why", caption="Late"),))
    return workspace.sheets.set_box(begun.id, analysis)


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go: Steps, sheet: Sheet) -> SheetPage:
    made = SheetPage(theme, desk=desk_over(workspace), bulletin=workspace.bulletin, go=go)
    qtbot.addWidget(made)
    made.resize(1208, 760)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.arrive(sheet=sheet.id)
    return made


@pytest.fixture
def rendered(page: SheetPage, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The pixels of each picture that the page asked for, in order."""
    areas: list[int] = []
    render = page.view.page._render

    def count(pdf: bytes, scale: float, part: tuple[float, float, float, float] | None) -> object:
        made = render(pdf, scale, part)
        areas.append(made.width * made.height)
        return made

    monkeypatch.setattr(page.view.page, "_render", count)
    return areas


def as_drawn_whole(paper: PaperPage) -> tuple[QImage, QImage]:
    """Return the picture that is shown, and the same part of the page rendered at once."""
    assert paper.fresh
    assert paper._image is not None
    return paper._image, paper._rendered(QRect(paper._shown))


def settle(qtbot: QtBot, page: SheetPage, change: Callable[[], object]) -> None:
    before = page.view.page.pdf
    change()
    qtbot.waitUntil(lambda: page.view.page.pdf is not before and page.view.page.fresh)


def test_what_was_typed_looks_as_if_it_were_drawn_whole(
    qtbot: QtBot, page: SheetPage, rendered: list[int]
) -> None:
    editor = enter(qtbot, page, "goal")
    qtbot.waitUntil(lambda: page.view.page.fresh)
    whole = max(rendered)
    del rendered[:]
    for letter in TYPED:
        key = Qt.Key.Key_Return if letter == "\n" else None
        settle(
            qtbot,
            page,
            lambda key=key, letter=letter: (
                QTest.keyClick(editor, key) if key else QTest.keyClicks(editor, letter)
            ),
        )
    shown, fresh = as_drawn_whole(page.view.page)
    assert shown == fresh
    assert sum(size < whole / 4 for size in rendered) > len(TYPED) / 2


def test_what_was_deleted_leaves_nothing_behind(qtbot: QtBot, page: SheetPage) -> None:
    editor = enter(qtbot, page, "goal")
    qtbot.waitUntil(lambda: page.view.page.fresh)
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page, lambda: QTest.keyClick(editor, Qt.Key.Key_Delete))
    shown, fresh = as_drawn_whole(page.view.page)
    assert shown == fresh


def test_a_change_elsewhere_on_the_page_is_shown_too(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    enter(qtbot, page, "goal")
    qtbot.waitUntil(lambda: page.view.page.fresh)
    now = workspace.sheets.get(sheet.id)
    other = replace(now.box("analysis"), figures=(FiveWhys(id="why", caption="Late every day"),))
    settle(qtbot, page, lambda: workspace.sheets.set_box(sheet.id, other))
    shown, fresh = as_drawn_whole(page.view.page)
    assert shown == fresh
