"""The photos of a backup: each once, as a second name of the file that is there already."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from gemba.store.backup_files import BackupFolder
from gemba.store.files import digest_of, link_or_copy, private_folder

Step = Callable[[], None]


class HasPhotos(Protocol):
    """Whatever knows where photos lie."""

    def photo_path(self, key: str) -> Path | None:
        """Return where a photo lies, None when it is gone."""


def keep_photos(
    source: HasPhotos, folder: BackupFolder, keys: Iterable[str], stop: Step = lambda: None
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Make sure that each photo lies in the folder, whole; return their names and what is gone."""
    known = {name: digest for point in folder.points() for name, digest in point.photos.items()}
    by_hash = {name.split("/")[1].partition(".")[0]: name for name in known}
    kept: dict[str, str] = {}
    gone: list[str] = []
    for key in keys:
        stop()
        path = source.photo_path(key)
        name = f"{path.parent.name}/{path.name}" if path is not None else by_hash.get(key, "")
        digest = known.get(name) or (key if path is None or path.stem == key else digest_of(path))
        if name and _in_folder(folder.photo(name), path, digest, name in known):
            kept[name] = digest
        else:
            gone.append(key)
    return kept, tuple(gone)


def _in_folder(target: Path, path: Path | None, digest: str, known: bool) -> bool:
    """Tell whether a photo lies in the folder, after putting it there where it was missing."""
    if target.is_file() and (known or digest_of(target) == digest):
        return True
    target.unlink(missing_ok=True)
    if path is None:
        return False
    private_folder(target.parent)
    return link_or_copy(path, target, digest)


def keep_all_photos(photos: Path, folder: BackupFolder) -> dict[str, str]:
    """Make sure that every photo file lies in the folder; return their names and digests."""
    known = {name: digest for point in folder.points() for name, digest in point.photos.items()}
    kept: dict[str, str] = {}
    for path in sorted(photos.glob("[!.]*/[!.]*")):
        name = f"{path.parent.name}/{path.name}"
        digest = known.get(name) or digest_of(path)
        if _in_folder(folder.photo(name), path, digest, name in known):
            kept[name] = digest
    return kept
