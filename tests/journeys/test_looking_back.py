"""Half a year later: what was predicted, what happened, a page for the talk, and the next coach."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from tests.journeys.conftest import Clock, Person
from tests.journeys.test_five_steps import PRIVATE, first_cycle, go_to


def second_cycle(person: Person) -> None:
    """The next day: a result that nobody expected, and a note for the coach alone."""
    person.click("Coaching")
    person.click_row("Priya Raman")
    person.click("Start a cycle")
    go_to(person, "What happened, facts only?")
    person.type("4 of 7")
    person.press("Return")
    person.wait(lambda: person.sees("What did that teach you?"))
    person.type("The night list is late")
    person.press("Return")
    person.into("Private note, for you alone")
    person.wait_caret("Private note, for you alone")
    person.type(PRIVATE)
    person.wait_saved()


def test_months_later_everything_is_there_and_nothing_private_on_paper(
    person: Person, clock: Clock, tmp_path: Path
) -> None:
    person.start()
    first_cycle(person)
    person.wait(lambda: person.sees("Start a cycle"))
    person.click("Start a cycle")
    go_to(person, "What happened, facts only?")
    person.click("This is my prediction")
    clock.move(days=1)
    person.restart()
    second_cycle(person)
    clock.move(days=120)
    person.restart()
    person.click("Coaching")
    person.wait(lambda: person.row("Priya Raman") is not None)
    assert "no talk for 17 weeks" in person.everything()
    person.click_row("Priya Raman")
    person.click("What it shows")
    person.wait(lambda: person.sees("Predicted and happened"))
    assert "The night list is late" in person.everything()
    person.click("Print")
    paper = tmp_path / "talk.pdf"
    person.saving_as(paper, lambda: person.click("Save as PDF"))
    (page,) = PdfReader(paper).pages
    said = " ".join(page.extract_text().split())
    assert "7 of 7 booked" in said
    assert "The night list is late" in said
    assert "Owl" not in said
    person.press("Escape")
    person.click("Timeline")
    person.wait(lambda: person.window.windowTitle().startswith("Timeline"))
    person.wait_caret("Which words?")
    person.type("porter")
    person.wait(lambda: "2 entries" in person.everything() or "1 entry" in person.everything())
    person.press("Return")
    person.press("Return")
    person.wait(lambda: person.sees("Open it as it is now"))
    assert "Owl" not in person.everything()
    assert "Owl" not in person.window.windowTitle()


def test_the_next_coach_gets_one_file_and_sees_what_it_changes(
    person: Person, clock: Clock, tmp_path: Path
) -> None:
    person.start()
    first_cycle(person)
    person.wait(lambda: person.sees("Start a cycle"))
    person.click("More")
    person.choose("Hand over to another coach")
    person.wait(lambda: person.sees("Hand a learner over"))
    file = tmp_path / "history.json"
    person.saving_as(file, lambda: person.click("Save the history"))
    person.wait(lambda: person.sees("The history is in"))
    assert "Priya Raman" in file.read_text(encoding="utf-8")
    assert "handover_of" in file.read_text(encoding="utf-8")
