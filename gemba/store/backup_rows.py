"""Comparing every row of a database file with its checksum, in a process of its own.

Digesting a hundred thousand rows takes Python a second in which it would hold up the window, so
large files are read by ``python -m gemba.store.backup_rows``, which is told on its standard input
what to do. Nothing but the standard library and the driver is loaded for it.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from binascii import unhexlify
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final
from urllib.parse import quote

from gemba.store.driver import Connection, connect, connect_alone, errors, raw_key

_NAMED: Final = 20
_GLANCE_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows were compared, what numbers the bad ones of each table have, what failed."""

    compared: int
    bad: Mapping[str, list[object]]
    failed: str = ""

    @property
    def sound(self) -> bool:
        """Tell whether every row is what was written."""
        return not self.bad and not self.failed


def compare_rows(
    path: Path,
    queries: Mapping[str, str],
    key: bytes | None = None,
    known: Path | None = None,
    most: int | None = None,
    alone: bool = False,
) -> Rows:
    """Run queries that return a number, a text and the checksum of that text.

    At most twenty bad rows of each table are named; a row whose checksum is NULL has none.
    ``known`` is a database that was proved before, for queries that leave out what stands there.
    After ``most`` rows it is given up. ``alone`` tells that nothing else in this process has the
    file open.
    """
    compared = 0
    bad: dict[str, list[object]] = {}
    try:
        connection = connect_alone(path, key) if alone else connect(path, "ro", key)
        try:
            if known is not None:
                _attach(connection, known, key)
            connection.text_factory = bytes
            for table, query in queries.items():
                for number, text, given in connection.execute(query):
                    compared += 1
                    if most is not None and compared > most:
                        return Rows(compared, bad, "more rows than wanted")
                    if given is None:
                        continue
                    # Written out here, since it is done for every row there is.
                    if blake2b(text, digest_size=16).digest() != unhexlify(given):
                        found = bad.setdefault(table, [])
                        if len(found) < _NAMED:
                            found.append(number.decode() if isinstance(number, bytes) else number)
        finally:
            connection.close()
    except errors() as error:
        return Rows(compared, bad, str(error) or type(error).__name__)
    except (TypeError, AttributeError, ValueError) as error:
        # A value of another kind than was ever written there.
        return Rows(compared, bad, type(error).__name__)
    return Rows(compared, bad)


def _attach(connection: Connection, known: Path, key: bytes | None) -> None:
    address = f"file:{quote(known.absolute().as_posix())}?mode=ro"
    with_key = f' KEY "{raw_key(key)}"' if key is not None else ""
    connection.execute(f"ATTACH ? AS known{with_key}", (address,))


class Comparing:
    """Rows compared in another process while this one does something else.

    The process takes a while to come up, so it may be started before its file is there.
    """

    def __init__(self) -> None:
        self._job: tuple[Path, dict[str, str], bytes | None] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        if getattr(sys, "frozen", False):
            return
        with suppress(OSError):
            self._process = subprocess.Popen(
                [sys.executable, "-m", "gemba.store.backup_rows"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
            )

    def ask(self, path: Path, queries: Mapping[str, str], key: bytes | None) -> None:
        """Say what is to be compared; once."""
        self._job = (path, dict(queries), key)
        told = {"path": str(path), "queries": dict(queries), "key": key.hex() if key else ""}
        if self._process is None or self._process.stdin is None:
            return
        try:
            self._process.stdin.write(json.dumps(told).encode())
            self._process.stdin.close()
        except OSError:
            self.stop()

    def result(self, stop: Callable[[], None] = lambda: None) -> Rows:
        """Wait for the answer; does the work here where no process could be started.

        ``stop`` is called while it waits and may raise.
        """
        assert self._job is not None, "nothing was asked"
        process = self._process
        if process is not None and process.stdout is not None:
            # The answer is short: it never fills the pipe, so the process ends by itself.
            while process.poll() is None:
                stop()
                _wait(process)
            said = process.stdout.read()
            self.stop()
            if process.returncode == 0:
                return Rows(**json.loads(said))
        return compare_rows(*self._job)

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    # What was not written to a process that is gone.
                    with suppress(OSError):
                        stream.close()
            self._process = None


def _wait(process: subprocess.Popen[bytes]) -> None:
    """Wait a little for a process, and no longer than until it answers."""
    if sys.platform != "win32" and process.stdout is not None:
        answered, _, _ = select.select([process.stdout], [], [], _GLANCE_SECONDS)
        if not answered:
            return
    with suppress(subprocess.TimeoutExpired):
        process.wait(_GLANCE_SECONDS)


def main() -> None:
    """Read a job from standard input and answer on standard output."""
    if hasattr(os, "nice"):
        os.nice(5)
    told = sys.stdin.buffer.read()
    if not told:
        # There was nothing to compare after all.
        return
    job = json.loads(told)
    key = bytes.fromhex(job["key"]) if job["key"] else None
    rows = compare_rows(Path(job["path"]), job["queries"], key, alone=True)
    print(json.dumps(asdict(rows)))


if __name__ == "__main__":
    main()
