"""What was done is said where it covers nothing that can still be used."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gemba.ui.theme import Theme
from gemba.ui.widgets import DrawerHost
from gemba.ui.widgets.foot import Foot
from gemba.ui.widgets.saying import Saying


def over(saying: Saying, widget: QWidget, window: QWidget) -> bool:
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return place.intersects(saying.geometry())


def test_it_stands_beside_an_open_drawer(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1208, 760)
    host = DrawerHost(theme, QWidget(), "Print", window)
    host.resize(1208, 700)
    host.drawer.setFixedWidth(452)
    saying = Saying(theme, window)
    window.show()
    qtbot.waitExposed(window)
    saying.say("Saved as sheet.png")
    middle = saying.geometry().center().x()
    assert abs(middle - 604) <= 1
    # One that opens later is not covered either.
    host.open_drawer()
    assert not over(saying, host.drawer, window)
    assert saying.geometry().left() >= 0
    host.close_drawer()
    assert abs(saying.geometry().center().x() - 604) <= 1
    host.open_drawer()
    saying.say("Saved as sheet.svg")
    assert not over(saying, host.drawer, window)
    # Where nothing is left beside it, it is still to be read.
    window.resize(640, 400)
    host.resize(640, 380)
    assert saying.width() > 300


def test_a_longer_sentence_has_its_room_at_once(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1208, 760)
    saying = Saying(theme, window)
    window.show()
    qtbot.waitExposed(window)
    saying.say("Arrows move a border by 1 mm, with Shift by 5.")
    QApplication.processEvents()
    window.resize(1200, 760)
    long = "A sentence that needs two lines " * 4
    saying.say(long)
    assert saying.notice.words.height() >= saying.notice.words.heightForWidth(
        saying.notice.words.width()
    )
    assert saying.notice.words.heightForWidth(544) > theme.line_height("text")


def test_it_stands_above_what_a_page_ends_with(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1208, 760)
    foot = Foot(window)
    foot.setGeometry(0, 650, 1208, 82)
    saying = Saying(theme, window)
    window.show()
    qtbot.waitExposed(window)
    saying.say("Handed in: Morning look")
    assert not over(saying, foot, window)
    foot.hide()
    assert saying.geometry().bottom() > 650
    # One that comes later is not covered either, and one at the top of a page is in no way.
    foot.show()
    assert not over(saying, foot, window)
    foot.setGeometry(0, 20, 1208, 82)
    assert saying.geometry().bottom() > 650
