"""Walkthrough 10: months later, in the dark, a learner's history is read and printed."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from pypdf import PdfReader

from gemba.resources import resource_path
from gemba.ui.widgets import Row
from tests.journeys.conftest import Person


def test_a_history_is_read_offline_and_printed(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unplugged(*_args: object, **_more: object) -> None:
        raise OSError("no network")

    monkeypatch.setattr(socket.socket, "connect", unplugged)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    person.dark = True
    person.start()
    person.click("Open the sample hospital")
    person.wait(lambda: person.session.sample and person.session.loaded)
    person.look_at_window()
    person.click("Coaching")
    learner = "Priya Raman"
    person.click_row(learner)
    person.wait(lambda: person.sees("Talks and sheets"))
    private = private_notes()
    assert private
    for words in private:
        assert words not in person.everything()
    file = tmp_path / "record.pdf"
    person.click("Print")
    person.saving_as(file, lambda: person.click("Save as PDF"))
    person.press("Escape")
    printed = " ".join(" ".join(p.extract_text().split()) for p in PdfReader(file).pages)
    assert learner in printed
    for words in private:
        assert words[:40] not in printed
    before = len(talk_rows(person))
    person.into("Which words?")
    person.type("bags")
    person.wait(lambda: 0 < len(talk_rows(person)) < before)
    september = [row for row in talk_rows(person) if "24 Sep" in row.words.age]
    person.tap(september[0])
    person.wait(lambda: person.sees("Cycle of"))
    assert person.sees("24 September")


def private_notes() -> list[str]:
    """The private notes of the sample, as its file has them."""
    data = json.loads((resource_path() / "samples/discharge/data.json").read_text("utf-8"))
    return [found for found in _notes(data) if found.strip()]


def _notes(part: object) -> list[str]:
    if isinstance(part, dict):
        here = [str(value) for key, value in part.items() if key == "private_note"]
        return here + [one for value in part.values() for one in _notes(value)]
    return [one for value in part for one in _notes(value)] if isinstance(part, list) else []


def talk_rows(person: Person) -> list[Row]:
    """The rows of talks and sheets."""
    return person.page().rows.rows()  # type: ignore[attr-defined,no-any-return]
