"""From a pasted list to answers on paper: a form of one's own, filled in and handed in."""

from __future__ import annotations

from pathlib import Path

from gemba.ui.pages.fill import FillPage
from tests.journeys.conftest import Person

LIST = "Is the way out free?\nHow many bags wait?\tnumber\nWhat did people say?\ttext"


def fill_page(person: Person) -> FillPage:
    page = person.page()
    assert isinstance(page, FillPage)
    return page


def test_a_pasted_list_is_filled_in_and_found_again_after_a_restart(person: Person) -> None:
    person.start()
    person.click("Walks")
    person.click("Forms")
    person.fill("What do you call it?", "Morning look")
    person.into("One question a line")
    person.paste_text(LIST)
    person.wait(lambda: person.sees("3 questions"))
    person.click("Make the form")
    person.wait(lambda: bool(person.buttons("Fill in")))
    person.click("Fill in")
    person.wait(lambda: bool(fill_page(person).pages()))
    person.press("2")
    person.wait(lambda: person.sees("Write what you saw"))
    person.press("Tab")
    box = fill_page(person).items.boxes()[2]
    assert box.editor is not None
    person.tap(box.editor.focusProxy() or box.editor)
    person.type("7")
    person.press("Return")
    person.type("Nobody carries them after ten")
    person.wait_saved()
    person.restart()
    person.click("Walks")
    person.click("Forms")
    (pill,) = [one for one in person.all_buttons() if one.startswith("Morning look ·")]
    person.click(pill)
    person.wait(lambda: bool(fill_page(person).pages()))
    page = fill_page(person)
    assert [one.answer for one in page.pages()[0].questions] == [
        "no",
        "",
        "7",
        "Nobody carries them after ten",
    ]
    person.wait(lambda: page.items.boxes()[3].has_focus())
    person.click("Hand in")
    person.wait(lambda: person.sees("Handed in"))
    (filling,) = person.held.forms.fillings(person.held.forms.all()[0].id)
    assert filling.finished


def test_a_form_is_filled_in_at_a_stop_of_a_walk_and_stands_in_its_report(
    person: Person, tmp_path: Path
) -> None:
    person.start()
    form = person.beforehand.forms.add_bundled("layered_audit")
    person.press("Return")
    person.type("Is the work as it is written?")
    person.press("Return")
    person.click("Fill in a form")
    person.choose(form.title)
    person.wait(lambda: bool(fill_page(person).pages()))
    person.type("Packing line 2")
    person.press("Alt+Left")
    (pill,) = [one for one in person.all_buttons() if one.startswith(form.title)]
    person.click(pill)
    person.wait(lambda: bool(fill_page(person).pages()))
    assert fill_page(person).pages()[0].questions[0].answer == "Packing line 2"
    (filling,) = person.held.forms.drafts()
    assert filling.walk_id == person.held.walks.all()[0].id
