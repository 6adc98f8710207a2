"""Walkthrough 9: a promise of sixteen days is told back, taken back, and told back again."""

from __future__ import annotations

from tests.journeys.conftest import Clock, Person

PROMISE = "Whether the bed alarm on bay 4 can be quieter at night"
SEEN = "Bed alarm on bay 4 rings through the round."


def test_the_oldest_promise_is_told_back(person: Person, clock: Clock) -> None:
    person.start()
    promise_something(person)
    clock.move(days=16)
    person.restart()
    first = person.rows()[0]
    assert (first.words.strong, first.words.age) == (PROMISE, "16 days")
    person.tap(first)
    # One click led to it; told back, it leaves the list at once.
    assert person.session.window.current_key() == "promise"
    assert PROMISE in person.everything()
    tell(person)
    assert person.session.window.current_key() == "today"
    person.wait(lambda: PROMISE not in [row.words.strong for row in person.rows()])
    person.click("Undo")
    person.wait(lambda: person.sees("Tell back"))
    person.click("Today")
    person.wait(lambda: person.rows()[0].words.strong == PROMISE)
    person.click_row(PROMISE)
    tell(person)
    person.click("Today")
    assert not person.sees(PROMISE)
    promise = person.held.promises.told()[0]
    assert promise.told_back is not None
    assert promise.told_back.to == "Ana"
    assert promise.told_back.answer == "not now"
    assert promise.told_back.said == "the supplier comes in January"
    assert promise.told_back.on == clock().date()
    person.click("Walks")
    person.click_row("How loud is the night?")
    person.wait(lambda: "told Ana" in person.everything())
    person.click_row(SEEN)
    person.wait(lambda: person.session.window.current_key() == "observation")
    chips = [words for words in person.all_buttons() if words.startswith("Told Ana: ")]
    assert len(chips) == 1
    # And back the same way, to how it was told.
    person.click(chips[0])
    person.wait(lambda: person.sees("not now, because the supplier comes in January"))


def promise_something(person: Person) -> None:
    """Walk, see one thing, and promise an answer to Ana."""
    person.press("Return")
    person.type("How loud is the night?")
    person.press("Return")
    person.type(SEEN)
    person.press("Return")
    person.press("Alt+P")
    person.type("Ana")
    person.press("Return")
    person.type(PROMISE)
    person.press("Return")
    person.click("End the walk")
    person.click("Done")
    person.wait(lambda: person.sees(PROMISE))


def tell(person: Person) -> None:
    """Tell Ana that it will not be done now."""
    person.fill("Whom did you tell?", "Ana")
    person.click("Not now, because")
    person.fill("Because?", "the supplier comes in January")
    person.click("Told back")
    person.wait(lambda: person.sees("told Ana") or person.sees("Told Ana"))
