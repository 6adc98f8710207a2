"""The disk is full at twenty levels: of the database, the photos, the backups, temporary files.

The data folder, or for the last part the temporary folder, lies on a small tmpfs in a mount
namespace of its own. What fails is said, what was typed stays, and all of it is written once
there is room.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from tests.faults.kit.diary import Told, read_diary
from tests.faults.kit.ground import prepare, robot_command, room, start
from tests.faults.kit.kept import all_kept
from tests.faults.refusing import count
from tests.faults.tally import Broke, Failure, Row, Tally, must

ROW = Row("disk full at 20 levels of 4 folders", 80, 2)
PARTS = ("database", "photos", "backups", "temporary")
SIZE = "24m"
PATIENCE = 900.0


def run(times: int, seed: int) -> Tally:
    """Fill the disk so many times, a quarter of them for each part."""
    tally = Tally("disk full")
    own = _namespace()
    if not own:
        tally.skipped = "no tmpfs can be mounted here, not even in a namespace of one's own"
        return tally
    with room() as place:
        for part in PARTS[:times]:
            rounds = max(1, times // len(PARTS))
            told = _fill(own, place, part, seed, rounds)
            count(tally, told, rounds, seed)
            refused = sum(one["what"] == "told" for one in told.notes)
            tally.notes[-1] = f"{part}: {tally.notes[-1]}, and {refused} files"
            try:
                all_kept(place / part / "out", told)
            except Broke as broke:
                tally.failures.append(Failure(seed, f"{part}: {broke}"))
        tally.catch(lambda: _careless(own, place, seed), "called saved")
    return tally


def _namespace() -> list[str]:
    """Return the call that gives a process mounts of its own, nothing where none does."""
    for own in (["unshare", "-m"], ["unshare", "-rm"]):
        probe = [*own, "sh", "-c", "mount -t tmpfs none /mnt"]
        if shutil.which("unshare") and not subprocess.run(probe, capture_output=True).returncode:
            return own
    return []


def _fill(own: list[str], place: Path, part: str, seed: int, rounds: int, broken: str = "") -> Told:
    here = place / (broken or part)
    small, before, out, diary = (here / name for name in ("small", "before", "out", "diary"))
    small.mkdir(parents=True)
    prepare(before)
    data = here / "data" if part == "temporary" else small / "data"
    what = ["--refused", part, "--actions", str(rounds)]
    robot = robot_command(data, diary, seed, *what, *(["--broken", broken] if broken else []))
    steps = (
        f"mount -t tmpfs -o size={SIZE} none {small}",
        f"cp -r {before} {data}",
        f"{{ {shlex.join(robot)}; code=$?; rm -f {small}/filler; }}",
        f"cp -r {data} {out}",
        "exit $code",
    )
    names = {"GEMBA_FAULTS_SMALL": str(small), "GEMBA_FAULTS_ELSEWHERE": str(here)}
    if part == "temporary":
        names["TMPDIR"] = str(small)
    process = start([*own, "sh", "-c", " && ".join(steps)], **{**os.environ, **names})
    _, words = process.communicate(timeout=PATIENCE)
    if process.returncode not in (0, 3):
        raise Broke(f"{part}: the app ended with {process.returncode}: {words[-1500:]!r}")
    return read_diary(diary.read_bytes())


def _careless(own: list[str], place: Path, seed: int) -> None:
    tried = Tally("careless")
    count(tried, _fill(own, place, "database", seed, 1, "careless"), 1, seed)
    must(not tried.failures, "; ".join(one.what for one in tried.failures))
