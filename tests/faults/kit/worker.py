"""A robot that works for a long time while things go wrong around it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import QTimer

from gemba.app.session import Session
from gemba.domain.errors import GembaError
from gemba.ui.autosave import Autosave
from gemba.ui.pages.observation import ObservationPage
from gemba.ui.within import within
from tests.faults.kit.diary import Diary
from tests.faults.kit.refused import Held, NoLongerFiles, Refusal
from tests.faults.kit.robot import A_LOOK, Robot
from tests.faults.tally import Broke, must

A_DAY = 8 * 3600.0
"""Seconds of work that are told in the time a run takes."""


class _Bug(Exception):
    """A mistake of ours, in a slot."""


class Worker(Robot):
    """Types and goes about as the robot does; every second or so something fails."""

    def __init__(self, session: Session, diary: Diary, seed: int, seconds: float) -> None:
        super().__init__(session, diary, seed, -1)
        self.ends = monotonic() + seconds
        self.fault_at = monotonic() + 2.0
        self.refusal: tuple[Refusal, float] | None = None
        self.faults: dict[str, int] = {}
        self.futures: list[Any] = []
        self.timer.timeout.disconnect(self.act)
        self.timer.timeout.connect(self.go_on)

    def go_on(self) -> None:
        """Work a little, and let something fail when it is time to."""
        now = monotonic()
        try:
            if self.refusal is not None and now > self.refusal[1]:
                self._mend()
            if now > self.ends:
                self._end()
            elif now > self.fault_at:
                self.fault_at = now + self.random.uniform(0.3, 2.0)
                self._fail()
            else:
                self.act()
        except Broke as broke:
            self.diary.write("broke", text=str(broke))
            os._exit(3)

    def _mend(self) -> None:
        assert self.refusal is not None
        recorder, window = self.session.workspace.recorder, self.session.window
        if recorder.state.trouble is not None and not recorder.state.pending:
            said = window.status.save_state.words.text()
            must(said != "Saved", "called saved while the disk refuses")
        self.refusal[0].end()
        self.refusal = None

    def _end(self) -> None:
        """Wait until everything is on the disk, then close."""
        if self.refusal is not None or not self.all_saved():
            must(monotonic() < self.ends + 60.0, f"never saved: {self._state()}")
            self.timer.setInterval(A_LOOK)
            self.look()
            return
        self.look()
        self._note_photos()
        self.timer.stop()
        self.diary.write("worked", faults=self.faults)
        self.session.window.close()

    def _state(self) -> str:
        work, window = self.session.workspace, self.session.window
        waits = [type(one.parent()).__name__ for one in within(window, Autosave) if one.waiting]
        unsaved = list(work.recorder._unsaved)
        return f"{work.recorder.state}, {work.store.unsaved}, {unsaved}, waiting: {waits}"

    def _fail(self) -> None:
        faults: tuple[Callable[[], None], ...] = (
            self.disk_refuses,
            self.database_held,
            self.bug,
            self.no_picture,
            self.gatekeeper_killed,
            self.backup,
            self.export,
            self.look_about,
        )
        fault = self.random.choice(faults)
        self.faults[fault.__name__] = self.faults.get(fault.__name__, 0) + 1
        fault()

    # What goes wrong, and what is done beside the writing

    def disk_refuses(self) -> None:
        """The disk takes nothing for a while."""
        self._refuse(NoLongerFiles(), 2.0)

    def database_held(self) -> None:
        """Another program reads the database for a moment."""
        self._refuse(Held(self.session.folder), 0.5)

    def _refuse(self, refusal: Refusal, most: float) -> None:
        if self.refusal is not None:
            return
        try:
            refusal.begin(self.random.randrange(20))
        except Exception:
            # It is being written to just now.
            return
        self.refusal = (refusal, monotonic() + self.random.uniform(0.1, most))

    def bug(self) -> None:
        """An error nobody catches, in a slot."""

        def slot() -> None:
            raise _Bug("in a slot")

        QTimer.singleShot(0, slot)

    def no_picture(self) -> None:
        """Something is pasted that is no picture."""
        page = self.page()
        if isinstance(page, ObservationPage) and page._seen is not None:
            page.desk.take_bytes(page._seen.id, self.random.randbytes(500))

    def gatekeeper_killed(self) -> None:
        """The process that looks at strangers' files dies."""
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        for one in children.read_text().split() if children.exists() else ():
            if b"gatekeeper" in Path(f"/proc/{one}/cmdline").read_bytes():
                os.kill(int(one), signal.SIGKILL)

    def backup(self) -> None:
        """A backup is made meanwhile."""
        self.futures = [one for one in self.futures if not one.done()]
        if len(self.futures) < 2:
            self.futures.append(self.session.workspace.backups.make_soon())

    def export(self) -> None:
        """A sheet and all data are written to files."""
        exports = self.session.workspace.exports
        out = self.session.folder.parent / "out"
        out.mkdir(exist_ok=True)
        try:
            exports.write_file(out / "sheet.pdf", exports.sheet(self.sheets[0]).pdf)
            exports.data_to(out / "data.zip")
        except GembaError:
            # The disk refuses just now, and says so.
            return

    def look_about(self) -> None:
        """Search, and go to a page where nothing is written."""
        self.session.workspace.history.search(self.random.choice(("form", "beds", "abc")), limit=20)
        self.session.go.to(self.random.choice(("today", "walks", "sheets", "history", "settings")))
