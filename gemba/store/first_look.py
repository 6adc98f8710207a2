"""A look at a data folder before SQLite touches it; the standard library only.

SQLite plays back whatever file lies beside a database as its journal. One that belongs to another
database, or to another state of this one (a sync tool brings such back), would be mixed into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from gemba.domain.errors import Damaged
from gemba.store.files import set_aside, sync_folder
from gemba.store.header import FILE_NAME
from gemba.store.lock import DataFolderBusy, FolderLock

ASIDE: Final = "aside"
_DATABASE: Final = b"SQLite format 3\x00"
_JOURNAL: Final = bytes.fromhex("d9d505f920a163d7")
_SALT: Final = 16
_SAME: Final = ((16, 24), (44, 48), (56, 60), (68, 72))
"""Bytes of a database's first page that no write of one program changes."""
_MOST_PAGES: Final = 200
_TABLE_LEAF: Final = 13
_JOURNAL_COLUMNS: Final = 13
_KNOWN: Final = ("-journal", "-wal", "-shm")


def refuse_vanished(path: Path) -> None:
    """Raise Damaged where a database is missing or empty and the folder shows that there was one.

    Otherwise an empty one would be made in its place, and nothing would seem wrong.
    """
    size = path.stat().st_size if path.exists() else None
    if not size and any(_traces(path.parent)):
        key = "damage.gone" if size is None else "damage.empty"
        raise Damaged(key, file=str(path))


def _traces(folder: Path) -> Iterator[Path]:
    """Return what only a folder with data in it holds."""
    yield from (folder / "backups").glob("*.db")
    yield from folder.glob("gemba-version-*.db")
    yield from (folder / "photos").glob("*/*")
    yield from (folder / ASIDE).glob("*.db")


def is_strange_journal(path: Path) -> bool:
    """Tell whether the journal beside a database cannot be its own; False where that is unknown."""
    try:
        with path.with_name(f"{path.name}-journal").open("rb") as file:
            head = file.read(28)
            if not head.strip(b"\0"):
                return False
            if len(head) < 28 or head[:8] != _JOURNAL:
                return True
            pages, sector, size = (int.from_bytes(head[n : n + 4], "big") for n in (16, 20, 24))
            held = _pages_of(file, sector, size)
        with path.open("rb") as file:
            now = file.read(65536)
    except OSError:
        return False
    if not now:
        return True
    first = held.get(1)
    if not now.startswith(_DATABASE):
        # Encrypted pages tell nothing but the salt, which stays; a torn first page tells nothing.
        return first is not None and size <= len(now) and _salts_differ(first, now)
    if _number(now, 16, 2) not in (size, 1 if size == 65536 else size):
        return True
    if first is None:
        return _number(now, 28, 4) != pages
    return not _states_of_one(first, now[:size]) or _is_of_another(path, held, size, now[20])


def _pages_of(file: BinaryIO, sector: int, size: int) -> dict[int, bytes]:
    """Return the pages a journal would put back, at most so many as say whose they are."""
    found: dict[int, bytes] = {}
    if not 512 <= size <= 65536 or not 32 <= sector <= 65536:
        return found
    length = file.seek(0, 2)
    for at in range(sector, length - size - 7, size + 8):
        file.seek(at)
        record = file.read(size + 4)
        number = _number(record, 0, 4)
        if number == 1 or len(found) < _MOST_PAGES:
            found[number] = record[4:]
    return found


def _is_of_another(path: Path, held: dict[int, bytes], size: int, reserved: int) -> bool:
    """Tell whether the entries in a journal's pages were written by another installation only.

    Two folders may have seen as many writes and have tables alike; nearly every write adds to the
    table of changes, whose rows name the installation.
    """
    from gemba.store.salvage_pages import Pages
    from gemba.store.salvage_trees import Forest

    loose = b"".join((bytes(size), *(page for number, page in held.items() if number > 1)))
    pages = Pages(loose, sizes=(size, reserved))
    writers: set[object] = set()
    for number in range(2, pages.count + 1):
        node = pages.node(number)
        for row in node.rows if node is not None and node.kind == _TABLE_LEAF else ():
            if len(row.values) == _JOURNAL_COLUMNS and 2 not in row.cut:
                writers.add(row.values[2])
    names = {value for value in writers if isinstance(value, str) and len(value) == 36}
    if not names:
        return False
    rows = Forest(Pages(path.read_bytes(), sizes=(size, reserved))).table("installation").rows
    ours = {row.values[0] for row in rows if row.values}
    return bool(ours) and not names & ours


def _states_of_one(before: bytes, now: bytes) -> bool:
    """Tell whether a first page can be the one before the write that the other came from."""
    if any(before[a:b] != now[a:b] for a, b in _SAME) or not before.startswith(_DATABASE):
        return False
    passed = (_number(now, 24, 4) - _number(before, 24, 4)) % (1 << 32)
    return before == now if passed == 0 else passed == 1


def _salts_differ(before: bytes, now: bytes) -> bool:
    # The database's own magic in the journal: the file was torn after a plain one was written.
    return before[:_SALT] != now[:_SALT] and not before.startswith(_DATABASE)


def _number(data: bytes, at: int, width: int) -> int:
    return int.from_bytes(data[at : at + width], "big")


def put_away_strange_journal(folder: Path) -> Path | None:
    """Move a journal that is not the database's own into ``aside``; return where it lies now.

    Nothing happens while another Gemba is at work: then it is that one's.
    """
    path = folder / FILE_NAME
    journal = path.with_name(f"{FILE_NAME}-journal")
    if not journal.exists() or not is_strange_journal(path):
        return None
    lock = FolderLock(folder)
    try:
        lock.take()
    except (DataFolderBusy, OSError):
        return None
    try:
        stem = f"gemba-{datetime.now(UTC):%Y-%m-%dT%H-%M-%SZ}"
        kept = set_aside(journal, folder / ASIDE, f"{stem}.db-journal")
        journal.unlink()
        sync_folder(folder)
    finally:
        lock.release()
    return kept


def copies_beside(folder: Path) -> tuple[Path, ...]:
    """Return other copies of the database that lie beside it, such as a sync tool's conflict copy.

    They are only named: nothing opens or merges them.
    """
    found: list[Path] = []
    try:
        for path in sorted(folder.iterdir()):
            name = path.name
            if name == FILE_NAME or name.startswith("gemba-version-") or not path.is_file():
                continue
            if any(name == f"{FILE_NAME}{end}" for end in _KNOWN) or "gemba" not in name.lower():
                continue
            with path.open("rb") as file:
                if ".db" in name and file.read(16) == _DATABASE:
                    found.append(path)
    except OSError:
        return ()
    return tuple(found)
