"""When Gemba itself fails: what was typed is saved, and a report is written without any of it."""

from __future__ import annotations

import faulthandler
import os
import platform
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Final

from gemba import __version__
from gemba.store.files import write_lightly

FOLDER: Final = "reports"
_FATAL: Final = "fatal.txt"
_MOST: Final = 20
_ROOT: Final = Path(__file__).resolve().parents[2]


class CrashReports:
    """Writes what went wrong into the data folder: where in the program, never with which words.

    The sentence of an error may quote what somebody typed, so only its kind is kept. One report
    for each place that fails, and no more than twenty while the program runs.
    """

    def __init__(self, folder: Path, *, now: Callable[[], datetime] = datetime.now) -> None:
        self._folder = folder / FOLDER
        self._now = now
        self._seen: set[str] = set()
        self._fatal: IO[str] | None = None
        self._watched_before = False

    def write(self, error: BaseException) -> Path | None:
        """Write the report of an error; None where it was written before or cannot be."""
        told = report(error)
        if told in self._seen or len(self._seen) >= _MOST:
            return None
        self._seen.add(told)
        at = self._now()
        path = self._folder / f"{at:%Y-%m-%dT%H-%M-%S}-{len(self._seen)}.txt"
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            write_lightly(path, f"{at:%Y-%m-%d %H:%M}\n{told}".encode("utf-8", "replace"))
        except OSError:
            return None
        return path

    def watch_fatal(self) -> None:
        """Have a crash below Python, such as a wrong memory access, leave its trace as well."""
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            handle = os.open(self._folder / _FATAL, flags, 0o600)
            self._fatal = os.fdopen(handle, "w", encoding="utf-8")
            self._watched_before = faulthandler.is_enabled()
            faulthandler.enable(self._fatal)
        except OSError:
            self._fatal = None

    def take_fatal(self) -> Path | None:
        """Return the report a crash below Python left last time, None when there was none."""
        left = self._folder / _FATAL
        try:
            if not left.stat().st_size:
                return None
            kept = left.with_name(f"{self._now():%Y-%m-%dT%H-%M-%S}-fatal.txt")
            return left.replace(kept)
        except OSError:
            return None

    def close(self) -> None:
        """End watching; an orderly end leaves no empty file behind."""
        if self._fatal is None:
            return
        faulthandler.disable()
        if self._watched_before:
            faulthandler.enable()
        self._fatal.close()
        self._fatal = None
        try:
            (self._folder / _FATAL).unlink(missing_ok=True)
            self._folder.rmdir()
        except OSError:
            # There are reports in it.
            return


def report(error: BaseException) -> str:
    """Describe an error by its kind and its places in the program, without a word of its message.

    Not even its notes or the source lines, since both may hold text.
    """
    head = (
        f"Gemba {__version__}, Python {platform.python_version()},"
        f" {platform.system()} {platform.release()} {platform.machine()}\n"
    )
    parts = [_one(cause) for cause in _causes(error)]
    return head + "\nwhich led to\n".join(reversed(parts))


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


def _one(error: BaseException) -> str:
    kind = type(error)
    lines = [f"{kind.__module__}.{kind.__qualname__}"]
    for frame, line in traceback.walk_tb(error.__traceback__):
        code = frame.f_code
        lines.append(f"  {_short(code.co_filename)}:{line} in {code.co_qualname}")
    return "\n".join(lines) + "\n"


def _short(file: str) -> str:
    """Name a source file without the folders above it, which may hold a person's name."""
    path = Path(file)
    try:
        return path.resolve().relative_to(_ROOT).as_posix()
    except (ValueError, OSError):
        return "/".join(path.parts[-2:])


Hook = Callable[[BaseException], None]


def catch_uncaught(told: Hook) -> None:
    """Hand every error that nobody caught to ``told``, whichever thread it happened on."""

    def in_main(
        _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        told(error)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            told(args.exc_value)

    sys.excepthook = in_main
    threading.excepthook = in_thread
