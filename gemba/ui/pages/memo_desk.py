"""Voice memos: chosen for the observation they were asked for, and heard in the system's player."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from gemba.domain.errors import GembaError

if TYPE_CHECKING:
    from gemba.domain.observation import Observation
    from gemba.services.memos import Memos
    from gemba.ui.go import Go
    from gemba.ui.tasks import Tasks

_FILES = "*.m4a *.mp4 *.3gp *.mp3 *.aac *.ogg *.oga *.opus *.wav *.amr *.flac"


class MemoDesk(QObject):
    """Asks for a memo, plays it and takes it off; ``take`` attaches files to an observation."""

    def __init__(
        self,
        page: QWidget,
        *,
        memos: Memos,
        tasks: Tasks,
        go: Go,
        take: Callable[[UUID, list[str]], None],
    ) -> None:
        super().__init__(page)
        self._page = page
        self._memos = memos
        self._tasks = tasks
        self._go = go
        self._take = take
        self.dialog: QFileDialog | None = None

    def ask(self, observation_id: UUID) -> None:
        """Let the leader choose sounds for this observation."""
        translate = QCoreApplication.translate
        dialog = QFileDialog(self._page, translate("Memos", "Choose voice memos"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(translate("Memos", "Sounds ({patterns})").format(patterns=_FILES))
        dialog.filesSelected.connect(lambda paths: self._take(observation_id, paths))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def hear(self, seen: Observation, sound: object) -> None:
        """Open a memo in the player that the system has for it."""
        memo = next((one for one in seen.memos if one.sound == sound), None)
        if memo is None:
            return
        memos = self._memos
        self._tasks.run(self._page, lambda _token: memos.lend(memo), self._play, self._refuse)

    def _play(self, path: Path) -> None:
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._go.say(
                QCoreApplication.translate(
                    "Memos", "Opened in your player; the copy it plays goes when Gemba closes."
                )
            )
        else:
            self._go.trouble(GembaError("voice.no_player", file=str(path)))

    def remove(self, seen: Observation, sound: object) -> None:
        """Take a memo off its observation, with a way back."""
        memo = next((one for one in seen.memos if one.sound == sound), None)
        if memo is None:
            return
        here, memos = seen.id, self._memos
        memos.remove(here, memo.sound)
        self._go.say(
            QCoreApplication.translate("Memos", "Voice memo removed"),
            undo=lambda: memos.put_back(here, memo),
        )

    def _refuse(self, trouble: BaseException) -> None:
        if not isinstance(trouble, GembaError):
            raise trouble
        self._go.trouble(trouble)
