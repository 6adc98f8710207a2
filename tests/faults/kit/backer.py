"""Makes or brings back a backup and kills itself at the nth touch of the disk.

``python -m tests.faults.kit.backer FOLDER backup|restore NUMBER [NAME] [--broken]``. With 0 it
lives and says how often it touched the disk. A step of copying or digesting counts as a touch.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from gemba.services.restoring import restore_backup
from gemba.store import backup_files, backup_swap, files
from gemba.store.backup import make_backup
from gemba.store.backup_files import BackupFolder, manifest_of
from gemba.store.header import FILE_NAME
from gemba.store.opening import open_store

_TOUCHES = frozenset(
    {
        "open",
        "os.rename",
        "os.remove",
        "os.mkdir",
        "os.rmdir",
        "os.link",
        "shutil.rmtree",
        "shutil.copyfile",
        "sqlite3.connect",
    }
)
_BLOCK = 1 << 16


class Touches:
    """Counts, and dies before the nth."""

    def __init__(self, folder: Path, number: int) -> None:
        self.count = 0
        self.number = number
        inside = str(folder)

        def hear(event: str, arguments: tuple[object, ...]) -> None:
            if event in _TOUCHES and any(inside in str(one) for one in arguments):
                self.one()

        sys.addaudithook(hear)

    def one(self) -> None:
        """Touch the disk."""
        self.count += 1
        if self.count == self.number:
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("work", choices=["backup", "restore"])
    parser.add_argument("number", type=int)
    parser.add_argument("name", nargs="?", default="")
    parser.add_argument("--broken", action="store_true")
    given = parser.parse_args()
    touches = Touches(given.folder, given.number)
    if given.work == "backup":
        _back_up(given.folder, touches, given.broken)
    else:
        if given.broken:
            _break_restoring(touches)
        restore_backup(given.folder, given.name)
    print(touches.count, flush=True)


def _back_up(folder: Path, touches: Touches, broken: bool) -> None:
    backups = BackupFolder(folder / backup_files.FOLDER_NAME)
    if broken:
        _write_in_place(backups, folder / FILE_NAME, touches)
        return
    with open_store(folder) as store:
        make_backup(store, backups, made_at=datetime.now(UTC), reason="asked for", stop=touches.one)


def _write_in_place(backups: BackupFolder, database: Path, touches: Touches) -> None:
    """Say that there is a backup, and then write it under the name it keeps."""
    from dataclasses import replace

    counter = backups.next_counter()
    name = backup_files.name_of(datetime.now(UTC), counter)
    before = backups.points()[-1]
    digest = files.digest_of(database)
    point = replace(before, name=name, counter=counter, sha256=digest)
    (backups.path / f"{name}.json").write_bytes(manifest_of(point))
    _in_blocks(database, backups.database(name), touches)


def _break_restoring(touches: Touches) -> None:
    """Write over the database that is there, block by block, and remember nowhere that one does."""

    def over(data: Path, **_: object) -> None:
        _in_blocks(data / backup_swap.RESTORING / FILE_NAME, data / FILE_NAME, touches)
        backup_swap.clear(data / backup_swap.RESTORING)

    backup_swap.put_in_place = over  # type: ignore[assignment]


def _in_blocks(source: Path, target: Path, touches: Touches) -> None:
    with source.open("rb") as reading, target.open("wb") as writing:
        while block := reading.read(_BLOCK):
            touches.one()
            writing.write(block)
            writing.flush()


if __name__ == "__main__":
    main()
