"""A person at the real window over a folder of their own: clicks and keys, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QColor, QImage, QKeySequence, QLinearGradient, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QListView,
    QMenu,
    QScrollArea,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gemba.app.session import Session
from gemba.app.start import App
from gemba.services.workspace import Workspace
from gemba.ui.widgets import Label, Row
from gemba.ui.widgets.frame import FieldBase
from gemba.ui.widgets.sheet_grid import SheetGrid
from gemba.ui.within import within
from tests.ui.dialogs import answering

ZONE = ZoneInfo("Europe/Amsterdam")
PATIENCE = 10_000
_MOST_TABS = 120


class Clock:
    """A clock that stands still until it is moved; it begins on Tuesday 24 November 2026."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, 9, 30, tzinfo=ZONE)

    def __call__(self) -> datetime:
        return self.time

    def move(self, **by: float) -> None:
        """Move on by minutes, hours or days."""
        self.time += timedelta(**by)


class Person:
    """Somebody at the window. Everything they do is a click or a key."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, folder: Path, clock: Clock) -> None:
        self.qapp = qapp
        self.qtbot = qtbot
        self.folder = folder
        self.clock = clock
        self.dark = False
        self.size = (1280, 800)
        self._app: App | None = None
        self._began = False

    # The app

    def start(self) -> None:
        """Start Gemba on the folder."""
        self._began = False
        self._app = App(self.qapp, self.folder, dark=self.dark, now=self.clock)
        self._app.theme.still = True
        self._app.open(self.folder)
        self.window.resize(*self.size)
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow, timeout=PATIENCE)
        self.session.start_opening()
        self.qtbot.waitUntil(lambda: self.session.loaded, timeout=PATIENCE)
        self.qtbot.waitUntil(self._focus_is_on_page, timeout=PATIENCE)

    def _focus_is_on_page(self) -> bool:
        found = QApplication.focusWidget()
        return found is not None and self.page().isAncestorOf(found)

    def close(self) -> None:
        """Close the window, as its own button does."""
        if self._app is None:
            return
        window = self.window
        window.close()
        self._app.tasks.close()
        self.qapp.focusChanged.disconnect(self._app.ring._moved)
        self._app.ring.deleteLater()
        window.deleteLater()
        self._app = None
        self.qapp.processEvents()
        self.qapp.setStyleSheet("")

    def restart(self) -> None:
        """Close Gemba and start it again on the same folder."""
        self.close()
        self.start()

    @property
    def app(self) -> App:
        assert self._app is not None
        return self._app

    @property
    def session(self) -> Session:
        assert self.app.session is not None
        return self.app.session

    @property
    def window(self) -> QWidget:
        return self.session.window

    @property
    def beforehand(self) -> Workspace:
        """The folder to set up, before the first click or key after a start."""
        assert not self._began, "what is set up is set up before the first click"
        return self.session.workspace

    @property
    def elsewhere(self) -> Workspace:
        """The folder as another hand changes it while this person is at the window."""
        return self.session.workspace

    @property
    def held(self) -> Workspace:
        """What the folder holds, to look at and never to act through."""
        self.session.workspace.recorder.settle()
        return self.session.workspace

    def page(self) -> QWidget:
        """The page that is shown."""
        return self.session.window.stack.currentWidget()

    # Hands

    def focus(self) -> QWidget:
        """The widget that has the focus."""
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    def type(self, words: str) -> None:
        """Type words, letter by letter, once there is a caret to type at."""
        self._began = True
        self.wait(_caret_is_there)
        for letter in words:
            if letter == "\n":
                self.press("Return")
            else:
                QTest.keyClicks(self.focus(), letter)

    def press(self, keys: str) -> None:
        """Press one combination of keys, such as "Ctrl+P"."""
        self._began = True
        combination = QKeySequence(keys)[0]
        QTest.keyClick(self.focus(), combination.key(), combination.keyboardModifiers())
        self.qapp.processEvents()

    def tap(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click on a widget that is in sight, scrolling to it first as a wheel would."""
        self._began = True
        _scroll_to(widget)
        self.qapp.processEvents()
        place = at if at is not None else widget.rect().center()
        target = widget.childAt(place)
        left = Qt.MouseButton.LeftButton
        if target is not None and not isinstance(widget, QAbstractButton):
            QTest.mouseClick(target, left, pos=target.mapFrom(widget, place))
        else:
            QTest.mouseClick(widget, left, pos=place)
        self.qapp.processEvents()

    def click(self, words: str, *, at: int | None = None) -> None:
        """Click the button, door, chip or place of the rail with these words."""
        self.tap(self.button(words, at=at))

    def click_row(self, words: str) -> None:
        """Click the row whose words hold these."""
        self.tap(self.row(words))

    def act_on_row(self, words: str, action: str) -> None:
        """Point at a row and press one of its actions."""
        row = self.row(words)
        _scroll_to(row)
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self.qapp.processEvents()
        found = [one for one in row.action_buttons() if one.text() == action]
        assert found, f"no {action} on the row {words}"
        self.tap(found[0])

    def into(self, label: str) -> None:
        """Click into the field with this label."""
        field = self.field(label)
        editor = field.focusProxy() or field
        self.tap(editor)

    def fill(self, label: str, words: str) -> None:
        """Click into a field, take out what stands there, and type."""
        self.into(label)
        self.press("Ctrl+A")
        self.press("Delete")
        self.type(words)

    def choose(self, words: str) -> None:
        """Choose from the menu that is open."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        found = [one for one in menu.actions() if one.text() == words]
        assert found, [one.text() for one in menu.actions()]
        QTest.mouseClick(
            menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(found[0]).center()
        )
        self.qapp.processEvents()

    def paste_text(self, words: str) -> None:
        """Press paste with words on the clipboard."""
        QApplication.clipboard().setText(words)
        self.press("Ctrl+V")

    def paste_picture(self, picture: QImage) -> None:
        """Press paste with a picture on the clipboard."""
        data = QMimeData()
        data.setImageData(picture)
        QApplication.clipboard().setMimeData(data)
        self.press("Ctrl+V")

    def by_palette(self, words: str, found_as: str = "") -> None:
        """Open a command, or a record that says this, from the palette, by keys alone."""
        self.press("Ctrl+K")
        self.type(words)
        lists = within(self.window, QListView)
        found = next(one for one in lists if one.isVisible())
        sought, rows = found_as or words, found.model()
        self.wait(
            lambda: any(sought in str(rows.index(n, 0).data()) for n in range(rows.rowCount()))
        )
        for _row in range(rows.rowCount()):
            if sought in str(found.currentIndex().data()):
                break
            self.press("Down")
        self.press("Return")
        self.wait(lambda: not found.isVisible())
        self.look_at_window()

    def tab_to(self, name: str, keys: str = "Tab") -> None:
        """Press Tab until what has the focus is called so, as a screen reader hears it."""
        passed = []
        for _step in range(_MOST_TABS):
            self.press(keys)
            passed.append(_called(self.focus()))
            if name in passed[-1]:
                return
        raise AssertionError(f"no Tab leads to {name!r}: {passed}")

    def saving_as(self, path: Path, run: Callable[[], None]) -> None:
        """Do what opens a save dialog, paste the name there and press Save; wait for the file."""
        with answering(path):
            run()
        self.wait(path.exists)
        self.look_at_window()

    # Eyes

    def wait(self, seen: Callable[[], bool]) -> None:
        """Wait until something can be seen."""
        self.qtbot.waitUntil(seen, timeout=PATIENCE)

    def look_at_window(self) -> None:
        """Bring the window to the front; where there is a screen, its window manager does it."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)

    def wait_caret(self, name: str) -> None:
        """Wait until the caret stands in the field with this name."""
        self.wait(lambda: _caret_is_there() and self.focus().accessibleName() == name)

    def wait_saved(self) -> None:
        """Wait until the window says that everything is on the disk."""
        self.wait(lambda: self.session.workspace.recorder.state.pending == 0)
        self.wait(lambda: not self.session.workspace.recorder.state.trouble)

    def buttons(self, words: str) -> list[QAbstractButton]:
        """The buttons in sight with these words."""
        return [
            one
            for one in self.window.findChildren(QAbstractButton)
            if one.isVisible() and not isinstance(one, Row) and words in _names(one)
        ]

    def button(self, words: str, *, at: int | None = None) -> QAbstractButton:
        """The one button in sight with these words."""
        found = self.buttons(words)
        assert found, f"no button {words!r} among {self.all_buttons()}"
        if at is None:
            inside = [one for one in found if self.page().isAncestorOf(one)]
            found = inside if len(found) > 1 and inside else found
            assert len(found) == 1, f"{len(found)} buttons {words!r}"
        return found[at or 0]

    def all_buttons(self) -> list[str]:
        """The words of every button in sight."""
        return [b.text() for b in self.window.findChildren(QAbstractButton) if b.isVisible()]

    def rows(self) -> list[Row]:
        """The rows in sight, from top to bottom."""
        found = [one for one in self.window.findChildren(Row) if one.isVisible()]
        return sorted(found, key=lambda one: one.mapTo(self.window, QPoint(0, 0)).y())

    def row(self, words: str) -> Row:
        """The first row whose words hold these."""
        found = [one for one in self.rows() if words in f"{one.words.strong} {one.words.small}"]
        assert found, f"no row {words!r} among {[one.words.strong for one in self.rows()]}"
        return found[0]

    def fields(self) -> dict[str, FieldBase]:
        """The fields in sight by their label, or by what a screen reader calls them."""
        found: dict[str, FieldBase] = {}
        for one in self.window.findChildren(FieldBase):
            if one.isVisible():
                editor = one.focusProxy()
                name = editor.accessibleName() if editor is not None else ""
                found.setdefault(one.label.text() or name, one)
        return found

    def field(self, label: str) -> FieldBase:
        """The field in sight with this label."""
        found = self.fields()
        assert label in found, f"no field {label!r} among {list(found)}"
        return found[label]

    def sees(self, words: str) -> bool:
        """Whether these words stand anywhere in sight, in labels, buttons, rows or fields."""
        return words in self.everything()

    def everything(self) -> str:
        """All words in sight."""
        parts: list[str] = []
        for one in self.window.findChildren(QWidget):
            if not one.isVisible():
                continue
            if isinstance(one, Row):
                parts += [one.words.strong, one.words.small, one.words.age, one.words.lead]
                parts += [words for _icon, words in one.words.marks]
            elif isinstance(one, Label | QAbstractButton):
                parts.append(one.text())
            elif isinstance(one, QLineEdit):
                parts += [one.text()]
            elif isinstance(one, SheetGrid):
                parts += [one.say(row).spoken() for row in one.visible()]
            elif isinstance(one, QTextEdit):
                parts += [one.toPlainText()]
            parts.append(one.accessibleDescription())
        return "\n".join(part for part in parts if part)

    def shot(self, path: Path) -> None:
        """Write what the window looks like as a picture."""
        self.qapp.processEvents()
        self.window.grab().save(str(path))


def _caret_is_there() -> bool:
    found = QApplication.focusWidget()
    return isinstance(found, QLineEdit | QTextEdit) and found.isVisible()


def _called(one: QWidget) -> tuple[str, ...]:
    """What a widget in focus is called: its own words, or those of the area it belongs to."""
    words = one.text() if isinstance(one, QAbstractButton) else ""
    return words, one.accessibleName()


def _names(one: QAbstractButton) -> tuple[str, str]:
    return one.text(), one.accessibleName()


def _scroll_to(widget: QWidget) -> None:
    step = widget.parentWidget()
    while step is not None:
        if isinstance(step, QScrollArea) and step.widget() is not None:
            step.ensureWidgetVisible(widget, 8, 8)
        step = step.parentWidget()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def person(qapp: QApplication, qtbot: QtBot, data_dir: Path, clock: Clock) -> Iterator[Person]:
    """Somebody at the window, on an empty folder."""
    somebody = Person(qapp, qtbot, data_dir, clock)
    yield somebody
    somebody.close()


@pytest.fixture
def photo(qapp: QApplication) -> QImage:
    """A picture with light and dark in it, as a camera gives."""
    picture = QImage(640, 480, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    shade = QLinearGradient(0, 0, 640, 480)
    shade.setColorAt(0, QColor("white"))
    shade.setColorAt(1, QColor("black"))
    painter.fillRect(picture.rect(), shade)
    painter.fillRect(80, 60, 200, 150, QColor("gray"))
    painter.end()
    return picture
