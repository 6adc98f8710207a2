"""The whole thread in one sitting, a restart, and everything found again."""

from __future__ import annotations

from PySide6.QtGui import QImage

from gemba.ui.widgets.box_text import BoxText
from tests.journeys.conftest import Clock, Person

SAW = "Bag for bay 3 waits on the desk since 10:05"
PROMISE = "Who carries bags after ten"
ANSWERS = ("The runner goes home at ten.", "Nobody is told.", "A second round at eleven.")


def walk(person: Person, photo: QImage) -> None:
    """See one thing with a photo, promise an answer."""
    person.press("Return")
    person.type("Why do bags wait?")
    person.press("Return")
    person.type(SAW)
    person.paste_picture(photo)
    person.wait(lambda: bool(person.held.walks.all()[0]))
    person.press("Return")
    person.press("Alt+P")
    person.type("Hannah")
    person.press("Return")
    person.type(PROMISE)
    person.press("Return")
    person.click("End the walk")


def test_everything_is_found_again(person: Person, photo: QImage, clock: Clock) -> None:
    person.start()
    walk(person, photo)
    seen = person.held.walks.observations(person.held.walks.all()[0].id)
    person.wait(
        lambda: bool(person.held.walks.observations(person.held.walks.all()[0].id)[0].photos)
    )
    person.act_on_row(SAW, "A3")
    person.wait_caret("Your name, for the sheet")
    person.type("Maria Okafor")
    person.press("Return")
    person.press("Return")
    person.type("This morning")
    person.press("Return")
    person.wait(lambda: isinstance(person.focus(), BoxText))
    person.type("Two of seven bags wait longer than an hour")
    person.click("Coaching")
    person.wait_caret("Talk with")
    person.type("Hannah")
    person.press("Return")
    for words in ANSWERS:
        person.type(words)
        person.press("Return")
    person.wait_caret("We look together on")
    person.type("Thursday")
    person.press("Return")
    person.click("Keep")
    person.wait_saved()
    clock.move(days=1)
    person.restart()
    assert person.rows()[0].words.strong == PROMISE
    assert person.rows()[0].words.age == "1 day"
    assert person.sees("Agreed to look again tomorrow")
    person.click("A3")
    sheet = person.held.sheets.all()[0]
    assert sheet.title == SAW
    assert sheet.box("current").text == "Two of seven bags wait longer than an hour"
    found_by_search(person, "longer", SAW)
    found_by_search(person, "runner", "home at ten")
    person.click("Walks")
    person.click_row("Why do bags wait?")
    row = person.row(SAW)
    marks = [words for _icon, words in row.words.marks]
    assert "promised to Hannah" in marks
    assert "A3" in marks
    assert person.held.walks.observations(person.held.walks.all()[0].id)[0].id == seen[0].id


def found_by_search(person: Person, word: str, title: str) -> None:
    """Find a record with the palette, by one of its words, and close the palette again."""
    person.press("Ctrl+K")
    person.type(word)
    palette = person.session.over.palette
    assert palette is not None
    person.wait(lambda: any(title in str(row) for row in palette_rows(person)))
    person.press("Escape")


def palette_rows(person: Person) -> list[str]:
    """What the palette shows, as a screen reader hears it."""
    from PySide6.QtWidgets import QListView

    found: list[str] = []
    palette = person.session.over.palette
    assert palette is not None
    for view in palette.findChildren(QListView):
        model = view.model()
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            found.append(str(model.data(index)) + str(model.data(index, 11)))
    return found
