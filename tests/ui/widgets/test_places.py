"""Drawer, photos, layouts and the save state."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gemba.ui.theme import Theme
from gemba.ui.widgets import (
    Button,
    Chip,
    Column,
    DrawerHost,
    Field,
    FlowLayout,
    Label,
    PageHead,
    PhotoStrip,
    SaveState,
    ScrollPage,
)
from gemba.ui.widgets.photos import read_thumbnail


def host(qtbot: QtBot, theme: Theme, width: int) -> DrawerHost:
    made = DrawerHost(theme, QWidget(), "Coach's margin")
    made.resize(width, 700)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_in_a_wide_window_the_drawer_stands_beside_the_page(qtbot: QtBot, theme: Theme) -> None:
    made = host(qtbot, theme, 1440)
    made.open_drawer()
    assert made.page.geometry() == QRect(0, 0, 1140, 700)
    assert made.drawer.geometry() == QRect(1140, 0, 300, 700)
    made.close_drawer()
    assert made.page.width() == 1440
    assert not made.drawer.isVisible()


def test_in_a_narrow_window_it_lies_over_the_page_and_esc_closes_it(
    qtbot: QtBot, theme: Theme
) -> None:
    made = host(qtbot, theme, 1280)
    told: list[bool] = []
    made.opened.connect(told.append)
    made.open_drawer()
    assert made.page.width() == 1280
    assert made.drawer.geometry() == QRect(980, 0, 300, 700)
    qtbot.keyClick(made.drawer, Qt.Key.Key_Escape)
    assert not made.is_open()
    assert told == [True, False]


def test_from_right_to_left_the_drawer_is_at_the_left(qtbot: QtBot, theme: Theme) -> None:
    made = host(qtbot, theme, 1500)
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    made.open_drawer()
    assert made.drawer.x() == 0
    assert made.page.x() == 300


def test_a_drawer_slides_only_where_motion_is_wanted(qtbot: QtBot) -> None:
    assert Theme(still=True).milliseconds() == 0
    made = host(qtbot, Theme(), 1280)
    made.open_drawer()
    qtbot.waitUntil(lambda: made.drawer.x() == 980, timeout=2000)
    made.close_drawer()
    qtbot.waitUntil(lambda: not made.drawer.isVisible(), timeout=2000)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    path = tmp_path / "hatch.png"
    assert image.save(str(path))
    return path


@pytest.fixture
def strip(qtbot: QtBot, theme: Theme) -> PhotoStrip:
    made = PhotoStrip(theme)
    qtbot.addWidget(made)
    made.resize(400, 100)
    made.show()
    return made


def test_a_thumbnail_is_read_no_larger_than_it_is_shown(photo: Path) -> None:
    assert read_thumbnail(str(photo), 96, 72).size().toTuple() == (96, 72)
    assert read_thumbnail(str(photo), 72, 72).size().toTuple() == (96, 72)
    assert read_thumbnail(str(photo.with_name("missing.png")), 96, 72).isNull()


def test_a_photo_under_lock_is_read_from_memory(photo: Path) -> None:
    held = photo.read_bytes()
    photo.unlink()
    assert read_thumbnail(lambda: held, 96, 72).size().toTuple() == (96, 72)
    assert read_thumbnail(lambda: b"", 96, 72).isNull()
    assert read_thumbnail(lambda: b"no picture", 96, 72).isNull()


def test_a_photo_opens_by_click_and_goes_by_delete(
    qtbot: QtBot, strip: PhotoStrip, photo: Path
) -> None:
    strip.set_photos([("one", str(photo), "The hatch at 10:00")])
    (small,) = strip.thumbnails()
    assert small.accessibleName() == "The hatch at 10:00"
    middle = small.grab().toImage().pixelColor(40, 30)
    assert middle == QImage(str(photo)).pixelColor(0, 0)
    with qtbot.waitSignal(strip.opened) as caught:
        qtbot.mouseClick(small, Qt.MouseButton.LeftButton)
    assert caught.args == ["one"]
    small.setFocus()
    qtbot.waitUntil(small.hasFocus)
    with qtbot.waitSignal(strip.removed) as caught:
        qtbot.keyClick(small, Qt.Key.Key_Delete)
    assert caught.args == ["one"]


def test_a_file_that_is_no_picture_shows_a_plain_ground(
    qtbot: QtBot, strip: PhotoStrip, tmp_path: Path, theme: Theme
) -> None:
    wrong = tmp_path / "note.png"
    wrong.write_text("not a picture", encoding="utf-8")
    strip.set_photos([("one", str(wrong), "")])
    (small,) = strip.thumbnails()
    assert small.grab().toImage().pixelColor(40, 30) == theme.photo


def test_dropped_files_are_handed_on(qtbot: QtBot, strip: PhotoStrip, photo: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    with qtbot.waitSignal(strip.files_added) as caught:
        assert strip.take(data)
    assert [Path(path) for path in caught.args[0]] == [photo]
    assert not strip.take(QMimeData())


def test_a_pasted_picture_is_handed_on(qtbot: QtBot, strip: PhotoStrip, photo: Path) -> None:
    QGuiApplication.clipboard().setImage(QImage(str(photo)))
    strip.setFocus()
    with qtbot.waitSignal(strip.picture_added) as caught:
        qtbot.keyClick(strip, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert caught.args[0].size().toTuple() == (800, 600)
    QGuiApplication.clipboard().setText("")


def test_flow_goes_on_in_the_next_line_and_in_reading_direction(qtbot: QtBot, theme: Theme) -> None:
    whole = QWidget()
    flow = FlowLayout(whole, gap=8)
    chips = [Chip(theme, "two bags ready since 09:20 " * 3) for _ in range(3)]
    for chip in chips:
        flow.addWidget(chip)
    qtbot.addWidget(whole)
    whole.resize(600, 200)
    whole.show()
    assert [chip.geometry().topLeft().toTuple() for chip in chips] == [(0, 0), (288, 0), (0, 32)]
    assert flow.heightForWidth(600) == 56
    assert flow.heightForWidth(900) == 24
    whole.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    flow.activate()
    assert chips[0].geometry().right() == 599
    assert flow.takeAt(0) is not None
    assert flow.itemAt(7) is None


def test_a_page_never_scrolls_sideways_and_narrows_its_margins(qtbot: QtBot, theme: Theme) -> None:
    page = ScrollPage(theme)
    head = PageHead(theme, "A title that is much too long for a narrow window " * 4)
    head.add_action(Button(theme, "New A3"))
    page.add(head)
    page.add(Label(theme, "word " * 400))
    page.add(Field(theme, "Purpose"))
    page.finish()
    qtbot.addWidget(page)
    page.resize(1280, 600)
    page.show()
    qtbot.waitExposed(page)
    assert head.x() == 24
    page.resize(700, 600)
    qtbot.waitUntil(lambda: head.x() == 16)
    assert page.content.width() <= page.viewport().width()


def test_a_column_is_at_most_a_line_of_reading_wide(qtbot: QtBot, theme: Theme) -> None:
    page = ScrollPage(theme)
    column = Column(theme)
    words = Label(theme, "word " * 400)
    column.add(words)
    page.add(column)
    qtbot.addWidget(page)
    page.resize(1280, 600)
    page.show()
    assert words.width() == 680


def test_a_label_breaks_at_the_line_height_and_shows_what_is_cut(
    qtbot: QtBot, theme: Theme
) -> None:
    words = Label(theme, "<b>not bold</b> " * 20)
    assert words.heightForWidth(300) % 21 == 0
    assert words.heightForWidth(300) > words.heightForWidth(600)
    line = Label(theme, "a long line " * 20, wrap=False)
    qtbot.addWidget(line)
    line.show()
    line.resize(100, 21)
    assert line.toolTip() == line.text()
    line.resize(5000, 21)
    assert line.toolTip() == ""


def test_the_save_state_says_what_is_so(theme: Theme) -> None:
    state = SaveState(theme)
    assert state.words.text() == "Saved"
    state.saving()
    assert state.words.text() == "Saving"
    state.trouble("the disk is full. Your text is here; choose another place.")
    assert state.accessibleName().startswith("Not saved yet: the disk is full.")
    state.saved()
    assert state.accessibleName() == "Saved"


def test_actions_go_below_a_title_that_leaves_them_no_room(qtbot: QtBot, theme: Theme) -> None:
    page = ScrollPage(theme, margins=False)
    qtbot.addWidget(page)
    head = PageHead(theme, "Walks")
    buttons = [Button(theme, f"Look at number {n}") for n in range(4)]
    for button in buttons:
        head.add_action(button)
    page.add(head)
    page.finish()
    page.resize(1200, 400)
    page.show()

    def places() -> list[QRect]:
        return [QRect(b.mapTo(page, QPoint(0, 0)), b.size()) for b in buttons]

    qtbot.waitUntil(lambda: places()[-1].right() > 1150)
    assert {place.y() for place in places()} == {0}
    page.resize(500, 400)
    qtbot.waitUntil(lambda: places()[0].y() >= 36 and places()[-1].y() > places()[0].y())
    assert all(page.rect().contains(place) for place in places())
    assert head.width() == page.viewport().width()
    assert head.title.width() >= head.title.sizeHint().width()
    page.resize(1200, 400)
    qtbot.waitUntil(lambda: {place.y() for place in places()} == {0})
