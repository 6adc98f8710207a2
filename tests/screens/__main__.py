"""Write every page as PNG, from the sample and from an empty folder, to be looked at."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_ENABLE_HIGHDPI_SCALING"] = "0"

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from gemba.app.folders import load_catalog
from gemba.app.session import Session
from gemba.app.start import App, make_qt
from gemba.services.passphrase import set_passphrase
from gemba.services.samples import load_sample
from gemba.services.workspace import open_workspace
from gemba.ui.gallery import gallery
from gemba.ui.pages.hurt import HurtPage
from gemba.ui.theme import Theme
from gemba.words import Words
from tests.screens.view import View, at
from tests.screens.views import everywhere, of_sample, over

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Europe/London"))
LONGEST = 10.0
"""Seconds after which a page that still changes is taken as it is, and named."""

PATIENT = 60.0
"""Seconds for the process that looks through everything, on a machine at its limit."""
TURNS = 12
ALTER = "UPDATE promise SET text = replace(text, 'Bed', 'Bad') WHERE text LIKE 'Bed alarm%'"


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at every page."""

    name: str
    width: int
    height: int
    dark: bool = False


LOOKS = (
    Look("light", 1280, 800),
    Look("dark", 1280, 800, dark=True),
    Look("small", 1024, 640),
)


class Camera:
    """Opens pages and takes their pictures once nothing changes any more."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.qt = make_qt()
        self.failed: list[str] = []
        self.count = 0

    def take(self, widget: QWidget, name: str, busy: Callable[[], bool] = lambda: False) -> None:
        """Take the picture of a widget as it will stay."""
        end = time.monotonic() + LONGEST
        before: QPixmap | None = None
        while True:
            # Layouts within layouts tell each other one turn of the loop at a time.
            for _ in range(TURNS):
                self.qt.processEvents()
            now = widget.grab()
            if not busy() and before is not None and now.toImage() == before.toImage():
                break
            if time.monotonic() > end:
                self.failed.append(f"{name}: still changes after {LONGEST:.0f} s")
                break
            before = now
        file = self.target / f"{name.replace(' ', '-')}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        if not now.save(str(file)):
            self.failed.append(f"{name}: cannot be written")
        self.count += 1

    def pages(self, folder: Path, look: Look, source: str, *, sample: bool) -> None:
        """Take every page of a folder."""
        app = App(self.qt, folder, dark=look.dark, now=lambda: NOW)
        app.theme.still = True
        session = app.open(folder, sample="discharge" if sample else "")
        session.window.resize(look.width, look.height)
        session.start_opening()
        views = list(everywhere())
        if sample:
            views += of_sample(session.workspace)
        views += over(words="porter" if sample else "")
        for view in views:
            self._view(session, view, f"{source}-{look.name}/{view.name}", look)
        self._close(app, session)

    def _close(self, app: App, session: Session) -> None:
        session.window.close()
        session.close()
        app.tasks.close()
        self.qt.focusChanged.disconnect(app.ring._moved)
        self._let_go(session.window)

    def _view(self, session: Session, view: View, name: str, look: Look) -> None:
        window = session.window
        try:
            view.show(session)
        except Exception as error:
            self.failed.append(f"{name}: {error!r}")
            return
        self.take(window, name, lambda: bool(session.app.tasks.busy))
        if window.current_key() != view.page:
            self.failed.append(f"{name}: shows {window.current_key()}, not {view.page}")
        if window.size().width() != look.width:
            self.failed.append(f"{name}: {window.width()} px wide")
            window.resize(look.width, look.height)

    def troubled(self, folder: Path, look: Look) -> None:
        """Take what is shown of damage: a record, a file that is torn, and a folder under lock."""
        work = open_workspace(folder, load_catalog(folder), Words(), now=lambda: NOW)
        work.backups.make("asked for")
        work.close()
        database = folder / "gemba.db"
        whole = database.read_bytes()
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute(ALTER)
        self._hurt(folder, look)
        for left in folder.glob("gemba.db*"):
            left.unlink()
        database.write_bytes(bytes(4096) + whole[4096 : len(whole) // 2])
        self._trouble(folder, look, "damaged")
        database.write_bytes(whole)
        set_passphrase(folder, "four words and a number")
        self._trouble(folder, look, "locked")

    def _let_go(self, window: QWidget) -> None:
        # At once: laid out anew for the next look, it would ask a theme that is gone.
        window.deleteLater()
        self.qt.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
        self.qt.processEvents()

    def _hurt(self, folder: Path, look: Look) -> None:
        """Take the page of a record that the disk altered, once everything was looked through."""
        app = App(self.qt, folder, dark=look.dark, now=lambda: NOW)
        app.theme.still = True
        session = app.open(folder)
        session.window.resize(look.width, look.height)
        session.start_opening()
        session.go.to("hurt")
        page = session.window.page("hurt")
        assert isinstance(page, HurtPage)
        end = time.monotonic() + PATIENT
        while not page.buttons and time.monotonic() < end:
            self.qt.processEvents()
        self._view(session, at("hurt"), f"sample-{look.name}/hurt", look)
        self._close(app, session)

    def _trouble(self, folder: Path, look: Look, name: str) -> None:
        app = App(self.qt, folder, dark=look.dark, now=lambda: NOW)
        app.theme.still = True
        session = app.enter(folder)
        window = app.locking.window()
        assert window is not None
        window.resize(look.width, look.height)
        if session is not None:
            session.start_opening()
        self.take(window, f"sample-{look.name}/{name}", lambda: bool(app.tasks.busy))
        window.close()
        app.tasks.close()
        self.qt.focusChanged.disconnect(app.ring._moved)
        self._let_go(window)

    def controls(self) -> None:
        """Take the gallery of every control in every state."""
        for dark in (False, True):
            theme = Theme(dark, still=True)
            theme.apply(self.qt)
            page = gallery(theme)
            page.show()
            self.take(page, f"controls-{'dark' if dark else 'light'}")
            page.close()
            self._let_go(page)


def prepare(folder: Path) -> None:
    """Load the sample into a folder."""
    work = open_workspace(folder, load_catalog(folder), Words(), now=lambda: NOW)
    try:
        load_sample("discharge", work.store)
        work.recorder.set_who("Ana Lindqvist")
    finally:
        work.close()


def main(target: Path) -> int:
    """Write all pictures; name what could not be taken, and return 1 then."""
    camera = Camera(target)
    camera.controls()
    for look in LOOKS:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            sample, empty = Path(folder) / "sample", Path(folder) / "empty"
            prepare(sample)
            camera.pages(sample, look, "sample", sample=True)
            camera.pages(empty, look, "empty", sample=False)
            camera.troubled(sample, look)
    print(f"{camera.count} pictures in {target}")
    for line in camera.failed:
        print(line, file=sys.stderr)
    return 1 if camera.failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/screens")))
