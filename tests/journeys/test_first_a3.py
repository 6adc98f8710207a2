"""Walkthrough 1: a nurse manager writes a first A3 and prints it, in five minutes."""

from __future__ import annotations

import re
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gemba.ui.widgets.box_text import BoxText
from tests.journeys.conftest import Person

PROBLEM = "Two in three patients fit by 09:00 should leave before noon; 19 % do."
LINES = (
    "Ward 6 discharges ten patients a day, and one in five of them has left before noon.",
    "The porter is called when the bag is ready; the bag is ready when the porter has gone.",
    "- Of the 132 patients who were fit by 09:00 between 31 August and 9 October, 88 left after "
    "14:00, and most of them sat dressed on the edge of the bed.",
)


def lines_on_screen(editor: BoxText) -> list[str]:
    """The words of each line as the screen breaks them."""
    found: list[str] = []
    block = editor.document().firstBlock()
    while block.isValid():
        layout = block.layout()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            start = line.textStart()
            found.append(block.text()[start : start + line.textLength()].strip())
        block = block.next()
    return [one for one in found if one]


def bare(words: str) -> str:
    return re.sub(r"\s+", "", words)


def lines_on_paper(page_text: str) -> list[str]:
    """The lines as the PDF breaks them, without blanks and bullets."""
    return [bare(line).lstrip("•–-") for line in page_text.splitlines()]


def begin(person: Person) -> None:
    """Go through the doors and the three sentences."""
    person.start()
    person.click("Write an A3")
    assert person.focus().accessibleName() == "Your name, for the sheet"
    person.type("Maria Okafor")
    person.press("Return")
    person.type(PROBLEM)
    person.press("Return")
    person.type("Yesterday at the board round")
    person.press("Return")


def test_a_first_a3_is_written_and_printed_as_it_stands(
    person: Person, photo: QImage, tmp_path: Path, qtbot: QtBot
) -> None:
    begin(person)
    person.wait(lambda: isinstance(person.focus(), BoxText))
    editor = person.focus()
    assert isinstance(editor, BoxText)
    assert editor.accessibleName() == "Current condition"
    assert person.window.windowTitle().startswith(PROBLEM)
    assert person.window.size().toTuple() == (1280, 800)
    assert editor.document().defaultFont().pixelSize() >= 14
    person.type("\n".join(LINES))
    person.paste_picture(photo)
    person.wait(lambda: bool(person.held.sheets.all()[0].box("current").figures))
    person.press("Escape")
    person.wait(lambda: isinstance(person.focus(), BoxText))
    assert person.sees("writing: Maria Okafor")
    editor = person.focus()
    assert isinstance(editor, BoxText)
    seen = [bare(line) for line in lines_on_screen(editor)]
    assert len(seen) > len(LINES)
    person.press("Ctrl+P")
    file = tmp_path / "wall.pdf"
    person.saving_as(file, lambda: person.click("Save as PDF"))
    read = PdfReader(file)
    assert len(read.pages) == 1
    width, height = (float(side) * 25.4 / 72 for side in read.pages[0].mediabox[2:])
    assert (round(width, 1), round(height, 1)) == (420.0, 297.0)
    paper = lines_on_paper(read.pages[0].extract_text())
    at = paper.index(seen[0])
    assert paper[at : at + len(seen)] == seen
    assert len(read.pages[0].images) == 1
    assert read.metadata is not None
    assert read.metadata.title == PROBLEM
    assert read.metadata.author == "Maria Okafor"


def test_the_sheet_is_there_after_a_restart(person: Person) -> None:
    begin(person)
    person.wait(lambda: isinstance(person.focus(), BoxText))
    person.type("\n".join(LINES))
    person.restart()
    person.click("A3")
    person.wait(lambda: PROBLEM in person.everything())
    assert person.held.sheets.all()[0].box("current").text == "\n".join(LINES)
