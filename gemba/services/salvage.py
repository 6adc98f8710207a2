"""Saving what a damaged data folder still holds; its files are only read, or laid aside whole."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING

from gemba.domain.errors import BadInput, GembaError
from gemba.domain.salvaged import PartOf, SalvageReport, words_of

if TYPE_CHECKING:
    from gemba.store.salvage import Salvaged
    from gemba.store.salvage_rows import Piece
    from gemba.store.salvage_write import Kept

Tell = Callable[[int, int], None]
Mark = Callable[[str], str]


def salvage_into(
    folder: Path, out: Path, mark: Mark, tell: Tell | None = None, *, key: bytes | None = None
) -> SalvageReport:
    """Write what can be read of a data folder into a new folder, or a file that ends in .json.

    The file has everything, private notes too, and is a zip where there are photos; from an
    encrypted folder either is under the same passphrase. ``tell`` hears
    how far it is, in steps done and in all, and may raise to stop. Raises BadInput
    "salvage.nothing" where nothing can be read, and "salvage.not_empty" for a place that holds
    something.
    """
    if out.suffix.lower() != ".json":
        report = _salvage(folder, out, mark, tell, key=key)
        _bring_key(folder, out, key)
        return report
    if out.exists():
        raise BadInput("salvage.not_empty", folder=str(out))
    with TemporaryDirectory(prefix="gemba-") as made:
        new = Path(made) / "new"
        report = _salvage(folder, new, mark, tell, key=key)
        _bring_key(folder, new, key)
        _export(new, out, key)
    return report


def _bring_key(folder: Path, out: Path, key: bytes | None) -> None:
    """Have a new encrypted folder open with the passphrase of the old one."""
    if key is None:
        return
    from gemba.store.files import write_whole
    from gemba.store.header import KEY_NAME

    write_whole(out / KEY_NAME, (folder / KEY_NAME).read_bytes())


def look_into(
    folder: Path, mark: Mark, tell: Tell | None = None, *, key: bytes | None = None
) -> tuple[Path, SalvageReport]:
    """Write what can be read into a folder that lasts as long as whoever looks needs it."""
    made = Path(mkdtemp(prefix="gemba-look-"))
    try:
        return made / "look", _salvage(folder, made / "look", mark, tell, key=key)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def end_look(look: Path) -> None:
    """Remove what look_into made."""
    shutil.rmtree(look.parent, ignore_errors=True)


def salvage_in_place(
    folder: Path,
    mark: Mark,
    now: Callable[[], datetime],
    tell: Tell | None = None,
    *,
    key: bytes | None = None,
) -> SalvageReport:
    """Let what can be read take the place of a damaged database, which is laid aside as it is.

    Nothing changes before all of it is written and proved; a kill leaves the old or the new.
    Raises DataFolderBusy, what salvage_into raises, and GembaError for the disk.
    """
    from gemba.store.backup_swap import RESTORING, clear, put_in_place
    from gemba.store.faults import readable_faults
    from gemba.store.lock import FolderLock

    work = folder / RESTORING
    lock = FolderLock(folder)
    with readable_faults():
        lock.take()
        try:
            clear(work)
            report = _salvage(folder, work, mark, tell, key=key, photos=False)
            _prove(work, key)
            put_in_place(folder, keep_old=True, at=now())
        except BaseException:
            clear(work)
            raise
        finally:
            lock.release()
    return report


def begin_anew(folder: Path, now: Callable[[], datetime], *, key: bytes | None = None) -> None:
    """Lay a database that nothing can be read from aside, so that the folder begins empty."""
    from gemba.store.backup_swap import RESTORING, clear, put_in_place
    from gemba.store.faults import readable_faults
    from gemba.store.files import private_folder
    from gemba.store.lock import FolderLock
    from gemba.store.opening import open_store

    lock = FolderLock(folder)
    with readable_faults():
        lock.take()
        try:
            clear(folder / RESTORING)
            private_folder(folder / RESTORING)
            open_store(folder / RESTORING, key=key).close()
            put_in_place(folder, keep_old=True, at=now())
        finally:
            lock.release()


def _salvage(
    folder: Path,
    out: Path,
    mark: Mark,
    tell: Tell | None,
    *,
    key: bytes | None,
    photos: bool = True,
) -> SalvageReport:
    from gemba.store.header import FILE_NAME
    from gemba.store.own_files import SETTING, own_files
    from gemba.store.salvage import salvage_file
    from gemba.store.salvage_photos import photos_beside
    from gemba.store.salvage_write import write_folder

    source = folder / FILE_NAME
    found = salvage_file(source, tell=tell, key=key)
    if not found.sound and not found.partly:
        raise BadInput("salvage.nothing", file=str(source))
    own = own_files(folder)
    if own and photos:
        # The files themselves are whole; the copy in the database may be older.
        found.settings[SETTING] = json.dumps(own, ensure_ascii=False)
    beside = photos_beside(folder, found)
    kept = write_folder(found, out, beside, mark, key=key, copy_photos=photos)
    return _report(found, kept)


def _prove(work: Path, key: bytes | None) -> None:
    """Open what was written and look through it, before anything takes its place."""
    from gemba.store.opening import open_store

    with open_store(work, key=key) as store:
        report = store.check()
    if report.file or report.damaged or report.journal:
        raise GembaError("salvage.not_proved")


def _export(folder: Path, out: Path, key: bytes | None) -> None:
    from gemba.services.bundle import sealing
    from gemba.services.exchange_out import write_data
    from gemba.services.exports import writing
    from gemba.store.opening import open_store

    with open_store(folder, key=key, write=False) as store, writing(out) as made:
        with sealing(store, made.file) as inside:
            write_data(store, inside, private=True)


def _report(found: Salvaged, kept: Kept) -> SalvageReport:
    origins = Counter(piece.origin for piece in found.sound.values())
    return SalvageReport(
        sound=dict(Counter(ref.kind for ref in found.sound)),
        partly=tuple(_part_of(piece) for piece in found.partly.values()),
        lost=found.lost,
        from_journal=origins["journal"],
        left_over=origins["left over"],
        stand_ins=kept.stand_ins,
        photos=kept.photos,
        photos_missing=kept.photos_missing,
        entries=len(found.entries),
        entries_lost=found.entries_lost,
    )


def _part_of(piece: Piece) -> PartOf:
    return PartOf(ref=piece.ref, words=words_of(piece.plain), lost_fields=tuple(sorted(piece.cut)))
