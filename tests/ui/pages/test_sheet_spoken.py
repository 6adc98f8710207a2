"""The sheet for those who do not see it: names, texts, rooms, figures, all reached by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gemba.domain.figures.words import described
from gemba.domain.prose import plain
from gemba.domain.sheet import Sheet
from gemba.services.samples import load_sample
from gemba.services.workspace import Workspace
from gemba.ui.figures.outline import LineEditor
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.theme import Theme
from gemba.ui.widgets.box_text import BoxText
from gemba.words import Words
from tests.ui.pages.conftest import Steps
from tests.ui.pages.test_sheet import open_sheet

Text = QAccessible.Text


@pytest.fixture
def sheet(workspace: Workspace) -> Sheet:
    load_sample("discharge", workspace.store)
    return max(workspace.sheets.all(), key=lambda one: sum(len(box.text) for box in one.boxes))


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace, theme: Theme, go: Steps, sheet: Sheet) -> SheetPage:
    return open_sheet(qtbot, theme, workspace, go, sheet)


def spoken(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def children(one: QAccessibleInterface) -> list[QAccessibleInterface]:
    return [one.child(at) for at in range(one.childCount())]


def test_every_box_says_its_name_its_text_and_its_room(page: SheetPage, sheet: Sheet) -> None:
    parts = children(spoken(page.view.page))
    # Beside the boxes stand their borders and the marks of open questions.
    boxes = [one for one in parts if one.role() == QAccessible.Role.Grouping]
    assert page.definition is not None
    assert [one.text(Text.Name) for one in boxes] == [box.label for box in page.definition.boxes]
    for box, one in zip(page.definition.boxes, boxes, strict=True):
        told = one.text(Text.Description)
        assert plain(sheet.box(box.id).text).strip() in told
        assert told.endswith(page.view.areas[box.id].room_words())
        assert one.role() == QAccessible.Role.Grouping
        state = one.state()
        assert state.focusable
        assert not state.invisible
        assert not one.rect().isEmpty()


def test_every_border_says_between_which_boxes_it_lies_and_how_high_they_are(
    page: SheetPage,
) -> None:
    parts = children(spoken(page.view.page))
    borders = [one for one in parts if one.role() == QAccessible.Role.Splitter]
    told = [(one.text(Text.Name), one.text(Text.Description)) for one in borders]
    assert told[0] == (
        "Border between Background and Current condition",
        "38 mm above, 90 mm below",
    )
    assert len(told) == 6


def test_every_figure_is_a_button_that_says_what_it_shows(page: SheetPage, sheet: Sheet) -> None:
    words, told = Words(), 0
    for box in sheet.boxes:
        inside = children(spoken(page.view.areas[box.id]))
        figures = [one for one in inside if one.role() == QAccessible.Role.Button]
        assert len(figures) == len(box.figures)
        for figure, one in zip(box.figures, figures, strict=True):
            text = described(figure, words)
            assert one.text(Text.Description) == text
            assert one.text(Text.Name)
            assert text.startswith(one.text(Text.Name))
            assert one.state().focusable
            assert not one.rect().isEmpty()
            told += 1
    assert told >= 5


def test_a_box_that_is_written_in_says_name_text_and_room(page: SheetPage, sheet: Sheet) -> None:
    page.desk.recorder.set_who("Priya Raman")
    page.arrive(sheet=sheet.id)
    page.view.areas["goal"].setFocus(Qt.FocusReason.TabFocusReason)
    editor = spoken(page.editor)  # type: ignore[arg-type]
    assert editor.role() == QAccessible.Role.EditableText
    assert editor.text(Text.Name) == "Goal"
    assert editor.text(Text.Value) == plain(sheet.box("goal").text)
    assert editor.text(Text.Description) == page.view.areas["goal"].room_words()


def test_tab_goes_through_every_box_and_figure_and_back(
    qtbot: QtBot, page: SheetPage, sheet: Sheet
) -> None:
    page.desk.recorder.set_who("Priya Raman")
    page.arrive(sheet=sheet.id)
    page.view.areas["background"].setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    stops = sum(1 + len(box.figures) for box in sheet.boxes)
    for _stop in range(stops):
        held = QApplication.focusWidget()
        assert held is not None
        seen.append(held.accessibleName())
        qtbot.keyClick(held, Qt.Key.Key_Tab)
    assert page.definition is not None
    expected = []
    for box in page.definition.boxes:
        expected += [box.label, *(one.accessibleName() for one in page.view.areas[box.id].figures)]
    assert seen == expected
    for name in reversed(expected[:4]):
        page.view.areas["goal"].setFocus(Qt.FocusReason.TabFocusReason)
        assert isinstance(QApplication.focusWidget(), BoxText)
        for _step in range(4 - expected.index(name)):
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
        held = QApplication.focusWidget()
        assert held is not None
        assert held.accessibleName() == name


def test_enter_on_a_figure_opens_it(qtbot: QtBot, page: SheetPage, sheet: Sheet) -> None:
    page.desk.recorder.set_who("Priya Raman")
    page.arrive(sheet=sheet.id)
    tree = page.view.areas["analysis"].figures[0]
    tree.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert page.drawers.key == "figure"
    assert isinstance(QApplication.focusWidget(), LineEditor)


def test_an_empty_box_asks_its_question(page: SheetPage, workspace: Workspace) -> None:
    fresh = workspace.sheets.begin("Half should leave before noon; 19 % do.")
    page.arrive(sheet=fresh.id)
    assert page.definition is not None
    for box in page.definition.boxes:
        told = spoken(page.view.areas[box.id]).text(Text.Description)
        assert told.startswith(box.question)
