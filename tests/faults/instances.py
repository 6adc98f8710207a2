"""Two instances, a lock whose owner was killed, two windows on one record: nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from random import Random
from uuid import UUID

from gemba.domain.errors import Conflict, ReadOnly
from gemba.domain.walk import Walk
from gemba.services.visit import Desk, Visit
from gemba.services.workspace import Workspace
from gemba.store.opening import open_store
from tests.faults.kit.ground import look_through, prepare, robot_command, room, start, workspace
from tests.faults.tally import Row, Tally, must

ROW = Row("two instances, a stale lock, two windows on one record", 40, 3)
PATIENCE = 120.0
WALK = UUID(int=9)


def run(times: int, seed: int) -> Tally:
    """Try the four ways in which two may meet, in turn."""
    tally = Tally("two at once")
    ways = (_two_instances, _stale_lock, _two_windows, _two_writers)
    with room() as place:
        for number in range(times):
            folder = place / str(number)
            with tally.once(seed + number):
                ways[number % len(ways)](folder, Random(seed + number))
        tally.catch(lambda: _last_one_wins(place / "last one wins"), "is lost")
    return tally


def _begun(folder: Path, seed: int) -> subprocess.Popen[bytes]:
    """Start a robot at the window and wait until it has begun."""
    diary = folder.with_name(f"{folder.name} diary")
    process = start(robot_command(folder, diary, seed))
    patience = time.monotonic() + PATIENCE
    while not (diary.exists() and b'"begun"' in diary.read_bytes()):
        must(process.poll() is None and time.monotonic() < patience, "the app did not begin")
        time.sleep(0.02)
    return process


def _end(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    process.send_signal(how)
    process.communicate(timeout=PATIENCE)


def _two_instances(folder: Path, chance: Random) -> None:
    """A second one only reads, a second window brings the first forward, and the first goes on."""
    prepare(folder)
    first = _begun(folder, chance.randrange(1000))
    try:
        with open_store(folder) as second:
            must(not second.writable, "a second instance may write")
            must(second.find(Walk), "a second instance reads nothing")
            try:
                second.write([Walk(id=WALK, purpose="mine")], who="second")
            except ReadOnly:
                pass
            else:
                must(False, "a second instance has written")
        window = [sys.executable, "-m", "gemba", "--data-dir", str(folder)]
        again = start(window)
        _, words = again.communicate(timeout=PATIENCE)
        must(again.returncode == 0, f"a second window ended with {again.returncode}: {words!r}")
        must(first.poll() is None, "the first instance is gone")
    finally:
        _end(first, signal.SIGTERM)
    look_through(folder).close()


def _stale_lock(folder: Path, chance: Random) -> None:
    """A lock whose owner was killed holds nobody up."""
    prepare(folder)
    first = _begun(folder, chance.randrange(1000))
    _end(first, signal.SIGKILL)
    must((folder / "gemba.lock").exists(), "there is no lock to be stale")
    if chance.random() < 0.5:
        # And the number in it belongs to somebody else by now.
        (folder / "gemba.lock").write_text(str(os.getppid()))
    with look_through(folder) as store:
        must(store.writable, f"it cannot be written: {store.why_read_only}")
        store.write([Walk(id=WALK, purpose="after the kill")], who="next")


def _two_windows(folder: Path, chance: Random) -> None:
    """Two windows type in one field of one record: both texts are kept."""
    with workspace(folder) as work:
        work.recorder.put(Walk(id=WALK, purpose="as it was"))
        words = [f"{name} wrote {chance.random()}" for name in ("one", "other")]
        desks = [Desk(), Desk()]
        for desk in desks:
            desk.shows(work.walks.get(WALK))
        for desk, said in zip(desks, words, strict=True):
            work.walks.write(WALK, visit=Visit(f"stay {said}", desk), purpose=said)
            if chance.random() < 0.5:
                work.recorder.settle()
        work.recorder.settle()
        _both_there(work, words)


def _both_there(work: Workspace, words: list[str]) -> None:
    kept = [work.walks.get(WALK).purpose]
    kept += [str(one.clash.mine) for one in work.conflicts.open()]
    for said in words:
        must(said in kept, f"{said!r} is lost; kept are {kept}")


def _two_writers(folder: Path, chance: Random) -> None:
    """A write against an old revision is a conflict, not an overwrite; other records go through."""
    with open_store(folder) as store:
        store.write([Walk(id=WALK, purpose="0")], who="one")
        read = store.get(Walk, WALK)
        for number in range(chance.randint(1, 5)):
            now = store.get(Walk, WALK)
            newest = _with(now, f"one {number}")
            store.write([newest], who="one")
        try:
            store.write([_with(read, "other"), Walk(id=UUID(int=10), purpose="beside")], who="two")
        except Conflict:
            pass
        else:
            must(False, "an old revision has overwritten a newer one: an update is lost")
        must(store.get(Walk, WALK).purpose == newest.purpose, "an update is lost")
        must(not store.find(Walk, id=UUID(int=10)), "half of a refused write is there")
    look_through(folder).close()


def _with(walk: Walk, purpose: str) -> Walk:
    return replace(walk, purpose=purpose)


def _last_one_wins(folder: Path) -> None:
    """The control: windows that know nothing of what they showed, so the later text wins."""
    with workspace(folder) as work:
        work.recorder.put(Walk(id=WALK, purpose="as it was"))
        words = ["one wrote", "other wrote"]
        for said in words:
            work.walks.write(WALK, visit=f"stay {said}", purpose=said)
            work.recorder.settle()
        _both_there(work, words)
