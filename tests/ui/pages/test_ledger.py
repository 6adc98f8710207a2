"""What the months show, in the window: one learner, nobody beside them."""

from __future__ import annotations

import io
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.services.workspace import Workspace
from gemba.ui.learners_view import LearnersView
from gemba.ui.pages.ledger import EVIDENCE, HISTORY, LedgerPage
from gemba.ui.theme import Theme
from tests.ui.pages.test_learner import try_out


def words_in(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture
def tomas(workspace: Workspace) -> UUID:
    return workspace.people.person("Tomas Reyes").id


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock) -> LedgerPage:
    made = LedgerPage(
        theme,
        looking_back=workspace.looking_back,
        coaching=workspace.coaching,
        exports=workspace.exports,
        bulletin=workspace.bulletin,
        go=go,
        today=lambda: clock().date(),
    )
    qtbot.addWidget(made)
    made.resize(1208, 772)
    made.show()
    return made


def test_predictions_rhythm_and_obstacles(
    page: LedgerPage, workspace: Workspace, tomas: UUID, clock, go, qtbot: QtBot
) -> None:
    try_out(workspace, tomas, "7 of 7 booked", "4 of 7", "different")
    clock.move(days=10)
    made = try_out(workspace, tomas, "Names are on the list")
    clock.move(days=2)
    page.arrive(learner=tomas)
    assert [line.predicted for line in page.table.lines()] == [
        "Names are on the list",
        "7 of 7 booked",
    ]
    assert "1 different" in page.months.accessibleDescription()
    assert "2 cycles" in page.rhythm.text()
    assert "10 days apart" in page.rhythm.text()
    assert [row.words.strong for row in page.obstacles.rows()] == ["Nobody calls the porter"]
    assert not page.question.isVisible()
    line = page.table.line(made.id)
    assert line is not None
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert go.places[-1][0] == "stood"


def test_five_in_a_row_as_expected_ask_one_question(
    page: LedgerPage, workspace: Workspace, tomas: UUID, clock
) -> None:
    for number in range(5):
        try_out(workspace, tomas, f"{number} of 7", "Just so", "as expected")
        clock.move(days=1)
    page.arrive(learner=tomas)
    assert page.question.isVisible()
    assert "What would have surprised you?" in page.question.accessibleName() + "".join(
        label.text() for label in page.question.findChildren(type(page.rhythm))
    )


def test_long_histories_come_page_by_page(
    page: LedgerPage, workspace: Workspace, tomas: UUID, clock
) -> None:
    for number in range(32):
        try_out(workspace, tomas, f"{number} of 7")
    page.arrive(learner=tomas)
    assert len(page.table.lines()) == 30
    assert page.more.isVisible()
    page.more.click()
    assert len(page.table.lines()) == 32
    assert not page.more.isVisible()


def test_somebody_who_was_never_coached(page: LedgerPage, tomas: UUID) -> None:
    page.arrive(learner=tomas)
    assert page.empty.isVisible()
    assert not page.table.isVisible()


def test_both_papers_and_private_notes_only_when_asked_for(
    page: LedgerPage, workspace: Workspace, tomas: UUID, clock
) -> None:
    try_out(workspace, tomas, "7 of 7 booked", "4 of 7", "different")
    page.arrive(learner=tomas)
    drawn: list[str] = []
    for which in (EVIDENCE, HISTORY):
        page.which.set_value(which)
        for private in (False, True):
            page.private.setChecked(private)
            page._draw(lambda pdf: drawn.append(words_in(pdf)))
    assert all("7 of 7 booked" in one for one in drawn)
    assert ["secret worry" in one for one in drawn] == [False, True, False, True]
    page.arrive(learner=tomas)
    assert not page.private.isChecked()


def test_no_private_paper_while_the_learner_looks_on(
    qtbot: QtBot, workspace: Workspace, theme: Theme, go, clock, tomas: UUID
) -> None:
    view = LearnersView()
    made = LedgerPage(
        theme,
        looking_back=workspace.looking_back,
        coaching=workspace.coaching,
        exports=workspace.exports,
        bulletin=workspace.bulletin,
        go=go,
        today=lambda: clock().date(),
        learners_view=view,
    )
    qtbot.addWidget(made)
    made.show()
    made.arrive(learner=tomas)
    made.paper.show_paper()
    qtbot.mouseClick(made.private, Qt.MouseButton.LeftButton)
    assert made.private.isChecked()
    view.toggle()
    assert not made.private.isChecked()
    assert made.private.isHidden()
    view.toggle()
    assert not made.private.isHidden()
    assert not made.private.isChecked()
