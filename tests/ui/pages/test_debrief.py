"""The end of a walk: what it came to, and what each observation becomes."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.walk import Walk
from gemba.services.workspace import Workspace
from gemba.ui.pages.debrief import DebriefPage
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme
from tests.ui.dialogs import answering

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


@pytest.fixture
def walk(workspace: Workspace, clock) -> Walk:
    made = workspace.walks.plan("Why do discharges wait?", expect="A queue at the hatch")
    workspace.walks.start(made.id)
    for words in ("Board read by all", "Two bags wait"):
        clock.move(minutes=5)
        workspace.walks.capture(words, walk_id=made.id)
    return workspace.walks.end(made.id)


@pytest.fixture
def page(
    qtbot: QtBot, workspace: Workspace, theme: Theme, tasks: Tasks, go, walk: Walk
) -> DebriefPage:
    made = DebriefPage(
        theme,
        walks=workspace.walks,
        people=workspace.people,
        drafts=workspace.drafts,
        coaching=workspace.coaching,
        thread=workspace.thread,
        exports=workspace.exports,
        bulletin=workspace.bulletin,
        tasks=tasks,
        go=go,
        photos=lambda: workspace.photo_import,
        photo_care=lambda: workspace.vocabularies.words.photo_care,
    )
    qtbot.addWidget(made)
    made.resize(1208, 900)
    made.show()
    made.activateWindow()
    made.arrive(walk=walk.id)
    qtbot.waitUntil(lambda: made.lines["against_expected"].edit.hasFocus())
    return made


def test_expected_stands_beside_what_was_seen(page: DebriefPage) -> None:
    assert page.expected.text() == "A queue at the hatch"
    assert page.head.title.text() == "Why do discharges wait?"
    assert page.head.beside.text() == "Tuesday 24 November, 10 min"
    assert [row.words.strong for row in page.seen.rows()] == ["Board read by all", "Two bags wait"]


def test_every_line_saves_itself(
    page: DebriefPage, qtbot: QtBot, workspace: Workspace, walk: Walk
) -> None:
    for words in ("No queue, but bags", "Ready and nobody knows", "Who tells whom?", "Joris"):
        qtbot.keyClicks(QApplication.focusWidget(), words)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(page.lines["learned"].edit, "nobody is told")
    page.leave()
    workspace.recorder.settle()

    debrief = workspace.walks.get(walk.id).debrief
    assert debrief.against_expected == "No queue, but bags"
    assert debrief.pattern == "Ready and nobody knows"
    assert debrief.learn_next == "Who tells whom?"
    assert debrief.thank_you == "Joris"
    assert debrief.learned == "nobody is told"


def test_nothing_to_do_is_a_normal_end(page: DebriefPage, qtbot: QtBot, go) -> None:
    qtbot.mouseClick(page.done, LEFT)

    assert go.places == [("today", {})]


def test_an_observation_becomes_a_promise(
    page: DebriefPage, qtbot: QtBot, workspace: Workspace
) -> None:
    row = page.seen.rows()[1]
    row.menu().actions()[0].trigger()
    qtbot.keyClicks(QApplication.focusWidget(), "Samir")
    qtbot.keyClick(QApplication.focusWidget(), ENTER)
    qtbot.keyClick(QApplication.focusWidget(), ENTER)

    promise = workspace.promises.open()[0]
    assert (promise.text, promise.raised_by) == ("Two bags wait", "Samir")
    qtbot.waitUntil(
        lambda: page.seen.rows()[1].words.marks == (("handshake", "promised to Samir"),)
    )


def test_an_observation_becomes_an_obstacle_on_a_board(
    page: DebriefPage, qtbot: QtBot, workspace: Workspace
) -> None:
    row = page.seen.rows()[1]
    row.menu().actions()[2].trigger()
    qtbot.keyClicks(QApplication.focusWidget(), "Marta")
    qtbot.keyClick(QApplication.focusWidget(), ENTER)

    learner = workspace.people.person("Marta")
    board = workspace.coaching.boards(learner.id)[0]
    assert [obstacle.text for obstacle in board.obstacles] == ["Two bags wait"]
    chips = workspace.thread.chips(Ref("storyboard", board.id))
    assert [(chip.ref.kind, chip.words) for chip in chips] == [("observation", "Two bags wait")]


def test_an_observation_becomes_an_a3(page: DebriefPage, workspace: Workspace, go) -> None:
    row = page.seen.rows()[1]
    row.menu().actions()[1].trigger()

    source = Ref("observation", row.words.key)
    assert go.places == [("new sheet", {"source": source, "problem": "Two bags wait"})]


def test_a_row_opens_the_observation(page: DebriefPage, qtbot: QtBot, go) -> None:
    qtbot.waitUntil(lambda: page.seen.rows()[0].height() > 0)
    qtbot.mouseClick(page.seen.rows()[0], LEFT)

    assert go.opened == [(Ref("observation", page.seen.rows()[0].words.key), "")]


def test_the_report_holds_the_last_words_typed(
    page: DebriefPage, qtbot: QtBot, go, tmp_path: Path
) -> None:
    file = tmp_path / "report.pdf"
    qtbot.mouseClick(page.report, LEFT)
    qtbot.keyClicks(page.lines["learned"].edit, "nobody is told")
    with answering(file):
        qtbot.mouseClick(page.paper.panel.save, LEFT)
    qtbot.waitUntil(lambda: bool(go.said))

    text = "\n".join(part.extract_text() for part in PdfReader(file).pages)
    assert "Why do discharges wait?" in text
    assert "nobody is told" in text
    assert go.troubles == []


def test_a_place_that_takes_no_file_is_said(
    page: DebriefPage, qtbot: QtBot, go, tmp_path: Path
) -> None:
    file = tmp_path / "nowhere" / "report.pdf"
    qtbot.mouseClick(page.report, LEFT)
    with answering(file):
        qtbot.mouseClick(page.paper.panel.save, LEFT)
    qtbot.waitUntil(lambda: bool(go.troubles))

    assert go.troubles[0].key == "file.cannot_write"


def test_an_observation_is_just_a_note_until_it_is_not(
    page: DebriefPage, qtbot: QtBot, workspace: Workspace, walk: Walk
) -> None:
    seen = workspace.walks.observations(walk.id)[0]
    note = next(action for action in page.becoming.actions() if action.words == "Just a note")
    note.run(seen.id)
    qtbot.waitUntil(lambda: ("file-text", "note") in page.seen.row(seen.id).words.marks)
    assert workspace.walks.observation(seen.id).conversion == "note"
    note.run(seen.id)
    assert workspace.walks.observation(seen.id).conversion == ""


def test_more_than_three_promises_bring_one_gentle_sentence(
    page: DebriefPage, qtbot: QtBot, workspace: Workspace, walk: Walk
) -> None:
    seen = workspace.walks.observations(walk.id)[0]
    for number in range(3):
        workspace.walks.promise(seen.id, f"Find out, part {number}")
    qtbot.waitUntil(lambda: bool(page.seen.row(seen.id).words.marks))
    assert not page.too_many.isVisible()
    workspace.walks.promise(seen.id, "And one more")
    qtbot.waitUntil(page.too_many.isVisible)
    assert page.too_many.text() == (
        "4 promises from one walk. Which three will you surely keep? The others may stay notes "
        "for now."
    )
