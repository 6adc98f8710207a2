"""Bringing an older database to the present version is killed at its calls, spread over all.

The next start has what the older version wrote, upgraded whole, and the backup from before it.
"""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from random import Random

from gemba.domain.errors import GembaError
from gemba.domain.kinds import KINDS, Record
from gemba.resources import resource_path
from gemba.store.backup_files import BackupFolder
from gemba.store.header import NEWEST, file_version
from tests.faults.killed_backup import all_proved
from tests.faults.kit.at_call import NO_STRACE, Point, can_kill, kill_at, points, spread
from tests.faults.kit.ground import look_through, room
from tests.faults.tally import Broke, Row, Tally, must

ROW = Row("kill -9 while an older database is upgraded", 50, 3)
KEPT = Path(__file__).parents[1] / "data" / "databases"
_UPGRADER = "tests.faults.kit.upgrader"

Records = dict[str, tuple[Record, ...]]


def run(times: int, seed: int) -> Tally:
    """Kill so many upgrades, from each older version in turn."""
    tally = Tally("kill -9 during migration")
    if not can_kill():
        tally.skipped = NO_STRACE
        return tally
    chance = Random(seed)
    with room() as place:
        kept = sorted(KEPT.glob("*.db.gz"))
        for number, one in enumerate(kept):
            share = times // len(kept) + (number < times % len(kept))
            if not share:
                continue
            ground = _ground(place / f"ground{number}", one)
            whole = _copied(ground, place / "whole")
            calls = points(whole, _UPGRADER)
            wanted = _records(whole)
            shutil.rmtree(whole)
            tally.notes.append(f"{one.name}: {len(calls)} calls")
            for at in spread(calls, share, chance):
                with tally.once(seed + tally.times):
                    _killed(place / "killed", ground, wanted, at)
        tally.catch(lambda: _careless(place, ground, wanted), "be read")
    return tally


def _careless(place: Path, ground: Path, wanted: Records) -> None:
    """The control: an upgrade that cannot be rolled back, killed in the middle of its writes."""
    broken = points(_copied(ground, place / "broken"), _UPGRADER, "--broken")
    writes = [at for at in broken if at[0] == "pwrite64"]
    _killed(place / "control", ground, wanted, writes[len(writes) // 2], "--broken")


def _ground(folder: Path, kept: Path) -> Path:
    folder.mkdir()
    (folder / "gemba.db").write_bytes(gzip.decompress(kept.read_bytes()))
    for photo in resource_path("samples", "discharge", "photos").iterdir():
        beside = folder / "photos" / photo.name[:2]
        beside.mkdir(parents=True, exist_ok=True)
        shutil.copy(photo, beside)
    return folder


def _copied(ground: Path, folder: Path) -> Path:
    shutil.copytree(ground, folder)
    return folder


def _records(folder: Path) -> Records:
    """Open a folder as a start does; return every record in it."""
    with look_through(folder) as store:
        must(not store.check().damaged, "a record is damaged")
        return {kind: tuple(store.find(cls)) for kind, cls in KINDS.items()}


def _killed(folder: Path, ground: Path, wanted: Records, at: Point, *more: str) -> None:
    try:
        kill_at(at, _copied(ground, folder), _UPGRADER, *more)
        try:
            there = _records(folder)
        except GembaError as error:
            raise Broke(f"{at}: it cannot be read: {error}") from error
        must(there == wanted, f"{at}: another record than before")
        must(file_version(folder / "gemba.db") == NEWEST, f"{at}: not upgraded")
        backups = BackupFolder(folder / "backups")
        must(len(backups.points()) >= 1, f"{at}: no backup from before the upgrade")
        all_proved(backups)
    finally:
        shutil.rmtree(folder)
