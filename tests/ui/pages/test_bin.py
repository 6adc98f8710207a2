"""The bin, by clicks: what was deleted is told, and comes back one by one or together."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.services.workspace import Workspace
from gemba.ui.pages.bin import AT_ONCE, BinPage
from gemba.ui.theme import Theme

from .conftest import Clock, Steps

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, workspace: Workspace, go: Steps) -> BinPage:
    made = BinPage(
        theme,
        bin=workspace.bin,
        bulletin=workspace.bulletin,
        go=go,
        today=workspace.recorder.today,
    )
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def test_says_so_when_it_is_empty(page: BinPage) -> None:
    page.arrive()
    assert page.empty.isVisible()
    assert page.picks() == []
    assert not page.back.isVisible()


def test_tells_kind_words_who_when_and_what_went_along(
    page: BinPage, workspace: Workspace, clock: Clock
) -> None:
    workspace.recorder.set_who("Ines")
    walk = workspace.walks.write_up("Why do discharges wait?", workspace.recorder.today())
    workspace.walks.add_lines(walk.id, "one\ntwo")
    workspace.bin.remove(Ref("walk", walk.id))
    page.arrive()
    (row,) = page.picks()
    assert row.box.text() == "Why do discharges wait?"
    told = "Walk · with 2 observations · deleted today by Ines · 30 days left"
    assert row.small.text() == told
    assert row.button.accessibleName() == "Bring back: Why do discharges wait?"
    clock.move(days=3)
    page.arrive()
    assert "deleted on Tue 24 Nov by Ines" in page.picks()[0].small.text()


def test_one_comes_back_and_undo_throws_it_away_again(
    page: BinPage, workspace: Workspace, go: Steps, qtbot: QtBot
) -> None:
    promise = workspace.promises.make("Ask pharmacy")
    workspace.bin.remove(Ref("promise", promise.id))
    page.arrive()
    qtbot.mouseClick(page.picks()[0].button, LEFT)
    qtbot.waitUntil(lambda: page.picks() == [])
    assert workspace.promises.get(promise.id).text == "Ask pharmacy"
    assert go.said == ["Brought back: Ask pharmacy"]
    assert go.undo is not None
    go.undo()
    qtbot.waitUntil(lambda: len(page.picks()) == 1)
    assert workspace.promises.open() == []


def test_many_come_back_together_by_keys(
    page: BinPage, workspace: Workspace, go: Steps, qtbot: QtBot
) -> None:
    promises = [workspace.promises.make(text) for text in ("a", "b", "c")]
    for one in promises:
        workspace.bin.remove(Ref("promise", one.id))
    page.arrive()
    for row in page.picks()[:2]:
        row.box.setFocus()
        qtbot.keyClick(row.box, Qt.Key.Key_Space)
    assert page.back.text() == "Bring back 2"
    qtbot.keyClick(page.back, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(page.picks()) == 1)
    assert [one.text for one in workspace.promises.open()] == ["b", "c"]
    assert go.said == ["Brought back 2 things"]


def test_what_went_for_good_meanwhile_is_said(
    page: BinPage, workspace: Workspace, go: Steps, qtbot: QtBot
) -> None:
    promise = workspace.promises.make("Ask pharmacy")
    ref = Ref("promise", promise.id)
    workspace.bin.remove(ref)
    page.arrive()
    workspace.store.clearing.purge([ref], who="")
    qtbot.mouseClick(page.picks()[0].button, LEFT)
    assert [error.key for error in go.troubles] == ["bin.gone"]
    assert page.picks() == []


def test_a_thousand_things_are_shown_in_parts(page: BinPage, workspace: Workspace) -> None:
    refs = [Ref("promise", workspace.promises.make(f"p{n}").id) for n in range(AT_ONCE + 3)]
    workspace.bin.remove(*refs)
    page.arrive()
    assert len(page.picks()) == AT_ONCE
    page.more.click()
    assert len(page.picks()) == AT_ONCE + 3
    assert not page.more.isVisible()


@pytest.mark.parametrize("words", ["<b>bold</b>", "שלום", "x" * 5000, "\u0000\u2028", "   .   "])
def test_hostile_words_are_shown_as_they_are(
    page: BinPage, workspace: Workspace, words: str, qtbot: QtBot
) -> None:
    seen = workspace.walks.capture(words)
    workspace.bin.remove(Ref("observation", seen.id))
    page.arrive()
    (row,) = page.picks()
    assert row.box.text()
    # The list is read once more when the page has heard of the deletion.
    qtbot.waitUntil(lambda: 0 < page.picks()[0].height() < 200)
