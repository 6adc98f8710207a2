"""The real app is killed while a robot types, goes from record to record and takes photos in.

Two of three times the kill falls on a random moment; where strace is, every third falls on a
random write, sync, rename or removal of the writing thread, in the middle of a commit.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from pathlib import Path
from random import Random

from tests.faults.kit.diary import Told, read_diary
from tests.faults.kit.ground import prepare, robot_command, room, start
from tests.faults.kit.kept import all_kept
from tests.faults.tally import Row, Tally, must

ROW = Row("kill -9 of the real app while a robot works", 300, 1)
LIVES = 10
PATIENCE = 120.0
CALLS = ("pwrite64", "fsync", "fdatasync", "unlink", "rename", "write")


def run(times: int, seed: int) -> Tally:
    """Kill so many robots; each folder lives through ten kills and goes on after each."""
    tally = Tally("kill -9")
    with room() as place:
        folder = place / "data"
        for number in range(times):
            if number % LIVES == 0:
                shutil.rmtree(folder, ignore_errors=True)
                prepare(folder)
            with tally.once(seed + number):
                told, ended_at = _kill(folder, place / "diary", seed + number)
                _look(folder, place / "copy", told, ended_at, own=number % 2 == 0)
        tally.catch(lambda: _acknowledges_early(place, seed), "called saved")
    if shutil.which("strace") is None:
        tally.notes.append("no strace here: every kill fell on a moment, none on a system call")
    return tally


def _look(folder: Path, copy: Path, told: Told, ended_at: float, *, own: bool) -> None:
    """Look through the folder, or through a copy, so that the app itself mends what was left."""
    if own:
        all_kept(folder, told, ended_at=ended_at)
        return
    shutil.copytree(folder, copy)
    try:
        all_kept(copy, told, ended_at=ended_at)
    finally:
        shutil.rmtree(copy)


def _kill(folder: Path, diary: Path, seed: int, *more: str) -> tuple[Told, float]:
    """Run a robot and kill it; return its diary and when it ended."""
    chance = Random(seed)
    diary.unlink(missing_ok=True)
    command = robot_command(folder, diary, seed, *more)
    at_call = seed % 3 == 0 and not more and shutil.which("strace") is not None
    if at_call:
        call, count = chance.choice(CALLS), chance.randint(1, 150)
        inject = f"inject={call}:signal=KILL:when={count}"
        # Not with --seccomp-bpf, under which version 6.1 injects nothing.
        strace = ["strace", "-f", "-qqq", "-o", "/dev/null"]
        command = [*strace, "-e", f"trace={call}", "-e", inject, *command]
    process = start(command)
    try:
        _wait_begun(process, diary)
        deadline = time.monotonic() + chance.uniform(0.0, 3.0) + (8.0 if at_call else 0.0)
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        if process.poll() is None:
            _kill_all(process)
        ended_at = time.monotonic()
    finally:
        if process.poll() is None:
            _kill_all(process)
        _, words = process.communicate(timeout=PATIENCE)
    must(process.returncode in (-signal.SIGKILL, 137), f"it ended by itself: {words[-800:]!r}")
    # A kill at one of its first calls comes before the diary is begun.
    return read_diary(diary.read_bytes() if diary.exists() else b""), ended_at


def _kill_all(process: subprocess.Popen[bytes]) -> None:
    """Kill the app, and not only the strace it may run under."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    mine = [int(one) for one in children.read_text().split()] if children.exists() else []
    for child in mine:
        subprocess.run(["kill", "-9", str(child)], check=False)
    if not mine:
        process.kill()
    process.wait(PATIENCE)


def _wait_begun(process: subprocess.Popen[bytes], diary: Path) -> None:
    patience = time.monotonic() + PATIENCE
    while time.monotonic() < patience and process.poll() is None:
        if diary.exists() and b'"begun"' in diary.read_bytes():
            return
        time.sleep(0.02)


def _acknowledges_early(place: Path, seed: int) -> None:
    """The control: a recorder that says "Saved" a second before it writes."""
    folder = place / "early"
    prepare(folder)
    for number in range(5):
        told, ended_at = _kill(folder, place / "diary", seed + number, "--broken", "early")
        all_kept(folder, told, ended_at=ended_at)
