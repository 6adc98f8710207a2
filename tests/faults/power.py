"""The power goes: the real app's calls are replayed on a disk that forgets what was not synced.

A robot runs under strace with a folder on a real disk. At random moments of its life the disk is
built as it may stand after a power cut, in half of them with names lost too, and opened again.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

from tests.faults.kit.diary import read_diary
from tests.faults.kit.disk import Disk
from tests.faults.kit.ground import prepare, robot_command, room, start
from tests.faults.kit.kept import all_kept
from tests.faults.kit.strace import Call, read_trace, strace_command
from tests.faults.tally import Row, Tally, must

ROW = Row("simulated power loss, with and without loss of names", 1000, 8)
POINTS_A_LIFE = 100
PATIENCE = 300.0


def run(times: int, seed: int) -> Tally:
    """Cut the power so many times, a hundred times in each robot's life."""
    tally = Tally("power loss")
    if strace_command(Path(), []) is None:
        tally.skipped = "there is no strace here, so no point was tried"
        return tally
    with room(in_memory=False) as place, room() as fast:
        life = 0
        while tally.times < times:
            points = min(POINTS_A_LIFE, times - tally.times)
            trace = _live(place / f"life{life}", seed + life, fresh=life % 5 == 1)
            _cut(tally, trace, fast / "disk", seed + 1000 * life, points)
            shutil.rmtree(place / f"life{life}")
            life += 1
        tally.catch(lambda: _loses(place, fast / "disk", seed), "data were lost")
    return tally


class Life:
    """What a robot did: its disk as it was at the start, and its calls."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.root = place / "root"
        self.before = place / "before"
        self.diary = place / "diary"
        self.trace = place / "trace"
        self.calls: list[Call] = []

    def disk(self) -> Disk:
        """Return the disk as it was before the first call."""
        disk = Disk(self.before, self.diary)
        disk.root = str(self.root).encode()
        return disk


def _live(place: Path, seed: int, *, fresh: bool = False, broken: str = "") -> Life:
    """Run a robot under strace; ``fresh`` lets it begin with no folder at all."""
    place.mkdir()
    life = Life(place)
    life.root.mkdir()
    if not fresh:
        prepare(life.root / "data")
    shutil.copytree(life.root, life.before)
    more = ["--actions", "80", *(["--broken", broken] if broken else [])]
    command = strace_command(life.trace, robot_command(life.root / "data", life.diary, seed, *more))
    assert command is not None
    process = start(command)
    _, words = process.communicate(timeout=PATIENCE)
    if process.returncode:
        raise RuntimeError(f"the robot failed: {words[-2000:]!r}")
    life.calls = list(read_trace(life.trace))
    _same_as_the_real_disk(life)
    return life


def _same_as_the_real_disk(life: Life) -> None:
    """Nothing forgotten, the replayed disk is the real one, or the replay is worth nothing."""
    disk = life.disk()
    for call in life.calls:
        disk.do(call)
    target = life.place / "replayed"
    disk.write_now(target)
    for one in (life.root, target):
        for path in one.rglob("*"):
            if path.is_file():
                other = (target if one is life.root else life.root) / path.relative_to(one)
                if not other.is_file() or path.read_bytes() != other.read_bytes():
                    raise RuntimeError(f"the replay differs from the disk in {path.name}")
    if bytes(disk.diary) != life.diary.read_bytes():
        raise RuntimeError("the replay differs from the diary")


def _moments(life: Life) -> list[list[int]]:
    """Return the numbers of the calls that changed or synced something, by the call's name."""
    disk = life.disk()
    found: dict[str, list[int]] = {}
    for number, call in enumerate(life.calls):
        if disk.do(call):
            found.setdefault(call.name, []).append(number)
    return list(found.values())


def _cut(tally: Tally, life: Life, target: Path, seed: int, points: int) -> None:
    chance = Random(seed)
    moments = _moments(life)
    chosen = sorted(chance.choice(chance.choice(moments)) for _ in range(points))
    disk, at = life.disk(), 0
    for number, moment in enumerate(chosen):
        while at <= moment:
            disk.do(life.calls[at])
            at += 1
        with tally.once(seed + number):
            _look(disk, target, seed + number)


def _look(disk: Disk, target: Path, seed: int) -> None:
    chance = Random(seed)
    shutil.rmtree(target, ignore_errors=True)
    disk.write_after_loss(target, chance, names_too=seed % 2 == 0)
    all_kept(target / "data", read_diary(bytes(disk.diary)))


def _loses(place: Path, target: Path, seed: int) -> None:
    """The control: builds that do not wait for the disk must lose something, each of them."""
    lost: list[str] = []
    for broken in ("unsynced", "unsynced photos"):
        life = _live(place / broken, seed, broken=broken)
        tried = Tally(broken)
        _cut(tried, life, target, seed, 40)
        wanted = "photo" if "photos" in broken else ""
        found = [one.what for one in tried.failures if wanted in one.what]
        shutil.rmtree(place / broken)
        if not found:
            return
        lost.append(f"{broken}: {len(found)} of {tried.times} points")
    must(False, f"data were lost: {lost}")
