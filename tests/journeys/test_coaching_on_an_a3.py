"""Walkthrough 6: a coach asks at another person's sheet and leaves the owner's text alone."""

from __future__ import annotations

from datetime import date

from gemba.domain.sheet import Sheet
from gemba.ui.widgets.box_text import BoxText
from tests.journeys.conftest import Person
from tests.journeys.test_first_a3 import begin
from tests.journeys.test_thread_back import at_box, box
from tests.journeys.test_too_full import open_sheet

OWN = "- The list comes after eight.\n- Nobody knows who writes it."
QUESTIONS = ("Who wrote it on Tuesday?", "What did you see at six?")
ANSWER = "The night nurse, when she had time."


def test_a_coach_asks_and_the_text_stays(person: Person) -> None:
    begin(person)
    person.wait(lambda: isinstance(person.focus(), BoxText))
    person.press("Tab")
    person.press("Tab")
    person.wait_caret("Analysis")
    person.type("- The list comes after eight.\nNobody knows who writes it.")
    person.press("Escape")
    person.click("Settings")
    person.fill("Your name", "Jan de Wit")
    person.press("Return")
    person.click("A3")
    open_sheet(person)
    sheet = person.held.sheets.all()[0]
    before = sheet.box("analysis").text
    assert before == OWN
    revision = sheet.revision
    person.click("Coach’s margin")
    person.tap(box(person, "analysis"))
    at_box(person, "Analysis")
    person.click("Coach this sheet")
    for question in QUESTIONS:
        person.fill("In your own words", question)
        person.press("Return")
    # What the owner answers is written down in sight of both.
    person.click("Writing for the owner, beside them")
    person.into("Answer")
    person.type(ANSWER)
    person.click("Give the pen back")
    person.fill("Agreed", "Watch the list being written")
    person.fill("We look together on", "Thursday")
    person.press("Return")
    person.click("End the talk")
    after = person.held.sheets.get(sheet.id)
    assert after.box("analysis").text.encode() == before.encode()
    notes = person.held.sheets.margin(sheet.id, "analysis")
    assert [note.text for note in notes] == list(QUESTIONS)
    assert [note.answer for note in notes] == [ANSWER, ""]
    for question in QUESTIONS:
        person.wait(lambda question=question: person.sees(question))
    assert sheet.owner_id is not None
    talk = person.held.coaching.talks(sheet.owner_id)[0]
    assert talk.next_look_on == date(2026, 11, 26)
    assert talk.agreed == "Watch the list being written"
    assert talk.sheet_revision == revision
    # The owner writes on, and the talk still opens the sheet as it stood.
    person.click("Writing for the owner, beside them")
    person.tap(box(person, "analysis"))
    person.wait_caret("Analysis")
    person.press("Ctrl+End")
    person.type(" Now we do.")
    person.click("Coaching")
    person.click_row("Maria Okafor")
    person.wait(lambda: person.sees("Talks and sheets"))
    person.click_row("Watch the list being written")
    person.wait(lambda: person.sees(f"This is revision {revision}"))
    shown = person.page().shown()  # type: ignore[attr-defined]
    assert isinstance(shown, Sheet)
    assert shown.box("analysis").text == OWN
