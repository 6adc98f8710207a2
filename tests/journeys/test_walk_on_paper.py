"""Walkthrough 4: a walk made on paper yesterday is written up, ten lines and one promise."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from pypdf import PdfReader

from gemba.domain.changes import Ref
from tests.journeys.conftest import Clock, Person

LINES = tuple(
    f"{words}."
    for words in (
        "Two beds on bay 3 made before eight",
        "Pharmacy bag on the desk since 10:05",
        "Nobody at the desk at 10:20",
        "The runner asks which bag is next",
        "Night list printed at 06:40",
        "The list names five of seven",
        "Transport booked for 14:00",
        "Lounge empty at 10:45",
        "The nurse walks to the lounge to look",
        "Board filled in by everyone",
    )
)


def test_a_walk_on_paper_is_written_up(person: Person, clock: Clock, tmp_path: Path) -> None:
    person.start()
    person.click("Walk")
    person.click("Write up a walk")
    yesterday = clock().date() - timedelta(days=1)
    person.wait_caret("Why did you go?")
    # Three places to write in, no clock, and nothing that must be filled in.
    assert set(person.fields()) == {
        "Why did you go?",
        "On which day?",
        "What you saw, one line each",
    }
    person.type("How is a discharge prepared?")
    person.press("Return")
    person.press("Ctrl+A")
    person.type("yesterday")
    person.press("Return")
    for line in LINES:
        person.wait_caret("What you saw, one line each")
        person.type(line)
        person.press("Return")
    assert not any("min" in words.split() for words in person.all_buttons())
    person.act_on_row(LINES[3], "Promise")
    person.type("Sam")
    person.press("Return")
    person.type("Which bag goes first")
    person.press("Return")
    walk = person.held.walks.all()[0]
    assert (walk.walked_on, walk.started_at) == (yesterday, None)
    seen = person.held.walks.observations(walk.id)
    assert tuple(one.saw for one in seen) == LINES
    assert {one.seen_on for one in seen} == {yesterday}
    assert {one.seen_at for one in seen} == {None}
    promise = person.held.promises.open()[0]
    assert promise.text == "Which bag goes first"
    chips = person.held.thread.chips(Ref("promise", promise.id))
    assert [chip.ref for chip in chips] == [Ref("observation", seen[3].id)]
    person.click("To the debrief")
    file = tmp_path / "walk.pdf"
    person.click("Print")
    person.saving_as(file, lambda: person.click("Save as PDF"))
    person.wait(lambda: person.sees("Saved as"))
    person.press("Escape")
    words = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(file).pages)
    assert "23 Nov 2026" in words
    assert "24 Nov" not in words
    for line in LINES:
        assert line in words
    times = re.findall(r"\d\d:\d\d", words)
    assert sorted(times) == sorted(re.findall(r"\d\d:\d\d", " ".join(LINES)))
    assert "Which bag goes first" in words
    person.click("Done")
    person.wait(lambda: person.sees("Which bag goes first"))
