"""A backup of what is sound of damaged data, under a reason that says so."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from gemba.domain.backup import WHAT_IS_SOUND, BackupPoint
from gemba.store.backup import copy_pages
from gemba.store.backup_files import BackupFolder, name_of
from gemba.store.backup_photos import keep_photos
from gemba.store.backup_prove import prove
from gemba.store.backup_swap import SAVING
from gemba.store.backup_verdict import refuse_damaged
from gemba.store.faults import readable_faults
from gemba.store.files import private_folder, sync_file
from gemba.store.header import FILE_NAME
from gemba.store.salvage import salvage_file
from gemba.store.salvage_photos import photos_beside
from gemba.store.salvage_write import write_folder

if TYPE_CHECKING:
    from gemba.store.store import Store

_TORN: Final = "torn.db"


def make_partial(
    store: Store,
    folder: BackupFolder,
    *,
    made_at: datetime,
    mark: Callable[[str], str],
    counter: int = 0,
    wrapped_key: Mapping[str, object] | None = None,
    stop: Callable[[], None] = lambda: None,
) -> BackupPoint | None:
    """Save record by record what the data still hold, prove that, and name it as a backup.

    ``mark`` stands before the words of a record of which a part is lost. The damaged file is only
    read. Returns None where nothing can be read, or nothing was written since the last such
    backup; raises GembaError for the disk, and leaves nothing then.
    """
    reached = store.mark()
    newest = next((one for one in reversed(folder.points()) if one.partial), None)
    if newest is not None and (newest.journal, newest.journal_checksum) == (
        reached.number,
        reached.last,
    ):
        return None
    work = store.folder / SAVING
    with readable_faults():
        folder.ready()
        shutil.rmtree(work, ignore_errors=True)
        private_folder(work)
        number = max(counter, folder.next_counter())
        written = folder.unfinished(name_of(made_at, number))
        try:
            copy_pages(store, work / _TORN, stop)
            found = salvage_file(work / _TORN, tell=lambda _done, _all: stop(), key=store.key)
            if not found.sound:
                return None
            beside = photos_beside(store.folder, found)
            write_folder(found, work / "new", beside, mark, key=store.key, copy_photos=False)
            stop()
            shutil.copyfile(work / "new" / FILE_NAME, written)
            written.chmod(0o600)
            sync_file(written)
            proved = prove(written, store.key, stop)
            refuse_damaged(proved, written, store.key)
            photos, gone = keep_photos(store, folder, proved.said["photos"], stop)
            point = proved.point(
                name_of(made_at, number),
                number,
                made_at,
                WHAT_IS_SOUND,
                photos=photos,
                photos_missing=gone,
                key=wrapped_key,
            )
            # How far the damaged data reach, so that the same are not saved again.
            told = replace(point, journal=reached.number, journal_checksum=reached.last)
            folder.finish(told, written)
            return told
        finally:
            shutil.rmtree(work, ignore_errors=True)
            written.unlink(missing_ok=True)
