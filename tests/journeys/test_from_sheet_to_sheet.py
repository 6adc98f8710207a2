"""Coming to a sheet and going: words stay on their own sheet, and reading leaves no trace."""

from __future__ import annotations

from gemba.ui.pages.sheet import SheetPage
from tests.journeys.conftest import Person


def test_words_stay_on_their_own_sheet(person: Person) -> None:
    person.start()
    sheets = person.session.workspace.sheets
    one, other = sheets.begin("One problem"), sheets.begin("Another problem")
    first, second = (box.id for box in one.boxes[:2])
    sheets.write_box(one.id, second, "words of the first sheet", visit="before")
    assert person.held is not None
    person.session.go.to("sheet", sheet=one.id, box=first)
    page = person.page()
    assert isinstance(page, SheetPage)
    person.wait(lambda: page.editor is not None and page.editor.hasFocus())
    person.type("typed")

    # As search does: from the box that is written in to another record of the same kind.
    person.session.go.to("sheet", sheet=other.id, box=second)
    assert page.editor is None or page.editor.text() == ""
    person.wait(lambda: page.editor is not None and page.editor.hasFocus())
    person.type("second")
    person.session.go.to("today")

    assert person.held.sheets.get(one.id).box(first).text == "typed"
    assert person.held.sheets.get(one.id).box(second).text == "words of the first sheet"
    assert person.held.sheets.get(other.id).box(second).text == "second"
    assert person.held.sheets.get(other.id).box(first).text == ""


def test_reading_a_sheet_leaves_no_trace(person: Person) -> None:
    person.start()
    sheets = person.session.workspace.sheets
    sheet = sheets.begin("A problem that somebody else described")
    sheets.write_box(sheet.id, "goal", "words that came with an import", visit="before")
    before = person.held.sheets.get(sheet.id)
    person.session.go.to("sheet", sheet=sheet.id)
    person.wait(lambda: person.session.window.current_key() == "sheet")
    person.session.go.to("today")
    assert person.held.sheets.get(sheet.id) == before

    person.session.go.to("sheet", sheet=sheet.id, box="goal")
    page = person.page()
    assert isinstance(page, SheetPage)
    person.wait(lambda: page.editor is not None and page.editor.hasFocus())
    person.type(" and mine")
    person.session.go.to("today")
    after = person.held.sheets.get(sheet.id)
    assert after.first_draft_at is not None
    assert after.first_draft == after.boxes
