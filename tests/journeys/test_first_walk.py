"""Walkthrough 2: a plant manager walks for the first time, by keys alone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.data.sounds import M4A
from tests.journeys.conftest import Person
from tests.ui.dialogs import answering

PURPOSE = "Why do pallets wait at the dock?"
SEEN = (
    ("Four pallets stand at dock 2, the oldest since 06:10.", "3", "delivery"),
    ("Label printer stopped twice; Jan walked to the office for paper.", "2", "quality"),
    ("Board filled in by everyone before the round.", "0", "going well"),
)


def test_a_first_walk_ends_with_one_promise(person: Person) -> None:
    person.start()
    person.press("Return")  # the first door has the focus
    person.wait_caret("Why do you go and see? One sentence.")
    person.type(PURPOSE)
    person.press("Return")
    assert person.window.windowTitle().startswith(PURPOSE)
    for words, digit, _category in SEEN:
        person.wait_caret("I saw, in facts")
        person.type(words)
        person.press(f"Alt+{digit}")
        person.press("Return")
    person.press("Alt+P")
    person.type("Jan")
    person.press("Return")
    person.type("A second printer at the dock")
    person.press("Return")
    kept = person.held.walks.observations(person.held.walks.all()[0].id)
    assert [(one.saw, one.category) for one in kept] == [(w, c) for w, _digit, c in SEEN]
    assert person.focus().accessibleName() == "I saw, in facts"
    person.click("End the walk")
    person.fill("Nothing else to do; we learned", "paper for the printer is kept in the office")
    person.click("Done")
    person.wait(lambda: person.sees("A second printer at the dock"))
    first = person.rows()[0]
    assert first.words.strong == "A second printer at the dock"
    assert first.words.small == "Raised by Jan."
    assert first.words.age == "today"
    walk = person.held.walks.all()[0]
    assert walk.debrief.learned == "paper for the printer is kept in the office"
    assert (walk.theme, walk.area_id, walk.stops, walk.expect) == ("", None, (), "")
    assert QApplication.focusWidget() is not None


def test_a_voice_memo_is_asked_for_by_its_name_and_stays_with_its_line(
    person: Person, tmp_path: Path
) -> None:
    (tmp_path / "dock.m4a").write_bytes(M4A)
    person.start()
    person.press("Return")
    person.wait_caret("Why do you go and see? One sentence.")
    person.type(PURPOSE)
    person.press("Return")
    person.wait_caret("I saw, in facts")
    person.type("The pump at dock 2 sounds dry.")
    person.press("Ctrl+K")
    person.type("voice memo")
    with answering(tmp_path / "dock.m4a"):
        person.press("Return")
    person.look_at_window()
    person.wait_caret("I saw, in facts")
    person.press("Return")
    walk = person.held.walks.all()[0]
    person.wait(lambda: bool(person.held.walks.observations(walk.id)[0].memos))
    (seen,) = person.held.walks.observations(walk.id)
    assert [memo.name for memo in seen.memos] == ["dock"]
