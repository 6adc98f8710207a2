"""A backup before the tables change, made of a file that is closed."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from gemba.domain.backup import BackupPoint
from gemba.domain.errors import Damaged
from gemba.store.backup_files import FOLDER_NAME, BackupFolder, name_of
from gemba.store.backup_keys import wrapped_of
from gemba.store.backup_photos import keep_all_photos
from gemba.store.backup_prove import prove
from gemba.store.files import sync_file


def keep_before_upgrade(path: Path, key: bytes | None = None) -> BackupPoint:
    """Copy a database file as it is, prove the copy, and count it as a backup.

    Every photo file goes with it, since only an open store knows which of them is named how. Raises
    Damaged where the copy is not sound: such a file is better not changed. Whatever goes
    wrong leaves nothing behind.
    """
    folder = BackupFolder(path.parent / FOLDER_NAME)
    folder.ready()
    made_at, counter = datetime.now(UTC), folder.next_counter()
    written = folder.unfinished(name_of(made_at, counter))
    try:
        os.close(os.open(written, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        shutil.copyfile(path, written)
        sync_file(written)
        found = prove(written, key)
        if found.file:
            raise Damaged("backup.damaged", what=found.file[0])
        photos = keep_all_photos(path.parent / "photos", folder)
        point = found.point(
            name_of(made_at, counter),
            counter,
            made_at,
            "before migration",
            photos=photos,
            photos_missing=(),
            key=wrapped_of(path.parent) if key is not None else None,
        )
        folder.finish(point, written)
    except BaseException:
        written.unlink(missing_ok=True)
        raise
    return point
