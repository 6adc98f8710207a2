"""A robot at the real window: types, goes from record to record, takes photos in, at full speed.

``python -m tests.faults.kit.robot FOLDER DIARY [--seed N] [--actions N] [--broken NAME]``
runs the app as ``gemba --data-dir FOLDER`` does. The diary says what stood on the screen and when
the window called it saved: nothing waits in a field, nothing is on its way, no trouble.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gemba.app import start, unsaved
from gemba.app.session import Session
from gemba.domain.observation import CATEGORIES, Observation
from gemba.domain.sheet import Sheet
from gemba.domain.walk import Walk
from gemba.ui.autosave import Autosave
from gemba.ui.pages.observation import ObservationPage
from gemba.ui.pages.sheet import SheetPage
from gemba.ui.pages.walk import WalkPage
from gemba.ui.within import within
from tests.faults.kit.broken import break_it
from tests.faults.kit.diary import Diary, Key
from tests.faults.kit.ground import PAIR, a_photo

LETTERS = "abcdefghij klmno pqrst uvwxyz ABC 0123456789 .,;:!?()'\" "
LONG = 300
A_LOOK = 5
"""Milliseconds between two looks while there is nothing to do but to wait."""


class Robot(QObject):
    """Does one small thing each time the event loop is free; one seed, one course."""

    every = 0
    """Milliseconds between two turns; one that mostly waits must not keep the processor busy."""

    def __init__(self, session: Session, diary: Diary, seed: int, actions: int) -> None:
        super().__init__()
        self.session = session
        self.diary = diary
        self.random = Random(seed)
        self.left = actions
        self.shown: dict[Key, str] = {}
        self.saved: dict[Key, str] = {}
        self.pairs = seed * 100_000
        self.photo = seed * 100_000
        self.rest = 0.0
        self.blank = False
        self.observations: list[UUID] = []
        self.photos: set[tuple[str, str]] = set()
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.act)

    def begin(self) -> None:
        """Wait until the folder is open, then go."""
        work = self.session.workspace
        if not work.recorder.find(Sheet):
            work.sheets.begin("What a new folder begins with")
            work.walks.capture("A cart stands in the way.")
        self.sheets = [sheet.id for sheet in work.recorder.find(Sheet)]
        self.walk = work.walks.under_way()
        self.observations = [seen.id for seen in work.recorder.find(Observation, kept=True)]
        self.twins = [w.id for w in work.recorder.find(Walk) if w.purpose.startswith(PAIR)]
        self.diary.write("begun")
        self.switch()
        self.timer.start(self.every)

    # What is on the screen

    def page(self) -> QWidget:
        """The page that is shown."""
        return self.session.window.stack.currentWidget()

    def field(self) -> tuple[Key, QWidget, Callable[[], str]] | None:
        """The field that is written in: its key, its editor and what reads it."""
        page = self.page()
        if isinstance(page, SheetPage) and page.editor is not None and page.sheet is not None:
            key = ("sheet", str(page.sheet.id), f"boxes.{page.writing}.text")
            return key, page.editor, page.editor.text
        if isinstance(page, ObservationPage) and page._seen is not None:
            name, field = next(
                ((n, f) for n, f in page.further.items() if f.edit.hasFocus()), ("saw", page.saw)
            )
            return ("observation", str(page._seen.id), name), field.edit, field.text
        if isinstance(page, WalkPage):
            line = page.line
            key = ("observation", str(line.line.id) if line.line else "", "saw")
            return key, line.saw.edit, line.saw.text
        return None

    def look(self) -> None:
        """Note what stands on the screen, and what the window calls saved."""
        found = self.field()
        if found is not None and found[0][1]:
            key, _, read = found
            text = read()
            if key not in self.shown and self.blank:
                # The line of a walk is begun empty; its first letters are saved a moment later.
                self.diary.write("fresh", key=list(key))
            if self.shown.get(key) != text:
                self.shown[key] = text
                self.diary.text("typed", key, text)
        self.blank = found is not None and not found[0][1]
        if self.all_saved():
            for key, text in self.shown.items():
                if self.saved.get(key) != text:
                    self.saved[key] = text
                    self.diary.text("saved", key, text)

    def all_saved(self) -> bool:
        """Whether the window says that everything is on the disk."""
        state = self.session.workspace.recorder.state
        if state.pending or state.trouble is not None:
            return False
        # The page first: looking through the whole window takes long, and is done at each key.
        return not any(
            one.waiting
            for whole in (self.page(), self.session.window)
            for one in within(whole, Autosave)
        )

    # What it does

    def act(self) -> None:
        """Do the next thing."""
        self.look()
        resting = monotonic() < self.rest
        self.timer.setInterval(A_LOOK if resting else 0)
        if resting:
            return
        if self.left == 0:
            self.timer.stop()
            self.session.window.close()
            return
        self.left -= 1
        doing = self.random.choices(
            (self.type, self.switch, self.take_photo, self.twin, self.mark, self.keep, self.pause),
            (50, 12, 5, 10, 4, 4, 3),
        )[0]
        doing()
        self.look()

    def type(self) -> None:
        """Type a few letters where the caret is."""
        found = self.field()
        if found is None:
            self.switch()
            return
        editor = found[1]
        if len(found[2]()) > LONG:
            # A letter at once: facts cannot be emptied, and the page says so.
            QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClicks(editor, self.random.choice("abc"))
        for _ in range(self.random.randint(1, 8)):
            QTest.keyClicks(editor, self.random.choice(LETTERS))
            self.look()

    def switch(self) -> None:
        """Go to another record."""
        go = self.session.go
        where = self.random.randrange(10)
        if where < 5:
            sheet = self.session.workspace.sheets.get(self.random.choice(self.sheets))
            box = self.random.choice(sheet.boxes).id
            go.to("sheet", sheet=sheet.id, box=box)
        elif where < 8:
            go.to("observation", observation=self.random.choice(self.observations))
            self.page().saw.setFocus()  # type: ignore[attr-defined]
        elif self.walk is not None:
            go.to("walk", walk=self.walk.id)

    def take_photo(self) -> None:
        """Paste a photo into the observation that is shown."""
        page = self.page()
        self._note_photos()
        if isinstance(page, ObservationPage) and page._seen is not None:
            self.photo += 1
            page.desk.take_bytes(page._seen.id, a_photo(self.photo))

    def _note_photos(self) -> None:
        if self.session.workspace.store.unsaved is not None:
            return
        for seen in self.session.workspace.recorder.find(Observation, kept=True):
            for photo in seen.photos:
                if (str(seen.id), photo) not in self.photos:
                    self.photos.add((str(seen.id), photo))
                    self.diary.write("photo", observation=str(seen.id), photo=photo)

    def twin(self) -> None:
        """Write the same word into two records at once."""
        recorder = self.session.workspace.recorder
        if not self.twins:
            return
        self.pairs += 1
        word = str(self.pairs)
        twins = [replace(recorder.get(Walk, id), company=word, theme=word) for id in self.twins]
        recorder.put(*twins)
        # What was taken in memory because the disk refuses is not called saved.
        if recorder.state.trouble is None and recorder.store.unsaved is None:
            self.diary.write("pair", text=word)

    def mark(self) -> None:
        """Choose a category."""
        page = self.page()
        if isinstance(page, ObservationPage) and page._seen is not None:
            page.categories[self.random.choice(CATEGORIES)].click()

    def keep(self) -> None:
        """Keep the line of the walk and go on with an empty one."""
        page = self.page()
        if not isinstance(page, WalkPage) or not page.line.saw.text().strip():
            return
        line = page.line.line
        QTest.keyClick(page.line.saw.edit, Qt.Key.Key_Return)
        if line is not None:
            self.observations.append(line.id)

    def pause(self) -> None:
        """Rest long enough for the field to be saved by itself."""
        self.rest = monotonic() + 0.5


class RobotApp(start.App):
    """The app, which tells a waiting robot about its session."""

    arrived: Callable[[Session], None]

    def open(self, folder: Path, *, sample: bool = False) -> Session:
        """Open a session and set the robot on it."""
        session = super().open(folder, sample=sample)
        self.theme.still = True
        QTimer.singleShot(0, lambda: type(self).arrived(session))
        return session


def main() -> int:
    """Run the app with a robot at it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("diary", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--actions", type=int, default=-1)
    parser.add_argument("--broken", default="")
    parser.add_argument("--leave", default="", help="type into one field, and leave in this way")
    parser.add_argument("--refused", default="", help="have the disk refuse in this part")
    parser.add_argument("--read", action="store_true", help="open every record and leave it")
    parser.add_argument("--seconds", type=float, default=0.0, help="work so long, among faults")
    given = parser.parse_args()
    break_it(given.broken)
    diary = Diary(given.diary, beside=bool(given.seconds))
    held: list[Any] = []

    def arrived(session: Session) -> None:
        if given.read:
            from tests.faults.kit.reader import Reader

            robot: Robot = Reader(session, diary, given.seed)
        elif given.seconds:
            from tests.faults.kit.worker import Worker

            robot = Worker(session, diary, given.seed, given.seconds)
        elif given.leave:
            from tests.faults.kit.leaver import Leaver

            robot = Leaver(session, diary, given.seed, given.leave)
        elif given.refused:
            from tests.faults.kit.refused import RefusedRobot

            robot = RefusedRobot(session, diary, given.seed, given.actions, given.refused)
        else:
            robot = Robot(session, diary, given.seed, given.actions)
        held.append(robot)
        session.start_opening()
        robot.begin()

    if given.refused or given.seconds:
        # Every 5 s is right for a person; the robot has hundreds of refusals to go through.
        unsaved._AGAIN = 200
    RobotApp.arrived = arrived
    start.App = RobotApp  # type: ignore[misc]
    code = start.run_window(given.folder)
    diary.write("ended", code=code)
    return code


if __name__ == "__main__":
    sys.exit(main())
