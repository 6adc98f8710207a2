"""A bug of ours in an open window: what was typed is saved, and it is told without any of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from gemba.app.crash import CrashReports

if TYPE_CHECKING:
    from gemba.ui.navigator import Navigator
    from gemba.ui.window import MainWindow
    from gemba.words import Words

_log = logging.getLogger(__name__)


class Mishaps:
    """Saves after an error, reports it once, and tells of a crash of the last time.

    ``save`` hands over and commits what waits.
    """

    def __init__(
        self, folder: Path, window: MainWindow, words: Words, save: Callable[[], None]
    ) -> None:
        self._window = window
        self._words = words
        self._save = save
        self._reports = CrashReports(folder)
        self._failing = False

    def watch(self, go: Navigator) -> None:
        """Tell what ended the program the last time, and watch for that from now on."""
        fatal = self._reports.take_fatal()
        if fatal is not None:
            go.say(self._words("bug.fatal", file=str(fatal)))
        self._reports.watch_fatal()

    def failed(self, error: BaseException) -> None:
        """Save what was typed, report the error without that, and go on."""
        if self._failing:
            return
        self._failing = True
        try:
            written = self._reports.write(error)
            self._save()
        except Exception:
            # The page itself may be what is broken; what it handed over before is committed.
            _log.exception("saving after an error failed")
            written = None
        finally:
            self._failing = False
        if written is not None:
            self._window.show_banner(
                self._words("bug.reported"),
                self._words("bug.show"),
                lambda: _show_file(written),
            )
        else:
            self._window.show_banner(self._words("bug.happened"))

    def close(self) -> None:
        """Watch no longer."""
        self._reports.close()


def _show_file(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
