"""Who was asked, and who signs, in the window: by a name, kept as it is typed, and taken back."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.domain.sheet import Sheet
from gemba.services.workspace import Workspace
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.pages.sheet_consent import ConsentPanel
from gemba.ui.theme import Theme
from gemba.ui.widgets import Button
from tests.ui.pages.conftest import Steps
from tests.ui.pages.test_sheet import open_sheet


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    return workspace.sheets.begin("Half should leave before noon; 19 % do.")


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go: Steps, sheet: Sheet) -> SheetPage:
    return open_sheet(qtbot, theme, workspace, go, sheet)


def panel(page: SheetPage) -> ConsentPanel:
    page.drawers.open("consent")
    assert isinstance(page.drawers.panel, ConsentPanel)
    return page.drawers.panel


def press(qtbot: QtBot, part: ConsentPanel, words: str) -> None:
    button = next(one for one in part.findChildren(Button) if one.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_somebody_is_asked_and_what_they_said_is_kept_when_the_drawer_closes(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet, go: Steps
) -> None:
    part = panel(page)
    qtbot.keyClick(part.who.line, Qt.Key.Key_Return)
    assert workspace.sheets.get(sheet.id).consulted == ()
    qtbot.keyClicks(part.who.line, "Leon Fischer")
    qtbot.keyClick(part.who.line, Qt.Key.Key_Return)
    assert part.who.line.hasFocus(), "the next name is typed where this one was"
    qtbot.mouseClick(part.role.segment("approves"), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(part.concern.edit, "The desk is empty at 10:30.")
    qtbot.mouseClick(part.stance.segment("against"), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(part.changed.edit, "The trip moved.")
    page.drawers.close()
    workspace.recorder.settle()
    held = workspace.sheets.get(sheet.id).consulted[0]
    assert (held.name, held.role, held.stance) == ("Leon Fischer", "approves", "against")
    assert (held.concern, held.changed) == ("The desk is empty at 10:30.", "The trip moved.")
    part = panel(page)
    qtbot.mouseClick(part.people.rows()[0], Qt.MouseButton.LeftButton)
    assert part.changed.text() == "The trip moved."
    press(qtbot, part, "Take them off the list")
    assert workspace.sheets.get(sheet.id).consulted == ()
    assert go.undo is not None
    go.undo()
    assert workspace.sheets.get(sheet.id).consulted == (held,)


def test_a_line_to_sign_is_added_signed_and_taken_away(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet, go: Steps
) -> None:
    part = panel(page)
    qtbot.keyClicks(part.signer.line, "Nora")
    qtbot.keyClick(part.signer.line, Qt.Key.Key_Return)
    qtbot.keyClicks(part.line_role.line, "Head of nursing")
    part.signed.set_value(date(2026, 11, 30))
    part.signed.changed.emit(date(2026, 11, 30))
    workspace.recorder.settle()
    assert workspace.sheets.get(sheet.id).sign_offs[0].on is None
    part.signed.changed.emit(date(2026, 11, 20))
    page.drawers.leave()
    workspace.recorder.settle()
    held = workspace.sheets.get(sheet.id).sign_offs[0]
    assert (held.name, held.role, held.on) == ("Nora", "Head of nursing", date(2026, 11, 20))
    press(qtbot, part, "Take the line away")
    assert workspace.sheets.get(sheet.id).sign_offs == ()
    assert go.undo is not None
    go.undo()
    assert workspace.sheets.get(sheet.id).sign_offs == (held,)
