"""Safety in the window: the status bar, the clock that asks for backups, and bringing one back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from gemba.domain.errors import GembaError
from gemba.ui.pages.safety_words import ago, at_a_glance, in_short, moment

if TYPE_CHECKING:
    from gemba.app.parts import SessionParts
    from gemba.domain.backup import Ready, Safety
    from gemba.services.workspace import Workspace

EVERY_MINUTE = 60_000


class Safekeeping:
    """Watches over the backups of one session, from when its folder is open until it closes."""

    def __init__(
        self,
        session: SessionParts,
        workspace: Workspace,
        *,
        close: Callable[[], None],
        reopen: Callable[[Callable[[SessionParts], None]], None],
    ) -> None:
        self._session = session
        self._work = workspace
        self._close = close
        self._reopen = reopen
        self._closed = False
        self._chip = session.window.status.safety
        self._chip.clicked.connect(lambda: session.go.to("safety"))
        self._stop = workspace.backups.listen(self._show)
        self._timer = QTimer(session.window)
        self._timer.setInterval(EVERY_MINUTE)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        # The first backup of a start waits a minute: opening comes first.
        workspace.backups.look()

    def close(self) -> None:
        """Stop watching."""
        self._closed = True
        self._timer.stop()
        self._stop()

    def look(self) -> None:
        """Let a backup be made when one is due, and say anew how old the last one is."""
        self._show(self._work.backups.safety)
        self._show_saved()
        self._work.backups.tick()

    def _show_saved(self) -> None:
        """Say how long ago the last word was saved, once that is a minute or more."""
        state = self._work.recorder.state
        if state.saved_at is None or state.pending or state.trouble is not None:
            return
        now = self._work.recorder.now()
        if (now - state.saved_at).total_seconds() >= 60:
            self._session.window.status.save_state.saved(ago(state.saved_at, now))

    def _show(self, safety: Safety) -> None:
        if not safety.known:
            return
        self._chip.say(in_short(safety, self._work.recorder.now()), calm=safety.trouble is None)

    def restore(self, name: str) -> None:
        """Bring a backup back: what is there is backed up first, then the folder opens anew."""
        self._hand_over()
        post = self._session.app.post

        def done(future: Future[Ready]) -> None:
            if not future.cancelled():
                post(lambda: self._prepared(future))

        self._work.backups.ready(name).add_done_callback(done)

    def _prepared(self, future: Future[Ready]) -> None:
        if self._closed:
            # The window went meanwhile; the next start removes what was made ready.
            return
        error = future.exception()
        if error is not None:
            self._failed(error)
        else:
            self._swap(future.result())

    def _hand_over(self) -> None:
        """Have everything that was typed on the disk."""
        self._session.window.leave_page()
        self._work.recorder.settle()

    def _failed(self, error: BaseException) -> None:
        # What was still asked for while the folder closed is no trouble of anybody's.
        if isinstance(error, GembaError) and error.key != "backup.stopped":
            self._session.go.trouble(error)

    def _swap(self, ready: Ready) -> None:
        from gemba.services.restoring import put_back

        self._hand_over()
        if self._work.backups.grew_since(ready):
            # Somebody typed on meanwhile: that has to be in the backup as well.
            self.restore(ready.point.name)
            return
        now = self._work.recorder.now()
        folder, app = self._session.folder, self._session.app
        self._close()
        trouble: GembaError | None = None
        try:
            put_back(folder, ready, now)
        except GembaError as error:
            trouble = error

        def opened(session: SessionParts) -> None:
            session.go.to("safety")
            if trouble is not None:
                session.go.trouble(trouble)
                return
            session.go.say(
                app.words("backup.is_back", when=moment(ready.point.made_at, now)),
                (lambda: session.restore(ready.undo)) if ready.undo else None,
            )

        self._reopen(opened)


def show_at_first(session: SessionParts) -> None:
    """Say in the first picture what the names of the backups tell."""
    from gemba.services.restoring import glance_at_backups

    newest, count = glance_at_backups(session.folder)
    now = session.app.now() if session.app.now else datetime.now().astimezone()
    session.window.status.safety.say(at_a_glance(newest, count, now))


def safety_page(session: SessionParts) -> QWidget:
    """Build the safety page."""
    from gemba.ui.pages.safety import SafetyPage

    work = session.workspace

    return SafetyPage(
        session.theme,
        backups=work.backups,
        folder=session.folder,
        restore=session.restore,
        words=session.words,
        saved=lambda: work.recorder.state,
        now=work.recorder.now,
    )
