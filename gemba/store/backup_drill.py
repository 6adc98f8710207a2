"""Proving that a backup would bring everything back, by bringing it back somewhere else."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from gemba.domain.backup import BackupPoint, Drill
from gemba.domain.errors import GembaError
from gemba.domain.health import CheckReport
from gemba.store.backup_files import BackupFolder
from gemba.store.backup_restore import prepare_restore
from gemba.store.backup_swap import RESTORING
from gemba.store.check_copy import check_folder
from gemba.store.files import private_folder

Trouble = tuple[str, Mapping[str, object]]
Look = Callable[[Path, bytes | None, Callable[[], None]], CheckReport]


def drill(
    places: Sequence[BackupFolder],
    point: BackupPoint,
    work: Path,
    *,
    key: bytes | None,
    at: datetime,
    stop: Callable[[], None] = lambda: None,
    look: Look = check_folder,
) -> Drill:
    """Restore a backup into ``work``, look through everything, compare it with what was written.

    ``look`` is given the restored folder, its key and ``stop``. The folder is removed
    again. Raises GembaError only where the folder itself cannot be written, or the look broke off.
    """
    began = time.perf_counter()
    shutil.rmtree(work, ignore_errors=True)
    private_folder(work)
    try:
        try:
            gone = prepare_restore(work, places, point, key=key, stop=stop)
        except GembaError as error:
            if not error.key.startswith(("backup.rotten", "backup.damaged", "store.damaged")):
                raise
            trouble: list[Trouble] = [(error.key, dict(error.values))]
            return _told(point, at, began, 0, 0, trouble)
        stop()
        restored = work / RESTORING
        if (work / "photos").is_dir():
            (work / "photos").replace(restored / "photos")
        report = look(restored, key, stop)
        found = _compare(point, report, gone)
        return _told(point, at, began, sum(report.counts.values()), report.photos, found)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _compare(point: BackupPoint, report: CheckReport, gone: Sequence[str]) -> list[Trouble]:
    found: list[Trouble] = [("check.file", {"reason": reason}) for reason in report.file]
    for one in report.damaged:
        ref = one.ref.id if one.ref else ""
        found.append(("check.record", {"kind": one.kind, "id": ref, "reason": one.reason}))
    found += [("check.entry", {"number": number}) for number in report.journal]
    found += [("check.different", {"what": what}) for what in report.other]
    known = set(point.photos_missing)
    # The look names photos by what records call them; what was not fetched is among those.
    lost = {one for one in report.photos_missing if one not in known} or set(gone)
    found += [("check.photo_missing", {"photo": one}) for one in sorted(lost)]
    found += [("check.photo_damaged", {"photo": one}) for one in report.photos_damaged]
    for kind, count in point.counts.items():
        if report.counts.get(kind, 0) != count:
            values = {"kind": kind, "count": report.counts.get(kind, 0), "wanted": count}
            found.append(("backup.counts_differ", values))
    return found


def _told(
    point: BackupPoint,
    at: datetime,
    began: float,
    records: int,
    photos: int,
    trouble: Sequence[Trouble],
) -> Drill:
    return Drill(
        name=point.name,
        at=at,
        records=records,
        photos=photos,
        seconds=time.perf_counter() - began,
        trouble=tuple(trouble),
    )
