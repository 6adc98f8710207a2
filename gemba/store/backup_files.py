"""The folder of backups: names, manifests, photos by hash, and what a kill left behind.

A backup is ``NAME.db`` with ``NAME.json`` beside it; it counts once both are there. Photos lie
once each under ``photos/``, as second names of the files in the data folder where that works.
The standard library only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from gemba.domain.backup import BackupPoint, moment_of
from gemba.domain.errors import NotFound
from gemba.store.files import (
    UNFINISHED,
    digest_of,
    private_folder,
    sync_folder,
    write_synced,
)

FOLDER_NAME: Final = "backups"
_FORMAT: Final = "gemba backup 1"
_NAME: Final = re.compile(r"\d{4,5}-\d\d-\d\dT\d\d-\d\d-\d\dZ-(\d{6,12})")
_PHOTO: Final = re.compile(r"[0-9A-Za-z_-]{2}/[0-9A-Za-z_-]{16,128}(\.[a-z0-9]{3,5})?")
_GOING: Final = ".gone"
"""Ends the name a manifest has while its backup is being removed."""
_MOST_COUNTED: Final = 10**11
"""A place in the order that no folder reaches by itself: whoever wrote it would use it up."""
_AHEAD: Final = timedelta(days=3660)
_UNREADABLE: Final = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
    OverflowError,
)


class BackupFolder:
    """One place that holds backups, here or on a stick."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.photos = path / "photos"

    def ready(self) -> None:
        """Make the folder where it is missing; finish or remove what a kill left half done."""
        private_folder(self.photos)
        for manifest in self.path.glob(f"{UNFINISHED}*.json"):
            self._finish(manifest)
        for going in self.path.glob(f"{UNFINISHED}*{_GOING}"):
            name = going.name.removeprefix(UNFINISHED).removesuffix(_GOING)
            self.database(name).unlink(missing_ok=True)
        for left in self._unfinished():
            left.unlink(missing_ok=True)
        for path in self.lone():
            # Nothing was ever in it; whatever else is there may be worth something to somebody.
            if not path.stat().st_size:
                path.unlink()

    def is_unfinished(self) -> bool:
        """Tell whether a kill left something half done here."""
        return next(self._unfinished(), None) is not None

    def _finish(self, manifest: Path) -> None:
        """Let a backup count whose database had its name already when the process was killed."""
        named = self.path / manifest.name.removeprefix(UNFINISHED)
        point = read_manifest(manifest, named.stem)
        database = self.database(named.stem)
        if point is not None and database.is_file() and digest_of(database) == point.sha256:
            manifest.replace(named)
            sync_folder(self.path)

    def points(self) -> list[BackupPoint]:
        """Return the backups that are whole, in the order they were made."""
        found: list[BackupPoint] = []
        for path in self._manifests():
            point = read_manifest(path)
            if point is not None and self.database(point.name).is_file():
                found.append(point)
        return sorted(found, key=lambda point: (point.counter, point.made_at))

    def whole_points(self) -> list[BackupPoint]:
        """Return the backups whose databases have the size they were written with."""
        return [
            point
            for point in self.points()
            if self.database(point.name).stat().st_size == point.bytes
        ]

    def glance(self) -> tuple[datetime | None, int]:
        """Return when the newest backup was made and how many there are, without opening one."""
        names = sorted(path.stem for path in self._manifests())
        newest = max(names, key=lambda name: int(name.rpartition("-")[2]), default="")
        return (moment_of(newest) if newest else None), len(names)

    def point(self, name: str) -> BackupPoint:
        """Return one backup; raises NotFound."""
        for point in self.points():
            if point.name == name:
                return point
        raise NotFound("backup.unknown", name=name)

    def database(self, name: str) -> Path:
        """Return where the database of a backup lies."""
        return self.path / f"{name}.db"

    def unfinished(self, name: str) -> Path:
        """Return where the database of a backup is written."""
        return self.path / f"{UNFINISHED}{name}.db"

    def photo(self, name: str) -> Path:
        """Return where a photo lies; ``name`` is that of its file below photos/."""
        return self.photos / name

    def next_counter(self) -> int:
        """Return a place in the order behind every backup that is or was begun here."""
        taken = [0]
        for path in self._entries():
            match = _NAME.search(path.name)
            if match is not None and int(match.group(1)) < _MOST_COUNTED:
                taken.append(int(match.group(1)))
        return max(taken) + 1

    def finish(self, point: BackupPoint, written: Path) -> None:
        """Give a verified database its name, and then the manifest that makes it count."""
        manifest = self.path / f"{UNFINISHED}{point.name}.json"
        write_synced(manifest, manifest_of(point))
        written.replace(self.database(point.name))
        sync_folder(self.path)
        manifest.replace(self.path / f"{point.name}.json")
        sync_folder(self.path)

    def remove(self, points: Iterable[BackupPoint]) -> None:
        """Remove backups and the photos that no other one names; a kill leaves none half gone."""
        gone = list(points)
        if not gone:
            return
        marks = [self.path / f"{UNFINISHED}{point.name}{_GOING}" for point in gone]
        for point, mark in zip(gone, marks, strict=True):
            with suppress(FileNotFoundError):
                (self.path / f"{point.name}.json").replace(mark)
        sync_folder(self.path)
        for point, mark in zip(gone, marks, strict=True):
            self.database(point.name).unlink(missing_ok=True)
            mark.unlink(missing_ok=True)
        sync_folder(self.path)
        self.remove_unused_photos()

    def lone(self) -> list[Path]:
        """Return databases without a readable manifest: kept, but they never count."""
        known = {point.name for point in self.points()}
        return [
            path
            for path in self._entries()
            if path.suffix == ".db" and _NAME.fullmatch(path.stem) and path.stem not in known
        ]

    def remove_unused_photos(self) -> None:
        """Remove the photos that no backup names; what a link leads to is not ours."""
        if self.lone() or len(self.points()) != sum(1 for _ in self._manifests()):
            # What a manifest that cannot be read names is not known, so nothing goes.
            return
        wanted = {name for point in self.points() for name in point.photos}
        for folder in self._photo_folders():
            for path in folder.glob("*"):
                name = f"{folder.name}/{path.name}"
                if name not in wanted and _PHOTO.fullmatch(name):
                    path.unlink(missing_ok=True)

    def _photo_folders(self) -> Iterator[Path]:
        for folder in () if self.photos.is_symlink() else self.photos.glob("*"):
            if not folder.is_symlink():
                yield folder

    def _entries(self) -> list[Path]:
        return sorted(self.path.iterdir()) if self.path.is_dir() else []

    def _manifests(self) -> Iterator[Path]:
        for path in self._entries():
            if path.suffix == ".json" and _NAME.fullmatch(path.stem):
                yield path

    def _unfinished(self) -> Iterator[Path]:
        for folder in (self.path, *self._photo_folders()):
            yield from folder.glob(f"{UNFINISHED}*")


def name_of(made_at: datetime, counter: int) -> str:
    """Name a backup so that names sort as they were made, and say when that was."""
    return f"{made_at.astimezone(UTC):%Y-%m-%dT%H-%M-%SZ}-{counter:06d}"


def manifest_of(point: BackupPoint) -> bytes:
    """Write what is known about a backup."""
    plain: dict[str, Any] = {"format": _FORMAT, **asdict(point)}
    plain["made_at"] = point.made_at.astimezone(UTC).isoformat()
    return json.dumps(plain, ensure_ascii=False, sort_keys=True).encode("utf-8")


def read_manifest(path: Path, name: str = "") -> BackupPoint | None:
    """Read what manifest_of wrote, of the backup of this name; None for anything else."""
    try:
        plain = json.loads(path.read_bytes())
        if plain.pop("format") != _FORMAT or plain["name"] != (name or path.stem):
            return None
        made_at = datetime.fromisoformat(plain.pop("made_at"))
        kind, title, day = (str(word) for word in plain.pop("newest"))
        point = BackupPoint(
            made_at=made_at,
            newest=(kind, title, day),
            photos_missing=tuple(str(one) for one in plain.pop("photos_missing")),
            photos={_photo(name): str(digest) for name, digest in plain.pop("photos").items()},
            counts={str(kind): int(count) for kind, count in plain.pop("counts").items()},
            **plain,
        )
        return point if _is_sensible(point) else None
    except _UNREADABLE:
        return None


def _is_sensible(point: BackupPoint) -> bool:
    """Tell whether what a stranger may have written is of the kinds and sizes it has to be.

    Raises OverflowError for an instant with which no day can be counted.
    """
    point.made_at.astimezone(UTC) + _AHEAD
    words = (point.reason, point.sha256, point.journal_checksum, point.installation)
    numbers = (point.counter, point.bytes, point.journal, point.version)
    return (
        point.made_at.tzinfo is not None
        and all(type(one) is str for one in words)
        and all(type(one) is int and one >= 0 for one in numbers)
        and point.counter < 10 * _MOST_COUNTED
        and (point.key is None or type(point.key) is dict)
    )


def _photo(name: str) -> str:
    """Return the name of a photo's file; raises ValueError for one that leaves the folder."""
    if not _PHOTO.fullmatch(name):
        raise ValueError(name)
    return name
