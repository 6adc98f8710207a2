"""Processes, targets, problems, tables, impact and skills, written at the window and printed."""

from __future__ import annotations

from pathlib import Path

from gemba.domain.figures import (
    Impact,
    IsIsNot,
    Problem,
    Process,
    SkillsGrid,
    TableFigure,
    Target,
)
from tests.journeys.conftest import Person
from tests.journeys.test_figures_drawn import drawn, on_paper, to_draw


def test_a_process_is_written_undone_and_printed(person: Person, tmp_path: Path) -> None:
    to_draw(person, "Process sketch")
    person.wait_caret("Item 1")
    for what, time in (("Letter", "20"), ("for the pharmacy", "1 h 22"), ("Make up", "18 min")):
        person.type(what)
        person.press("Tab")
        person.type(time)
        person.press("Return")
    person.wait(lambda: person.sees("Lead time 2 h. Hands on it 38 min (32 %)."))
    person.fill("Caption", "From fit to the door")
    person.wait(lambda: said(person).caption == "From fit to the door")
    written = said(person)
    person.tab_to("Close")
    person.press("Ctrl+Z")
    # What was typed into one field is one step.
    person.wait(lambda: said(person).caption == "")
    person.wait(lambda: not person.sees("From fit to the door"))
    person.press("Ctrl+Y")
    person.wait(lambda: said(person) == written)
    assert [one.sort for one in said(person).items][:3] == ["step", "wait", "step"]
    text = on_paper(person, tmp_path / "process.pdf")
    for words in ("From fit to the door", "for the pharmacy", "1 h 22", "Lead time 2 h."):
        assert words in text
    kept = drawn(person, "current")
    person.restart()
    assert drawn(person, "current") == kept


def said(person: Person) -> Process:
    figure = drawn(person, "current")
    assert isinstance(figure, Process)
    return figure


def test_a_target_says_what_it_lacks(person: Person, tmp_path: Path) -> None:
    to_draw(person, "Target card")
    person.wait_caret("Measure")
    for words in ("Out before 12:00", "Ward 6", "19", "40", "%", "11 Dec", "bed board"):
        person.type(words)
        person.press("Return")
    person.wait(lambda: person.sees("A: why it can be reached?"))
    text = on_paper(person, tmp_path / "target.pdf")
    for words in ("Out before 12:00", "+21 points, by 11 Dec 2026", "What must not get worse?"):
        assert words in text
    figure = drawn(person, "current")
    assert isinstance(figure, Target)
    person.restart()
    assert drawn(person, "current") == figure


def test_a_problem_and_its_contrasts_are_written(person: Person, tmp_path: Path) -> None:
    to_draw(person, "Problem statement")
    person.wait_caret("The problem in one sentence")
    person.type("We need more porters")
    person.wait(lambda: person.sees("is already an answer."))
    figure = drawn(person, "current")
    assert isinstance(figure, Problem)
    person.click("Draw")
    person.choose("Is / is not")
    person.wait_caret("What: Is")
    person.type("Line 3")
    person.press("Return")
    person.type("Line 1")
    person.wait(lambda: len(person.held.sheets.all()[0].box("current").figures) == 2)
    contrast = drawn(person, "current")
    assert isinstance(contrast, IsIsNot)
    text = on_paper(person, tmp_path / "problem.pdf")
    for words in ("We need more porters", "Not said yet", "Is not, but could be", "Line 1"):
        assert words in text


def test_a_table_and_an_impact_summary_are_pasted(person: Person, tmp_path: Path) -> None:
    to_draw(person, "Table")
    person.wait(lambda: person.focus().accessibleName() == "Cells")
    person.paste_text("Ward\tBeds\tOut\tNote\n6\t24\t37 %\tnamed\n9\t18\t8,5 %\t=1+1\n")
    table = drawn(person, "current")
    assert isinstance(table, TableFigure)
    assert table.rows[2] == ("9", "18", "8,5 %", "=1+1")
    person.click("Draw")
    person.choose("Impact summary")
    person.wait(lambda: person.focus().accessibleName() == "Measures")
    person.paste_text("Out by noon\t17\t40\t45\t%\n")
    person.wait(lambda: person.sees("Out by noon: +28 points"))
    impact = drawn(person, "current")
    assert isinstance(impact, Impact)
    text = on_paper(person, tmp_path / "table.pdf")
    for words in ("8,5 %", "=1+1", "+28 points", "target reached"):
        assert words in text
    person.restart()
    assert person.held.sheets.all()[0].box("current").figures == (table, impact)


def test_a_skills_grid_is_pasted_with_its_heads(person: Person, tmp_path: Path) -> None:
    to_draw(person, "Skills grid")
    person.wait(lambda: person.focus().accessibleName() == "Skills")
    person.paste_text("Letter\t3\nCall\t2\n")
    person.press("Tab")
    person.wait(lambda: person.focus().accessibleName() == "People")
    person.paste_text("Maria\t4\t3\nLena\t1\t2\n")
    person.wait(lambda: person.sees("Only Maria does “Letter” alone."))
    figure = drawn(person, "current")
    assert isinstance(figure, SkillsGrid)
    assert [one.levels for one in figure.people] == [("4", "3"), ("1", "2")]
    text = on_paper(person, tmp_path / "skills.pdf")
    for words in ("Maria", "Letter", "can teach", "Do it alone"):
        assert words in text
