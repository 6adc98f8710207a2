"""Figures a team would draw by hand, drawn on a sheet with clicks and keys, and kept."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from gemba.domain.figures import Countermeasures, Figure, Fishbone, FiveWhys, Pareto
from gemba.ui.widgets.box_text import BoxText
from gemba.ui.widgets.figure_area import FigureArea
from tests.journeys.conftest import Person
from tests.journeys.test_first_a3 import begin
from tests.journeys.test_restart import palette_rows


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


def test_countermeasures_are_compared_with_doing_nothing(person: Person, tmp_path: Path) -> None:
    to_draw(person, "Countermeasures")
    person.wait_caret("Countermeasure 1")
    person.type("Name them at 15:00")
    person.fill("Acts on cause", "A")
    person.fill("We predict", "25 of 30")
    person.click("high", at=0)
    person.click("low", at=1)
    person.click("permanent")
    person.click("Chosen")
    person.into("We predict")
    person.press("Return")
    person.wait_caret("Countermeasure 2")
    person.type("Remind the doctors")
    person.wait(lambda: person.sees("What would make the right way the easy one?"))
    person.click("Compare with doing nothing")
    person.wait_caret("We predict")
    person.type("stays at 19 %")
    figure = drawn(person, "current")
    assert isinstance(figure, Countermeasures)
    first, second, last = figure.options
    assert (first.what, first.impact, first.effort) == ("Name them at 15:00", "high", "low")
    assert (first.lasts, first.chosen, second.cause) == ("permanent", True, "A")
    assert (last.nothing, last.effect) == (True, "stays at 19 %")
    text = on_paper(person, tmp_path / "options.pdf")
    for words in ("Effect and effort", "Do nothing", "Remind the doctors", "25 of 30"):
        assert words in text
    person.restart()
    assert drawn(person, "current") == figure


def test_a_fishbone_passes_its_verified_cause_on(person: Person, tmp_path: Path) -> None:
    to_draw(person, "Fishbone")
    person.wait_caret("What happens?")
    person.type("Medicines come at 12:45")
    person.click("4S")
    person.wait_caret("Possible cause")
    person.type("The list is late")
    person.press("Tab")
    person.type("Nobody is named")
    person.press("Alt+3")
    person.wait(lambda: person.sees("By what do you know?"))
    person.click("tested")
    person.into("By what do you know")
    person.type("4 days")
    person.click("Into the why tree")
    person.wait(lambda: person.sees("It stands in the why tree now."))
    person.wait(lambda: len(person.held.sheets.all()[0].box("current").figures) == 2)
    bones, tree = person.held.sheets.all()[0].box("current").figures
    assert isinstance(tree, FiveWhys)
    gap, why = tree.whys
    assert (gap.text, why.text) == ("Medicines come at 12:45", "Nobody is named")
    assert (why.evidence, why.source) == ("tested", "4 days")
    assert isinstance(bones, Fishbone)
    assert len(bones.bones) == 4
    assert bones.causes[1].parent == bones.causes[0].id
    assert bones.causes[1].state == "verified"
    text = on_paper(person, tmp_path / "bones.pdf")
    for words in ("Suppliers", "The list is late", "verified: tested, 4 days"):
        assert words in text
    person.restart()
    assert person.held.sheets.all()[0].box("current").figures == (bones, tree)


def test_a_slash_puts_a_figure_in_and_a_slash_in_a_word_stays(person: Person) -> None:
    begin(person)
    person.wait(lambda: isinstance(person.focus(), BoxText))
    person.type("1/2 of them wait and/or leave. ")
    person.type("/fish")
    person.press("Return")
    person.wait_caret("What happens?")
    person.type("Medicines come late")
    figure = drawn(person, "current")
    assert isinstance(figure, Fishbone)
    person.restart()
    box = person.held.sheets.all()[0].box("current")
    assert box.text == "1/2 of them wait and/or leave. "
    assert [one.kind for one in box.figures] == ["fishbone"]


def test_the_palette_puts_a_figure_into_the_box_in_focus(person: Person) -> None:
    begin(person)
    person.wait(lambda: isinstance(person.focus(), BoxText))
    person.press("Ctrl+K")
    person.type("insert par")
    person.wait(lambda: "Insert Pareto" in "".join(palette_rows(person)[1:2]))
    person.press("Return")
    person.wait(lambda: person.focus().accessibleName() == "What was counted")
    assert isinstance(drawn(person, "current"), Pareto)
    person.press("Ctrl+1")
    person.press("Ctrl+K")
    person.type("insert par")
    person.wait(lambda: any("Nothing says that" in row for row in palette_rows(person)))


def test_a_figure_is_sized_and_moved_by_keys_in_the_window_and_prints_so(
    person: Person, tmp_path: Path
) -> None:
    begin(person)
    person.wait(lambda: isinstance(person.focus(), BoxText))
    person.type("Counted in June. /table")
    person.press("Return")
    person.wait(lambda: bool(person.held.sheets.all()[0].box("current").figures))
    person.press("Escape")
    person.wait(lambda: isinstance(person.focus(), BoxText))
    person.press("Tab")
    person.wait(lambda: isinstance(person.focus(), FigureArea))
    person.press("Alt+Left")
    person.press("Alt+Down")
    wide = drawn(person, "current").place.width
    assert wide > 0, "Alt+Left sizes the figure and does not leave the page"
    assert isinstance(person.focus(), FigureArea)
    person.press("Ctrl+Right")
    assert drawn(person, "current").place.side == "beside"
    person.press("Ctrl+Z")
    assert drawn(person, "current").place.side == "under"
    assert "Counted in June." in on_paper(person, tmp_path / "sized.pdf")
    person.restart()
    kept = drawn(person, "current")
    assert (kept.place.side, kept.place.width) == ("under", wide)
