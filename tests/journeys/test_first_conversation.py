"""Walkthrough 3: a first talk with somebody new, and a storyboard out of it in one click."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.journeys.conftest import Person

ANSWERS = (
    "The list of tomorrow's discharges comes after eight.",
    "Nobody knows who writes it.",
    "Ask the night nurse to write it at six, once.",
)
QUESTIONS = (
    "What are you noticing here?",
    "What is making this harder than it should be?",
    "What small thing could we test?",
)


def test_three_answers_become_a_storyboard(person: Person) -> None:
    person.start()
    person.click("Coach")
    person.wait_caret("Talk with")
    person.type("Priya Raman")
    person.press("Return")
    # A name and the curiosity three, nothing else.
    person.wait_caret(QUESTIONS[0])
    assert set(person.fields()) <= {"With whom?", *QUESTIONS, "We look together on", "at"}
    for question, words in zip(QUESTIONS, ANSWERS, strict=True):
        person.wait_caret(question)
        person.type(words)
        person.press("Return")
    person.wait_caret("We look together on")
    person.type("Thursday")
    person.press("Return")
    person.click("Keep")
    person.wait(lambda: person.sees("Kept. We look together"))
    talk = person.held.coaching.talks(person.held.people.names()[0][0])[0]
    assert tuple(answer.text for answer in talk.answers) == ANSWERS
    assert talk.next_look_on == date(2026, 11, 26)
    person.click("Make a storyboard of it")
    person.wait(lambda: person.sees("Storyboard"))
    # In place: what was noticed is the condition, what makes it hard is parked, the test is next.
    shown: Any = person.field("Current condition")
    assert shown.text() == ANSWERS[0]
    assert person.row(ANSWERS[1]).words.age == "in focus"
    tried: Any = person.page()
    assert [line.predicted for line in tried.table.lines()] == [ANSWERS[2]]
    board = person.held.coaching.board_of(person.held.people.names()[0][0])
    assert board.current_condition == ANSWERS[0]
    assert [one.text for one in board.obstacles] == [ANSWERS[1]]
    experiments = person.held.coaching.experiments(board_id=board.id)
    assert [one.step for one in experiments] == [ANSWERS[2]]
    person.click("Coaching")
    person.click_row("Priya Raman")
    person.wait(lambda: person.sees("First talk"))
    person.restart()
    assert "Agreed to look again" in person.row("Priya Raman").words.small
    assert "Thu" in person.row("Priya Raman").words.small
    person.click_row("Priya Raman")
    person.wait(lambda: person.sees("First talk"))
