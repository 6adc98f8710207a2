"""The gallery by clicks and keys: pictures, filters, order, archive, bin and copies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.figures import PhotoFigure
from gemba.domain.sheet import Box, Sheet
from gemba.domain.sheet_row import SheetRow
from gemba.services.workspace import Workspace
from gemba.ui.pages.sheets import SheetsPage
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme
from gemba.ui.widgets.sheet_card import more_rect
from gemba.ui.widgets.sheet_grid import QUESTIONS, ROW
from tests.many_sheets import fill
from tests.ui.pages.conftest import Clock, Steps

Show = Callable[[], SheetsPage]


@pytest.fixture
def show(qtbot: QtBot, workspace: Workspace, theme: Theme, tasks: Tasks, go: Steps) -> Show:
    def open_gallery() -> SheetsPage:
        def draw(sheet: UUID, wide: int) -> QImage:
            workspace.exports.draw_sheet(workspace.gallery.sheet(sheet))
            return QImage(wide, wide * 297 // 420, QImage.Format.Format_RGB32)

        page = SheetsPage(
            theme,
            gallery=workspace.gallery,
            thumbnail=draw,
            bulletin=workspace.bulletin,
            tasks=tasks,
            go=go,
            today=workspace.recorder.today,
            explain=lambda error: error.key,
        )
        qtbot.addWidget(page)
        page.resize(1208, 760)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.arrive()
        QApplication.processEvents()
        return page

    return open_gallery


@pytest.fixture
def three(workspace: Workspace) -> list[Sheet]:
    made = [
        workspace.sheets.begin("Pumps stand idle", owner="Maria Okafor"),
        workspace.sheets.begin("Labels come back", owner="Samir Haddad"),
        workspace.sheets.begin("I interrupt people", owner="Samir Haddad", definition="personal"),
    ]
    workspace.sheets.set_people(made[1].id, area="Lab", coach="Maria Okafor")
    workspace.recorder.change(Sheet, made[1].id, lambda one: replace(one, stage="cause"))
    return [workspace.sheets.get(one.id) for one in made]


def titles(page: SheetsPage) -> list[str]:
    return [row.title for row in page.grid.sheets.rows]


def spoken(page: SheetsPage, sheet: Sheet) -> str:
    return str(page.grid.sheets.place_of(sheet.id.hex).data())


def drawn(page: SheetsPage, sheet: Sheet) -> bool:
    for row in page.grid.sheets.rows:
        if row.id == sheet.id:
            return page.pictures.get(row, page.grid.picture_pixels()) is not None
    return False


def card(page: SheetsPage, sheet: Sheet) -> QPoint:
    place = page.grid.sheets.place_of(sheet.id.hex)
    return page.grid.card_in(page.grid.visualRect(place)).center()


def choose(page: SheetsPage, name: str, words: str) -> None:
    choice = getattr(page.filter, name)
    next(one for one in choice._entries.actions() if one.text() == words).trigger()


def test_each_sheet_is_said_and_drawn(
    qtbot: QtBot, show: Show, three: list[Sheet], workspace: Workspace
) -> None:
    workspace.sheets.ask(three[0].id, "current", "How do you know?")
    page = show()
    assert titles(page) == [one.title for one in (three[1], three[2], three[0])]
    assert spoken(page, three[0]) == (
        "Pumps stand idle, Maria Okafor · Grasp · 1 open question, today"
    )
    assert "Private" in spoken(page, three[2])
    assert "Private" not in spoken(page, three[1])
    assert page.filter.count.text() == "3 sheets"
    qtbot.waitUntil(lambda: all(drawn(page, one) for one in three))
    place = page.grid.sheets.place_of(three[0].id.hex)
    assert place.data(QUESTIONS) == 1
    assert isinstance(place.data(ROW), SheetRow)


def test_an_empty_folder_offers_the_first_sheet(qtbot: QtBot, show: Show, go: Steps) -> None:
    page = show()
    assert page.empty.isVisible()
    assert not page.filter.isVisible()
    assert not page.grid.isVisible()
    assert not page.none.isVisible()
    assert not page.new.isVisible()
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert go.places == [("new sheet", {})]


def test_a_click_or_enter_opens(qtbot: QtBot, show: Show, three: list[Sheet], go: Steps) -> None:
    page = show()
    qtbot.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=card(page, three[0]))
    assert go.places == [("sheet", {"sheet": three[0].id})]
    page.filter.words.setFocus(Qt.FocusReason.TabFocusReason)
    page.grid.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.grid, Qt.Key.Key_Home)
    qtbot.keyClick(page.grid, Qt.Key.Key_Right)
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    assert go.places[-1] == ("sheet", {"sheet": three[2].id})


def test_filters_combine_and_say_how_many_fit(show: Show, three: list[Sheet]) -> None:
    page = show()
    choose(page, "person", "Maria Okafor")
    assert titles(page) == ["Labels come back", "Pumps stand idle"]
    assert page.filter.count.text() == "2 of 3 sheets"
    assert page.filter.person.accessibleName() == "Person: Maria Okafor"
    choose(page, "stage", "Cause")
    assert titles(page) == ["Labels come back"]
    choose(page, "type", "Personal A3")
    assert titles(page) == []
    assert page.none.isVisible()
    assert page.none.words.text() == "No sheet fits all of this."
    page.none.button.click()
    assert len(titles(page)) == 3
    assert page.filter.person.text() == "Anyone"
    choose(page, "area", "Lab")
    assert titles(page) == ["Labels come back"]


def test_the_order_can_be_chosen(show: Show, three: list[Sheet]) -> None:
    page = show()
    choose(page, "order", "By title")
    assert titles(page) == sorted(one.title for one in three)
    choose(page, "order", "By owner")
    assert titles(page)[0] == "Pumps stand idle"


def test_words_are_looked_for_in_every_box_while_they_are_typed(
    qtbot: QtBot, show: Show, three: list[Sheet], workspace: Workspace
) -> None:
    workspace.sheets.set_box(three[0].id, Box(id="current", text="The porter waits."))
    page = show()
    qtbot.keyClicks(page.filter.words.line, "porter")
    qtbot.waitUntil(lambda: titles(page) == ["Pumps stand idle"])
    qtbot.keyClicks(page.filter.words.line, "x")
    qtbot.waitUntil(lambda: titles(page) == [])
    qtbot.keyClick(page.filter.words.line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.filter.words.line, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(titles(page)) == 3)


def test_what_is_archived_is_hidden_until_asked_for_and_comes_back(
    show: Show, three: list[Sheet], go: Steps
) -> None:
    page = show()
    row = next(one for one in page.grid.sheets.rows if one.id == three[0].id)
    next(one for one in page._menu(row) if one.words == "Archive").run(row)
    assert go.said[-1] == "Archived: Pumps stand idle"
    page.arrive()
    assert "Pumps stand idle" not in titles(page)
    assert page.filter.count.text() == "2 sheets"
    choose(page, "where", "Archived")
    assert titles(page) == ["Pumps stand idle"]
    assert "Archived" in spoken(page, three[0])
    assert go.undo is not None
    go.undo()
    page.arrive()
    assert page.none.words.text() == "No sheet is archived."
    choose(page, "where", "In use")
    assert len(titles(page)) == 3


def test_a_copy_appears_and_can_be_taken_back(
    qtbot: QtBot, show: Show, three: list[Sheet], go: Steps
) -> None:
    page = show()
    row = next(one for one in page.grid.sheets.rows if one.id == three[0].id)
    next(one for one in page._menu(row) if one.words == "Duplicate").run(row)
    qtbot.waitUntil(lambda: "Copy of Pumps stand idle" in titles(page))
    assert go.undo is not None
    go.undo()
    qtbot.waitUntil(lambda: len(titles(page)) == 3)


def test_delete_puts_the_card_with_the_focus_into_the_bin(
    qtbot: QtBot, show: Show, three: list[Sheet], go: Steps
) -> None:
    page = show()
    page.grid.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.grid, Qt.Key.Key_End)
    qtbot.keyClick(page.grid, Qt.Key.Key_Delete)
    assert go.thrown == [Ref("sheet", three[0].id)]


def test_the_dots_of_a_card_open_its_menu(qtbot: QtBot, show: Show, three: list[Sheet]) -> None:
    page = show()
    grid = page.grid
    place = grid.sheets.place_of(three[0].id.hex)
    dots = more_rect(page.theme, grid.card_in(grid.visualRect(place)), flip=False).center()
    qtbot.mouseMove(grid.viewport(), dots)
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=dots)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [one.text() for one in menu.actions()]
    assert words == ["Open", "Duplicate", "Archive", "Put into the bin"]
    menu.close()


def test_a_change_keeps_the_place_and_the_card_with_the_focus(
    qtbot: QtBot, show: Show, workspace: Workspace
) -> None:
    fill(workspace.store, 120)
    page = show()
    # Rows break anew a moment after the last resize, which moves the end of the list.
    qtbot.waitUntil(lambda: page.grid.viewport().width() > 1100)
    page.grid.executeDelayedItemsLayout()
    page.grid.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.grid, Qt.Key.Key_End)
    held = page.grid.current()
    assert held is not None
    assert page.grid.verticalScrollBar().value() > 0
    new = workspace.sheets.begin("Begun meanwhile")
    qtbot.waitUntil(lambda: "Begun meanwhile" in titles(page))
    now = page.grid.current()
    assert now is not None
    assert now.key == held.key
    # However many cards stand beside each other by now, it is in sight.
    assert held.key in [row.key for row in page.grid.visible()]
    assert titles(page)[0] == new.title


def test_only_what_is_in_sight_is_drawn(
    qtbot: QtBot, show: Show, workspace: Workspace, tasks: Tasks
) -> None:
    fill(workspace.store, 300)
    page = show()
    seen = page.grid.visible()
    assert 8 <= len(seen) <= 24
    wide = page.grid.picture_pixels()
    qtbot.waitUntil(lambda: all(page.pictures.knows(row, wide) for row in seen))
    rows = page.grid.sheets.rows
    assert sum(page.pictures.knows(row, wide) for row in rows) == len(seen)
    page.grid.verticalScrollBar().setValue(page.grid.verticalScrollBar().maximum())
    last = page.grid.visible()
    assert last[-1] is rows[-1]
    qtbot.waitUntil(lambda: all(page.pictures.knows(row, wide) for row in last))


def test_erasing_a_person_leaves_no_picture_with_the_name(
    qtbot: QtBot, show: Show, three: list[Sheet], workspace: Workspace
) -> None:
    page = show()
    qtbot.waitUntil(lambda: drawn(page, three[0]))
    old = next(one for one in page.grid.sheets.rows if one.id == three[0].id)
    assert three[0].owner_id is not None
    workspace.erasing.erase_person(three[0].owner_id, "a nurse", with_backups=False)
    qtbot.waitUntil(lambda: page.pictures.get(old, page.grid.picture_pixels()) is None)
    qtbot.waitUntil(lambda: "Maria" not in spoken(page, three[0]))
    assert not any("Maria" in str(name) for name in page.filter.person.options())


def test_no_picture_lies_in_the_folder(
    qtbot: QtBot, show: Show, three: list[Sheet], workspace: Workspace
) -> None:
    def files() -> set[Path]:
        return {one for one in workspace.store.folder.rglob("*") if one.is_file()}

    before = files()
    page = show()
    qtbot.waitUntil(lambda: all(drawn(page, one) for one in three))
    assert files() == before


def test_a_photo_that_vanished_and_a_type_that_is_broken_are_drawn_all_the_same(
    qtbot: QtBot, show: Show, three: list[Sheet], workspace: Workspace
) -> None:
    photo = PhotoFigure(id="f1", photo="0" * 64)
    workspace.sheets.set_box(three[0].id, Box(id="current", figures=(photo,)))
    lost = {"definition": "own_lost", "definition_version": 2}
    workspace.recorder.change(Sheet, three[1].id, lambda one: replace(one, **lost))
    page = show()
    assert "Private" in spoken(page, three[1])
    assert ("own_lost", "Own lost") in page.filter.type.options()
    qtbot.waitUntil(lambda: drawn(page, three[0]) and drawn(page, three[1]))


def test_a_sheet_the_disk_altered_says_so_on_its_card(
    qtbot: QtBot, show: Show, three: list[Sheet], workspace: Workspace
) -> None:
    import sqlite3
    from contextlib import closing

    told: list[object] = []
    workspace.recorder.on_damaged = told.append
    with closing(sqlite3.connect(workspace.store.folder / "gemba.db")) as connection:
        connection.execute("UPDATE sheet SET is_now = 'altered' WHERE title LIKE 'Pumps%'")
        connection.commit()
    page = show()
    qtbot.waitUntil(lambda: "store.damaged" in spoken(page, three[0]))
    assert len(told) == 1
    qtbot.waitUntil(lambda: drawn(page, three[1]))


@pytest.mark.parametrize("title", ["x" * 5_000, "مرضى ينتظرون الدواء كل صباح " * 5])
def test_any_title_is_painted(
    qtbot: QtBot, show: Show, workspace: Workspace, theme: Theme, title: str
) -> None:
    sheet = workspace.sheets.begin("Begun")
    workspace.recorder.change(Sheet, sheet.id, lambda one: replace(one, title=title))
    page = show()
    place = page.grid.sheets.place_of(sheet.id.hex)
    area = page.grid.card_in(page.grid.visualRect(place))
    picture = page.grid.grab(area).toImage()
    below = picture.copy(0, area.height() - theme.px(66), area.width(), theme.px(44))
    inked = {below.pixelColor(x, y).name() for x in range(0, area.width(), 2) for y in range(44)}
    assert len(inked) > 3


def test_assistive_technology_hears_the_cards(show: Show, three: list[Sheet]) -> None:
    page = show()
    heard = QAccessible.queryAccessibleInterface(page.grid)
    assert heard.text(QAccessible.Text.Name) == "Sheets"
    said = [heard.child(n).text(QAccessible.Text.Name) for n in range(heard.childCount())]
    assert any(one.startswith("Labels come back, Samir Haddad · Cause") for one in said)


def test_from_right_to_left_the_first_card_stands_at_the_right(
    qtbot: QtBot, show: Show, three: list[Sheet]
) -> None:
    page = show()
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    page.grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    page.grid.doItemsLayout()
    first, second = (page.grid.sheets.index(number) for number in (0, 1))
    cards = [page.grid.card_in(page.grid.visualRect(one)) for one in (first, second)]
    assert cards[0].left() > cards[1].right()
    assert cards[0].right() <= page.grid.viewport().width()


def test_when_nothing_fits_the_focus_stays_on_the_page(
    qtbot: QtBot, show: Show, three: list[Sheet]
) -> None:
    page = show()
    page.grid.setFocus(Qt.FocusReason.TabFocusReason)
    choose(page, "stage", "Standardise")
    assert page.none.button.hasFocus()
    qtbot.keyClick(page.none.button, Qt.Key.Key_Return)
    assert len(titles(page)) == 3


@pytest.mark.parametrize("width", [420, 900, 1208, 2400])
def test_every_filter_has_room_at_any_width(show: Show, three: list[Sheet], width: int) -> None:
    page = show()
    page.resize(width, 760)
    QApplication.processEvents()
    line = page.filter
    for one in (line.words, line.person, line.area, line.stage, line.type, line.where, line.order):
        area = QRect(one.mapTo(page, QPoint(0, 0)), one.size())
        assert page.rect().contains(area), one.accessibleName()
        assert one.width() >= min(one.sizeHint().width(), one.minimumSizeHint().width())
    assert page.grid.card_width() <= page.grid.viewport().width()


def test_on_another_day_the_pictures_are_drawn_anew(
    qtbot: QtBot, show: Show, three: list[Sheet], clock: Clock
) -> None:
    page = show()
    qtbot.waitUntil(lambda: all(drawn(page, one) for one in three))
    page.arrive()
    assert all(drawn(page, one) for one in three)
    clock.move(days=1)
    page.arrive()
    assert not any(drawn(page, one) for one in three)
    qtbot.waitUntil(lambda: all(drawn(page, one) for one in three))


def test_a_closed_sheet_is_found_under_its_last_stage(
    show: Show, three: list[Sheet], workspace: Workspace
) -> None:
    workspace.course.close(three[0].id)
    page = show()
    choose(page, "stage", "Closed")
    assert titles(page) == ["Pumps stand idle"]
    assert "Closed" in spoken(page, three[0])


def test_hundreds_of_people_scroll_in_one_column(
    qtbot: QtBot, show: Show, three: list[Sheet]
) -> None:
    choice = show().filter.person
    many = [(f"{number:032x}", f"Person {number}") for number in range(300)]
    assert choice.set_options([("", "Anyone"), *many], many[7][0]) == many[7][0]
    qtbot.mouseClick(choice, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.width() < 400
    menu.close()
    assert choice.set_options([("", "Anyone")], many[7][0]) == ""
    assert choice.text() == "Anyone"


@pytest.mark.parametrize("width", [568, 600, 640, 760])
def test_the_filters_take_two_lines_at_most_in_a_small_window(
    show: Show, workspace: Workspace, width: int
) -> None:
    workspace.sheets.begin("31 pallets wait at dock 3")
    page = show()
    page.resize(width, 400)
    QApplication.processEvents()
    bar = page.filter
    shown = (bar.words, bar.person, bar.area, bar.stage, bar.type, bar.where, bar.count, bar.order)
    assert len({one.mapTo(page, QPoint(0, 0)).y() for one in shown}) <= 2
    assert bar.words.width() >= 140
    page.resize(1208, 760)
    QApplication.processEvents()
    assert bar.words.width() == 266
