"""The gate through which a stranger's file comes in: looked at by a process that can be killed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from gemba.domain.errors import BadInput, GembaError
from gemba.services.companion import Answer, Companion, CompanionGone

STEP_SECONDS: Final = 4.5
"""How long the gatekeeper may say nothing; a hostile file is refused within five seconds."""
SECONDS_PER_MEGABYTE: Final = 0.25
"""What an honest large file needs on top, by its size on the disk."""

MOST_PHOTO_BYTES: Final = 200 * 1024 * 1024

Progress = Callable[[int, int], None]


class Gate:
    """Asks the gatekeeper about files, one at a time; it is started when first needed.

    Any thread may ask. A gatekeeper that hangs or dies is replaced, and its file refused.
    """

    def __init__(self) -> None:
        self._keeper = Companion("gemba.services.gatekeeper")
        self._one_at_a_time = threading.Lock()

    def ask(
        self,
        kind: str,
        path: Path,
        *,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Answer:
        """Return what the gatekeeper found in a file.

        Raises the BadInput or GembaError it names, BadInput "gate.took_too_long" when it says
        nothing for too long, and "gate.gave_up" when the file was more than it could bear.
        """
        try:
            size = path.stat().st_size
        except OSError as error:
            reason = error.strerror or str(error)
            raise GembaError("file.cannot_read", file=str(path), reason=reason) from error
        with self._one_at_a_time, _refusing(path.name):
            self._say({"kind": kind, "path": str(path.absolute())})
            while True:
                answer = self._keeper.hear(_patience(size))
                if "progress" not in answer and "busy" not in answer:
                    return _told(answer)
                if cancelled():
                    self._keeper.end()
                    raise BadInput("gate.cancelled", file=path.name)
                if progress is not None and "progress" in answer:
                    progress(answer["progress"], answer["of"])

    def photo(self, data: bytes, name: str = "", longest: int = 0) -> bytes:
        """Return a photo's pixels written anew, upright and without its metadata.

        With ``longest`` neither side of it is longer, in pixels.
        Raises GembaError for what is no picture, too large, or took too long.
        """
        if len(data) > MOST_PHOTO_BYTES:
            raise BadInput("photo.too_many_bytes", name=name)
        return self._made({"kind": "photo", "longest": longest}, data, name)

    def sound(self, data: bytes, name: str = "") -> bytes:
        """Return a voice memo without what tells where, when and with what it was recorded.

        Raises GembaError for what is no sound, too large, or took too long.
        """
        return self._made({"kind": "sound"}, data, name)

    def _made(self, asked: dict[str, object], data: bytes, name: str) -> bytes:
        with self._one_at_a_time, _refusing(name):
            self._say({**asked, "name": name, "bytes": len(data)}, data)
            answer = _told(self._keeper.hear(_patience(len(data))))
            return self._keeper.read(answer["bytes"])

    def form(self, data: bytes, name: str, *, tables: bool = False) -> Answer:
        """Return the form a spreadsheet holds, or with ``tables`` the cells of one as JSON.

        Raises BadInput that names sheet, row and column, or says what the file is instead.
        """
        kind = "tables" if tables else "form"
        with self._one_at_a_time, _refusing(name):
            self._say({"kind": kind, "name": name, "bytes": len(data)}, data)
            return _told(self._keeper.hear(_patience(len(data))))

    def list_rows(self, data: bytes, name: str) -> Answer:
        """Return the ``rows`` of a spreadsheet that is a plain list, None for an XLSForm.

        Raises BadInput that says what the file is instead.
        """
        with self._one_at_a_time, _refusing(name):
            self._say({"kind": "list", "name": name, "bytes": len(data)}, data)
            return _told(self._keeper.hear(_patience(len(data))))

    def close(self) -> None:
        """Let the gatekeeper go."""
        with self._one_at_a_time:
            self._keeper.end()

    def _say(self, asked: dict[str, object], data: bytes = b"") -> None:
        try:
            self._keeper.say(asked, data)
        except OSError as error:
            raise GembaError("gate.no_room", reason=error.strerror or str(error)) from error


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Refuse the file at which the gatekeeper hung or died."""
    try:
        yield
    except CompanionGone as gone:
        key = "gate.took_too_long" if gone.late else "gate.gave_up"
        raise BadInput(key, file=name) from gone


def _told(answer: Answer) -> Answer:
    if "refused" not in answer:
        return answer
    kind = BadInput if answer["bad"] else GembaError
    raise kind(answer["refused"], **{name: _value(one) for name, one in answer["values"].items()})


def _value(told: Any) -> object:
    """Trouble within trouble comes as its key with its values."""
    if not isinstance(told, dict):
        return told
    values = {name: _value(one) for name, one in told["values"].items()}
    return BadInput(told["key"], **values)


def _patience(size: int) -> float:
    return STEP_SECONDS + SECONDS_PER_MEGABYTE * size / 1_000_000
