"""A coach learns from a cycle: what was asked, twenty seconds, a second coach, their own page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pypdf import PdfReader

from tests.journeys.conftest import Person

ASKED = "Have you tried calling at eight?"
ANEW = "What happens at eight?"


def begin(person: Person) -> None:
    """A cycle with Priya that has been held."""
    learner = person.beforehand.people.person("Priya Raman").id
    talk = person.beforehand.coaching.start_cycle(learner)
    person.beforehand.coaching.end(talk.id, 600)


def by_palette(person: Person, words: str) -> None:
    """Open a command by its words, with keys alone."""
    person.press("Ctrl+K")
    person.type(words)
    person.press("Return")


def test_a_coach_looks_back_and_is_watched(person: Person, tmp_path: Path) -> None:
    person.start()
    begin(person)
    by_palette(person, "Twenty seconds after")
    person.wait(lambda: person.sees("Twenty seconds for yourself"))
    for digit in "7224":
        person.press(digit)
    person.into("What I practise next")
    person.type("Count to five")
    person.press("Return")
    person.wait(lambda: person.sees("Priya Raman"))
    by_palette(person, "Note questions")
    person.wait_caret("What you asked, one question a line")
    person.type(ASKED)
    person.press("Return")
    person.type("What did you see?")
    person.press("Return")
    log: Any = person.page()
    assert [one.words for one in person.held.practice.questions(5)][-1] == ASKED
    person.tab_to(log.list.accessibleName())
    while log.list.currentIndex().row() < 1:
        person.press("Down")
    person.press("Return")
    person.wait_caret("Ask it anew")
    person.type(ANEW)
    person.wait(lambda: log.exercise.note.text() == "open")
    by_palette(person, "Second coach")
    person.wait_caret("Second coach")
    person.type("Hannah Osei")
    watching: Any = person.page()
    person.tap(watching.phases.coach["obstacle"].edit.viewport())
    person.type(ASKED)
    person.into("What I saw")
    person.type("The answer was in the question.")
    file = tmp_path / "second coach.pdf"
    person.click("Print")
    person.saving_as(file, lambda: person.click("Save as PDF"))
    words = " ".join(page.extract_text() for page in PdfReader(file).pages)
    assert "The answer was in the question." in words
    assert "Private" in words
    person.press("Escape")
    by_palette(person, "Your own coaching")
    person.wait(lambda: person.sees("How you ask, month by month"))
    own: Any = person.page()
    assert [row.words.strong for row in own.aims.rows()] == ["Count to five"]
    assert [row.words.small for row in own.watched.rows()] == ["Hannah Osei"]
    assert own.months.rows()[0].words.small == "1 open, 1 closed, 1 leading"
    person.restart()
    kept = person.held.practice.questions(5)
    assert {one.words: one.rewrite for one in kept} == {ASKED: ANEW, "What did you see?": ""}


def test_nothing_of_it_is_told_where_the_learner_looks(person: Person) -> None:
    person.start()
    begin(person)
    practice = person.beforehand.practice
    talk = practice.last_talk()
    practice.look_back(talk, asked=1, told=9, silences=0, aim="Quagga")
    practice.log("Why didn't the quagga call?", talk)
    person.click("Coaching")
    person.click_row("Priya Raman")
    person.wait(lambda: person.sees("Start a cycle"))
    assert "uagga" not in person.everything()
    assert "uagga" not in person.window.windowTitle()
    person.press("Ctrl+K")
    person.type("quagga")
    assert "Why didn't" not in person.everything()
