"""Bringing a backup back, also where the database cannot be opened at all.

The backup is copied, upgraded, proved and given its entry in the journal in a folder of its own;
only then does it take the place of the file that is there, in one rename. What a kill leaves is
finished, or removed, by the next start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from gemba.domain.backup import BackupPoint
from gemba.domain.changes import Ref
from gemba.domain.errors import Damaged
from gemba.store.backup_files import BackupFolder
from gemba.store.backup_prove import prove
from gemba.store.backup_swap import ASIDE, RESTORING, clear
from gemba.store.backup_verdict import refuse_damaged
from gemba.store.faults import readable_faults
from gemba.store.files import (
    copy_whole,
    digest_of,
    link_or_copy,
    private_folder,
    set_aside,
)
from gemba.store.header import FILE_NAME
from gemba.store.own_files import SETTING, lay_own

Step = Callable[[], None]


def prepare_restore(
    data: Path,
    places: Sequence[BackupFolder],
    point: BackupPoint,
    *,
    key: bytes | None = None,
    who: str = "",
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    stop: Step = lambda: None,
) -> tuple[str, ...]:
    """Make a backup ready beside the data and bring its files back; nothing else changes.

    ``places`` are looked through in order for the database and for each photo. Returns the names
    of photos that no place has whole. Raises Damaged "backup.rotten" when no place has the
    database as it was written.
    """
    work = data / RESTORING
    with readable_faults():
        clear(work)
        private_folder(work)
        _fetch(places, point, work / FILE_NAME, stop)
        own = _note(work, point, key, who, now)
        refuse_damaged(prove(work / FILE_NAME, key, stop), work / FILE_NAME, key)
        lay_own(data, own)
        return bring_photos(data, places, point, stop=stop)


def _fetch(places: Sequence[BackupFolder], point: BackupPoint, target: Path, stop: Step) -> None:
    for place in places:
        database = place.database(point.name)
        if database.is_file() and copy_whole(database, target, point.sha256, stop=stop):
            return
    raise Damaged("backup.rotten", name=point.name)


def _note(
    work: Path, point: BackupPoint, key: bytes | None, who: str, now: Callable[[], datetime]
) -> str | None:
    """Upgrade the copy to this program's version, and say in its journal what it is.

    Returns the user's own files that it holds.
    """
    from gemba.store.opening import open_store

    with open_store(work, key=key, now=now) as store:
        store.note(
            Ref("backup", uuid4()),
            "restored",
            {"name": point.name, "made_at": point.made_at.astimezone(UTC).isoformat()},
            who=who,
        )
        return store.settings.get(SETTING)


def bring_photos(
    data: Path, places: Sequence[BackupFolder], point: BackupPoint, *, stop: Step = lambda: None
) -> tuple[str, ...]:
    """Put back each photo of a backup that is missing or damaged; returns those no place has."""
    gone: list[str] = []
    for name, digest in point.photos.items():
        stop()
        target = data / "photos" / name
        if target.is_file():
            if digest_of(target) == digest:
                continue
            set_aside(target, data / ASIDE, target.name)
            target.unlink()
        private_folder(target.parent)
        found = (place.photo(name) for place in places)
        if not any(one.is_file() and link_or_copy(one, target, digest) for one in found):
            gone.append(name)
    return tuple(gone)
