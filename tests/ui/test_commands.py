"""Commands: records that can be found, run and listed."""

from __future__ import annotations

import pytest

from gemba.ui.commands import Command, Commands


@pytest.fixture
def ran() -> list[str]:
    return []


@pytest.fixture
def commands(ran: list[str]) -> Commands:
    made = Commands()
    made.add(Command("walk", "Start a walk", lambda: ran.append("walk"), "Ctrl+N", place="Walks"))
    made.add(Command("a3", "Write an A3", lambda: ran.append("a3"), place="A3"))
    made.add(Command("off", "Walk on paper", lambda: ran.append("off"), enabled=lambda: False))
    return made


def test_a_command_runs_if_it_can(commands: Commands, ran: list[str]) -> None:
    assert commands.run("walk")
    assert not commands.run("off")
    assert ran == ["walk"]


def test_ids_and_shortcuts_are_given_once(commands: Commands) -> None:
    with pytest.raises(ValueError, match="walk is there already"):
        commands.add(Command("walk", "Again", lambda: None))
    with pytest.raises(ValueError, match=r"Ctrl\+N belongs to walk"):
        commands.add(Command("new", "New", lambda: None, "Ctrl+N"))


def test_typed_words_find_commands_beginning_with_them_first(commands: Commands) -> None:
    assert [c.id for c in commands.matching("walk")] == ["off", "walk"]
    assert [c.id for c in commands.matching("a3 WRITE")] == ["a3"]
    assert len(commands.matching("")) == 3


def test_other_names_lead_to_a_command_after_its_own_words() -> None:
    names = {"a3": "new a3, start an a3", "walk": "go and see"}
    commands = Commands(lambda id: names.get(id, ""))
    for id, words in (("walk", "Plan a walk"), ("a3", "Write an A3"), ("new", "New person")):
        commands.add(Command(id, words, lambda: None))
    assert [c.id for c in commands.matching("new a3")] == ["a3"]
    assert [c.id for c in commands.matching("a3  NEW")] == ["a3"]
    assert [c.id for c in commands.matching("sta")] == ["a3"]
    assert [c.id for c in commands.matching("new")] == ["new", "a3"]
    assert [c.id for c in commands.matching("tart")] == [], "only the beginning of a name counts"
    assert commands.get("a3").called(" New  A3")
    assert not commands.get("a3").called("new")


def test_what_is_late_stands_last_until_it_is_asked_for() -> None:
    commands = Commands()
    commands.add(Command("part", "Next part of the window", lambda: None, late=True))
    commands.add(Command("person", "Next person", lambda: None))
    assert [c.id for c in commands.matching("")] == ["person", "part"]
    assert [c.id for c in commands.matching("next")] == ["part", "person"]


def test_groups_follow_the_order_of_adding(commands: Commands) -> None:
    assert list(commands.places()) == ["Walks", "A3", ""]


def test_a_watcher_hears_of_adding_and_removing(commands: Commands) -> None:
    heard: list[int] = []
    commands.watch(lambda: heard.append(len(commands)))
    commands.remove("a3")
    commands.remove("a3")
    commands.add(Command("help", "Help", lambda: None))
    assert heard == [2, 3]
