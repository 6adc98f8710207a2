"""A robot whose disk refuses to write, again and again, and takes everything later.

Each round it types, has the disk refuse, waits until Gemba has tried, compares what the window
says with what is on the disk, lets the disk go on, and waits until the window says "Saved".
"""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any, Protocol

from PySide6.QtTest import QTest

from gemba.app.session import Session
from gemba.domain.errors import GembaError
from gemba.domain.observation import Observation
from gemba.ui.autosave import Autosave
from gemba.ui.pages.observation import ObservationPage
from gemba.ui.within import within
from tests.faults.kit.diary import Diary
from tests.faults.kit.ground import a_photo
from tests.faults.kit.robot import LETTERS, Robot
from tests.faults.tally import Broke, must

PATIENCE = 30.0


class Refusal(Protocol):
    """A way in which a disk refuses."""

    def begin(self, level: int) -> None:
        """Refuse from now on; ``level`` 0 to 19 says how little is left, where that can be said."""

    def end(self) -> None:
        """Take everything again."""


class NoLongerFiles:
    """The system refuses to let files grow (RLIMIT_FSIZE), as a quota does."""

    def begin(self, level: int) -> None:
        """Let no file be written beyond 64 KB and a little more each level."""
        most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (65_536 + 512 * level, most))

    def end(self) -> None:
        """Let files grow again."""
        most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


class Held:
    """Another connection holds the database for itself."""

    def __init__(self, folder: Path) -> None:
        self._other = sqlite3.connect(folder / "gemba.db", isolation_level=None)

    def begin(self, level: int) -> None:
        """Take the database."""
        del level
        self._other.execute("BEGIN IMMEDIATE")

    def end(self) -> None:
        """Let it go."""
        self._other.execute("ROLLBACK")


class Full:
    """The disk is full but for a few bytes."""

    def __init__(self, small: Path, most: int) -> None:
        self._filler = small / "filler"
        self._most = most

    def begin(self, level: int) -> None:
        """Fill the disk, and give back as much as the level says."""
        piece = bytes(65_536)
        with self._filler.open("wb", buffering=0) as file:
            try:
                while file.write(piece) == len(piece):
                    pass
            except OSError:
                pass
            left = self._most * level // 19
            file.truncate(max(0, file.tell() - left))

    def end(self) -> None:
        """Make room."""
        self._filler.unlink()


class RefusedRobot(Robot):
    """Types while the disk refuses; ``part`` names what else it does then."""

    every = 1

    def __init__(self, session: Session, diary: Diary, seed: int, rounds: int, part: str) -> None:
        super().__init__(session, diary, seed, -1)
        self.random = Random(seed)
        self.rounds = rounds
        self.part = part
        self.number = 0
        self.small = Path(os.environ.get("GEMBA_FAULTS_SMALL", session.folder))
        self.elsewhere = Path(os.environ.get("GEMBA_FAULTS_ELSEWHERE", session.folder.parent))
        self.refusal: Refusal = NoLongerFiles()
        self.step: Callable[[], None] = self.arrive
        self.since = monotonic()
        self.typed = ""
        self.under_way: list[Future[Any]] = []
        self.refused = False
        self.timer.timeout.disconnect(self.act)
        self.timer.timeout.connect(self.go_on)

    def go_on(self) -> None:
        """Take the next step; what does not hold ends the round and is noted."""
        try:
            late = monotonic() - self.since > PATIENCE
            must(not late, f"nothing happens in {self.step.__name__}: {self._state()}")
            self.step()
        except Broke as broke:
            self.diary.write("round", broke=str(broke), refused=self.refused)
            self.timer.stop()
            os._exit(3)

    def next(self, step: Callable[[], None]) -> None:
        """Go on with another step."""
        self.step, self.since = step, monotonic()

    def switch(self) -> None:
        """Open the observation to write in."""
        self.id = self.observations[0]
        self.session.go.to("observation", observation=self.id)

    # One round

    def arrive(self) -> None:
        """Wait for the page, and for what the start does in the background."""
        page = self.page()
        if isinstance(page, ObservationPage) and self.settled():
            self.edit = page.saw.edit
            self.next(self.refuse)

    def refuse(self) -> None:
        """Have the disk refuse, and write."""
        if self.number == self.rounds:
            self.timer.stop()
            self.session.window.close()
            return
        level = self.number % 20
        if self.part == "no longer files":
            self.refusal = Held(self.session.folder) if level == 10 else NoLongerFiles()
        else:
            self.refusal = Full(self.small, _MOST[self.part])
        self.refused = False
        self.refusal.begin(level)
        self.write()
        self.do_more()
        self.next(self.look_refused)

    def write(self) -> None:
        """Type a few letters."""
        for _ in range(self.random.randint(3, 30)):
            QTest.keyClicks(self.edit, self.random.choice(LETTERS.replace(" ", "")))
        self.typed = self.edit.text()

    def do_more(self) -> None:
        """Do what needs the part of the disk that is full."""
        work = self.session.workspace
        page = self.page()
        assert isinstance(page, ObservationPage)
        self.photo += 1
        if self.part in ("photos", "temporary"):
            page.desk.take_bytes(self.id, a_photo(self.photo))
        if self.part == "backups":
            self.under_way.append(work.backups.make_soon())
        if self.part == "temporary":
            sheet, target = self.sheets[0], self.session.folder.parent / f"{self.number}.pdf"
            try:
                work.exports.write_file(target, work.exports.sheet(sheet).pdf)
                work.exports.write_file(self.small / "sheet.pdf", b"%PDF" + bytes(600_000))
            except GembaError as error:
                self.diary.write("told", key=error.key)

    def settled(self) -> bool:
        """Whether nothing is on its way."""
        waits = any(one.waiting for one in within(self.session.window, Autosave))
        pending = self.session.workspace.recorder.state.pending
        busy = self.session.app.tasks.busy or any(not one.done() for one in self.under_way)
        return not waits and not pending and not busy

    def _state(self) -> str:
        recorder, said = self.session.workspace.recorder, self.session.window.status.save_state
        waits = [one for one in within(self.session.window, Autosave) if one.waiting]
        busy = (self.session.app.tasks.busy, [one.done() for one in self.under_way])
        return f"{recorder.state}, {said.words.text()!r}, {len(waits)} fields wait, busy: {busy}"

    def look_refused(self) -> None:
        """Compare what is on the screen, what the window says and what is on the disk."""
        if not self.settled() or self.session.window.status.save_state.words.text() == "Saving":
            return
        must(self.edit.text() == self.typed, f"{self.typed!r} was typed, {self.edit.text()!r} left")
        window = self.session.window
        said, on_disk = window.status.save_state.words.text(), self.on_disk()
        if said == "Saved":
            must(on_disk == self.typed, f"called saved: {self.typed!r}, on the disk: {on_disk!r}")
        else:
            self.refused = True
            must(said.startswith("Not saved yet"), f"the window says {said!r}")
            must(window.banner.isVisible() and window.banner.words.text(), "no banner says so")
            must(window.banner.link.text(), "no copy is offered")
        self.no_hollow_files()
        for one in self.under_way:
            error = one.exception()
            must(error is None or isinstance(error, GembaError), f"not readable: {error!r}")
        self.under_way.clear()
        self.refusal.end()
        self.next(self.look_taken)

    def look_taken(self) -> None:
        """Wait until the window says that everything is on the disk, and have it there."""
        recorder = self.session.workspace.recorder
        if self.session.window.status.save_state.words.text() != "Saved" or not self.settled():
            return
        must(recorder.state.trouble is None, f"trouble stays: {recorder.state.trouble}")
        on_disk = self.on_disk()
        must(on_disk == self.typed, f"called saved: {self.typed!r}, on the disk: {on_disk!r}")
        if self.part in ("photos", "backups", "temporary"):
            self.do_more()
        self.next(self.look_after)

    def look_after(self) -> None:
        """With room again, what was refused can be done."""
        if not self.settled():
            return
        work = self.session.workspace
        for one in self.under_way:
            must(one.exception() is None, f"with room again: {one.exception()!r}")
        self.under_way.clear()
        if self.part in ("photos", "temporary"):
            names = work.recorder.get(Observation, self.id).photos
            must(names, "the photo was not taken in")
            must(all(work.store.photos.is_sound(name) for name in names), "a photo is broken")
            for name in names:
                work.walks.detach_photo(self.id, name)
        self.no_hollow_files()
        self.diary.text("typed", ("observation", str(self.id), "saw"), self.typed)
        self.diary.text("saved", ("observation", str(self.id), "saw"), self.typed)
        self.diary.write("round", broke="", refused=self.refused)
        self.number += 1
        self.next(self.refuse)

    def on_disk(self) -> str:
        """Read what the next start would find, past everything Gemba keeps in memory.

        From a copy, so that the copy's journal is rolled back and the real one stays as it is.
        """
        soft, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        try:
            with tempfile.TemporaryDirectory(dir=self.elsewhere) as copy:
                for name in ("gemba.db-journal", "gemba.db"):
                    if (self.session.folder / name).exists():
                        shutil.copy(self.session.folder / name, copy)
                with closing(sqlite3.connect(Path(copy) / "gemba.db")) as bare:
                    query = "SELECT saw FROM observation WHERE id = ?"
                    return str(bare.execute(query, (self.id.hex,)).fetchone()[0])
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, most))

    def no_hollow_files(self) -> None:
        """No file of ours may be left with nothing in it."""
        places = {self.session.folder, self.small}
        hollow = [
            one.name
            for place in places
            for one in place.rglob("*")
            if one.suffix in (".db", ".jpg", ".png", ".json", ".pdf", ".zip")
            and one.name != "place.json"
            and one.is_file()
            and not one.stat().st_size
        ]
        must(not hollow, f"files of 0 bytes: {hollow}")


_MOST = {"database": 120_000, "photos": 200_000, "backups": 900_000, "temporary": 400_000}
