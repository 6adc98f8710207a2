"""The lock of the user's own folder: asking for the passphrase, locking again, switching it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from gemba.domain.errors import GembaError
from gemba.services.passphrase import must_unlock

if TYPE_CHECKING:
    from gemba.app.absence import Absence
    from gemba.app.gate import Gate
    from gemba.app.one_window import OneWindow
    from gemba.app.session import Session
    from gemba.ui.tasks import CancelToken, Tasks
    from gemba.ui.theme import Theme
    from gemba.words import Words

MINUTES = "lock.minutes"
"""Under this name the folder remembers after how many idle minutes it locks; 0 stands for never."""
DEFAULT_MINUTES = 10
_Work = Callable[[Path, Callable[[int, int], None]], bytes | None]


class _App(Protocol):
    qt: QApplication
    own: Path
    words: Words
    theme: Theme
    tasks: Tasks
    session: Session | None

    @property
    def post(self) -> Callable[[Callable[[], None]], None]:
        """What brings a call to the window's thread."""

    def open(self, folder: Path, *, sample: str = "") -> Session:
        """Show a window over a folder."""


def _load() -> None:
    """Load what opening needs while the passphrase is being typed; none of it is data."""
    import gemba.services.workspace
    import gemba.store.keys
    import gemba.store.opening  # noqa: F401
    from gemba.store import driver

    driver.dbapi(b"")


def _forget_soon(tasks: Tasks) -> None:
    from gemba.app.forgetting import forget_texts

    QTimer.singleShot(0, forget_texts)
    # What a thread was reading when the window went is remembered after that.
    tasks.as_each_comes_back(forget_texts)


class Locking:
    """Holds the data key while the folder is open, and the window that asks for the passphrase.

    While it is locked there is no session: no page, no undo, no palette, no title; nothing of the
    data is in the window because nothing of it has been read.
    """

    def __init__(self, app: _App) -> None:
        self._app = app
        self.key: bytes | None = None
        self.gate: Gate | None = None
        self._absence: Absence | None = None
        self._door: OneWindow | None = None
        self._copied = False
        self.kept = False

    @property
    def set(self) -> bool:
        """Whether the folder has a passphrase."""
        return self.key is not None or self.gate is not None

    def asks(self, folder: Path) -> bool:
        """Tell whether a folder has to be unlocked before it is shown."""
        return folder == self._app.own and self.key is None and must_unlock(folder)

    def stands_before(self, folder: Path) -> bool:
        """Show the page that asks for the passphrase where a folder has one; tell whether."""
        try:
            if not self.asks(folder):
                return False
        except GembaError as error:
            # What a kill broke off cannot be settled, as while another Gemba is at it.
            page = self.show_gate().page
            page.show_work(page.title.text(), self._app.words(error.key, **error.values), None)
            return True
        self.show_gate()
        self._ask_keyring()
        return True

    def _ask_keyring(self) -> None:
        """Open with the passphrase that the system keeps, or offer to have it kept.

        Only at a start: what locked by itself opens for whoever knows the passphrase.
        """
        from gemba.services import remembered

        gate, folder = self.gate, self._app.own
        assert gate is not None

        def ask() -> None:
            kept = remembered.recall(folder)
            able = kept is not None or remembered.can_remember()
            self._app.post(lambda: told(able, kept))

        def told(able: bool, kept: str | None) -> None:
            if self.gate is not gate:
                return
            if able:
                gate.page.offer_keeping(kept is not None)
            if kept is not None and gate.page.untouched:
                self.kept = True
                self.try_passphrase(kept, from_keyring=True)

        # Not among the tasks, which the end of the program waits for: a keyring may ask, too.
        threading.Thread(target=ask, name="gemba-keyring", daemon=True).start()

    def key_of(self, folder: Path) -> bytes | None:
        """Return the key with which a folder is opened."""
        return self.key if folder == self._app.own else None

    def window(self) -> QWidget | None:
        """Return the window that stands on the screen now."""
        if self.gate is not None:
            return self.gate
        return self._app.session.window if self._app.session is not None else None

    def show_gate(self) -> Gate:
        """Show the page that asks for the passphrase in the place of the window before."""
        from gemba.app.gate import Gate
        from gemba.services.memos import forget_copies

        forget_copies(self._app.own)
        before, session = self.window(), self._app.session
        gate = Gate(self._app.theme)
        gate.on_asked(self.try_passphrase)
        gate.take_place_of(before)
        self.gate, self._app.session = gate, None
        gate.appear()
        threading.Thread(target=_load, name="gemba-loading", daemon=True).start()
        if session is not None:
            session.leave()
            session.window.deleteLater()
        # After the window before has let go of the door.
        gate.closing.connect(self._let_door_go)
        QTimer.singleShot(0, gate, self._hold_door)
        return gate

    def _hold_door(self) -> None:
        """Hear a second start while the passphrase is asked for, or files are written anew."""
        if self.gate is None or self._door is not None:
            return
        from gemba.app.one_window import OneWindow

        self._door = OneWindow(self._app.own, lambda: self._app.post(self._come_forward))

    def _come_forward(self) -> None:
        if self.gate is not None:
            self.gate.come_forward()

    def _let_door_go(self) -> None:
        door, self._door = self._door, None
        if door is not None:
            door.close()

    def put_away(self) -> None:
        """Let the gate go, once another window stands in its place."""
        gate, self.gate = self.gate, None
        self._let_door_go()
        if gate is not None:
            gate.busy = False
            gate.close()
            gate.deleteLater()

    def try_passphrase(self, passphrase: str, *, from_keyring: bool = False) -> None:
        """Open the folder with a passphrase, or say beside the field why it does not open."""
        from gemba.services.passphrase import unlock

        gate, folder = self.gate, self._app.own
        assert gate is not None
        gate.page.work(True)

        def opened(key: object) -> None:
            assert isinstance(key, bytes)
            self.key = key
            if not from_keyring and not gate.page.keep.isHidden():
                self._keep(passphrase if gate.page.keep.isChecked() else None)
            self._app.open(folder).start_opening()
            self.begin_watching()

        def refused(error: BaseException) -> None:
            if not isinstance(error, GembaError):
                gate.page.refuse(self._app.words("bug.happened"))
                raise error
            if from_keyring:
                # It was changed elsewhere since; the one that fits is asked for.
                gate.page.work(False)
                return
            gate.page.refuse(self._app.words(error.key, **error.values))

        self._app.tasks.run(gate, lambda _token: unlock(folder, passphrase), opened, refused)

    def forget(self) -> None:
        """Have the keyring of the system keep the passphrase no longer."""
        self._keep(None)

    def _keep(self, passphrase: str | None) -> None:
        """Have the keyring keep a passphrase, or none any more, beside the window."""
        from gemba.services import remembered

        folder = self._app.own
        self.kept = passphrase is not None

        def run() -> None:
            if passphrase is None:
                remembered.forget(folder)
            else:
                remembered.remember(folder, passphrase)

        threading.Thread(target=run, name="gemba-keyring", daemon=True).start()

    def lock(self) -> bool:
        """Commit what is typed, empty everything and ask for the passphrase; False when it cannot.

        Where the disk has not taken the last words, they stay on the screen, and that is said.
        """
        session = self._app.session
        if self.key is None or session is None:
            return False
        if session.folder == self._app.own and not session.settle_all():
            session.window.show_banner(self._app.words("lock.unsaved"))
            return False
        self._forget()
        session.keep_place()
        # Only when Qt has taken the window apart is nothing left to hold its empty shell.
        tasks = self._app.tasks
        session.window.destroyed.connect(lambda: _forget_soon(tasks))
        self.show_gate()
        for left in QApplication.topLevelWidgets():
            # Dialogs and menus that were open show words of the data, too.
            if left is not self.gate and left.isVisible():
                left.close()
        self._app.session = None
        return True

    def _forget(self) -> None:
        self.key = None
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard() or self._copied:
            clipboard.clear()
            self._copied = False
        if clipboard.supportsSelection() and clipboard.ownsSelection():
            clipboard.clear(clipboard.Mode.Selection)

    def _note_copy(self) -> None:
        """Not every system tells whose the clipboard is: what changes it while we work is ours."""
        self._copied = QGuiApplication.focusWindow() is not None

    def set_passphrase(self, passphrase: str) -> None:
        """Encrypt the folder in the background, with its window closed meanwhile."""
        from gemba.services.passphrase import set_passphrase

        self._rewrite("set", lambda folder, progress: set_passphrase(folder, passphrase, progress))

    def remove_passphrase(self, passphrase: str) -> None:
        """Write the folder in plain again, with its window closed meanwhile.

        Raises WrongPassphrase with the window still open.
        """
        from gemba.services.passphrase import remove_passphrase, unlock

        unlock(self._app.own, passphrase)
        if self.kept:
            self._keep(None)
        self._rewrite(
            "remove", lambda folder, progress: remove_passphrase(folder, passphrase, progress)
        )

    def change_passphrase(self, old: str, new: str) -> None:
        """Wrap the key anew; raises GembaError for a wrong old or an impossible new one."""
        from gemba.services.passphrase import change_passphrase

        change_passphrase(self._app.own, old, new, held=True)
        if self.kept:
            self._keep(new)

    def _rewrite(self, what: str, work: _Work) -> None:
        session, words, folder = self._app.session, self._app.words, self._app.own
        assert session is not None
        if not session.settle_all():
            raise GembaError("lock.unsaved")
        session.keep_place()
        gate = self.show_gate()
        gate.busy = True
        stopped: list[bool] = []
        gate.page.show_work(
            words(f"lock.{what}.title"), words("lock.working"), lambda: stopped.append(True)
        )

        def heard(done: int, total: int) -> None:
            if stopped:
                raise GembaError("key.stopped")
            told = words("lock.progress", done=done, total=total)
            self._app.post(lambda: gate.page.show_progress(told))

        def over(key: object) -> None:
            self.key = key if isinstance(key, bytes) else None
            self._reopen(words(f"passphrase.{what}"))

        def failed(error: BaseException) -> None:
            if not isinstance(error, GembaError):
                self._reopen("")
                raise error
            self._reopen(words(error.key, **error.values))

        def run(_token: CancelToken) -> bytes | None:
            return work(folder, heard)

        self._app.tasks.run(gate, run, over, failed)

    def _reopen(self, sentence: str) -> None:
        session = self._app.open(self._app.own)
        session.start_opening()
        if sentence:
            session.go.say(sentence)
        self.begin_watching()

    def begin_watching(self) -> None:
        """Lock by itself from now on: when nobody is there, and with the screen."""
        if self._absence is None:
            from gemba.app.absence import Absence

            self._absence = Absence(self._app.qt, self.minutes, self.lock)
            QGuiApplication.clipboard().dataChanged.connect(self._note_copy)
        self._absence.start()

    def minutes(self) -> int:
        """Return after how many idle minutes the folder locks; 0 for never, or nothing to lock."""
        session = self._app.session
        if self.key is None or session is None or not session.loaded:
            return 0 if self.key is None else DEFAULT_MINUTES
        if session.folder != self._app.own:
            return DEFAULT_MINUTES
        told = session.workspace.recorder.recall(MINUTES)
        return int(told) if told.isdecimal() else DEFAULT_MINUTES

    def set_minutes(self, minutes: int) -> None:
        """Lock after so many idle minutes."""
        session = self._app.session
        if session is not None:
            session.workspace.recorder.remember(MINUTES, str(minutes))

    def end_watching(self) -> None:
        """Stop noticing whether somebody is there."""
        if self._absence is not None:
            QGuiApplication.clipboard().dataChanged.disconnect(self._note_copy)
            self._absence.deleteLater()
            self._absence = None
