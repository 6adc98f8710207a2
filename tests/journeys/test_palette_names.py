"""A leader types what they would call a thing, and the palette takes them there at once."""

from __future__ import annotations

import tomllib

import pytest

from gemba.resources import resource_path
from gemba.words import Words
from tests.journeys.conftest import Person

NAMES = (
    ("new a3", "new sheet"),
    ("start a walk", "walks"),
    ("coach", "coaching"),
    ("backup", "safety"),
    ("write up", "write up"),
    ("make a checklist", "build form"),
    ("settings", "settings"),
    ("trash", "bin"),
    ("team", "people"),
    ("import", "moving"),
    ("shortcuts", "help"),
)


@pytest.mark.parametrize(("typed", "page"), NAMES)
def test_what_people_call_it_opens_it(person: Person, typed: str, page: str) -> None:
    person.start()
    person.press("Ctrl+K")
    person.type(typed)
    person.press("Return")
    person.wait(lambda: person.session.window.current_key() == page)


def ask_for(person: Person, typed: str) -> None:
    person.press("Ctrl+K")
    person.type(typed)
    person.press("Return")


def test_the_look_is_changed_where_one_is(person: Person) -> None:
    person.start()
    ask_for(person, "dark mode")
    person.wait(lambda: person.app.look() == "dark")
    assert person.session.window.current_key() == "today"
    ask_for(person, "look: light")
    person.wait(lambda: person.app.look() == "light")


def test_what_is_shown_goes_to_paper(person: Person) -> None:
    person.start()
    session = person.session
    sheet = session.workspace.sheets.begin("Trays come back late").id
    session.go.to("sheet", sheet=sheet)
    ask_for(person, "save as pdf")
    page = session.window.page("sheet")
    person.wait(lambda: page.drawers.key == "print")  # type: ignore[attr-defined]
    ask_for(person, "coach this sheet")
    person.wait(lambda: page.drawers.key == "margin")  # type: ignore[attr-defined]
    session.go.to("questions")
    ask_for(person, "save as pdf")
    questions = session.window.page("questions")
    person.wait(lambda: questions.paper.is_open())  # type: ignore[attr-defined]


def test_every_other_name_belongs_to_a_command(person: Person) -> None:
    person.start()
    text = resource_path("i18n", "en.toml").read_text(encoding="utf-8")
    ids = {command.id for command in person.session.commands} | {"lock", "own"}
    named = set(tomllib.loads(text)["also"])
    assert named <= ids
    words = Words()
    assert all(words.knows(f"also.{id}") for id in named)


def test_one_thing_lies_over_the_page(person: Person) -> None:
    person.start()
    person.press("Ctrl+K")
    person.press("Ctrl+Shift+O")
    over = person.session.over
    assert over.palette is not None
    assert over.capture is not None
    assert over.capture.isVisible()
    assert not over.palette.isVisible()
    person.type("Bags wait")
    person.press("Return")
    person.wait(lambda: [seen.saw for seen in person.held.walks.loose()] == ["Bags wait"])
