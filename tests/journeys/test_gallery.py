"""All sheets at a glance: opened, thrown away, brought back and found again, as a person does."""

from __future__ import annotations

import threading

from PySide6.QtCore import Qt

from gemba.domain.changes import Ref
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
    sheet = person.held.sheets.begin(PROBLEM)
    person.click("A3")
    open_sheet(person)
    person.click("All sheets")
    grid = grid_of(person)
    person.wait(lambda: bool(grid.visible()))
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    person.press("Delete")
    person.wait(lambda: person.sees("Deleted: Half should leave"))
    assert person.window.banner.words.text() == ""
    person.wait(lambda: person.sees("No sheet yet."))
    assert person.focus().text() == "Write an A3"  # type: ignore[attr-defined]
    person.click("Undo")
    person.wait(lambda: person.sees(PROBLEM))
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    person.press("Delete")
    person.wait(lambda: person.sees("No sheet yet."))
    person.session.go.back()
    assert person.window.current_key() != "sheet"
    person.click("A3")
    person.held.bin.restore(Ref("sheet", sheet.id))
    person.wait(lambda: person.sees(PROBLEM))
    assert person.held.sheets.get(sheet.id).title == PROBLEM
    open_sheet(person)
    assert person.window.windowTitle().startswith(PROBLEM)


def test_a_copy_is_made_put_aside_and_found_by_a_word_in_it(person: Person) -> None:
    person.start()
    sheet = person.held.sheets.begin(PROBLEM)
    person.held.sheets.write_box(sheet.id, "current", "The porter has no list.", visit="v")
    person.held.recorder.settle()
    person.click("A3")
    grid = grid_of(person)
    person.wait(lambda: bool(grid.visible()))
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


def test_pictures_are_drawn_beside_the_window(person: Person) -> None:
    person.start()
    person.held.sheets.begin(PROBLEM)
    threads: set[str] = set()
    gallery = person.held.gallery
    read = gallery.sheet

    def noting(sheet_id):  # type: ignore[no-untyped-def]
        threads.add(threading.current_thread().name)
        return read(sheet_id)

    gallery.sheet = noting  # type: ignore[method-assign]
    person.click("A3")
    grid = grid_of(person)
    row = person.held.gallery.rows()[0]
    person.wait(lambda: grid.picture(row, grid.picture_pixels()) is not None)
    assert threads
    assert threading.main_thread().name not in threads
