"""How far switching the encryption of a folder has come, and what the next start makes of it.

All that is new is written below ``rekey/new`` while nothing else changes. Once it is verified the
state says "switching": from then on each part changes places with its old one by a rename, and the
old ones go. A kill before that leaves the folder as it was, a kill after it is made good by going
on. Neither needs a passphrase. The standard library only.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Final, Literal, TypeAlias

from gemba.domain.errors import GembaError
from gemba.store.backup_keys import bring_manifests_along
from gemba.store.files import private_folder, sync_folder, write_whole
from gemba.store.header import FILE_NAME, KEY_NAME
from gemba.store.lock import FolderLock
from gemba.store.wiping import wipe_tree

Kind: TypeAlias = Literal["encrypt", "decrypt", "rewrap"]
Stage: TypeAlias = Literal["copying", "switching", "wiping"]

FOLDER_NAME: Final = "rekey"
PARTS: Final = (KEY_NAME, FILE_NAME, "photos", "backups", "aside")
"""What changes places, in this order: the key first, so that an encrypted file never lacks it."""

_STATE: Final = "state.json"
_FORMAT: Final = "gemba rekey 1"


class Rekeying:
    """The folder in which a folder's encryption is being switched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FOLDER_NAME
        self.new = self.path / "new"
        self.old = self.path / "old"

    def begin(self, kind: Kind) -> None:
        """Write down that new files are being made, before the first of them."""
        private_folder(self.path)
        self.note(kind, "copying")
        private_folder(self.new)
        private_folder(self.old)

    def note(self, kind: Kind, stage: Stage) -> None:
        """Write down how far it has come; "switching" is the point of no return."""
        told = {"format": _FORMAT, "kind": kind, "stage": stage}
        write_whole(self.path / _STATE, json.dumps(told).encode())

    def read(self) -> tuple[str, str] | None:
        """Return what is being done and how far it is; None where nothing valid is written."""
        try:
            told = json.loads((self.path / _STATE).read_bytes())
            if told["format"] == _FORMAT:
                return str(told["kind"]), str(told["stage"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            pass
        return None

    def switch(self, kind: Kind) -> None:
        """Let new parts and old ones change places; may be done again where it was broken off."""
        for name in PARTS:
            here, new, old = self.folder / name, self.new / name, self.old / name
            wanted = new.exists() or (kind == "decrypt" and name == KEY_NAME)
            if wanted and here.exists() and not old.exists():
                here.rename(old)
            if new.exists():
                new.rename(here)
            for changed in (self.folder, self.new, self.old):
                sync_folder(changed)
        if kind == "encrypt":
            self._move_loose_copies()
        self.note(kind, "wiping")

    def _move_loose_copies(self) -> None:
        """Copies that an upgrade laid beside the database are under lock in ``aside`` by now."""
        for path in loose_copies(self.folder):
            path.rename(self.old / path.name)

    def wipe(self, kind: Kind) -> None:
        """Remove the old files, those in plain by writing over them, and then the state."""
        if kind == "encrypt":
            wipe_tree(self.old) if self.old.exists() else None
        self.remove()

    def remove(self) -> None:
        """Remove whatever was made, and last of all the state."""
        for path in (self.new, self.old):
            shutil.rmtree(path, ignore_errors=True)
        (self.path / _STATE).unlink(missing_ok=True)
        shutil.rmtree(self.path, ignore_errors=True)
        sync_folder(self.folder)


def loose_copies(folder: Path) -> list[Path]:
    """Return the copies of the database that upgrades have left beside it."""
    stem, suffix = FILE_NAME.split(".")
    return sorted(folder.glob(f"{stem}-version-*.{suffix}"))


def finish_pending(folder: Path) -> None:
    """Finish or roll back what was broken off; raises DataFolderBusy while another is at it."""
    if not (folder / FOLDER_NAME).is_dir():
        return
    lock = FolderLock(folder)
    lock.take()
    try:
        finish_held(folder)
    finally:
        lock.release()


def finish_held(folder: Path) -> None:
    """Finish or roll back what was broken off, in a folder that this process holds."""
    job = Rekeying(folder)
    if not job.path.is_dir():
        return
    told = job.read()
    match told:
        case ("encrypt" | "decrypt") as kind, ("switching" | "wiping") as stage:
            if stage == "switching":
                job.switch(kind)
            job.wipe(kind)
        case "rewrap", _:
            bring_manifests_along(folder)
            job.remove()
        case None if (job.path / _STATE).exists():
            raise GembaError("key.unknown_state", folder=str(job.path))
        case _:
            job.remove()
