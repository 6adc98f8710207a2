"""One key, and nothing of the coach alone is on the screen, in the title or in a search."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.conftest import Clock, Person
from tests.journeys.test_five_steps import found, whole_tree

PRIVATE = "Owl-quiet today"
ASK = "Begin one alone"


def test_a_review_by_keys_alone_and_a_cycle_that_nobody_overlooks(
    person: Person, clock: Clock, tmp_path: Path
) -> None:
    person.start()
    person.press("Ctrl+K")
    person.type("question sets")
    person.wait(lambda: person.app.tasks.busy == 0)
    person.press("Return")
    person.wait(lambda: person.sees(ASK))
    for _row in range(20):
        if person.focus().accessibleName().startswith("After-action review"):
            break
        person.press("Down")
    person.press("Return")
    for words in ("Six by ten", "Four by ten", "Letters came late", "Leon signs first"):
        person.type(words)
        person.press("Return")
    person.type("Leon")
    person.press("Return")
    person.type("Monday")
    person.press("Return")
    person.wait(lambda: person.sees(ASK))
    (held,) = person.held.sessions.all()
    assert held.ended_at is not None
    (lesson,) = person.held.sessions.lessons(held.id)
    assert lesson.words == "Letters came late"
    assert "Letters came late" in found(person, "letters came")

    person.click("Coaching")
    person.wait_caret("Talk with")
    person.type("Priya Raman")
    person.press("Return")
    person.type("Porters come late.")
    person.press("Return")
    person.click("Private note")
    person.wait_caret("Private note, for you alone")
    person.type(PRIVATE)
    person.wait_saved()
    person.press("Ctrl+L")
    assert "Owl" not in whole_tree(person)
    assert "Owl" not in person.window.windowTitle()
    assert not any("Private note" in words for words in person.all_buttons())
    assert found(person, "Owl").startswith("Nothing says that yet.")
    assert person.session.learners_view.on

    person.by_palette("Your own coaching")
    assert person.session.window.current_key() == "coaching"
    person.press("Alt+Left")
    person.wait(lambda: person.session.window.current_key() == "talk")
    person.press("Ctrl+L")
    assert not person.session.learners_view.on
    person.wait(lambda: any("Private note" in words for words in person.all_buttons()))
    person.by_palette("Your own coaching")
    person.wait(lambda: person.session.window.current_key() == "practice")
    person.press("Ctrl+L")
    assert person.session.window.current_key() == "coaching"
    assert "practice" not in person.window.windowTitle().lower()
