"""A storyboard on the way to paper: seen as it prints, and what found no room is said."""

from __future__ import annotations

import io
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.services.workspace import Workspace
from gemba.ui.pages.board_paper import BoardPaperPage
from gemba.ui.theme import Theme


def test_a_board_is_seen_as_it_prints_and_what_is_over_is_said(
    qtbot: QtBot, workspace: Workspace, theme: Theme, go, tmp_path: Path
) -> None:
    board = workspace.coaching.board_of(workspace.people.person("Tomas Reyes").id)
    workspace.coaching.write_board(
        board.id,
        visit="1",
        focus_process="Journeys home",
        current_condition="letters wait " * 900,
    )
    workspace.recorder.settle()
    drawn: list[bytes] = []

    def draw(key, paper):
        made = workspace.exports.board(key, paper)
        drawn.append(made.pdf)
        return made.pdf, made.over

    page = BoardPaperPage(
        theme,
        coaching=workspace.coaching,
        draw=draw,
        write=workspace.exports.write_file,
        go=go,
    )
    qtbot.addWidget(page)
    page.resize(1208, 772)
    page.show()
    page.arrive(board=board.id)
    assert page.page_title() == "Journeys home"
    assert page.over.text().startswith("Current condition: ")
    assert page.over.text().endswith("lines find no room")
    page.paper.chosen.emit("A4")
    for pdf in drawn:
        assert "Journeys home" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    qtbot.mouseClick(page.back, Qt.MouseButton.LeftButton)
    assert go.places == [("learner", {"board": board.id})]
