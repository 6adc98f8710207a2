"""A sheet is named, coached, changed, compared and closed at the window, by clicks and keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from gemba.services.today import read_today
from gemba.ui.pages.sheet_closing import ClosingPanel
from gemba.ui.pages.sheet_versions import VersionsPanel
from tests.journeys.conftest import Person
from tests.journeys.test_shaping_a_sheet import page_of
from tests.journeys.test_too_full import open_sheet


def test_from_a_named_version_to_the_checks_of_a_closed_sheet(person: Person) -> None:
    person.start()
    work = person.beforehand
    sheet = work.sheets.begin("Half should leave before noon; 19 % do.")
    work.sheets.set_box(sheet.id, replace(sheet.box("goal"), text="19 % leave before noon."))
    person.click("A3")
    open_sheet(person)
    page = page_of(person)

    person.by_palette("Versions and story")
    person.wait(lambda: isinstance(page.drawers.panel, VersionsPanel))
    part = page.drawers.panel
    assert isinstance(part, VersionsPanel)
    person.tap(part.name.line)
    person.type("Before the round")
    person.press("Return")
    person.wait(lambda: person.sees("This version has a name now."))

    person.press("Escape")
    person.click("Coach’s margin")
    person.tap(page.view.areas["goal"])
    person.wait_caret("Goal")
    person.fill("In your own words", "By when?")
    person.press("Return")
    person.tap(page.view.areas["goal"])
    person.wait_caret("Goal")
    person.press("Ctrl+A")
    person.type("35 % leave before noon by 11 December.")
    person.press("Escape")
    person.wait_saved()
    person.by_palette("Versions and story")
    person.wait(lambda: bool(person.buttons("Compare")))
    person.click("Compare")
    person.wait(lambda: person.sees("Before the round compared with now"))
    person.wait(lambda: person.sees("Taken away: 19"))
    person.click("The change before")
    person.wait(lambda: person.sees("By when?"))
    person.click("Back to now")
    person.wait(lambda: page.compared is None)

    person.by_palette("Close this sheet")
    person.wait(lambda: isinstance(page.drawers.panel, ClosingPanel))
    part = page.drawers.panel
    assert isinstance(part, ClosingPanel)
    person.tap(part.fields["standard"].edit.viewport())
    person.type("Names by 14:30")
    person.click("Close the sheet")
    person.wait(lambda: person.sees("The sheet is closed."))
    closed = work.sheets.get(sheet.id)
    assert closed.closing is not None
    assert closed.closing.standard == "Names by 14:30"
    later = closed.closing.closed_on + timedelta(days=30)
    due = read_today(work.store.folder, later, work.store).checks
    assert [one.what for one in due] == ["30 days: does the standard hold?"]
