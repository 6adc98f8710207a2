"""The way from the sheet to paper and to files, and from text into the sheet."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pptx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.figures import FiveWhys
from gemba.domain.figures.five_whys import Why
from gemba.domain.sheet import Box, Sheet
from gemba.services.workspace import Workspace
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.pages.sheet_paper import PaperPanel
from gemba.ui.pages.sheet_text_in import TextInPanel
from gemba.ui.theme import Theme
from tests.data.paper import reader, size_mm, text_of
from tests.ui.dialogs import answering
from tests.ui.pages.conftest import Steps
from tests.ui.pages.test_sheet import desk_over

TREE = FiveWhys(id="tree", caption="Why beds wait", whys=(Why(id="a", parent="", text="gap"),))


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    begun = workspace.sheets.begin("Half should leave before noon", owner="Maria")
    box = Box(id="analysis", text="The list is late.", figures=(TREE,))
    sheet = workspace.sheets.set_box(begun.id, box)
    workspace.sheets.ask(sheet.id, "analysis", "How do you know?")
    return sheet


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go: Steps, sheet: Sheet) -> SheetPage:
    made = SheetPage(theme, desk=desk_over(workspace), bulletin=workspace.bulletin, go=go)
    qtbot.addWidget(made)
    made.resize(1208, 1400)
    made.show()
    made.arrive(sheet=sheet.id)
    return made


@pytest.fixture
def panel(page: SheetPage) -> PaperPanel:
    page.drawers.open("print")
    assert isinstance(page.drawers.panel, PaperPanel)
    return page.drawers.panel


def click(qtbot: QtBot, widget: object) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_enter_after_the_keys_for_printing_saves(
    qtbot: QtBot, page: SheetPage, tmp_path: Path
) -> None:
    page.window().activateWindow()
    qtbot.waitUntil(page.window().isActiveWindow)
    target = tmp_path / "sheet.pdf"
    QTest.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    panel = page.drawers.panel
    assert isinstance(panel, PaperPanel)
    held = QApplication.focusWidget()
    assert held is panel.printing.save
    with answering(target):
        QTest.keyClick(held, Qt.Key.Key_Return)
    assert target.read_bytes().startswith(b"%PDF")


def test_what_the_preview_shows_is_what_is_saved(
    qtbot: QtBot, panel: PaperPanel, tmp_path: Path
) -> None:
    click(qtbot, panel.switches["halves"])
    assert panel.papers.value() == "A4"
    shown = panel.printing.preview._page
    assert shown is not None
    assert shown.height() > shown.width()
    assert panel.printing.turner.isVisible()
    target = tmp_path / "sheet.pdf"
    with answering(target):
        click(qtbot, panel.printing.save)
    pdf = target.read_bytes()
    assert pdf == panel.printing._pdf
    assert size_mm(pdf) == (210.0, 297.0)
    assert len(reader(pdf).pages) == 2


def test_every_choice_reaches_the_paper(qtbot: QtBot, panel: PaperPanel, tmp_path: Path) -> None:
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    click(qtbot, panel.switches["comments"])
    with answering(first):
        click(qtbot, panel.printing.save)
    assert "How do you know?" in text_of(first.read_bytes())
    click(qtbot, panel.fills.segment("blank"))
    click(qtbot, panel.switches["comments"])
    click(qtbot, panel.margins.segment("10"))
    with answering(second):
        click(qtbot, panel.printing.save)
    assert "The list is late." not in text_of(second.read_bytes())
    assert (panel.chosen.fill, panel.chosen.margin, panel.chosen.comments) == ("blank", 10.0, False)


def test_a_paper_that_would_cut_the_sheet_off_says_so_and_saves_nothing(
    qtbot: QtBot, panel: PaperPanel
) -> None:
    click(qtbot, panel.scales.segment("true"))
    assert panel.refused.isHidden()
    click(qtbot, panel.papers.segment("A4"))
    assert panel.refused.isVisible()
    assert not panel.printing.save.isEnabled()
    assert not panel.printing.send.isEnabled()
    click(qtbot, panel.papers.segment("A2"))
    assert panel.refused.isHidden()
    assert panel.printing.save.isEnabled()


def test_the_sheet_is_saved_as_any_kind_of_file(
    panel: PaperPanel, tmp_path: Path, go: Steps
) -> None:
    kept: dict[str, bytes] = {}
    for ending in ("pptx", "xlsx", "png", "svg", "md", "txt"):
        target = tmp_path / f"sheet.{ending}"
        with answering(target):
            panel.save_as(ending)
        assert str(target) in go.said[-1]
        kept[ending] = target.read_bytes()
    slide = pptx.Presentation(BytesIO(kept["pptx"])).slides[0]
    assert slide.shapes.title is not None
    assert openpyxl.load_workbook(BytesIO(kept["xlsx"])).sheetnames
    assert kept["png"].startswith(b"\x89PNG")
    assert ElementTree.fromstring(kept["svg"]).tag.endswith("svg")
    for ending in ("md", "txt"):
        assert "The list is late." in kept[ending].decode("utf-8")


def test_one_figure_is_saved_as_a_picture_and_a_place_that_cannot_take_it_is_told(
    panel: PaperPanel, tmp_path: Path, go: Steps
) -> None:
    target = tmp_path / "figure.png"
    with answering(target):
        panel.save_as("png", TREE)
    assert target.read_bytes().startswith(b"\x89PNG")
    with answering(tmp_path / "gone" / "figure.svg"):
        panel.save_as("svg", TREE)
    assert [error.key for error in go.troubles] == ["file.cannot_write"]
    with answering(None):
        panel.save_as("svg", TREE)
    assert len(go.troubles) == 1
    assert len(go.said) == 1


def test_text_fills_the_boxes_it_names_and_is_taken_back_in_one_step(
    qtbot: QtBot, page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    page.open_drawer("text")
    panel = page.drawers.panel
    assert isinstance(panel, TextInPanel)
    assert not panel.take.isEnabled()
    assert panel.told.text() == ""
    panel.text.set_text("Minutes\nGoal:\n35 % by 11 December\nAnalysis\nNobody names them.")
    panel._tell()
    assert "Goal, Analysis" in panel.told.text()
    click(qtbot, panel.take)
    workspace.recorder.settle()
    kept = workspace.sheets.get(sheet.id)
    assert kept.box("goal").text == "35 % by 11 December"
    assert kept.box("analysis").text == "The list is late.\nNobody names them."
    assert kept.box("analysis").figures == (TREE,)
    assert [piece.box.text for piece in kept.tray] == ["Minutes"]
    page.edits.undo()
    back = workspace.sheets.get(sheet.id)
    assert (back.boxes, back.tray) == (sheet.boxes, ())


def test_a_text_file_is_shown_before_it_goes_in_and_what_is_none_is_told(
    page: SheetPage, go: Steps, tmp_path: Path
) -> None:
    page.open_drawer("text")
    panel = page.drawers.panel
    assert isinstance(panel, TextInPanel)
    good = tmp_path / "a3.txt"
    good.write_bytes("Goal\n35 % für Station 4".encode("cp1252"))
    panel.read(good)
    assert "für Station 4" in panel.text.text()
    for name, data in (("photo.txt", b"\xff\xd8\xff\0\0"), ("large.txt", b"a" * 5_000_001)):
        (tmp_path / name).write_bytes(data)
        panel.read(tmp_path / name)
        assert name in go.said[-1]
    panel.read(tmp_path / "gone.txt")
    assert "gone.txt" in go.said[-1]
    assert "für Station 4" in panel.text.text()


def test_who_may_not_write_brings_no_text_in(
    page: SheetPage, workspace: Workspace, sheet: Sheet
) -> None:
    page.sheet = replace(sheet, pen="owner")
    workspace.recorder.who = "Somebody else"
    page.open_drawer("text")
    panel = page.drawers.panel
    assert isinstance(panel, TextInPanel)
    panel.text.set_text("Goal\nnever")
    panel._tell()
    assert not panel.take.isEnabled()
    assert "pen" in panel.told.text()
