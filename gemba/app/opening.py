"""Opens a data folder on a thread of its own, while the window is painted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gemba.app.folders import load_catalog
from gemba.domain.errors import GembaError

if TYPE_CHECKING:
    from gemba.app.parts import AppParts
    from gemba.services.workspace import Workspace


class Opening:
    """One folder that is being opened; whoever needs it waits for it.

    ``damage`` is what was found wrong with the folder before, which is then not opened at all.
    """

    def __init__(
        self,
        app: AppParts,
        folder: Path,
        *,
        sample: str,
        look: bool,
        key: bytes | None,
        damage: GembaError | None,
        opened: Callable[[], None],
    ) -> None:
        self._app = app
        self._folder = folder
        self._sample = sample
        self._look = look
        self._key = key
        self._damage = damage
        self._tell = opened
        self._opened: tuple[Workspace | None, BaseException | None] = (None, None)
        self._thread: threading.Thread | None = None
        self._once = threading.Lock()

    def start(self) -> None:
        """Begin, where nobody has yet."""
        with self._once:
            if self._thread is None:
                self._thread = threading.Thread(target=self._open, name="gemba-opening")
                self._thread.start()

    def wait(self) -> Workspace:
        """Return the open folder; raises what opening it raised."""
        self.start()
        assert self._thread is not None
        self._thread.join()
        opened, error = self._opened
        if opened is None:
            assert error is not None
            raise error
        return opened

    def end(self) -> Workspace | None:
        """Wait for what was begun, and give the folder away to whoever closes it."""
        if self._thread is not None:
            self._thread.join()
        opened, self._opened = self._opened[0], (None, None)
        return opened

    def _open(self) -> None:
        try:
            from gemba.services.workspace import local_now, open_workspace

            if self._damage is not None:
                raise self._damage
            opened = open_workspace(
                self._folder,
                load_catalog(self._folder),
                self._app.words,
                key=self._key,
                write=not self._look,
                post=self._app.post,
                now=self._app.now or local_now,
            )
            self._opened = (opened, None)
            if self._sample and not opened.people.names():
                from gemba.services.samples import load_sample

                load_sample(self._sample, opened.store)
                # The sample says whose folder it is.
                opened.recorder.who = opened.store.settings.get("me") or ""
        except BaseException as error:
            if self._opened[0] is not None:
                self._opened[0].close()
            self._opened = (None, error)
        self._app.post(self._tell)
