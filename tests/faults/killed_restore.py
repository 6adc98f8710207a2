"""Bringing a backup back is killed at touches of the disk, spread over all of it.

The next start has the old state or the restored one, whole; every backup still proves itself; and
nothing of the restore is left lying about.
"""

from __future__ import annotations

import shutil
import signal
from pathlib import Path
from random import Random

from gemba.domain.errors import GembaError
from gemba.domain.person import Person
from gemba.store.backup_files import BackupFolder
from tests.faults.killed_backup import alive, all_proved, prepared, started
from tests.faults.kit.ground import look_through, room, workspace
from tests.faults.tally import Row, Tally, must

ROW = Row("kill -9 while a backup is brought back", 50, 3)
LATER = "Written after the backup"


def run(times: int, seed: int) -> Tally:
    """Kill so many restores, each at another touch of the disk."""
    tally = Tally("kill -9 during restore")
    with room() as place:
        ground = place / "ground"
        prepared(ground)
        with workspace(ground) as work:
            work.people.person(LATER)
        # A photo is lost, so that one has to be brought back as well.
        next((ground / "photos").glob("*/*")).unlink()
        name = BackupFolder(ground / "backups").points()[-1].name
        touches = alive(place / "whole", ground, "restore", name)
        chance = Random(seed)
        states: set[bool] = set()
        for number in range(times):
            at = 1 + int((number + chance.random()) / times * (touches - 1))
            with tally.once(seed + number):
                states.add(_killed(place / "killed", ground, name, at))
        tally.notes.append(f"touches of the disk in one restore: {touches}; ended old {states}")
        tally.catch(lambda: _broken(place, ground, name), "not whole")
    return tally


def _killed(folder: Path, ground: Path, name: str, at: int, *more: str) -> bool:
    """Kill one restore and look at what the next start makes of it; tell whether it is old."""
    shutil.copytree(ground, folder)
    try:
        done = started(folder, "restore", at, name, *more)
        must(done.returncode == -signal.SIGKILL, f"was not killed: {done.stderr}")
        lost = next(iter(BackupFolder(folder / "backups").point(name).photos))
        try:
            with workspace(folder) as work:
                old = any(one.name == LATER for one in work.store.find(Person))
                sound = work.store.check().rows_sound
        except GembaError as error:
            must(False, f"touch {at}: not whole: {error}")
            raise
        must(sound, f"touch {at}: not whole")
        left = [one for one in ("restoring", "restore.json") if (folder / one).exists()]
        must(not left, f"touch {at}: left behind: {left}")
        all_proved(BackupFolder(folder / "backups"))
        if not old:
            must((folder / "photos" / lost).exists(), f"touch {at}: a photo did not come back")
            look_through(folder).close()
        return old
    finally:
        shutil.rmtree(folder)


def _broken(place: Path, ground: Path, name: str) -> None:
    """The control: a restore that writes over the file, killed at each of its last blocks."""
    touches = alive(place / "broken", ground, "restore", name, "--broken")
    for at in range(touches - 12, touches):
        _killed(place / "control", ground, name, at, "--broken")
