"""A sheet is looked over to the end, owner first and then coach, by clicks and keys alone."""

from __future__ import annotations

from gemba.services.reviews import current
from gemba.ui.widgets.box_text import BoxText
from tests.journeys.conftest import Person
from tests.journeys.test_first_a3 import begin


def about(person: Person, what: str) -> None:
    """Open a panel from what stands about the sheet, as its bar leads there."""
    person.click("More about this sheet")
    person.wait(lambda: bool(person.buttons(what)))
    person.click(what)


def look(person: Person, mark: str, strongest: str, work_on: str) -> None:
    """Begin a look, mark the first question of its first section, and write both sentences."""
    person.wait(lambda: bool(person.buttons("Look over the sheet")))
    person.click("Look over the sheet")
    person.wait(lambda: bool(person.buttons(mark)))
    person.click(mark, at=0)
    person.fill("The strongest point", strongest)
    person.fill("One to work on", work_on)


def test_a_review_is_completed_by_owner_and_coach_and_kept(person: Person) -> None:
    begin(person)
    person.wait(lambda: isinstance(person.focus(), BoxText))
    about(person, "Look over the sheet")
    look(person, "Plain to see", "The count of a week", "The day it ends")
    person.click("As the coach")
    look(person, "Said", "You stood there yourself", "Who else waits?")
    person.restart()
    sheet = person.held.sheets.all()[0]
    owner, coach = current(sheet, "owner"), current(sheet, "coach")
    assert owner is not None
    assert coach is not None
    assert (owner.strongest, owner.work_on) == ("The count of a week", "The day it ends")
    assert (coach.strongest, coach.work_on) == ("You stood there yourself", "Who else waits?")
    assert [one.mark for one in owner.marks] == [3]
    assert [one.mark for one in coach.marks] == [1]
