"""The lines that belong in a box are begun by a click in the margin, or after a slash."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gemba.domain.sheet import Sheet
from gemba.services.workspace import Workspace
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.pages.sheet_margin import MarginPanel
from gemba.ui.widgets import Button
from gemba.ui.within import within
from tests.ui.pages.test_sheet import page, sheet  # noqa: F401


def offered(page: SheetPage) -> dict[str, Button]:  # noqa: F811
    panel = page.drawers.panel
    assert isinstance(panel, MarginPanel)
    buttons = [one for one in within(panel, Button) if "Begin the line" in one.accessibleName()]
    return {one.text(): one for one in buttons}


def test_a_click_begins_a_line_and_it_is_no_longer_offered(
    qtbot: QtBot,
    page: SheetPage,  # noqa: F811
    workspace: Workspace,
    sheet: Sheet,  # noqa: F811
) -> None:
    workspace.sheets.write(sheet.id, visit="v", last_there="20 Nov, on the ward")
    workspace.recorder.settle()
    page.take(workspace.sheets.get(sheet.id))
    before = page.shown().box("current").text
    page.window().resize(1440, 900)
    page.resize(1368, 860)
    page.drawers.open("margin")
    page.drawers.box_focused("current")
    qtbot.mouseClick(offered(page)["Last there"], Qt.MouseButton.LeftButton)
    assert page.writing == "current"
    assert page.editor is not None
    line = "Last there: 20 Nov, on the ward"
    assert page.editor.text() == (f"{before}\n{line}" if before else line)
    QTest.keyClicks(page.editor, " 6")
    page.stop_writing()
    workspace.recorder.settle()
    assert workspace.sheets.get(sheet.id).box("current").text.endswith(f"{line} 6")
    qtbot.waitUntil(lambda: "Last there" not in offered(page))
    assert "Counted from" in offered(page)


def test_a_slash_finds_a_line_by_its_name(page: SheetPage) -> None:  # noqa: F811
    page.view.to_column("goal")
    page.write("goal")
    assert page.editor is not None
    QTest.keyClicks(page.editor, " /must")
    assert page.pen.slash is not None
    assert page.pen.slash.offers.isVisible()
    QTest.keyClick(page.editor, Qt.Key.Key_Return)
    assert page.editor.text().splitlines()[-1] == "Must not get worse: "
    rows = [one.strong for one in page.inserts.rows("must")]
    assert rows == []
