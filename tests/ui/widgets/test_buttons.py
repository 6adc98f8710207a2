"""Buttons, chips and choices, by pointer and by keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gemba.ui.theme import Theme
from gemba.ui.widgets import (
    Button,
    CheckBox,
    Chip,
    FocusRing,
    IconButton,
    Notice,
    Radio,
    Segmented,
)
from gemba.ui.widgets.base import Control, width_of
from gemba.ui.widgets.ring import RingFrame

Page = Callable[..., QWidget]


@pytest.fixture
def page(qtbot: QtBot) -> Callable[..., QWidget]:
    """Shows controls below each other in a window that has the focus."""
    kept: list[QWidget] = []

    def show(*controls: QWidget) -> QWidget:
        whole = QWidget()
        kept.append(whole)
        column = QVBoxLayout(whole)
        for control in controls:
            column.addWidget(control)
        qtbot.addWidget(whole)
        with qtbot.waitActive(whole):
            whole.show()
            whole.activateWindow()
        return whole

    return show


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, None])
def test_a_button_is_pressed_by_pointer_and_by_space(
    qtbot: QtBot, theme: Theme, key: Qt.Key | None, page: Page
) -> None:
    button = Button(theme, "Keep", kind="primary")
    page(button)
    with qtbot.waitSignal(button.clicked):
        if key is None:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        else:
            qtbot.keyClick(button, key)


def test_a_disabled_button_cannot_be_pressed(qtbot: QtBot, theme: Theme, page: Page) -> None:
    button = Button(theme, "Keep")
    button.setEnabled(False)
    page(button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == []


def test_an_ampersand_in_a_name_stays_an_ampersand(theme: Theme) -> None:
    button = Button(theme, "R&D")
    assert button.text() == "R&D"
    assert button.accessibleName() == "R&D"
    assert button.shortcut().isEmpty()


def test_sizes_are_those_of_the_product(theme: Theme) -> None:
    assert Button(theme, "Keep").sizeHint().height() == 36
    assert Button(theme, "Keep", big=True).sizeHint().height() == 48
    assert IconButton(theme, "x", "Close").sizeHint().toTuple() == (36, 36)
    assert Chip(theme, "delivery").sizeHint().height() == 24
    assert CheckBox(theme, "What is waiting?").sizeHint().height() == 40
    assert Segmented(theme, [("a", "A")]).sizeHint().height() == 36
    double = Theme(scale=2.0)
    assert Button(double, "Keep").sizeHint().height() == 72


def test_an_icon_button_tells_its_words_and_runs_by_its_shortcut(
    qtbot: QtBot, theme: Theme, page: Page
) -> None:
    button = IconButton(theme, "undo-2", "Undo", shortcut="Ctrl+Z")
    whole = page(button)
    assert button.toolTip() == "Undo (Ctrl+Z)"
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(whole, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_a_menu_opens_below_its_button(qtbot: QtBot, theme: Theme, page: Page) -> None:
    button = Button(theme, "Anyone")
    menu = QMenu()
    menu.addAction("Marta")
    before = button.sizeHint().width()
    button.set_menu(menu)
    assert button.sizeHint().width() > before
    page(button)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert menu.isVisible()
    menu.close()


def test_only_a_link_chip_can_be_clicked_and_reached_by_tab(
    qtbot: QtBot, theme: Theme, page: Page
) -> None:
    plain, link = Chip(theme, "waiting"), Chip(theme, "Observation", kind="link")
    page(plain, link)
    assert plain.focusPolicy() == Qt.FocusPolicy.NoFocus
    with qtbot.waitSignal(link.clicked):
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(link.clicked):
        qtbot.keyClick(link, Qt.Key.Key_Space)


def test_a_chip_that_is_cut_tells_its_words(theme: Theme) -> None:
    long = "two bags ready since 09:20 on the shelf and nobody told to fetch them"
    chip = Chip(theme, long)
    assert chip.sizeHint().width() == 280
    assert chip.toolTip() == long
    assert Chip(theme, "short").toolTip() == ""


def test_a_check_box_is_checked_by_a_click_on_its_words(
    qtbot: QtBot, theme: Theme, page: Page
) -> None:
    box = CheckBox(theme, "What is going well?")
    page(box)
    with qtbot.waitSignal(box.toggled):
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(80, 20))
    assert box.isChecked()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not box.isChecked()


def test_long_words_of_a_check_box_take_more_lines(theme: Theme) -> None:
    box = CheckBox(theme, "How do you know what to do next, and who would tell you? " * 3)
    assert box.heightForWidth(200) > box.heightForWidth(600) > 40


def test_of_radio_buttons_one_is_chosen_and_arrows_go_on(
    qtbot: QtBot, theme: Theme, page: Page
) -> None:
    one, two = Radio(theme, "done", checked=True), Radio(theme, "not now, because")
    page(one, two)
    one.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(one, Qt.Key.Key_Down)
    assert two.isChecked()
    assert not one.isChecked()


def test_the_segmented_choice_hands_on_a_key(qtbot: QtBot, theme: Theme, page: Page) -> None:
    choice = Segmented(theme, [("whole", "Whole sheet"), ("column", "Column")], value="whole")
    page(choice)
    with qtbot.waitSignal(choice.chosen) as caught:
        qtbot.mouseClick(choice.segment("column"), Qt.MouseButton.LeftButton)
    assert caught.args == ["column"]
    assert choice.value() == "column"
    choice.set_value("whole")
    assert choice.value() == "whole"


def test_a_notice_says_one_thing_and_offers_one(qtbot: QtBot, theme: Theme, page: Page) -> None:
    notice = Notice(theme, "2 lines too many. Shorten, or draw it.", action="Show")
    page(notice)
    assert notice.accessibleName() == "2 lines too many. Shorten, or draw it."
    with qtbot.waitSignal(notice.acted):
        qtbot.mouseClick(notice.button, Qt.MouseButton.LeftButton)
    notice.say("Told Samir on 4 Nov.")
    assert notice.button.isHidden()


def rings(whole: QWidget) -> list[RingFrame]:
    return [ring for ring in whole.findChildren(RingFrame) if ring.isVisible()]


def test_the_ring_stands_outside_the_button_that_tab_reached(
    qapp: QApplication, qtbot: QtBot, theme: Theme, page: Page
) -> None:
    follower = FocusRing(qapp, theme)
    one, two = Button(theme, "Walk"), Button(theme, "Coach")
    whole = page(one, two)
    one.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.waitUntil(one.hasFocus)
    assert rings(whole) == []
    qtbot.keyClick(one, Qt.Key.Key_Tab)
    assert two.hasFocus()
    # An application of an earlier test may follow the focus too; all of them agree.
    around = two.geometry().adjusted(-4, -4, 4, 4)
    assert {ring.geometry().getRect() for ring in rings(whole)} == {around.getRect()}
    two.hide()
    around = one.geometry().adjusted(-4, -4, 4, 4)
    assert {ring.geometry().getRect() for ring in rings(whole)} == {around.getRect()}
    follower.deleteLater()


def test_painted_controls_differ_between_their_states(qtbot: QtBot, theme: Theme) -> None:
    def picture(control: Control) -> bytes:
        image = control.grab().toImage()
        return bytes(image.constBits())

    made: list[Control] = [
        Button(theme, "Keep", kind="primary"),
        Button(theme, "Walk", icon="footprints"),
        Button(theme, "Tell back", kind="quiet"),
        IconButton(theme, "x", "Close"),
        Chip(theme, "Observation", kind="link"),
        CheckBox(theme, "waiting"),
        Radio(theme, "done"),
    ]
    for control in made:
        qtbot.addWidget(control)
        control.resize(control.sizeHint())
        rest = picture(control)
        control.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        hover = picture(control)
        control.setEnabled(False)
        disabled = picture(control)
        assert len({rest, hover, disabled}) == 3, control.text()


def test_words_of_a_button_stay_whole_where_its_icon_has_no_room(
    qtbot: QtBot, theme: Theme
) -> None:
    seen = []
    for icon in ("shield-alert", ""):
        button = Button(theme, "Safety now", icon=icon, big=True)
        qtbot.addWidget(button)
        button.resize(98, 48)
        seen.append(button.grab().toImage())
    assert seen[0] == seen[1]
    assert width_of("Safety now", theme.font("text")) <= 98 - 2 * 8
