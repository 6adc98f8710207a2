"""The page of paper for walks: each kind is shown as it prints and kept as a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gemba.services.exports import write_file
from gemba.services.workspace import Workspace
from gemba.ui.pages.walk_paper import KINDS, WalkPaperPage
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme
from tests.ui.dialogs import answering


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, tasks: Tasks, go) -> WalkPaperPage:
    made = WalkPaperPage(
        theme,
        paper=workspace.walk_paper,
        walks=workspace.walks,
        tasks=tasks,
        write=write_file,
        go=go,
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    return made


def test_each_kind_is_shown_and_kept(
    page: WalkPaperPage,
    qtbot: QtBot,
    workspace: Workspace,
    tmp_path: Path,
) -> None:
    walk = workspace.walks.plan("Why?", stops=workspace.walks.stops_from("Board"))
    written = set()
    for kind in KINDS:
        target = tmp_path / f"{kind}.pdf"
        page.panel._pdf = b""
        page.arrive(walk=walk.id, kind=kind)
        qtbot.waitUntil(lambda: page.panel._pdf.startswith(b"%PDF"))
        with answering(target):
            page.panel.save.click()
        qtbot.waitUntil(target.exists)
        written.add(target.read_bytes())
    assert len(written) == len(KINDS)
    assert "team board" in page.about.text()


def test_a_memo_needs_a_walk(page: WalkPaperPage) -> None:
    page.arrive(kind="memo")
    assert not page.panel.isVisible()
    assert "Open a walk" in page.about.text()


@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_a_page_keeps_its_proportions_in_any_window(
    page: WalkPaperPage, qtbot, tasks: Tasks, size: tuple[int, int]
) -> None:
    page.resize(*size)
    page.arrive()
    preview = page.panel.preview
    qtbot.waitUntil(lambda: tasks.busy == 0)
    held = preview._page
    assert held is not None
    qtbot.waitUntil(lambda: preview.height() >= preview.heightForWidth(preview.width()))
    assert preview.height() / preview.width() == pytest.approx(297 / 210, rel=0.02)
