"""What opens over any page: the line behind which everything is, and the one to keep a sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gemba.app.parts import SessionParts
    from gemba.ui.pages.capture import Capture
    from gemba.ui.palette import Palette


class OverPages:
    """Makes each of the two when it is first asked for."""

    def __init__(self, session: SessionParts) -> None:
        self._session = session
        self.palette: Palette | None = None
        self.capture: Capture | None = None

    def open_palette(self) -> None:
        """Open the line behind which everything is."""
        if self.palette is None:
            from gemba.ui.palette import Palette

            session = self._session
            self.palette = Palette(
                session.theme,
                session.commands,
                search=lambda words: session.workspace.history.search(words, limit=60),
                open_ref=session.go.open,
                show_all=lambda words: session.go.to("history", words=words),
                day=session.words.day,
                tasks=session.app.tasks,
                parent=session.window,
            )
        self.palette.open()

    def open_capture(self) -> None:
        """Open one line for something seen, over whatever is shown."""
        if self.palette is not None and self.palette.isVisible():
            # One thing lies over the page, and where the focus was is known to it.
            self.palette.close_palette()
        if self.capture is None:
            from gemba.ui.pages.capture import Capture

            session = self._session
            self.capture = Capture(
                session.theme, session.window, walks=lambda: session.workspace.walks, go=session.go
            )
        self.capture.open()
