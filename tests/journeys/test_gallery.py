"""All sheets at a glance: opened, thrown away, brought back and found again, as a person does."""

from __future__ import annotations

from gemba.ui.widgets.sheet_grid import SheetGrid
from tests.journeys.conftest import Person
from tests.journeys.test_too_full import open_sheet

PROBLEM = "Half should leave before noon; 19 % do."


def grid_of(person: Person) -> SheetGrid:
    person.wait(lambda: bool(person.window.findChildren(SheetGrid)))
    grid = person.window.findChildren(SheetGrid)[0]
    assert isinstance(grid, SheetGrid)
    return grid


def test_a_sheet_that_was_open_goes_into_the_bin_from_the_gallery_and_comes_back(
    person: Person,
) -> None:
    person.start()
    sheet = person.beforehand.sheets.begin(PROBLEM)
    person.click("A3")
    open_sheet(person)
    person.click("All sheets")
    grid = grid_of(person)
    person.wait(lambda: bool(grid.visible()))
    person.tab_to(grid.accessibleName())
    person.press("Delete")
    person.wait(lambda: person.sees("Deleted: Half should leave"))
    assert person.window.banner.words.text() == ""
    person.wait(lambda: person.sees("No sheet yet."))
    assert person.focus().text() == "Write an A3"  # type: ignore[attr-defined]
    person.click("Undo")
    person.wait(lambda: person.sees(PROBLEM))
    person.tab_to(grid.accessibleName())
    person.press("Delete")
    person.wait(lambda: person.sees("No sheet yet."))
    person.press("Alt+Left")
    assert person.window.current_key() != "sheet"
    person.by_palette("Bin: what")
    person.wait(lambda: person.sees(PROBLEM))
    person.click(f"Bring back: {PROBLEM}")
    person.wait(lambda: person.sees("The bin is empty."))
    person.click("A3")
    person.wait(lambda: person.sees(PROBLEM))
    assert person.held.sheets.get(sheet.id).title == PROBLEM
    open_sheet(person)
    assert person.window.windowTitle().startswith(PROBLEM)


def test_a_copy_is_made_put_aside_and_found_by_a_word_in_it(person: Person) -> None:
    person.start()
    work = person.beforehand
    sheet = work.sheets.begin(PROBLEM)
    work.sheets.write_box(sheet.id, "current", "The porter has no list.", visit="v")
    work.recorder.settle()
    person.click("A3")
    grid = grid_of(person)
    person.wait(lambda: bool(grid.visible()))
    row = person.held.gallery.rows()[0]
    person.wait(lambda: grid.picture(row, grid.picture_pixels()) is not None)
    person.tap(grid.viewport(), grid._more_of(grid.sheets.index(0)).center())
    person.choose("Duplicate")
    person.wait(lambda: person.sees(f"Copy of {PROBLEM}"))
    person.tap(grid.viewport(), grid._more_of(grid.sheets.index(1)).center())
    person.choose("Archive")
    person.wait(lambda: len(grid.visible()) == 1)
    assert person.sees("1 sheet")
    person.into("Which sheet?")
    person.type("porter li")
    person.wait(lambda: person.sees("1 of 1 sheet") or len(grid.visible()) == 1)
    person.type("x")
    person.wait(lambda: person.sees("No sheet fits all of this."))
    person.click("Show every sheet")
    person.wait(lambda: len(grid.visible()) == 1)
    person.restart()
    person.click("A3")
    person.wait(lambda: person.sees(f"Copy of {PROBLEM}"))
