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
    ("dark mode", "settings"),
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


def test_every_other_name_belongs_to_a_command(person: Person) -> None:
    person.start()
    person.session.go.to("sheet", sheet=person.session.workspace.sheets.begin("A problem").id)
    text = resource_path("i18n", "en.toml").read_text(encoding="utf-8")
    ids = {command.id for command in person.session.commands} | {"lock", "own"}
    named = set(tomllib.loads(text)["also"])
    assert named <= ids
    words = Words()
    assert all(words.knows(f"also.{id}") for id in named)
