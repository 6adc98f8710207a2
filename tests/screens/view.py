"""One picture: which page is seen on it, and how it is come to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gemba.app.session import Session


@dataclass(frozen=True, slots=True)
class View:
    """One picture: its name, the page that is seen on it, and how it is come to."""

    name: str
    page: str
    show: Callable[[Session], None]


def at(page: str, name: str = "", **what: object) -> View:
    """Open a page on something; its own name will do for a picture of it."""
    return View(name or page, page, lambda session: session.go.to(page, **what))
