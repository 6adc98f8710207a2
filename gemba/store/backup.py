"""Making a backup: copied in steps between writes, synced, read again, proved, and only then named.

The pages are copied through the connection that writes. What is written meanwhile goes into the
copy as well, so that no copying ever begins anew, and no write waits for more than one step.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from gemba.domain.backup import BackupPoint
from gemba.domain.errors import Damaged
from gemba.domain.kinds import KINDS
from gemba.store.backup_files import BackupFolder, name_of
from gemba.store.backup_proof import Comparing, Rows, compare_rows
from gemba.store.backup_texts import other_queries, record_queries
from gemba.store.driver import Connection, connect, errors
from gemba.store.faults import readable_faults
from gemba.store.files import digest_of, link_or_copy, private_folder, sync_file
from gemba.store.header import NEWEST

T = TypeVar("T")
Step = Callable[[], None]

STEP_PAGES: Final = 64
"""A quarter of a megabyte: what one write may have to wait for."""
_SMALL_BYTES: Final = 2_000_000
"""A file up to this is proved here: starting a process would take longer."""


class Source(Protocol):
    """What a backup is made of: an open store."""

    def lend(self, work: Callable[[Connection, Step], T]) -> T:
        """Hand the writing connection to work that takes steps and gives way between them."""

    def photo_path(self, key: str) -> Path | None:
        """Return where a photo lies, None when it is gone."""

    @property
    def key(self) -> bytes | None:
        """The data key of an encrypted folder."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a database file says about itself once it was proved."""

    rows: Rows
    file: tuple[str, ...]
    digest: str
    bytes: int
    said: Mapping[str, Any]

    @property
    def sound(self) -> bool:
        """Tell whether nothing is wrong."""
        return self.rows.sound and not self.file


def make_backup(
    source: Source,
    folder: BackupFolder,
    *,
    made_at: datetime,
    reason: str,
    counter: int = 0,
    wrapped_key: Mapping[str, object] | None = None,
    stop: Step = lambda: None,
) -> BackupPoint:
    """Make one backup in a folder and return it; a backup that is not sound is never named.

    ``counter`` is the least place in the order it may take. Raises Damaged "backup.damaged" when
    the copy shows that the data are damaged, or GembaError for the disk. ``stop`` is called often
    and may raise; nothing is left then.
    """
    with readable_faults():
        folder.ready()
        number = max(counter, folder.next_counter())
        name = name_of(made_at, number)
        written = folder.unfinished(name)
        try:
            _copy(source, written, stop)
            found = prove(written, source.key, stop)
            _refuse_damaged(found, written, source.key)
            photos, gone = _keep_photos(source, folder, found.said["photos"], stop)
            point = BackupPoint(
                name=name,
                counter=number,
                made_at=made_at,
                reason=reason,
                bytes=found.bytes,
                sha256=found.digest,
                counts=found.said["counts"],
                photos=photos,
                photos_missing=gone,
                journal=found.said["journal"],
                journal_checksum=found.said["journal_checksum"],
                version=found.said["version"],
                installation=found.said["installation"],
                newest=found.said["newest"],
                key=wrapped_key,
            )
            folder.finish(point, written)
        except BaseException:
            _forget(written)
            raise
        return point


def _copy(source: Source, target: Path, stop: Step) -> None:
    """Copy all pages in steps into a new file, and sync it."""
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    copy = connect(target, "rw", source.key)
    try:
        # Nothing reads the copy before it is whole and synced, and a kill removes it.
        copy.execute("PRAGMA journal_mode=OFF")
        copy.execute("PRAGMA synchronous=OFF")
        source.lend(lambda writer, give_way: _in_steps(writer, copy, give_way, stop))
    finally:
        copy.close()
    sync_file(target)


def _in_steps(source: Connection, target: Connection, give_way: Step, stop: Step) -> None:
    def between(_status: int, remaining: int, _total: int) -> None:
        stop()
        if remaining:
            give_way()

    source.backup(target, pages=STEP_PAGES, progress=between, sleep=0.001)


def prove(path: Path, key: bytes | None, stop: Step = lambda: None) -> Found:
    """Read a database file whole: its pages, its references, and every row's checksum."""
    size = path.stat().st_size
    records, others = record_queries(), other_queries()
    if size <= _SMALL_BYTES:
        file, said = _look(path, key)
        rows = compare_rows(path, records | others, key) if _known(said) else Rows(0, {})
        return Found(rows, file, digest_of(path, stop=stop), size, said)
    # Two processes and two threads, of which none holds up the window.
    both = [Comparing(path, some, key) for some in (records, others)]
    try:
        with ThreadPoolExecutor(1) as pool:
            digest = pool.submit(digest_of, path, stop=stop)
            file, said = _look(path, key)
        stop()
        one, other = (comparing.result() for comparing in both)
    finally:
        for comparing in both:
            comparing.stop()
    failed = one.failed or other.failed
    rows = Rows(one.compared + other.compared, {**one.bad, **other.bad}, failed)
    return Found(rows if _known(said) else Rows(0, {}), file, digest.result(), size, said)


def _known(said: Mapping[str, Any]) -> bool:
    """Tell whether the rows are laid out as this program writes them."""
    return said.get("version") == NEWEST


def _look(path: Path, key: bytes | None) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Return what SQLite finds wrong with a file, and what the file says about itself."""
    try:
        connection = connect(path, "ro", key)
        try:
            return _file_trouble(connection), _said(connection)
        finally:
            connection.close()
    except errors() as error:
        return (str(error) or type(error).__name__,), {}


def _file_trouble(connection: Connection) -> tuple[str, ...]:
    found: list[str] = []
    for pragma in ("quick_check", "foreign_key_check"):
        rows = connection.execute(f"PRAGMA {pragma}").fetchmany(20)
        found += [" ".join(str(part) for part in row) for row in rows if row[0] != "ok"]
    return tuple(found)


def _said(connection: Connection) -> dict[str, Any]:
    def one(query: str, *given: object) -> tuple[Any, ...]:
        return connection.execute(query, given).fetchone() or ()

    living = "SELECT count(*) FROM {} WHERE deleted_at IS NULL"
    number, checksum = one("SELECT number, checksum FROM journal ORDER BY number DESC LIMIT 1") or (
        0,
        "",
    )
    kind, record = one(
        "SELECT kind, record_id FROM journal WHERE kind <> 'link' ORDER BY number DESC LIMIT 1"
    ) or ("", "")
    title, day = one(
        "SELECT title, coalesce(on_date, '') FROM search_entry"
        " WHERE record_id = ? AND NOT private AND title <> '' LIMIT 1",
        record,
    ) or ("", "")
    return {
        "version": one("PRAGMA user_version")[0],
        "counts": {kind: one(living.format(kind))[0] for kind in KINDS},
        "photos": [row[0] for row in connection.execute("SELECT hash FROM photo ORDER BY hash")],
        "journal": number,
        "journal_checksum": checksum,
        "installation": (one("SELECT id FROM installation") or ("",))[0],
        "newest": (kind, title, day),
    }


def _refuse_damaged(found: Found, path: Path, key: bytes | None) -> None:
    """Raise Damaged unless all is well; the slow look decides about rows that differ."""
    if found.file:
        raise Damaged("backup.damaged", what=found.file[0])
    if found.rows.sound:
        return
    wrong = rows_wrong(path, key)
    if wrong:
        raise Damaged("backup.damaged", what=wrong)


def rows_wrong(path: Path, key: bytes | None) -> str:
    """Name the first row that is not what was written, "" where all are."""
    from gemba.store.check import check_all
    from gemba.store.engine import read_engine
    from gemba.store.photos import Photos

    engine = read_engine(path, file_is_writable=False)
    try:
        report = check_all(engine, Photos(path.parent / "no photos", lambda: engine.connect()))
    finally:
        engine.dispose()
    if report.file:
        return report.file[0]
    for one in report.damaged:
        return f"{one.kind} {one.ref.id if one.ref else ''}".strip()
    return f"journal {report.journal[0]}" if report.journal else ""


def _keep_photos(
    source: Source, folder: BackupFolder, keys: Iterable[str], stop: Step
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


def _forget(path: Path) -> None:
    """Remove what was not finished; where its place is gone there is nothing to remove."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
