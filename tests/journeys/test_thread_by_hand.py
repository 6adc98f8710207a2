"""Walkthrough 7 from an empty folder: every tie of the thread is made by hand, then followed."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QListView

from gemba.domain.changes import Ref
from gemba.domain.observation import Observation
from gemba.domain.sheet_part import SheetPart, items_of
from gemba.domain.titles import first_words
from gemba.ui.figures.outline import LineEditor
from gemba.ui.widgets.box_area import BoxArea
from gemba.ui.widgets.photos import Thumbnail
from tests.journeys.conftest import Person

SEEN = "TTO bag on the bench since 09:40, no runner called."
CAUSE = "The porter is called when the bag is ready."
ACTION = "Night list names the porter by 17:15"


def box(person: Person, key: str) -> BoxArea:
    """A box of the sheet that is shown."""
    return next(
        one for one in person.window.findChildren(BoxArea) if one.box_id == key and one.isVisible()
    )


def into_box(person: Person, key: str, label: str) -> None:
    """Click into a box, beside its figures."""
    person.tap(box(person, key), QPoint(12, 6))
    person.wait_caret(label)


def draw(person: Person, what: str) -> None:
    """Choose a figure from the menu in the bar."""
    person.click("Draw")
    person.choose(what)
    person.wait(lambda: isinstance(person.focus(), LineEditor))


def choose_tie(person: Person, words: str, chip: str) -> None:
    """Type a word of what it belongs to, and press Enter."""
    person.wait_caret("Tie to")
    person.type(words)
    person.wait(lambda: len(person.rows()) == 1)
    person.press("Return")
    person.wait(lambda: bool(person.buttons(chip)))


def click_tie(person: Person) -> None:
    """Press the quiet button at the cause or the action that is written."""
    person.wait(lambda: bool(person.buttons("Tie to …")))
    person.click("Tie to …")


def walk_and_see(person: Person, photo: QImage) -> None:
    """Keep one observation with a photo and end the walk."""
    person.start()
    person.press("Return")
    person.wait_caret("Why do you go and see? One sentence.")
    person.type("Why do discharges wait?")
    person.press("Return")
    person.wait_caret("I saw, in facts")
    person.type(SEEN)
    person.paste_picture(photo)
    person.wait(lambda: bool(find(person, Observation) and find(person, Observation)[0].photos))
    person.press("Return")
    person.wait(lambda: find(person, Observation)[0].kept)
    person.click("End the walk")
    person.click("Done")


def write_sheet(person: Person) -> None:
    """Begin an A3 and write cause and countermeasure, tying each as it is written."""
    person.click("A3")
    person.click("Write an A3")
    person.wait_caret("Your name, for the sheet")
    person.type("Maria Okafor")
    person.press("Return")
    person.type("Half should leave before noon; 19 % do.")
    person.press("Return")
    person.type("Today, on ward 6")
    person.press("Return")
    person.wait_caret("Current condition")
    person.type("The bag waits for a runner.")
    person.press("Ctrl+T")
    choose_tie(person, "bench", first_words(SEEN, 34))
    person.press("Escape")
    person.wait_caret("Current condition")
    into_box(person, "analysis", "Analysis")
    draw(person, "Five whys")
    person.type("19 % leave before noon")
    person.press("Tab")
    person.type(CAUSE)
    click_tie(person)
    choose_tie(person, "waits for a runner", "Current condition")
    assert person.focus().accessibleName() == "Why"
    person.press("Escape")
    into_box(person, "plan", "Plan")
    draw(person, "Action plan")
    person.type(ACTION)
    click_tie(person)
    choose_tie(person, "porter is called", first_words(CAUSE, 40))


def find(person: Person, kind: type[Observation]) -> list[Observation]:
    """What the folder holds of a kind."""
    return person.held.recorder.find(kind)


def test_the_thread_is_tied_by_hand_and_followed_both_ways(person: Person, photo: QImage) -> None:
    walk_and_see(person, photo)
    write_sheet(person)
    cause, action, seen = first_words(CAUSE, 40), first_words(ACTION, 40), first_words(SEEN, 34)
    # From the countermeasure to what was seen, one click each.
    person.click(cause)
    person.wait(lambda: person.sees("Questions for Analysis"))
    person.click("Current condition")
    person.wait(lambda: person.sees("Questions for Current condition"))
    person.click(seen)
    person.wait(lambda: "I saw, in facts" in person.fields())
    assert any(one.isVisible() for one in person.page().findChildren(Thumbnail))
    # And back the same way.
    sheet = person.held.sheets.all()[0]
    person.click(sheet.title)
    person.wait(lambda: person.sees("Questions for Current condition"))
    person.click(cause)
    person.wait(lambda: person.sees("Questions for Analysis"))
    person.click(action)
    person.wait(lambda: person.sees("Questions for Plan"))
    go_and_see(person)
    person.click("What it looked like then")
    person.wait(lambda: person.sees("Questions for Plan"))
    assert person.buttons(cause)


def go_and_see(person: Person) -> None:
    """Send the countermeasure to the next walk, and meet it there with its photo."""
    person.click("Go and see it")
    person.wait(lambda: person.sees("It is a stop on the next walk"))
    walk = person.held.thread.next_walk()
    assert walk is not None
    assert walk.stops[0].look_for == ACTION
    assert walk.stops[0].photo == find(person, Observation)[0].photos[0]
    person.click(first_words(walk.purpose, 34))
    person.wait(lambda: bool(person.buttons("Start")))
    person.click("Start")
    person.look_at_window()
    person.wait(lambda: person.sees("Coming back to this stop"))
    assert any(one.isVisible() for one in person.page().findChildren(Thumbnail))


def test_a_tie_is_taken_away_and_brought_back(person: Person, photo: QImage) -> None:
    walk_and_see(person, photo)
    write_sheet(person)
    cause = first_words(CAUSE, 40)
    person.tab_to(cause)
    person.press("Delete")
    person.wait(lambda: not person.buttons(cause))
    person.click("Undo")
    person.wait(lambda: bool(person.buttons(cause)))
    sheet = person.held.sheets.all()[0]
    ends = [str(item.part) for item in items_of(sheet) if item.words in (CAUSE, ACTION)]
    ref = Ref("sheet", sheet.id)
    tied = [(one.own_part, one.part) for one in person.held.thread.chips(ref, ends[-1])]
    assert tied == [(ends[-1], ends[0])]
    assert SheetPart.read(ends[0]).box == "analysis"


def test_ties_are_offered_from_the_palette(person: Person, photo: QImage) -> None:
    walk_and_see(person, photo)
    write_sheet(person)
    person.press("Escape")
    into_box(person, "goal", "Goal")
    person.press("Ctrl+K")
    person.type("Tie this box")
    found = next(one for one in person.window.findChildren(QListView) if one.isVisible())
    person.wait(lambda: "Tie this box" in str(found.currentIndex().data()))
    person.press("Return")
    person.wait_caret("Tie to")
    assert {row.words.strong for row in person.rows()} >= {CAUSE, SEEN, ACTION}
