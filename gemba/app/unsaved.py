"""What the window says about saving: one quiet word, or one banner that says what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog

from gemba.domain.errors import GembaError

if TYPE_CHECKING:
    from gemba.services.recorder import SaveState
    from gemba.services.workspace import Workspace
    from gemba.ui.navigator import Navigator
    from gemba.ui.tasks import Tasks
    from gemba.ui.window import MainWindow
    from gemba.words import Words

_AGAIN = 5_000
"""Milliseconds between two tries to write what the disk refused."""


class Unsaved:
    """Follows the recorder: tries again while the disk refuses, and offers a copy elsewhere."""

    def __init__(
        self,
        window: MainWindow,
        words: Words,
        workspace: Callable[[], Workspace],
        tasks: Tasks,
        go: Navigator,
    ) -> None:
        self._window = window
        self._words = words
        self._workspace = workspace
        self._tasks = tasks
        self._go = go
        self._told = ""
        self._retry = QTimer(window)
        self._retry.setSingleShot(True)
        self._retry.setInterval(_AGAIN)
        self._retry.timeout.connect(lambda: self._workspace().recorder.retry())

    def show(self, state: SaveState) -> None:
        """Say how the window stands with the disk."""
        shown = self._window.status.save_state
        if state.trouble is None:
            if state.pending:
                shown.saving()
            else:
                shown.saved()
                self._all_is_well()
            return
        why = self._words(state.trouble.key, **state.trouble.values)
        shown.trouble(why)
        if not self._retry.isActive():
            self._retry.start()
        if why != self._told:
            self._told = why
            banner = self._words("unsaved.banner", why=why)
            self._window.show_banner(banner, self._words("unsaved.copy"), self.ask_for_place)

    def _all_is_well(self) -> None:
        if self._told:
            self._told = ""
            self._retry.stop()
            self._window.show_banner("")
            self._go.say(self._words("unsaved.over"))

    def ask_for_place(self) -> None:
        """Let the leader choose where a copy goes."""
        chosen = QFileDialog.getExistingDirectory(self._window, self._words("unsaved.copy"))
        if chosen:
            self.copy_to(Path(chosen))

    def copy_to(self, place: Path) -> None:
        """Write everything, also what the disk has not taken, into a new folder elsewhere."""
        from gemba.services.copying import save_copy

        work = self._workspace()

        def done(folder: object) -> None:
            self._go.say(self._words("unsaved.copied", folder=str(folder)))

        def failed(error: BaseException) -> None:
            if not isinstance(error, GembaError):
                raise error
            self._go.say(self._words(error.key, **error.values))

        self._tasks.run(
            self._window,
            lambda _token: save_copy(work.store, place, work.recorder.now()),
            done,
            failed,
        )
