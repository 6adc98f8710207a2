"""What the window asks of a page."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class Page(Protocol):
    """A place in the window; a page is a QWidget that has these three methods.

    A page may leave any of them out: the window asks before it calls.
    """

    def page_title(self) -> str:
        """The words for the window's title bar; never private text."""

    def arrive(self, **what: object) -> None:
        """Show what the link or command named, such as sheet=UUID; called at each opening."""

    def leave(self) -> None:
        """Hand over text that is still being written; called before another page is shown."""
