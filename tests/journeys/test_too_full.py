"""Walkthrough 8: a box that is too full says by how much, and loses nothing."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from gemba.ui.widgets.box_area import BoxArea
from gemba.ui.widgets.box_text import BoxText
from tests.journeys.conftest import Person
from tests.journeys.test_first_a3 import begin

BEFORE = "By 12 December 30 % of patients leave before noon."
PASTED = "\n".join(f"Line {number} of what was on the old slide." for number in range(1, 31))
TYPED = " And one more sentence, typed at the end."


def goal(person: Person) -> BoxArea:
    """The Goal box on the sheet."""
    found = [one for one in person.window.findChildren(BoxArea) if one.box_id == "goal"]
    assert len(found) == 1
    return found[0]


def caret_in_sight(editor: BoxText) -> bool:
    """Whether the caret stands in the part of the page that is shown."""
    caret = editor.cursorRect().center()
    return editor.viewport().visibleRegion().contains(caret)


def test_too_much_text_is_named_and_never_lost(person: Person, tmp_path: Path) -> None:
    begin(person)
    person.wait(lambda: isinstance(person.focus(), BoxText))
    person.press("Tab")
    person.wait_caret("Goal")
    person.press("Shift+Tab")
    person.wait_caret("Current condition")
    person.press("Tab")
    person.wait_caret("Goal")
    person.type(BEFORE)
    editor = person.focus()
    assert isinstance(editor, BoxText)
    size = editor.document().defaultFont().pixelSize()
    person.press("Return")
    person.press("Escape")
    person.wait_saved()
    person.tap(goal(person))
    person.wait_caret("Goal")
    person.paste_text(PASTED)
    person.wait(lambda: "too many" in goal(person).room_words())
    over = goal(person).box.lines_over
    assert over > 20
    assert goal(person).room_words() == f"{over} lines too many."
    editor = person.focus()
    assert isinstance(editor, BoxText)
    assert editor.document().defaultFont().pixelSize() == size
    person.type(TYPED)
    person.wait(lambda: caret_in_sight(editor))
    person.press("Ctrl+Home")
    person.wait(lambda: caret_in_sight(editor))
    assert editor.verticalScrollBar().value() == 0
    whole = f"{BEFORE}\n{PASTED}{TYPED}"
    person.press("Escape")
    person.restart()
    person.click("A3")
    open_sheet(person)
    assert person.held.sheets.all()[0].box("goal").text == whole
    person.press("Ctrl+P")
    person.wait(lambda: person.sees("Goal"))
    said = person.everything()
    assert f"Goal: {over} lines too many" in said or "Too full: Goal" in said
    file = tmp_path / "full.pdf"
    person.saving_as(file, lambda: person.click("Save as PDF"))
    words = PdfReader(file).pages[0].extract_text()
    assert f"{over} lines too many" in words
    person.press("Escape")
    person.press("Ctrl+Z")
    person.wait(lambda: person.held.sheets.all()[0].box("goal").text.strip() == BEFORE)


def open_sheet(person: Person) -> None:
    """Open the one sheet from the list of sheets."""
    from gemba.ui.widgets.sheet_grid import SheetGrid

    person.wait(lambda: bool(person.window.findChildren(SheetGrid)))
    grid = person.window.findChildren(SheetGrid)[0]
    person.wait(lambda: bool(grid.visible()))
    person.tap(grid.viewport(), grid.card_in(grid.visualRect(grid.sheets.index(0))).center())
    person.wait(lambda: bool(person.window.findChildren(BoxArea)))
