"""Walkthrough 5: a prediction made yesterday, a result of today, and a private note."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QTextEdit, QWidget

from tests.journeys.conftest import Clock, Person
from tests.journeys.test_restart import palette_rows

PRIVATE = "Owl-quiet today; say less next time."


def answer(person: Person, question: str, words: str) -> None:
    """Type an answer where a question stands, and go on with Enter."""
    person.wait(lambda: person.sees(question))
    person.type(words)
    person.press("Return")


def first_cycle(person: Person) -> None:
    """Yesterday's cycle: a step and what Priya expects of it."""
    person.click("Coach")
    person.wait_caret("Talk with")
    person.type("Priya Raman")
    person.press("Return")
    person.type("Porters come late.")
    person.press("Return")
    person.click("Keep")
    person.click("Their history")
    person.click("Start a cycle")
    answer(person, "What condition are you working toward", "A third leaves before noon")
    answer(person, "Where is it today", "19 %")
    answer(person, "which single one now", "Nobody calls the porter")
    person.type("Call at eight")
    person.press("Return")
    person.type("7 of 7 booked")
    person.press("Return")
    person.type("tally at the desk")
    person.press("Return")
    person.type("tomorrow")
    person.press("Return")
    person.press("Return")
    person.press("Return")
    person.wait(lambda: person.sees("Twenty seconds for yourself"))
    for digit in "621":
        person.press(digit)
    person.press("Return")


def test_a_prediction_comes_before_its_result(person: Person, clock: Clock, tmp_path: Path) -> None:
    person.start()
    first_cycle(person)
    person.wait(lambda: person.sees("Start a cycle"))
    person.click("Start a cycle")
    go_to(person, "What happened, facts only?")
    assert person.sees("The result opens once Priya Raman has said: This is my prediction.")
    assert "What happened" not in " ".join(person.fields())
    person.click("This is my prediction")
    clock.move(days=1)
    person.restart()
    person.click("Coaching")
    person.click_row("Priya Raman")
    person.click("Start a cycle")
    go_to(person, "What happened, facts only?")
    person.type("4 of 7")
    person.press("Return")
    answer(person, "What did that teach you?", "The night list is late")
    before = person.everything()
    person.click("We don’t know that yet")
    person.wait(lambda: person.everything() != before)
    assert person.sees("What will you try next")
    person.into("Private note, for you alone")
    person.wait_caret("Private note, for you alone")
    person.type(PRIVATE)
    assert "Owl" not in person.window.windowTitle()
    assert "Owl" in whole_tree(person)
    person.wait_saved()
    person.click("Learner’s view")
    assert not person.sees("Owl")
    assert "Owl" not in person.window.windowTitle()
    # Not even in what a screen reader could come upon.
    assert "Owl" not in whole_tree(person)
    assert "night list" in found(person, "night list")
    assert found(person, "Owl").startswith("Nothing says that yet.")
    assert found(person, "say less next").startswith("Nothing says that yet.")
    person.click("Coach’s view")
    person.wait(lambda: "Owl" in whole_tree(person))
    person.click("Learner’s view")
    person.click("Coaching")
    person.click_row("Priya Raman")
    made = person.held.coaching.experiments(learner_id=person.held.people.names()[0][0])
    assert (made[0].prediction, made[0].result) == ("7 of 7 booked", "4 of 7")
    assert made[0].predicted_at is not None
    file = tmp_path / "record.pdf"
    person.click("Print")
    person.saving_as(file, lambda: person.click("Save as PDF"))
    person.press("Escape")
    words = " ".join(page.extract_text() for page in PdfReader(file).pages)
    assert "4 of 7" in words
    assert "Owl" not in words


def whole_tree(person: Person) -> str:
    """Every text that any widget of the window holds, shown or hidden, as its interface tells."""
    said: list[str] = []
    for one in (person.window, *person.window.findChildren(QWidget)):
        spoken = QAccessible.queryAccessibleInterface(one)
        kinds = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
        said += [spoken.text(kind) for kind in kinds] if spoken is not None else []
        said += [one.toolTip(), one.windowTitle(), one.accessibleName()]
        if isinstance(one, QTextEdit):
            said.append(one.toPlainText())
    return "\n".join(said)


def found(person: Person, words: str) -> str:
    """What the palette finds for these words; it is closed again."""
    person.press("Ctrl+K")
    person.type(words)
    person.wait(lambda: person.app.tasks.busy == 0)
    rows = palette_rows(person)
    person.press("Escape")
    return "\n".join(rows)


def go_to(person: Person, question: str) -> None:
    """Go on without answering until a question stands there."""
    for _step in range(9):
        if person.sees(question):
            return
        person.click("Next")
    raise AssertionError(f"{question} never came")
