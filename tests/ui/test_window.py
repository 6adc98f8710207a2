"""The window: places, back, regions, bars, shortcuts and the hand-over of text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gemba.ui.commands import Command, Commands
from gemba.ui.page import Page
from gemba.ui.theme import Theme
from gemba.ui.widgets import Field
from gemba.ui.window import MainWindow, fills


class Notes(QWidget):
    """A page that writes down what the window asks of it."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.name = name
        self.heard: list[object] = []
        column = QVBoxLayout(self)
        self.field = Field(theme, "Purpose")
        column.addWidget(self.field)

    def page_title(self) -> str:
        return self.name

    def arrive(self, **what: object) -> None:
        self.heard.append(what)

    def leave(self) -> None:
        self.heard.append("left")


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    chosen = Theme(still=True)
    chosen.apply(qapp)
    yield chosen
    qapp.setStyleSheet("")


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> MainWindow:
    made = MainWindow(Commands(), theme)
    for key, icon in (("Today", "sun"), ("Walks", "footprints"), ("A3", "notebook-pen")):
        made.add_place(key.lower(), key, icon, lambda key=key: Notes(theme, key))
    made.add_place("settings", "Settings", "settings", lambda: Notes(theme, "Settings"), foot=True)
    made.add_page("walk", lambda: Notes(theme, "A walk"), under="walks")
    made.show_page("today")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def notes(window: MainWindow, key: str) -> Notes:
    page = window.page(key)
    assert isinstance(page, Notes)
    return page


def test_a_page_of_the_tests_is_a_page(theme: Theme) -> None:
    assert isinstance(Notes(theme, "Today"), Page)


def test_a_click_on_the_rail_shows_the_place_and_the_page_before_hands_over(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.mouseClick(window.rail.item("walks"), Qt.MouseButton.LeftButton)
    assert window.current_key() == "walks"
    assert window.stack.currentWidget() is window.page("walks")
    assert notes(window, "today").heard == [{}, "left"]
    assert window.windowTitle() == "Walks - Gemba"
    assert window.rail.item("walks").isChecked()
    assert not window.rail.item("today").isChecked()


def test_a_click_on_the_place_that_is_shown_keeps_it_marked(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.mouseClick(window.rail.item("today"), Qt.MouseButton.LeftButton)
    assert window.rail.item("today").isChecked()


def test_pages_are_built_when_they_are_first_shown(window: MainWindow) -> None:
    assert window.stack.count() == 1
    window.show_page("a3")
    window.show_page("today")
    window.show_page("a3")
    assert window.stack.count() == 2


@pytest.mark.parametrize(("key", "place"), [(Qt.Key.Key_2, "walks"), (Qt.Key.Key_3, "a3")])
def test_places_are_reached_by_ctrl_and_a_digit(
    qtbot: QtBot, window: MainWindow, key: Qt.Key, place: str
) -> None:
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert window.current_key() == place


def test_back_shows_the_page_before_as_it_was_asked_for(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("walk", walk=7)
    assert window.rail.item("walks").isChecked()
    window.show_page("a3")
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.current_key() == "walk"
    assert notes(window, "walk").heard[-1] == {"walk": 7}
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.current_key() == "today"
    assert not window.can_go_back()
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.current_key() == "today"


def test_f6_goes_round_the_parts_of_the_window(qtbot: QtBot, window: MainWindow) -> None:
    window.show_sample("Sample hospital.", "Back to mine")
    window.status.set_writer("Ana")
    field = notes(window, "today").field
    field.setFocus()
    qtbot.waitUntil(field.line.hasFocus)
    seen = []
    for _ in range(4):
        inside = QApplication.focusWidget()
        assert inside is not None
        qtbot.keyClick(inside, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    rail = window.rail.item("today")
    assert seen == [window.status.writer, window.sample_bar.link, rail, field.line]
    qtbot.keyClick(field.line, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert rail.hasFocus()


def test_arrows_and_enter_work_on_the_rail(qtbot: QtBot, window: MainWindow) -> None:
    window.rail.focus()
    today, walks = window.rail.item("today"), window.rail.item("walks")
    qtbot.waitUntil(today.hasFocus)
    qtbot.keyClick(today, Qt.Key.Key_Down)
    assert walks.hasFocus()
    assert window.current_key() == "today"
    qtbot.keyClick(walks, Qt.Key.Key_Return)
    assert window.current_key() == "walks"


def test_the_bars_show_and_act(qtbot: QtBot, window: MainWindow) -> None:
    assert window.sample_bar.isHidden()
    window.show_sample("Sample hospital.", "Back to mine")
    with qtbot.waitSignal(window.sample_left):
        qtbot.mouseClick(window.sample_bar.link, Qt.MouseButton.LeftButton)
    window.show_sample("")
    assert window.sample_bar.isHidden()
    window.show_banner("This folder can only be read.")
    assert window.banner.isVisible()
    assert window.banner.link.isHidden()
    window.status.set_writer("Ana")
    with qtbot.waitSignal(window.writer_asked):
        qtbot.mouseClick(window.status.writer, Qt.MouseButton.LeftButton)


def test_in_walk_mode_the_rail_is_gone_until_another_page_opens(window: MainWindow) -> None:
    window.show_page("walk")
    window.walk_mode(True)
    assert window.rail.isHidden()
    window.show_page("today")
    assert window.rail.isVisible()


def test_closing_hands_over_what_was_typed(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.closing):
        window.close()
    assert notes(window, "today").heard[-1] == "left"


def test_a_command_that_is_added_later_has_its_shortcut(qtbot: QtBot, window: MainWindow) -> None:
    ran: list[str] = []
    window.commands.add(Command("capture", "Capture", lambda: ran.append("c"), "Ctrl+Shift+O"))
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_O, both)
    assert ran == ["c"]
    window.commands.remove("capture")
    QApplication.processEvents()
    qtbot.keyClick(window, Qt.Key.Key_O, both)
    assert ran == ["c"]


def test_in_a_low_window_the_rail_keeps_its_icons_and_tells_the_words(
    qtbot: QtBot, window: MainWindow
) -> None:
    for place in ("Coaching", "History", "Help"):
        window.add_place(place.lower(), place, "history", QWidget)
    item = window.rail.item("walks")
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: item.height() == 56)
    assert item.toolTip() == ""
    window.resize(640, 400)
    qtbot.waitUntil(lambda: item.height() < 50)
    assert item.height() >= 40
    assert item.toolTip() == "Walks"
    assert window.width() == 640


def test_a_window_that_leaves_no_room_for_its_frame_fills_the_screen() -> None:
    wanted = QSize(1280, 800)
    assert fills(wanted, QSize(1280, 800))
    assert fills(wanted, QSize(1024, 1400))
    assert not fills(wanted, QSize(1280, 840))
    assert not fills(wanted, QSize(1920, 1080))
