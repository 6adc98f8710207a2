"""Puts the parts together: one application, one window over one data folder."""

from __future__ import annotations

import builtins
import gc
import logging
import os
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

# PySide6 puts its own function in place of the import statement's, which makes every later import
# a third slower; what it is for (snake_case names) is not used here.
_plain_import = builtins.__import__
from PySide6.QtCore import QEvent, QSettings, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

builtins.__import__ = _plain_import

from gemba.app.folders import sample_folder  # noqa: E402
from gemba.app.locking import Locking  # noqa: E402
from gemba.app.post import Post  # noqa: E402
from gemba.app.session import SAMPLE, Session  # noqa: E402
from gemba.domain.errors import GembaError  # noqa: E402
from gemba.services.elsewhere import is_open_elsewhere  # noqa: E402
from gemba.ui.theme import Theme, make_application, system_is_dark  # noqa: E402
from gemba.words import Words  # noqa: E402

if TYPE_CHECKING:
    from gemba.app.parts import SessionParts
    from gemba.domain.salvaged import SalvageReport

_NESTED = 8
_STANDS_AFTER = 2_000
"""Milliseconds from the first paint until a start has loaded what stays."""
_HEARS_WITHIN = 3.0
"""Seconds from a first start until its window hears a second one."""
_log = logging.getLogger(__name__)


class App:
    """The application: its look, its words and the session that is open.

    ``now`` is the clock, where it is another than the machine's.
    """

    def __init__(
        self,
        qt: QApplication,
        own: Path,
        *,
        dark: bool | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.qt = qt
        self.now = now
        self.own = own
        self.words = Words()
        self._look = str(self._settings().value("look", "system"))
        if dark is None and self._look != "system":
            dark = self._look == "dark"
        self.theme = Theme(system_is_dark(qt) if dark is None else dark)
        self.theme.apply(qt)
        if dark is None:
            self.theme.follow(qt)
        self.post = Post()
        self.session: Session | None = None
        self.locking = Locking(self)
        qt.setApplicationName("Gemba")
        from gemba.ui.tasks import Tasks
        from gemba.ui.widgets.ring import FocusRing

        self.tasks = Tasks()
        self.ring = FocusRing(qt, self.theme)

    def _settings(self) -> QSettings:
        # Beside the data, so that the folder is all there is to move.
        return QSettings(str(self.own / "window.ini"), QSettings.Format.IniFormat)

    def look(self) -> str:
        """Return "system", "light" or "dark"."""
        return self._look

    def set_look(self, look: str) -> None:
        """Use light or dark from now on, or follow the system."""
        self._look = look
        self.theme.use(self.qt, system_is_dark(self.qt) if look == "system" else look == "dark")
        self._settings().setValue("look", look)

    def open(
        self,
        folder: Path,
        *,
        sample: str = "",
        look: bool = False,
        damage: GembaError | None = None,
    ) -> Session:
        """Show a window over a folder, in the place of the one before.

        ``damage`` is what was found wrong with the folder, which is then not opened at all.
        """
        before, stood = self.session, self.locking.window()
        # What is looked at came out of the user's own folder and has its key.
        key = self.locking.key if look else self.locking.key_of(folder)
        self.session = Session(self, folder, sample=sample, look=look, key=key, damage=damage)
        if stood is not None:
            self.session.window.setGeometry(stood.geometry())
        # Filled before it is shown, and laid out whole before it is painted: no empty shell.
        self.session.window.show_page("today")
        self.session.window.show()
        if before is not None:
            before.leave()
            before.window.deleteLater()
        self.locking.put_away()
        # Each round settles what a layout asked of the one around it.
        for _ in range(_NESTED):
            self.qt.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        return self.session

    def caught(self, error: BaseException) -> None:
        """Say users' trouble in the window; a bug of ours is logged and what was typed is saved."""
        session = self.session
        if isinstance(error, GembaError) and session is not None:
            session.go.trouble(error)
            return
        _log.error("an error nobody caught", exc_info=error)
        if session is not None:
            session.failed(error)

    def hand_over(self) -> None:
        """Commit what is being typed, now."""
        if self.session is not None:
            self.session.settle_all()

    def end(self) -> None:
        """Close every window, as when the system ends: there may be nobody left to ask."""
        if self.session is not None:
            self.session.leave()
        QApplication.closeAllWindows()

    def enter(self, folder: Path, *, sample: str = "") -> Session | None:
        """Show a folder, or the page that asks for its passphrase, before anything is read."""
        if not self.locking.stands_before(folder):
            return self.open(folder, sample=sample)
        return None

    def open_own(self) -> None:
        """Go back from the sample to the user's own folder."""
        if self.session is not None and not self.session.may_leave():
            return
        session = self.enter(self.own)
        if session is not None:
            session.start_opening()

    def reopen(self, then: Callable[[SessionParts], None]) -> None:
        """Open the folder of the present session anew, and then do something there."""
        before = self.session
        if before is None:
            return
        session = self.open(before.folder, sample=before.sample)
        session.when_loaded(lambda: then(session))
        session.start_opening()

    def reopen_damaged(self, why: GembaError) -> None:
        """Close the folder of the present session, and show what can be done about its damage."""
        before = self.session
        if before is not None:
            self.open(before.folder, sample=before.sample, damage=why).start_opening()

    def open_look(self, folder: Path, report: SalvageReport) -> None:
        """Show what could be read of a damaged folder, to be looked at only."""
        from gemba.ui.pages.damage_words import count_words

        session = self.open(folder, look=True)
        session.when_loaded(lambda: session.go.say(count_words(report, self.words)))
        session.start_opening()

    def open_sample(self, name: str = SAMPLE) -> None:
        """Open a sample in its own folder, beside the user's."""
        if self.session is not None and not self.session.may_leave():
            return
        self.open(sample_folder(name), sample=name).start_opening()


def make_qt() -> QApplication:
    """Return the one QApplication; raises GembaError where no window can be opened."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    if _no_display():
        raise GembaError("window.no_display")
    return make_application(sys.argv[0])


def _no_display() -> bool:
    # Without a display Qt does not raise, it aborts the process.
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run_window(
    folder: Path,
    *,
    own_folder: bool = True,
    exit_after_first_paint: bool = False,
    exit_when_idle: bool = False,
    passphrase: str | None = None,
) -> int:
    """Open the window and return the exit code when it is closed.

    ``passphrase`` opens an encrypted folder without asking.
    """
    try:
        qt = make_qt()
    except GembaError as error:
        print(Words()(error.key, **error.values), file=sys.stderr)
        return 1
    if is_open_elsewhere(folder) and _brought_forward(folder):
        return 0
    if asks_elsewhere(folder):
        return 0
    app = App(qt, folder)
    _catch(app)
    marked = own_folder is False and (folder / ".sample").exists()
    session = app.enter(folder, sample=SAMPLE if marked else "")
    shown = app.locking.window()
    assert shown is not None
    shown.repaint()
    if exit_after_first_paint:
        return 0
    if session is not None:
        QTimer.singleShot(0, session.start_opening)
    elif passphrase is not None:
        app.locking.try_passphrase(passphrase)
    QTimer.singleShot(_STANDS_AFTER, _collect_again)
    if exit_when_idle:
        _quit_when_loaded(app)
    code = qt.exec()
    if app.session is not None:
        app.session.close()
    # Work beside the window ends before what it reports to.
    app.tasks.close()
    return code


def asks_elsewhere(folder: Path) -> bool:
    """Bring a window forward that asks for the passphrase of a folder, and so does not hold it."""
    from gemba.store.header import KEY_NAME

    # Only such a folder: nothing more is loaded for a start of a plain one.
    if not (folder / KEY_NAME).exists():
        return False
    from gemba.app.one_window import bring_forward

    return bring_forward(folder)


def _collect_again() -> None:
    gc.enable()


def _brought_forward(folder: Path) -> bool:
    """Ask the first window to come forward; one that is just opening may take a moment to hear."""
    from gemba.app.one_window import bring_forward

    end = time.monotonic() + _HEARS_WITHIN
    while not bring_forward(folder):
        if time.monotonic() > end or not is_open_elsewhere(folder):
            return False
        time.sleep(0.05)
    return True


def _quit_when_loaded(app: App) -> None:
    timer = QTimer(app.post)
    timer.setInterval(5)

    def look() -> None:
        if app.session is not None and app.session.loaded:
            timer.stop()
            app.session.window.close()

    timer.timeout.connect(look)
    timer.start()


def _catch(app: App) -> None:
    """Show users' trouble in the window, log our bugs, and commit what waits when told to end."""
    import signal

    from gemba.app.crash import catch_uncaught
    from gemba.app.quiet_log import log_without_words

    log_without_words()
    catch_uncaught(lambda error: app.post(lambda: app.caught(error)))
    # Told to end, by the system, by Ctrl+C or by a terminal that goes: after what runs just now.
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: QTimer.singleShot(0, app.end))
    # At the end of a session there may be no time to close: only what waits is committed.
    app.qt.commitDataRequest.connect(app.hand_over)
    # Python handles a signal only between two byte codes, so the event loop wakes up for it.
    waker = QTimer(app.post)
    waker.timeout.connect(lambda: None)
    waker.start(500)
