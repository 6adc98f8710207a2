"""Walkthrough 7: from a countermeasure back to what was seen, and to the next walk."""

from __future__ import annotations

from pathlib import Path

import pytest

from gemba.domain.changes import Ref
from gemba.domain.titles import first_words
from gemba.ui.widgets.box_area import BoxArea
from gemba.ui.widgets.photos import Thumbnail
from tests.journeys.conftest import Person
from tests.journeys.test_too_full import open_sheet


def box(person: Person, key: str) -> BoxArea:
    """A box of the sheet that is shown."""
    return next(
        one for one in person.window.findChildren(BoxArea) if one.box_id == key and one.isVisible()
    )


def at_box(person: Person, label: str) -> None:
    """Wait until the margin shows what belongs to a box."""
    person.wait(lambda: person.sees(f"Questions for {label}"))


def test_a_countermeasure_leads_back_to_the_gemba(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    person.start()
    person.click("Open the sample hospital")
    person.wait(lambda: person.session.sample and person.session.loaded)
    person.window.resize(1440, 900)
    person.look_at_window()
    person.click("A3")
    open_sheet(person)
    person.click("Coach’s margin")
    person.tap(box(person, "countermeasures"))
    at_box(person, "Countermeasures")
    person.click("Analysis")
    at_box(person, "Analysis")
    person.click("Current condition")
    at_box(person, "Current condition")
    page = person.page()
    sheet = page.sheet.id  # type: ignore[attr-defined]
    seen = person.held.thread.chips(Ref("sheet", sheet), "current")
    seen = [one for one in seen if one.ref.kind == "observation"]
    with_photo = next(one for one in seen if person.held.walks.observation(one.ref.id).photos)
    person.click(first_words(with_photo.words, 34))
    saw = person.held.walks.observation(with_photo.ref.id).saw
    assert person.fields()["I saw, in facts"].text() == saw  # type: ignore[attr-defined]
    assert any(one.isVisible() for one in person.page().findChildren(Thumbnail))
    # And back the same way.
    title = person.held.sheets.get(sheet).title
    back = next(words for words in person.all_buttons() if words and title.startswith(words[:30]))
    person.click(back)
    at_box(person, "Current condition")
    person.click("Analysis")
    at_box(person, "Analysis")
    person.click("Countermeasures")
    at_box(person, "Countermeasures")
    person.click("Go and see it")
    person.wait(lambda: person.sees("It is a stop on the next walk"))
    walk = person.held.thread.next_walk()
    assert walk is not None
    mine = [one for one in walk.stops if one.origin_part == "countermeasures"]
    assert [one.origin_id for one in mine] == [sheet]
    assert mine[0].photo
    person.click("Today")
    person.click("Start walking")
    person.look_at_window()
    for _stop in walk.stops[1 : walk.stops.index(mine[0]) + 1]:
        person.press("Ctrl+PgDown")
    person.wait(lambda: person.sees("Coming back to this stop"))
    assert any(one.isVisible() for one in person.page().findChildren(Thumbnail))
    assert person.sees(title[:30])
