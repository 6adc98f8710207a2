"""A sheet shaped to its story and turned into a proposal, at the window, by clicks and keys."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from gemba.domain.sheet import Box
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.widgets.border_handle import BorderHandle
from tests.journeys.conftest import Person
from tests.journeys.test_too_full import open_sheet


def page_of(person: Person) -> SheetPage:
    page = person.session.window.page("sheet")
    assert isinstance(page, SheetPage)
    return page


def test_borders_by_keys_another_type_and_all_of_it_back(person: Person) -> None:
    person.start()
    work = person.beforehand
    sheet = work.sheets.begin("Half should leave before noon; 19 % do.")
    for box in ("background", "goal", "analysis"):
        sheet = work.sheets.set_box(sheet.id, Box(id=box, text=f"Words of {box}"))
    person.click("A3")
    open_sheet(person)
    page = page_of(person)

    person.press("Ctrl+Shift+B")
    person.wait(lambda: isinstance(QApplication.focusWidget(), BorderHandle))
    person.press("Shift+Down")
    person.press("Down")
    person.press("Esc")
    person.wait(lambda: bool(work.sheets.get(sheet.id).format))
    assert page.view.layout_.boxes["background"].frame.height == 44

    person.tap(page.view.areas["analysis"])
    person.wait_caret("Analysis")
    person.press("Ctrl+End")
    person.press("Return")
    person.type("And why that is so")
    person.press("Up")
    person.press("Ctrl+Shift+Return")
    person.wait(lambda: person.sees("Analysis is two boxes now."))
    person.wait_caret("Analysis 2")
    half = work.sheets.get(sheet.id).box("analysis_2")
    assert half.text == "And why that is so"
    person.tap(page.view.areas["analysis"])
    person.wait_caret("Analysis")
    person.by_palette("Merge this box")
    person.wait(lambda: person.sees("Analysis 2 went into Analysis."))
    assert work.sheets.get(sheet.id).box("analysis").text.endswith("And why that is so")

    person.by_palette("Make this sheet another type")
    person.wait(lambda: person.sees("What is the situation?"))
    assert page.change.kinds is not None
    person.tap(page.change.kinds.cards["proposal"])
    person.wait(lambda: person.sees("Make it a Proposal A3?"))
    assert person.sees("Goal, Analysis")
    person.click("Change the type")
    person.wait(lambda: person.sees("This is a Proposal A3 now."))
    person.restart()
    work = person.held
    kept = work.sheets.get(sheet.id)
    assert (kept.definition, len(kept.tray)) == ("proposal", 2)
    # A word of what lies in the tray is found, and leads to it.
    person.by_palette("Words of goal", "Half should leave")
    page = page_of(person)
    person.wait(lambda: page.drawers.key == "tray")
    person.click("Put Goal into a box")
    person.choose("The idea")
    person.wait(lambda: work.sheets.get(sheet.id).box("concept").text == "Words of goal")
    assert person.sees("Tray: 1")

    person.press("Escape")
    for _ in range(2):
        person.press("Ctrl+Z")
    back = work.sheets.get(sheet.id)
    assert (back.definition, back.tray) == ("ps7", ())
    assert back.box("analysis").text == "Words of analysis\nAnd why that is so"
    for _ in range(4):
        person.press("Ctrl+Z")
    back = work.sheets.get(sheet.id)
    assert (back.definition, back.tray, back.format) == ("ps7", (), ())
    assert back.box("goal").text == "Words of goal"
    assert back.box("analysis").text == "Words of analysis"
