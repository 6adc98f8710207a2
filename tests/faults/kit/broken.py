"""Builds with one mechanism broken, for the controls: real subclasses and real settings."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

Undo = Callable[[], None]


def break_it(name: str) -> Undo:
    """Break one mechanism of this process by its name; what comes back mends it where that works.

    Nothing is broken by an empty name.
    """
    return (_BREAKS[name]() if name else None) or _leave_broken


def _leave_broken() -> None:
    """A process of its own ends with what was broken in it."""


def _early() -> None:
    """A recorder that says "Saved" as soon as it has queued a change, and writes a second later."""
    import threading

    from gemba.services import workspace
    from gemba.services.recorder import Recorder

    class EarlyRecorder(Recorder):
        def change_soon(self, *given: Any, **named: Any) -> Future[None]:
            write_it = super().change_soon
            done: Future[None] = Future()
            later = threading.Timer(1.0, lambda: write_it(*given, **named))
            later.daemon = True
            later.start()
            return done

    workspace.Recorder = EarlyRecorder  # type: ignore[misc]


def _unsynced() -> None:
    """A database that hands its pages to the system and does not wait for the disk."""
    from sqlalchemy import event

    from gemba.store import opening

    real = opening.write_engine

    def write_engine(*given: Any, **named: Any) -> Any:
        engine = real(*given, **named)
        event.listen(engine, "connect", lambda made, _: made.execute("PRAGMA synchronous=OFF"))
        return engine

    opening.write_engine = write_engine


def _unsynced_photos() -> None:
    """Photos that are renamed into place before their bytes are on the disk."""
    from gemba.store import store
    from gemba.store.photos import Photos

    class UnsyncedPhotos(Photos):
        def _keep(self, key: str, suffix: str, data: bytes) -> None:
            folder: Path = self._folder / key[:2]
            folder.mkdir(parents=True, exist_ok=True)
            temporary = folder / f".new-{key[:8]}"
            temporary.write_bytes(data)
            temporary.replace(folder / f"{key}{suffix}")

    store.Photos = UnsyncedPhotos  # type: ignore[misc]


def _deaf() -> None:
    """Fields that save some time after the last key, and not on leaving."""
    from gemba.ui.autosave import Autosave

    def stay(_self: Autosave) -> None:
        return

    Autosave.leave = stay  # type: ignore[method-assign]


def _careless() -> None:
    """A recorder that forgets a write the disk refused."""
    from gemba.domain.errors import GembaError
    from gemba.services import workspace
    from gemba.services.recorder import Recorder, SaveState

    class CarelessRecorder(Recorder):
        def _count(self, step: int, trouble: GembaError | None = None) -> None:
            super()._count(step, trouble)
            self.state = SaveState(pending=self.state.pending, saved_at=self.now())
            self._post(lambda: self.on_state(self.state))

    workspace.Recorder = CarelessRecorder  # type: ignore[misc]


def _as_it_came() -> Undo:
    """Photos that are kept as they came, with all they tell."""
    from gemba.services.recorder import Recorder
    from gemba.store import picture

    rewritten, strict = Recorder.clean_photo, picture.bare_kind
    Recorder.clean_photo = lambda _self, data, name="": data  # type: ignore[method-assign]
    picture.bare_kind = lambda _data: ".jpg"

    def undo() -> None:
        Recorder.clean_photo = rewritten  # type: ignore[method-assign]
        picture.bare_kind = strict

    return undo


def _one_face() -> None:
    """Paper that has no face for other scripts."""
    from gemba.reports import fonts

    fonts.FALLBACKS = ()  # type: ignore[misc,assignment]
    fonts._pieces_of.cache_clear()


def _file() -> None:
    """The drawing itself opens a file; nothing has to be broken for that."""


def _leaky() -> None:
    """A sheet's page that never lets go of what it has drawn: 5 MB for each second of drawing."""
    from gemba.ui.pages.sheet import SheetPage

    drawn: list[bytearray] = []
    draw = SheetPage.draw
    last = time.monotonic()

    def keep(self: SheetPage) -> None:
        # By time and not by drawing, so that a slow machine leaks as much as a fast one.
        nonlocal last
        now = time.monotonic()
        drawn.append(bytearray(os.urandom(int(5_000_000 * (now - last)))))
        last = now
        draw(self)

    SheetPage.draw = keep  # type: ignore[method-assign]


def _touchy() -> None:
    """Fields that save whatever they show when they are left, with a line end of their own."""
    from gemba.ui.autosave import Autosave
    from gemba.ui.widgets.text import PlainEdit

    def leave(self: Autosave) -> None:
        self._save(self.visit)

    Autosave.leave = leave  # type: ignore[method-assign]
    PlainEdit.text = lambda self: self.toPlainText() + "\n"  # type: ignore[method-assign]


_BREAKS: dict[str, Callable[[], Undo | None]] = {
    "as it came": _as_it_came,
    "careless": _careless,
    "deaf": _deaf,
    "early": _early,
    "file": _file,
    "one face": _one_face,
    "leaky": _leaky,
    "touchy": _touchy,
    "unsynced": _unsynced,
    "unsynced photos": _unsynced_photos,
}
