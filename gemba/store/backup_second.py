"""The second place for backups, such as a stick: caught up when it is there, missed quietly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from gemba.domain.backup import BackupPoint
from gemba.domain.keeping import may_go
from gemba.store.backup_files import BackupFolder, manifest_of
from gemba.store.faults import readable_faults
from gemba.store.files import copy_whole, private_folder, write_whole

SECOND_NAME: Final = "Gemba backups"
Step = Callable[[], None]


def second_folder(chosen: Path, installation: str) -> BackupFolder:
    """Return the folder of this installation in a place that was chosen."""
    return BackupFolder(chosen / SECOND_NAME / installation)


def all_in(chosen: Path) -> list[BackupFolder]:
    """Return the folder of every installation in a place, and the place itself where it is one."""
    try:
        found = sorted((chosen / SECOND_NAME).iterdir())
    except OSError:
        found = []
    return [BackupFolder(one) for one in [*found, chosen] if one.is_dir()]


def missing_there(here: BackupFolder, there: BackupFolder) -> list[BackupPoint]:
    """Return the backups the other place lacks and would keep, the newest first."""
    ours, theirs = here.points(), there.points()
    held = {point.name: point.sha256 for point in theirs}
    lacking = [point for point in ours if held.get(point.name) != point.sha256]
    # One that was written anew under a passphrase, or without it, takes the place of its twin.
    names = {point.name for point in lacking}
    kept = [point for point in theirs if point.name not in names]
    gone = {point.name for point in may_go([*kept, *lacking])}
    return [point for point in reversed(lacking) if point.name not in gone]


def catch_up(here: BackupFolder, there: BackupFolder, *, stop: Step = lambda: None) -> int:
    """Copy what the other place lacks, the newest first, each read back before it counts.

    Returns how many were copied. Old ones go there only after the newest came whole. Raises
    GembaError where the place is gone or full; what came before stays, and nothing is half there.
    """
    copied = 0
    with readable_faults():
        there.ready()
        for point in missing_there(here, there):
            stop()
            if _copy(here, there, point, stop):
                copied += 1
        newest = here.points()[-1:]
        names = {point.name for point in there.points()}
        if all(point.name in names for point in newest):
            there.remove(may_go(there.whole_points()))
        if copied:
            # Those of twins that were under another lock, or under none.
            there.remove_unused_photos()
    return copied


def _copy(here: BackupFolder, there: BackupFolder, point: BackupPoint, stop: Step) -> bool:
    """Copy one backup; False where what lies here is no longer what was verified."""
    for name, digest in point.photos.items():
        target = there.photo(name)
        source = here.photo(name)
        # One that is lost here is named by the proof; the rest is no less worth keeping.
        if source.is_file() and not target.is_file():
            private_folder(target.parent)
            copy_whole(source, target, digest, stop=stop)
    target = there.database(point.name)
    if not copy_whole(here.database(point.name), target, point.sha256, stop=stop):
        return False
    write_whole(there.path / f"{point.name}.json", manifest_of(point))
    return True
