"""Which pages there are and what each is handed; a page is built when it is first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gemba.app.session import Session


def add_today(session: Session) -> None:
    """Add the places of the rail; Today is the only page that needs nothing behind it."""
    window = session.window
    tr = session.words
    window.add_place("today", tr("place.today"), "sun", lambda: _today(session))
    for key, icon in (
        ("walks", "footprints"),
        ("coaching", "message-circle-question-mark"),
        ("sheets", "notebook-pen"),
        ("history", "history"),
    ):
        window.add_place(key, tr(f"place.{key}"), icon, _lazily(session, key))
    for key, icon in (("settings", "settings"), ("help", "circle-question-mark")):
        window.add_place(key, tr(f"place.{key}"), icon, _lazily(session, key), foot=True)


def _lazily(session: Session, key: str):  # type: ignore[no-untyped-def]
    return lambda: build(session, key)
