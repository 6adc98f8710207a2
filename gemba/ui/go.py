"""How a page asks the window to go somewhere or to say something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from gemba.domain.changes import Ref
from gemba.domain.errors import GembaError


class Go(Protocol):
    """The window as a page sees it; no page knows another page."""

    def to(self, place: str, **what: object) -> None:
        """Open a place: today, walks, walk, coaching, learner, cycle, talk, sheets, sheet, ..."""

    def open(self, ref: Ref, part: str = "") -> None:
        """Open the page of a record, at one of its parts."""

    def back(self) -> None:
        """Return to where the leader came from."""

    def throw_away(self, ref: Ref, *, listed: bool = False) -> None:
        """Put a record into the bin with what hangs on it, leave its page, and offer Undo.

        ``listed`` is for a row of a list, which stays.
        """

    def say(self, sentence: str, undo: Callable[[], None] | None = None) -> None:
        """Show a quiet line that stays until the next one, with Undo where there is one."""

    def unsay(self) -> None:
        """Take away a line that offers Undo, once something else would be undone by it."""

    def trouble(self, error: GembaError) -> None:
        """Say in the window's banner what went wrong and what to do."""
