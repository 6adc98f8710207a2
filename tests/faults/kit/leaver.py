"""A robot that types into one field and goes away at once, in one of eight ways."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from random import Random

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QSessionManager
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import getCppPointer, wrapInstance

from gemba.app.session import Session
from gemba.ui.pages.observation import ObservationPage
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.pages.walk import WalkPage
from tests.faults.kit.diary import Diary
from tests.faults.kit.robot import LETTERS, Robot

WAYS = (
    "close",
    "switch",
    "quit",
    "SIGTERM",
    "logout",
    "exception",
    "new record",
    "SIGHUP",
)


class _Bug(Exception):
    """A mistake of ours, in a slot."""


class Leaver(Robot):
    """Goes to a field, types, and leaves."""

    every = 1

    def __init__(self, session: Session, diary: Diary, seed: int, way: str) -> None:
        super().__init__(session, diary, seed, -1)
        self.random = Random(seed)
        self.way = way
        self.typed = ""
        in_capture = way in ("logout", "exception", "SIGHUP") and self.random.random() < 0.4
        self.new = way == "new record" or in_capture
        self.timer.timeout.disconnect(self.act)
        self.timer.timeout.connect(self.wait_for_caret)

    def switch(self) -> None:
        """Go to the field to type in."""
        go, work = self.session.go, self.session.workspace
        assert self.walk is not None
        if self.new:
            if self.way != "new record" or self.random.random() < 0.5:
                self.session.open_capture()
            else:
                go.to("walk", walk=self.walk.id)
            return
        if self.random.random() < 0.5:
            sheet = work.sheets.get(self.random.choice(self.sheets))
            go.to("sheet", sheet=sheet.id, box=self.random.choice(sheet.boxes).id)
        else:
            go.to("observation", observation=self.random.choice(self.observations))
            page = self.page()
            assert isinstance(page, ObservationPage)
            page.saw.setFocus()

    def _editor(self) -> QWidget | None:
        capture = self.session.over.capture
        if capture is not None and capture.isVisible():
            return capture.saw.edit
        page = self.page()
        if isinstance(page, SheetPage):
            return page.editor
        if isinstance(page, ObservationPage):
            return page.saw.edit
        return page.line.saw.edit if isinstance(page, WalkPage) else None

    def wait_for_caret(self) -> None:
        """Type as soon as there is something to type in, and leave in the same breath."""
        editor = self._editor()
        if editor is None or not editor.isVisible():
            return
        self.timer.stop()
        if not self.new:
            self.look()
        for _ in range(self.random.randint(5, 40)):
            letter = self.random.choice(LETTERS)
            QTest.keyClicks(editor, letter)
            self.typed += letter
        if self.new:
            self.diary.write("new", text=self.typed)
        else:
            self.look()
        self.diary.write("leaving", way=self.way)
        _LEAVE[self.way](self)

    def die_when_written(self) -> None:
        """Be killed once nothing is on its way, without giving any field the time to save."""
        if self.session.workspace.recorder.state.pending:
            QTimer.singleShot(0, self.die_when_written)
            return
        os.kill(os.getpid(), signal.SIGKILL)


def _switch(robot: Leaver) -> None:
    robot.session.go.to("today")
    robot.die_when_written()


def _logout(robot: Leaver) -> None:
    # What a session manager does before it ends the session; then the process is simply gone.
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    # Qt makes its session manager for itself; whoever hears the signal gets something in its place.
    held = wrapInstance(getCppPointer(robot)[0], QSessionManager)
    qt.commitDataRequest.emit(held)
    robot.die_when_written()


def _exception(robot: Leaver) -> None:
    def slot() -> None:
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, robot.die_when_written))
        raise _Bug("in a slot")

    QTimer.singleShot(0, slot)


def _by(number: signal.Signals) -> Callable[[Leaver], None]:
    return lambda _robot: os.kill(os.getpid(), number)


_LEAVE: dict[str, Callable[[Leaver], None]] = {
    "close": lambda robot: robot.session.window.close() and None,
    "switch": _switch,
    "quit": lambda _robot: QApplication.quit(),
    "SIGTERM": _by(signal.SIGTERM),
    "logout": _logout,
    "exception": _exception,
    "new record": lambda _robot: QGuiApplication.quit(),
    "SIGHUP": _by(signal.SIGHUP),
}
