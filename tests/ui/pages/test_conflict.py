"""Two texts side by side: what is chosen is written, what is not chosen stays until then."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.clash import BOTH, MINE, THEIRS
from gemba.domain.promise import Promise
from gemba.services.visit import Desk, Visit
from gemba.services.workspace import Workspace
from gemba.ui.pages.conflict import ConflictPage
from gemba.ui.theme import Theme

from .conftest import Steps

LEFT = Qt.MouseButton.LeftButton
MY_WORDS = "First.\n\nI say eleven.\n\nLast."
OTHER = "First.\n\nThey say ten.\n\nLast."


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, workspace: Workspace, go: Steps) -> ConflictPage:
    made = ConflictPage(theme, conflicts=workspace.conflicts, bulletin=workspace.bulletin, go=go)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


@pytest.fixture
def promise(workspace: Workspace) -> Promise:
    return clashing(workspace, "Ask pharmacy")


def clashing(workspace: Workspace, words: str) -> Promise:
    promise = workspace.promises.make(words, note="First.")
    desk = Desk()
    desk.shows(promise)
    workspace.promises.write(promise.id, visit="other", note=OTHER)
    workspace.recorder.settle()
    workspace.promises.write(promise.id, visit=Visit("mine", desk), note=MY_WORDS)
    workspace.recorder.settle()
    return promise


def test_says_so_when_nothing_waits(page: ConflictPage) -> None:
    page.arrive()
    assert page.empty.isVisible()
    assert not page.keep.isVisible()


def test_both_stay_unless_one_is_chosen(
    page: ConflictPage, workspace: Workspace, promise: Promise, go: Steps, qtbot: QtBot
) -> None:
    page.arrive()
    (view,) = page.views
    assert (view.mine.text(), view.theirs.text()) == ("I say eleven.", "They say ten.")
    assert view.choice.value() == BOTH
    kept = "First.\n\nI say eleven.\nThey say ten.\n\nLast."
    assert page.result.text() == kept
    qtbot.mouseClick(page.keep, LEFT)
    assert workspace.promises.get(promise.id).note == kept
    assert go.opened == [(Ref("promise", promise.id), "")]
    assert workspace.conflicts.open() == []


@pytest.mark.parametrize(("choice", "kept"), [(MINE, MY_WORDS), (THEIRS, OTHER)])
def test_one_of_them(
    page: ConflictPage, workspace: Workspace, promise: Promise, choice: str, kept: str
) -> None:
    page.arrive()
    page.views[0].choice.set_value(choice)
    page.keep.click()
    assert workspace.promises.get(promise.id).note == kept


def test_nothing_is_written_before_a_choice(
    page: ConflictPage, workspace: Workspace, promise: Promise
) -> None:
    page.arrive()
    page.hide()
    assert workspace.promises.get(promise.id).note == OTHER
    assert [one.clash.mine for one in workspace.conflicts.open()] == [MY_WORDS]


def test_a_newer_text_is_shown_before_anything_is_written(
    page: ConflictPage, workspace: Workspace, promise: Promise, go: Steps
) -> None:
    page.arrive()
    page.hide()
    workspace.promises.write(promise.id, visit="later", note="All new.")
    workspace.recorder.settle()
    page.show()
    page.keep.click()
    assert [error.key for error in go.troubles] == ["conflict.changed_again"]
    assert workspace.promises.get(promise.id).note == "All new."
    assert "All new." in page.views[0].theirs.text()


def test_letting_mine_go_can_be_undone(
    page: ConflictPage, workspace: Workspace, promise: Promise, go: Steps
) -> None:
    page.arrive()
    page.drop.click()
    assert workspace.conflicts.open() == []
    assert go.undo is not None
    go.undo()
    assert [one.clash.mine for one in workspace.conflicts.open()] == [MY_WORDS]


def test_words_for_a_record_that_was_deleted_can_be_copied(
    page: ConflictPage, workspace: Workspace, promise: Promise
) -> None:
    workspace.bin.remove(Ref("promise", promise.id))
    page.arrive()
    assert not page.keep.isVisible()
    page.copy.click()
    assert QApplication.clipboard().text() == MY_WORDS


def test_one_after_the_other(page: ConflictPage, workspace: Workspace, promise: Promise) -> None:
    clashing(workspace, "Another one")
    page.arrive()
    assert page.head.beside.text() == "1 of 2"
    page.keep.click()
    assert page.head.beside.text() == ""
    page.keep.click()
    assert page.empty.isVisible()


def test_words_for_the_owner_are_chosen_with_the_pen_taken_in_sight(
    page: ConflictPage, workspace: Workspace
) -> None:
    workspace.recorder.set_who("Maria")
    sheet = workspace.sheets.begin("31 pallets wait at dock 3", owner="Maria")
    desk = Desk()
    desk.shows(sheet)
    workspace.sheets.write_box(sheet.id, "goal", "10 by March", visit="other")
    workspace.recorder.settle()
    workspace.sheets.write_box(sheet.id, "goal", "12 by May", visit=Visit("mine", desk))
    workspace.recorder.settle()
    workspace.recorder.set_who("Nora")
    page.arrive()
    assert not page.refused.isVisible()
    page.views[0].choice.set_value(MINE)
    page.keep.click()
    assert workspace.sheets.get(sheet.id).box("goal").text == "10 by March"
    assert page.refused.words.text() == "Maria writes this sheet."
    assert page.views[0].choice.value() == MINE
    page.refused.button.click()
    assert workspace.sheets.get(sheet.id).box("goal").text == "12 by May"
    assert page.empty.isVisible()
    assert not page.refused.isVisible()
