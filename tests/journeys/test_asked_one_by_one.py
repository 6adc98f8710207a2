"""Who was asked before anything is decided, and who can do what: by clicks and keys alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gemba.domain.figures import SkillsGrid
from gemba.domain.figures.skills import Learner, Skill
from gemba.ui.widgets.box_text import BoxText
from tests.journeys.conftest import Person
from tests.journeys.test_figures_drawn import drawn, on_paper, to_draw
from tests.journeys.test_first_a3 import begin
from tests.journeys.test_looking_over import about


def write_row(person: Person, *cells: str) -> None:
    """Write into the cells of a row of a grid, from the one it stands on."""
    for number, words in enumerate(cells):
        if number:
            person.press("Tab")
        person.press("F2")
        person.type(words)
    person.press("Return")


def test_people_are_asked_one_by_one_and_sign_at_the_foot(person: Person, tmp_path: Path) -> None:
    begin(person)
    person.wait(lambda: isinstance(person.focus(), BoxText))
    about(person, "Who was asked, and who signs")
    person.wait(lambda: "Who is asked next?" in person.fields())
    person.fill("Who is asked next?", "Leon Fischer\n")
    person.wait(lambda: bool(person.buttons("Approves")))
    person.click("Approves")
    person.fill("What they are worried about", "The desk is empty at 10:30.")
    person.click("Against it")
    person.fill("What you changed for it", "The trip moved to 11:00.")
    person.click("Can live with it")
    person.fill("Asked on", "23 Nov\n")
    person.fill("Who is asked next?", "Joy Adeyemi\n")
    person.wait(lambda: person.sees("Joy Adeyemi"))
    person.fill("Who signs?", "Nora Bergmann\n")
    person.wait(lambda: "As what" in person.fields())
    person.fill("As what", "Head of nursing")
    # Printed with the caret still in the field.
    text = on_paper(person, tmp_path / "signed.pdf")
    assert "Nora Bergmann" in text
    assert "Head of nursing" in text
    sheet = person.held.sheets.all()[0]
    leon, joy = sheet.consulted
    assert (leon.name, leon.role, leon.stance, leon.on) == (
        "Leon Fischer",
        "approves",
        "can_live_with",
        date(2026, 11, 23),
    )
    assert (leon.concern, leon.changed) == (
        "The desk is empty at 10:30.",
        "The trip moved to 11:00.",
    )
    assert (joy.name, joy.on) == ("Joy Adeyemi", None)
    (line,) = sheet.sign_offs
    assert (line.name, line.role, line.on) == ("Nora Bergmann", "Head of nursing", None)
    person.restart()
    assert person.held.sheets.all()[0].consulted == (leon, joy)


def test_a_skills_grid_is_typed_cell_by_cell(person: Person, tmp_path: Path) -> None:
    to_draw(person, "Skills grid")
    person.wait(lambda: person.focus().accessibleName() == "Skills")
    for row in (("Letter", "3"), ("Book transport", "2")):
        write_row(person, *row)
    person.tab_to("People")
    for row in (("Maria Okafor", "4", "3"), ("Lena Brandt", "1", "2")):
        write_row(person, *row)
    figure = drawn(person, "current")
    assert isinstance(figure, SkillsGrid)
    assert figure.skills == (
        Skill(name="Letter", target="3"),
        Skill(name="Book transport", target="2"),
    )
    assert figure.people == (
        Learner(name="Maria Okafor", levels=("4", "3")),
        Learner(name="Lena Brandt", levels=("1", "2")),
    )
    text = on_paper(person, tmp_path / "skills.pdf")
    for words in ("Maria Okafor", "Book transport"):
        assert words in text
    person.restart()
    assert drawn(person, "current") == figure
