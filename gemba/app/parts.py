"""What a session needs of the application, and what the places need of a session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from gemba.domain.errors import GembaError
    from gemba.domain.salvaged import SalvageReport
    from gemba.services.workspace import Workspace
    from gemba.ui.commands import Commands
    from gemba.ui.learners_view import LearnersView
    from gemba.ui.navigator import Navigator
    from gemba.ui.pages.passphrase import LockDesk
    from gemba.ui.tasks import Tasks
    from gemba.ui.theme import Theme
    from gemba.ui.window import MainWindow
    from gemba.words import Words


class AppParts(Protocol):
    """The application as a session sees it.

    ``now`` is the clock, where it is another than the machine's.
    """

    words: Words
    theme: Theme
    tasks: Tasks
    now: Callable[[], datetime] | None

    @property
    def post(self) -> Callable[[Callable[[], None]], None]:
        """What brings a call to the thread of the window."""

    @property
    def locking(self) -> LockDesk:
        """The lock of the user's own folder."""

    def look(self) -> str:
        """Return "system", "light" or "dark"."""

    def set_look(self, look: str) -> None:
        """Use light or dark from now on, or follow the system."""

    def open_own(self) -> None:
        """Go back from the sample to the user's own folder."""

    def reopen(self, then: Callable[[SessionParts], None]) -> None:
        """Open the folder of the present session anew, and then do something there."""

    def open_sample(self, name: str = ...) -> None:
        """Open a sample in its own folder; the hospital where none is named."""

    def reopen_damaged(self, why: GembaError) -> None:
        """Close the folder of the present session, and show what can be done about its damage."""

    def open_look(self, folder: Path, report: SalvageReport) -> None:
        """Show what could be read of a damaged folder, to be looked at only."""


class SessionParts(Protocol):
    """A session as the places see it: one window over one data folder."""

    app: AppParts
    window: MainWindow
    words: Words
    theme: Theme
    commands: Commands
    go: Navigator
    learners_view: LearnersView
    folder: Path
    sample: str
    key: bytes | None

    @property
    def workspace(self) -> Workspace:
        """The open folder; waits for it when it is asked for early."""

    @property
    def loaded(self) -> bool:
        """Tell whether everything behind the first paint is there."""

    def today(self) -> date:
        """Return the day on the wall."""

    def open_palette(self) -> None:
        """Open the line behind which everything is."""

    def restore(self, name: str) -> None:
        """Bring a backup back, after one of what is there."""

    def open_capture(self) -> None:
        """Open one line for something seen."""
