"""Figures a team would draw by hand, drawn on a sheet with clicks and keys, and kept."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from gemba.domain.figures import Figure, Pareto
from gemba.ui.widgets.box_text import BoxText
from tests.journeys.conftest import Person
from tests.journeys.test_first_a3 import begin


def drawn(person: Person, box: str) -> Figure:
    """The last figure of a box, once there is one."""
    person.wait(lambda: bool(person.held.sheets.all()[0].box(box).figures))
    return person.held.sheets.all()[0].box(box).figures[-1]


def on_paper(person: Person, file: Path) -> str:
    """The words of the sheet as it is printed."""
    person.press("Ctrl+P")
    person.saving_as(file, lambda: person.click("Save as PDF"))
    return " ".join(PdfReader(file).pages[0].extract_text().split())


def to_draw(person: Person, figure: str) -> None:
    """Begin a sheet and choose a figure from the Draw menu."""
    begin(person)
    person.wait(lambda: isinstance(person.focus(), BoxText))
    person.click("Draw")
    person.choose(figure)


def test_a_pareto_is_pasted_and_printed(person: Person, tmp_path: Path) -> None:
    to_draw(person, "Pareto")
    person.wait(lambda: person.focus().accessibleName() == "What was counted")
    person.paste_text("Reason\tCount\nOther\t3\nLetter\t21\nMedicines\t37,5\n")
    person.fill("Caption", "Late leavers, waiting for")
    figure = drawn(person, "current")
    assert isinstance(figure, Pareto)
    assert [bar.count for bar in figure.bars] == [None, 3, 21, 37.5]
    person.click("By cost")
    person.click("By count")
    text = on_paper(person, tmp_path / "pareto.pdf")
    assert text.index("Medicines") < text.index("Letter") < text.index("Other")
    person.restart()
    kept = drawn(person, "current")
    assert isinstance(kept, Pareto)
    assert kept.caption == "Late leavers, waiting for"
