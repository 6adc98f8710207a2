"""A new sheet: the one for a problem lies ready, and the situation chooses another."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.definition import SheetDefinition
from gemba.services.paper import Paper
from gemba.services.workspace import Workspace
from gemba.ui.pages.new_sheet import NewSheetPage
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme
from gemba.ui.widgets import Notice
from gemba.ui.widgets.word_button import WordButton
from gemba.words import Words
from tests.ui.pages.conftest import Steps
from tests.ui.pages.words_in_sight import words_in_sight

PROBLEM = "I interrupt people before they have finished"


class Pictures:
    """Draws the empty sheets for real, and remembers which, and on which thread."""

    def __init__(self, workspace: Workspace) -> None:
        self._paper = Paper(workspace.exports)
        self.drawn: list[str] = []
        self.threads: set[threading.Thread] = set()

    def __call__(self, kind: SheetDefinition, wide: int) -> QImage:
        self.drawn.append(kind.id)
        self.threads.add(threading.current_thread())
        drawn = self._paper.draw_empty(kind)
        one = self._paper.picture(drawn.pdf, wide / drawn.layout.width)
        form = QImage.Format.Format_RGB32
        return QImage(one.data, one.width, one.height, one.stride, form).copy()


@pytest.fixture
def pictures(workspace: Workspace) -> Pictures:
    return Pictures(workspace)


@pytest.fixture
def show(
    qtbot: QtBot,
    workspace: Workspace,
    theme: Theme,
    tasks: Tasks,
    go: Steps,
    pictures: Pictures,
) -> Callable[[], NewSheetPage]:
    def open_page() -> NewSheetPage:
        workspace.recorder.set_who("Maria")
        made = NewSheetPage(
            theme,
            sheets=workspace.sheets,
            people=workspace.people,
            recorder=workspace.recorder,
            drafts=workspace.drafts,
            thread=workspace.thread,
            kinds=workspace.catalog.sheets,
            troubles=lambda: workspace.catalog.problems,
            picture=pictures,
            tasks=tasks,
            words=Words(),
            go=go,
        )
        qtbot.addWidget(made)
        made.resize(1208, 760)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        made.arrive()
        return made

    return open_page


def test_the_sheet_for_a_problem_lies_ready(
    qtbot: QtBot, show: Callable[[], NewSheetPage], workspace: Workspace, go: Steps
) -> None:
    page = show()
    assert page.kind.accessibleName().startswith("Problem-solving A3. ")
    assert page.problem.focusProxy() is QApplication.focusWidget()
    page.problem.set_text("Half should leave before noon.")
    qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    begun = workspace.sheets.all()[0]
    assert begun.definition == "ps7"
    assert go.places == [("sheet", {"sheet": begun.id, "box": "current"})]


def test_sentences_of_a_sheet_not_begun_stand_there_again(
    qtbot: QtBot, show: Callable[[], NewSheetPage], workspace: Workspace
) -> None:
    page = show()
    qtbot.keyClicks(page.problem.edit, "Half should leave bef")
    page.owner.line.selectAll()
    qtbot.keyClicks(page.owner.line, "Leon")
    qtbot.keyClicks(page.last_there.line, "Yester")
    page.leave()
    seen = Ref("observation", UUID(int=7))
    page.arrive(source=seen, problem="Seven names on the desk")
    assert (page.problem.text(), page.owner.value()[1]) == ("Seven names on the desk", "Maria")
    page.leave()
    page.arrive()
    assert page.problem.text() == "Half should leave bef"
    assert page.owner.value()[1] == "Leon"
    assert page.last_there.text() == "Yester"
    page.begin.click()
    page.leave()
    page.arrive()
    assert (page.problem.text(), page.last_there.text()) == ("", "")


def test_another_situation_takes_another_sheet_and_keeps_what_was_typed(
    qtbot: QtBot, show: Callable[[], NewSheetPage], workspace: Workspace, go: Steps
) -> None:
    page = show()
    page.problem.set_text(PROBLEM)
    qtbot.mouseClick(page.other, Qt.MouseButton.LeftButton)
    assert page.kinds.isVisible()
    words = words_in_sight(page.kinds)
    assert "What is the situation?" in words
    assert "Is somebody in danger or waiting right now? Act first" in words
    for one in workspace.catalog.sheets():
        assert one.description
        assert f"{one.label}. {one.description}" in words
    assert list(page.kinds.cards) == [one.id for one in workspace.catalog.sheets()]
    assert [one for one, card in page.kinds.cards.items() if card.chosen] == ["ps7"]
    qtbot.mouseClick(page.kinds.cards["personal"], Qt.MouseButton.LeftButton)
    assert not page.kinds.isVisible()
    assert page.kind.accessibleName().startswith("Personal A3. ")
    assert page.problem.label.text() == workspace.catalog.sheet("personal").begins
    assert page.problem.text() == PROBLEM
    qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    begun = workspace.sheets.all()[0]
    assert (begun.definition, begun.title) == ("personal", PROBLEM)
    assert go.places == [("sheet", {"sheet": begun.id, "box": "behaviour"})]
    page.arrive()
    assert page.kind.accessibleName().startswith("Problem-solving A3. "), "the next begins anew"


def test_keys_alone_choose_a_sheet_or_leave_it(
    qtbot: QtBot, show: Callable[[], NewSheetPage]
) -> None:
    page = show()
    page.other.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.other, Qt.Key.Key_Return)
    cards = list(page.kinds.cards.values())
    assert QApplication.focusWidget() is cards[0]
    qtbot.keyClick(cards[0], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is cards[1]
    qtbot.keyClick(cards[1], Qt.Key.Key_Escape)
    assert not page.kinds.isVisible()
    assert page.kind.accessibleName().startswith("Problem-solving A3. ")
    qtbot.keyClick(page.kind, Qt.Key.Key_Return)
    again = list(page.kinds.cards.values())
    qtbot.keyClick(again[1], Qt.Key.Key_Return)
    assert page.kind.accessibleName().startswith("Eight-step A3. ")
    assert page.problem.focusProxy() is QApplication.focusWidget()


def test_each_picture_is_drawn_once_and_never_on_the_windows_thread(
    qtbot: QtBot, show: Callable[[], NewSheetPage], pictures: Pictures, workspace: Workspace
) -> None:
    page = show()
    for _time in range(2):
        qtbot.mouseClick(page.other, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: all(c.pictured for c in page.kinds.cards.values()))
        qtbot.keyClick(next(iter(page.kinds.cards.values())), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.kind.pictured)
    assert set(pictures.drawn) == {one.id for one in workspace.catalog.sheets()}
    # The one that lies ready may be asked for a second time while its first is under way.
    assert len(pictures.drawn) <= len(workspace.catalog.sheets()) + 1
    assert threading.main_thread() not in pictures.threads


def test_a_broken_sheet_of_ones_own_is_told_and_the_others_are_offered(
    qtbot: QtBot, show: Callable[[], NewSheetPage], data_dir: Path
) -> None:
    own = data_dir / "definitions" / "sheets"
    own.mkdir(parents=True)
    (own / "ward.toml").write_text('id = "ward"\nlabel = \n', encoding="utf-8")
    page = show()
    qtbot.mouseClick(page.other, Qt.MouseButton.LeftButton)
    assert len(page.kinds.cards) == 10
    said = [one.words.text() for one in page.kinds.troubles.findChildren(Notice)]
    assert len(said) == 1
    assert "ward.toml" in said[0]
    assert "line 2" in said[0]


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("width", [952, 1136])
def test_nothing_is_cut_off_where_letters_are_large(
    qtbot: QtBot, show: Callable[[], NewSheetPage], theme: Theme, scale: float, width: int
) -> None:
    theme.scale = scale
    page = show()
    page.resize(width, 560)
    qtbot.waitUntil(lambda: page.width() == width)
    for one in (page.kind, page.other, page.problem, page.begin):
        qtbot.waitUntil(lambda one=one: one.mapTo(page, QPoint(one.width(), 0)).x() <= width)
    qtbot.mouseClick(page.other, Qt.MouseButton.LeftButton)
    for card in page.kinds.cards.values():
        qtbot.waitUntil(lambda c=card: c.mapTo(page, QPoint(c.width(), 0)).x() <= width)


def test_every_other_sheet_is_a_click_away_by_its_name(
    show: Callable[[], NewSheetPage], qtbot: QtBot, workspace: Workspace
) -> None:
    page = show()

    def names() -> list[str]:
        return [word.text() for word in page.others.findChildren(WordButton) if word.isVisible()]

    kinds = [kind.label for kind in workspace.catalog.sheets()]
    assert names() == kinds[1:]
    page.problem.set_text(PROBLEM)
    proposal = next(w for w in page.others.findChildren(WordButton) if w.text() == "Proposal A3")
    qtbot.mouseClick(proposal, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: names() == [label for label in kinds if label != "Proposal A3"])
    assert page.kind.text().startswith("Proposal A3.")
    assert page.problem.text() == PROBLEM
    assert page.focusWidget() is not None
    qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    assert [sheet.definition for sheet in workspace.sheets.all()] == ["proposal"]
