"""A backup is killed at touches of the disk, spread over all of it.

Afterwards every backup that is listed proves itself, the ones from before among them; the data are
sound; and the next backup leaves nothing half done.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

from gemba.store.backup_files import BackupFolder
from gemba.store.backup_prove import prove
from gemba.store.files import digest_of
from tests.faults.kit.ground import a_photo, look_through, prepare, room, workspace
from tests.faults.tally import Row, Tally, must

ROW = Row("kill -9 while a backup is made", 50, 3)
PATIENCE = 120.0


def run(times: int, seed: int) -> Tally:
    """Kill so many backups, each at another touch of the disk."""
    tally = Tally("kill -9 during backup")
    with room() as place:
        ground = place / "ground"
        prepared(ground)
        touches = alive(place / "whole", ground, "backup")
        chance = Random(seed)
        for number in range(times):
            at = 1 + int((number + chance.random()) / times * (touches - 1))
            with tally.once(seed + number):
                _killed(place / "killed", ground, at)
        tally.notes.append(f"touches of the disk in one backup: {touches}")
        tally.catch(lambda: _listed_too_early(place, ground), "is not what")
    return tally


def _listed_too_early(place: Path, ground: Path) -> None:
    """The control: a backup that is listed before it is written, killed near its end."""
    touches = alive(place / "broken", ground, "backup", "--broken")
    _killed(place / "control", ground, touches - 3, "--broken")


def prepared(folder: Path) -> None:
    """Make a folder with photos, enough text for some steps, and two backups."""
    prepare(folder)
    with workspace(folder) as work:
        for number in range(2):
            work.store.photos.add(a_photo(number), "seen.jpg")
            work.people.person("Marta " + "x" * 400_000 * (number + 1))
            work.backups.make()


def alive(folder: Path, ground: Path, work: str, *more: str) -> int:
    """Let it live once; return how often it touched the disk."""
    shutil.copytree(ground, folder)
    done = started(folder, work, 0, *more)
    shutil.rmtree(folder)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def started(folder: Path, work: str, at: int, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the process that is killed at a touch, or lives with 0."""
    return subprocess.run(
        [sys.executable, "-m", "tests.faults.kit.backer", str(folder), work, str(at), *more],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def _killed(folder: Path, ground: Path, at: int, *more: str) -> None:
    shutil.copytree(ground, folder)
    try:
        before = BackupFolder(ground / "backups").points()
        done = started(folder, "backup", at, *more)
        must(done.returncode == -signal.SIGKILL, f"was not killed: {done.stderr}")
        backups = BackupFolder(folder / "backups")
        must(backups.points()[: len(before)] == before, f"touch {at}: a backup from before is gone")
        all_proved(backups)
        look_through(folder).close()
        with workspace(folder) as work:
            work.backups.make()
        all_proved(backups)
        left = [str(one) for one in folder.rglob(".new-*")]
        must(not left, f"touch {at}: left behind: {left}")
    finally:
        shutil.rmtree(folder)


def all_proved(backups: BackupFolder) -> None:
    """Have every listed backup be what its manifest says, photos and all."""
    for point in backups.points():
        database = backups.database(point.name)
        must(digest_of(database) == point.sha256, f"{point.name} is not what was written")
        must(prove(database, None).sound, f"{point.name} does not prove itself")
        for name, digest in point.photos.items():
            must(digest_of(backups.photo(name)) == digest, f"{point.name} lacks the photo {name}")
