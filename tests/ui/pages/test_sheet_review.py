"""Looking over a sheet in the window: squares, two sentences, and the coach's after one's own."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.domain.sheet import Sheet
from gemba.services.reviews import current
from gemba.services.workspace import Workspace
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.pages.sheet_review import ReviewPanel
from gemba.ui.theme import Theme
from gemba.ui.widgets import Notice
from tests.ui.pages.conftest import Steps
from tests.ui.pages.test_sheet import open_sheet
from tests.ui.pages.words_in_sight import words_in_sight


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    return workspace.sheets.begin("Half should leave before noon; 19 % do.")


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go: Steps, sheet: Sheet) -> SheetPage:
    return open_sheet(qtbot, theme, workspace, go, sheet)


def review(page: SheetPage) -> ReviewPanel:
    page.drawers.open("review")
    assert isinstance(page.drawers.panel, ReviewPanel)
    return page.drawers.panel


def test_the_owner_marks_and_writes_and_then_the_coach(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    part = review(page)
    qtbot.mouseClick(part.who.segment("coach"), Qt.MouseButton.LeftButton)
    assert part.findChildren(Notice)
    assert not part.rows
    qtbot.mouseClick(part.who.segment("owner"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(part.begin, Qt.MouseButton.LeftButton)
    assert part.part is not None
    qtbot.mouseClick(part.part.choices["problem"].segment("3"), Qt.MouseButton.LeftButton)
    assert part.rows["background"].marks == ((3, None, None),)
    assert "Plain to see, not looked at" in part.rows["background"].accessibleName()
    qtbot.keyClicks(part.part.reasons["problem"].line, "It says 19 %.")
    qtbot.mouseClick(part.rows["goal"], Qt.MouseButton.LeftButton)
    held = current(workspace.sheets.get(sheet.id), "owner")
    assert held is not None
    assert held.marks[0].why == "It says 19 %."
    assert part.part.choices.keys() == {"measurable", "reaches", "balance"}
    qtbot.keyClicks(part.strongest.edit, "The count")
    qtbot.keyClicks(part.work_on.edit, "The day")
    qtbot.mouseClick(part.who.segment("coach"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(part.begin, Qt.MouseButton.LeftButton)
    assert [one.by for one in workspace.sheets.get(sheet.id).reviews] == ["owner", "coach"]
    # Owner's squares first, then the coach's own.
    assert part.rows["background"].marks == ((3, None, None), (None, None, None))


def test_marks_are_never_added_up(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    """Six and five: no sum, no mean and no share of them stands anywhere."""
    panel = review(page)
    for by, level in (("owner", "3"), ("coach", "2")):
        qtbot.mouseClick(panel.who.segment(by), Qt.MouseButton.LeftButton)
        qtbot.mouseClick(panel.begin, Qt.MouseButton.LeftButton)
        for section in ("background", "goal"):
            # The first section is open already.
            if section != "background":
                qtbot.mouseClick(panel.rows[section], Qt.MouseButton.LeftButton)
            assert panel.part is not None
            choice = next(iter(panel.part.choices.values()))
            qtbot.mouseClick(choice.segment(level), Qt.MouseButton.LeftButton)
        qtbot.keyClicks(panel.strongest.edit, "The count")
        qtbot.keyClicks(panel.work_on.edit, "The day")
        panel.leave()
    given = [len(one.marks) for one in workspace.sheets.get(sheet.id).reviews]
    assert given == [2, 2]
    page.drawers.close()
    words = words_in_sight(review(page)).lower()
    assert "the count" in words
    assert not re.search(r"total|score|points|average|mean\b|sum\b|overall|%|\d of \d", words)
    assert not re.search(r"\b(4|5|6|10|12|2[.,]5)\b", words)


def test_a_mark_can_be_taken_back(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    part = review(page)
    qtbot.mouseClick(part.begin, Qt.MouseButton.LeftButton)
    assert part.part is not None
    choice = part.part.choices["problem"]
    qtbot.mouseClick(choice.segment("0"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(part.part.clears["problem"], Qt.MouseButton.LeftButton)
    assert choice.value() == ""
    assert workspace.sheets.get(sheet.id).reviews[0].marks == ()
    assert part.part.clears["problem"].isHidden()


def test_a_reason_that_goes_with_its_mark_comes_back_with_it(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet, go: Steps
) -> None:
    panel = review(page)
    qtbot.mouseClick(panel.begin, Qt.MouseButton.LeftButton)
    part = panel.part
    assert part is not None
    qtbot.mouseClick(part.choices["problem"].segment("2"), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(part.reasons["problem"].line, "It says 19 %.")
    qtbot.mouseClick(part.clears["problem"], Qt.MouseButton.LeftButton)
    assert workspace.sheets.get(sheet.id).reviews[0].marks == ()
    qtbot.keyClicks(panel.strongest.edit, "The count")
    panel.leave()
    assert go.undo is not None
    go.undo()
    held = workspace.sheets.get(sheet.id).reviews[0]
    assert [(one.mark, one.why) for one in held.marks] == [(2, "It says 19 %.")]
    assert held.strongest == "The count"
    assert part.choices["problem"].value() == "2"
    assert part.reasons["problem"].text() == "It says 19 %."
    assert not part.clears["problem"].isHidden()
    assert panel.rows["background"].marks[0][0] == 2
    qtbot.mouseClick(part.clears["problem"], Qt.MouseButton.LeftButton)
    page.drawers.open("about")
    assert go.undo is not None
    go.undo()
    again = workspace.sheets.get(sheet.id).reviews[0]
    assert [(one.mark, one.why) for one in again.marks] == [(2, "It says 19 %.")]


def test_the_coachs_look_opens_when_the_owners_two_sentences_are_written(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    workspace.reviews.begin(sheet.id, "owner")
    held = workspace.sheets.get(sheet.id)
    from dataclasses import replace

    coach = replace(held.reviews[0], id="c", by="coach", strongest="Well seen", work_on="Who?")
    workspace.reviews.put(sheet.id, (*held.reviews, coach))
    part = review(page)
    assert part.rows["goal"].marks == ((None, None, None),)
    assert "Well seen" not in str([one.text() for one in part.findChildren(type(page.bar.pen))])
    qtbot.mouseClick(part.who.segment("coach"), Qt.MouseButton.LeftButton)
    assert not part.rows
    qtbot.mouseClick(part.who.segment("owner"), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(part.strongest.edit, "The count")
    qtbot.keyClicks(part.work_on.edit, "The day")
    part.strongest.edit.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: part.rows["goal"].marks == ((None,) * 3, (None,) * 3))
