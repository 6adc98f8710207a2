"""Coming to a sheet and going: words stay on their own sheet, and reading leaves no trace."""

from __future__ import annotations

from gemba.ui.pages.sheet import SheetPage
from tests.journeys.conftest import Person


def sheet_page(person: Person) -> SheetPage:
    """The page of a sheet, once it is shown."""
    person.wait(lambda: person.session.window.current_key() == "sheet")
    page = person.page()
    assert isinstance(page, SheetPage)
    return page


def test_words_stay_on_their_own_sheet(person: Person) -> None:
    person.start()
    sheets = person.beforehand.sheets
    one, other = sheets.begin("One problem"), sheets.begin("Another problem")
    first, second = (box.id for box in one.boxes[:2])
    sheets.write_box(one.id, second, "words of the first sheet", visit="before")
    person.beforehand.recorder.settle()
    person.by_palette("One problem")
    page = sheet_page(person)
    person.tap(page.view.areas[first])
    person.wait(lambda: page.editor is not None and page.editor.hasFocus())
    person.type("typed")

    # From the box that is written in to another record of the same kind.
    person.by_palette("Another problem")
    assert page.editor is None or page.editor.text() == ""
    person.tap(page.view.areas[second])
    person.wait(lambda: page.editor is not None and page.editor.hasFocus())
    person.type("second")
    person.click("Today")

    assert person.held.sheets.get(one.id).box(first).text == "typed"
    assert person.held.sheets.get(one.id).box(second).text == "words of the first sheet"
    assert person.held.sheets.get(other.id).box(second).text == "second"
    assert person.held.sheets.get(other.id).box(first).text == ""


def test_reading_a_sheet_leaves_no_trace(person: Person) -> None:
    person.start()
    sheets = person.beforehand.sheets
    sheet = sheets.begin("A problem that somebody else described")
    sheets.write_box(sheet.id, "goal", "words that came with an import", visit="before")
    person.beforehand.recorder.settle()
    before = person.held.sheets.get(sheet.id)
    person.by_palette("somebody else described")
    sheet_page(person)
    person.click("Today")
    assert person.held.sheets.get(sheet.id) == before

    person.by_palette("somebody else described")
    page = sheet_page(person)
    person.tap(page.view.areas["goal"])
    person.wait(lambda: page.editor is not None and page.editor.hasFocus())
    person.type(" and mine")
    person.click("Today")
    after = person.held.sheets.get(sheet.id)
    assert after.first_draft_at is not None
    assert after.first_draft == after.boxes
