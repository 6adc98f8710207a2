"""Many photos at once, from files or a folder, each onto the observation it was taken with."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gemba.domain.errors import BadInput, GembaError
from gemba.domain.photo_times import read_taken

if TYPE_CHECKING:
    from gemba.services.recorder import Recorder
    from gemba.services.walks import Walks

PICTURES: Final = frozenset(
    (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".bmp", ".gif", ".tif", ".tiff")
)
_PREVIEW: Final = 192
_AT_ONCE: Final = 2
"""While one photo is committed the gatekeeper already reads the next."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPhoto:
    """A file that was looked at: when it was taken, or why it cannot be taken in."""

    path: Path
    taken: datetime | None = None
    refused: GembaError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """How many photos were taken in, and which were refused, each with why."""

    count: int = 0
    refused: tuple[tuple[Path, GembaError], ...] = ()


class PhotoImport:
    """Looks at files, proposes nothing and decides nothing: the leader says what goes where."""

    def __init__(self, recorder: Recorder, walks: Walks) -> None:
        self._recorder = recorder
        self._walks = walks

    def pictures_in(self, folder: Path) -> list[Path]:
        """Return the pictures in a folder and those below it, by name; links are not followed.

        Raises BadInput "file.cannot_read" where the folder cannot be read.
        """
        if not folder.is_dir():
            raise BadInput("file.cannot_read", file=str(folder), reason="")
        found = []
        for at, folders, names in os.walk(folder, followlinks=False):
            folders.sort()
            for name in sorted(names):
                path = Path(at, name)
                if path.suffix.casefold() in PICTURES and path.is_file():
                    found.append(path)
        return found

    def look(
        self,
        paths: Iterable[Path],
        progress: Progress = lambda _done, _of: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> list[FoundPhoto]:
        """Read when each was taken; nothing is decoded and nothing kept."""
        every = list(paths)
        found = []
        for done, path in enumerate(every, 1):
            if cancelled():
                break
            try:
                taken = str(self._recorder.gate.ask("taken", path).get("taken", ""))
                found.append(FoundPhoto(path=path, taken=read_taken(taken)))
            except GembaError as error:
                found.append(FoundPhoto(path=path, refused=error))
            progress(done, len(every))
        return found

    def preview(self, path: Path) -> bytes:
        """Return a small picture of a file, decoded by the gatekeeper; raises GembaError."""
        return self._recorder.gate.photo(read_file(path), path.name, _PREVIEW)

    def bring(
        self,
        chosen: Sequence[tuple[Path, UUID]],
        progress: Progress = lambda _done, _of: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Brought:
        """Take photos in, each together with its observation; call it beside the window.

        Those that were taken in when it is cancelled stay, whole and in their places.
        """
        refused: list[tuple[Path, GembaError]] = []
        count = 0

        def one(pair: tuple[Path, UUID]) -> GembaError | bool | None:
            if cancelled():
                return False
            path, observation_id = pair
            try:
                self._walks.add_photo(observation_id, read_file(path), path.name)
            except GembaError as error:
                return error
            return None

        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="gemba-photos") as pool:
            for done, (pair, said) in enumerate(zip(chosen, pool.map(one, chosen), strict=True), 1):
                if isinstance(said, GembaError):
                    refused.append((pair[0], said))
                elif said is None:
                    count += 1
                progress(done, len(chosen))
        return Brought(count=count, refused=tuple(refused))


def read_file(path: Path) -> bytes:
    """Return the bytes of a picture's file; raises BadInput where they cannot be read.

    One that is larger than any photo is not read at all.
    """
    from gemba.services.bounded import read_bounded
    from gemba.services.gate import MOST_PHOTO_BYTES

    try:
        large = BadInput("photo.too_many_bytes", name=path.name)
        return read_bounded(path, MOST_PHOTO_BYTES, large)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BadInput("file.cannot_read", file=str(path), reason=reason) from error
