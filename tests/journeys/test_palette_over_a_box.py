"""The palette opens over a box that is being written, and the caret is where it was after it."""

from __future__ import annotations

from gemba.ui.widgets.box_text import BoxText
from tests.journeys.conftest import Person
from tests.journeys.test_first_a3 import begin


def test_who_looks_something_up_goes_on_writing_where_they_were(person: Person) -> None:
    begin(person)
    person.wait(lambda: isinstance(person.focus(), BoxText))
    person.press("Ctrl+A")
    person.type("Bags wait the desk")
    for _letter in "the desk":
        person.press("Left")
    person.press("Ctrl+K")
    person.type("insert par")
    person.press("Escape")
    assert isinstance(person.focus(), BoxText)
    person.type("at ")
    person.press("Escape")
    person.wait_saved()
    assert person.held.sheets.all()[0].box("current").text == "Bags wait at the desk"
