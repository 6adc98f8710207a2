"""Kills a process at the nth of one of its calls that change files, counted by strace."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import Final

from tests.faults.tally import must

CALLS: Final = (
    "pwrite64,write,fsync,fdatasync,unlink,rename,renameat,renameat2,link,linkat,ftruncate,mkdir"
)
NO_STRACE: Final = "no strace here"
_PATIENCE: Final = 120.0
_NAME = re.compile(r"(?:\d+ +)?(\w+)\(")

Point = tuple[str, int]
"""The name of a call, and which of them, from 1."""


def can_kill() -> bool:
    """Tell whether there is strace."""
    return shutil.which("strace") is not None


def points(folder: Path, module: str, *more: str) -> list[Point]:
    """Let a process live once over a folder; return its calls in order."""
    trace = folder.with_name(f"{folder.name}.trace")
    done = _run(["-o", str(trace), "-e", f"trace={CALLS}"], folder, module, *more)
    assert done.returncode == 0, done.stderr
    seen: Counter[str] = Counter()
    found = []
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        if name := _NAME.match(line):
            seen[name[1]] += 1
            found.append((name[1], seen[name[1]]))
    trace.unlink()
    return found


def spread(found: list[Point], times: int, chance: Random) -> list[Point]:
    """Choose points over the whole of a process, each from a stretch of its own."""
    return [
        found[min(int((number + chance.random()) / times * len(found)), len(found) - 1)]
        for number in range(times)
    ]


def kill_at(point: Point, folder: Path, module: str, *more: str) -> str:
    """Run a process over a folder and kill it when it makes a call; return what it had said."""
    name, number = point
    how = ["-o", os.devnull, "-e", f"trace={name}"]
    done = _run([*how, "-e", f"inject={name}:signal=KILL:when={number}"], folder, module, *more)
    # strace ends itself by the signal that ended what it watched.
    must(done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), f"not killed: {done.stderr}")
    return done.stdout


def _run(how: list[str], folder: Path, module: str, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, str(folder), *more]
    return subprocess.run(
        ["strace", "-f", "-qqq", *how, *command],
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
