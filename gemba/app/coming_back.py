"""Going on, after a kill or a dead battery, at the page and word where the leader was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from gemba.app.caret import return_to, spot_in
from gemba.app.last_place import LastPlace
from gemba.domain.errors import GembaError

if TYPE_CHECKING:
    from gemba.app.last_place import Left
    from gemba.ui.navigator import Navigator
    from gemba.ui.window import MainWindow


class ComingBack:
    """Remembers the place while a folder is open; an orderly end forgets it, unless it is kept."""

    def __init__(self, folder: Path, window: MainWindow, go: Navigator) -> None:
        self._window = window
        self._go = go
        self._last = LastPlace(folder)
        self._notes = False
        self._keeps = False

    def begin(self, *, writable: bool) -> None:
        """Go on where the leader was; where the folder can be written, remember from now on."""
        left = self._last.read()
        if left is not None and self._window.current_key() == "today":
            try:
                self._go.to(left.page, **left.what)
            except GembaError:
                # What was shown is gone; Today is where everything else is found.
                self._go.to("today")
            else:
                self._return_to_word(left)
        if writable:
            self._notes = True
            self._window.page_shown.connect(lambda _key: self.note())

    def _return_to_word(self, left: Left) -> None:
        """Put the caret back where it stood, once the page has settled."""
        spot = left.spot
        if spot is not None:
            page = self._window.page(left.page)
            QTimer.singleShot(
                0, page, lambda: QTimer.singleShot(0, page, lambda: return_to(page, spot))
            )

    def note(self) -> None:
        """Remember where the leader is, each time something was saved and on every page."""
        if not self._notes:
            return
        key, what = self._window.current_place()
        page = self._window.page(key)
        now = getattr(page, "place", None)
        self._last.note(key, {**what, **(now() if now is not None else {})}, spot_in(page))

    def keep(self) -> None:
        """Come back to this page and word also after an orderly end."""
        self.note()
        self._keeps = True

    def end(self) -> None:
        """Remember nothing more, and forget the place unless it is to be kept."""
        if self._notes and not self._keeps:
            self._last.forget()
        self._notes = False
