"""A process beside this one, run from a module of Gemba and spoken to by lines of JSON."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import subprocess

Answer = Mapping[str, Any]


class CompanionGone(Exception):
    """The process died, or, where ``late``, said nothing for too long and was ended."""

    def __init__(self, *, late: bool = False) -> None:
        super().__init__("late" if late else "gone")
        self.late = late


class Companion:
    """Started when first spoken to, and again after it went; may be ended without harm.

    One thread at a time may speak to it. Raises OSError where no process can be started.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None

    def say(self, asked: Mapping[str, object], data: bytes = b"") -> None:
        """Say one line, and bytes that follow it; raises CompanionGone."""
        process = self._started()
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(asked).encode() + b"\n" + data)
            process.stdin.flush()
        except OSError as error:
            self.end()
            raise CompanionGone from error

    def hear(self, patience: float) -> Answer:
        """Return the next line it says; ends it when none comes in so many seconds.

        Raises CompanionGone.
        """
        process = self._process
        if process is None or process.stdout is None:
            raise CompanionGone
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        watch = threading.Timer(patience, give_up)
        watch.start()
        try:
            line = process.stdout.readline()
        finally:
            watch.cancel()
            watch.join()
        if line:
            found: Answer = json.loads(line)
            return found
        self.end()
        raise CompanionGone(late=late.is_set())

    def read(self, count: int) -> bytes:
        """Return the bytes that follow a line; raises CompanionGone where they break off."""
        process = self._process
        if process is None or process.stdout is None:
            raise CompanionGone
        made = process.stdout.read(count)
        if len(made) < count:
            self.end()
            raise CompanionGone
        return made

    def end(self) -> None:
        """Let it go."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    # What was not read any more.
                    continue

    def _started(self) -> subprocess.Popen[bytes]:
        process = self._process
        if process is None or process.poll() is not None:
            self.end()
            process = self._process = _start(self._module)
        return process


def _start(module: str) -> subprocess.Popen[bytes]:
    import subprocess

    return subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).resolve().parents[2],
        # Or Windows would open a black window beside ours.
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
