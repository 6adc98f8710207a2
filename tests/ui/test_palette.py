"""The palette: what it says while the folder behind it is busy, and where it leaves the caret."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError
from gemba.domain.hit import Hit
from gemba.ui.commands import Command, Commands
from gemba.ui.palette import Palette
from gemba.ui.tasks import Tasks
from gemba.ui.theme import Theme

FOUND = Hit(
    ref=Ref("observation", uuid4()), part="", title="Two bags wait", excerpt="", marks=(), on=None
)


class Folder:
    """A folder whose first searches fail, as where another program writes in it."""

    def __init__(self) -> None:
        self.busy = 0
        self.asked: list[str] = []

    def search(self, words: str) -> list[Hit]:
        self.asked.append(words)
        if self.busy:
            self.busy -= 1
            raise GembaError("store.cannot_read", folder="here", reason="busy")
        return [FOUND] if words in "two bags wait" else []


@pytest.fixture
def folder() -> Folder:
    return Folder()


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def ran() -> list[str]:
    return []


@pytest.fixture
def commands(ran: list[str]) -> Commands:
    made = Commands(lambda id: {"a3": "new a3, two"}.get(id, ""))
    for id, words in (("first", "First of all"), ("a3", "Write an A3"), ("wait", "Wait for two")):
        made.add(Command(id, words, lambda id=id: ran.append(id)))  # type: ignore[misc]
    return made


@pytest.fixture
def palette(
    qtbot: QtBot, qapp: QApplication, folder: Folder, tasks: Tasks, commands: Commands
) -> Iterator[Palette]:
    theme = Theme(still=True)
    theme.apply(qapp)
    under = QWidget()
    qtbot.addWidget(under)
    under.resize(1280, 800)
    under.show()
    made = Palette(
        theme,
        commands,
        search=folder.search,
        open_ref=lambda _ref, _part: None,
        show_all=lambda _words: None,
        day=str,
        tasks=tasks,
        parent=under,
    )
    made.open()
    yield made
    qapp.setStyleSheet("")


def lines(palette: Palette) -> list[str]:
    return [item.words for item in palette.model.items]


def test_a_folder_that_is_busy_for_a_moment_is_searched_again(
    palette: Palette, qtbot: QtBot, folder: Folder
) -> None:
    folder.busy = 2
    palette.field.line.setText("bags")
    qtbot.waitUntil(lambda: "Two bags wait" in lines(palette))
    assert folder.asked == ["bags"] * 3


def test_a_folder_that_stays_busy_is_not_said_to_hold_nothing(
    palette: Palette, qtbot: QtBot, folder: Folder
) -> None:
    folder.busy = 100
    palette.field.line.setText("bags")
    qtbot.waitUntil(lambda: lines(palette) == ["The folder cannot be searched just now."])
    folder.busy = 0
    palette.field.line.setText("bag")
    qtbot.waitUntil(lambda: "Two bags wait" in lines(palette))


def test_words_that_were_changed_meanwhile_are_not_looked_for_again(
    palette: Palette, qtbot: QtBot, folder: Folder
) -> None:
    folder.busy = 1
    palette.field.line.setText("bag")
    qtbot.waitUntil(lambda: folder.asked == ["bag"])
    palette.field.line.setText("wait")
    qtbot.waitUntil(lambda: "Two bags wait" in lines(palette))
    palette.close_palette()
    assert folder.asked == ["bag", "wait"]


def test_what_had_the_focus_may_be_gone_when_it_closes(palette: Palette, qtbot: QtBot) -> None:
    palette.close_palette()
    under = palette.parentWidget()
    row = QLineEdit(under)
    row.show()
    row.setFocus()
    palette.open()
    # A list that is read anew makes its rows anew.
    row.deleteLater()
    QCoreApplication.sendPostedEvents(row, QEvent.Type.DeferredDelete)
    palette.close_palette()
    assert not palette.isVisible()


def test_a_command_that_opens_no_page_leaves_the_caret_where_it_was(
    palette: Palette, qtbot: QtBot, ran: list[str]
) -> None:
    palette.close_palette()
    line = QLineEdit(palette.parentWidget())
    line.show()
    line.setFocus()
    palette.open()
    palette.field.line.setText("write")
    qtbot.waitUntil(lambda: "Write an A3" in lines(palette))
    qtbot.keyClick(palette.field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ran == ["a3"])
    assert palette.parentWidget().focusWidget() is line


def test_a_quick_enter_opens_what_was_typed_and_not_what_was_listed_before(
    palette: Palette, qtbot: QtBot, ran: list[str]
) -> None:
    assert lines(palette)[1] == "First of all"
    QTest.keyClicks(palette.field.line, "new a3")
    QTest.keyClick(palette.field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ran == ["a3"])
    assert not palette.isVisible()


def test_a_command_called_by_its_name_stands_before_what_was_written(
    palette: Palette, qtbot: QtBot
) -> None:
    palette.field.line.setText("two")
    qtbot.waitUntil(lambda: "Two bags wait" in lines(palette))
    assert lines(palette)[:4] == ["Do", "Write an A3", "Wait for two", "Seen on walks"]
    palette.field.line.setText("wait")
    qtbot.waitUntil(lambda: lines(palette)[0] == "Seen on walks")
    assert lines(palette)[2:4] == ["Do", "Wait for two"]


def test_the_frame_of_the_panel_is_seen_on_both_sides_of_the_list(palette: Palette) -> None:
    panel, seen = palette.panel.geometry(), palette.grab().toImage()
    middle = panel.y() + palette.list.geometry().center().y()
    edge = palette.theme.edge.rgb()
    assert seen.pixelColor(panel.left(), middle).rgb() == edge
    assert seen.pixelColor(panel.right(), middle).rgb() == edge
