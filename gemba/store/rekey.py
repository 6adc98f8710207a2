"""Switching the encryption of a whole folder on and off: database, photos, backups, set aside.

Everything is written anew below ``rekey/new`` and read back before anything changes places; see
rekey_state for what a kill leaves. The folder must be held by this process and its store closed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from gemba.domain.errors import Damaged, GembaError
from gemba.store.attached import NAME, suffix_of
from gemba.store.backup_files import FOLDER_NAME as BACKUPS
from gemba.store.backup_files import manifest_of, read_manifest
from gemba.store.backup_swap import WORKING, finish_restore
from gemba.store.faults import readable_faults
from gemba.store.files import UNFINISHED, digest_of, private_folder, sync_folder, write_whole
from gemba.store.header import FILE_NAME, KEY_NAME
from gemba.store.keys import WrappedKey, new_key, write_key_file
from gemba.store.lock import FolderLock
from gemba.store.rekey_copy import copy_database, photo_hashes, seal_key_of
from gemba.store.rekey_state import Kind, Rekeying, finish_held, loose_copies
from gemba.store.sealed import SEALED, Seal, new_seal_key
from gemba.store.wiping import wipe_tree

Progress = Callable[[int, int], None]
"""Hears how many files are done, and of how many; may raise to stop."""


@dataclass(frozen=True, slots=True)
class _Locks:
    """What opens the old files and what the new ones are closed with; None stands for plain."""

    kind: Kind
    old: bytes | None
    new: bytes | None
    seal_key: str
    wrapped: WrappedKey | None


def encrypt_folder(folder: Path, passphrase: str, progress: Progress | None = None) -> bytes:
    """Encrypt a plain folder and return its new data key.

    Raises BadInput for what is no passphrase and GembaError where the disk fails, is full or the
    data are damaged; then everything is as it was.
    """
    key, wrapped = new_key(passphrase)
    with readable_faults(), _Held(folder):
        if (folder / KEY_NAME).exists():
            raise GembaError("key.already_set")
        locks = _Locks("encrypt", None, key, new_seal_key(), wrapped)
        _run(folder, locks, progress or _silent)
    return key


def decrypt_folder(folder: Path, key: bytes, progress: Progress | None = None) -> None:
    """Write an encrypted folder in plain again; raises as encrypt_folder does."""
    with readable_faults(), _Held(folder):
        if not (folder / KEY_NAME).exists():
            raise GembaError("key.not_set")
        seal_key = seal_key_of(folder / FILE_NAME, key)
        _run(folder, _Locks("decrypt", key, None, seal_key, None), progress or _silent)


def _silent(_done: int, _total: int) -> None:
    return


class _Held:
    """Holds a folder for a while, in which what was broken off before is settled first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FolderLock(folder)

    def __enter__(self) -> None:
        self._lock.take()
        try:
            finish_restore(self._folder)
            for name in WORKING:
                # A copy that a kill left there is neither wanted nor under the lock.
                if (self._folder / name).exists():
                    wipe_tree(self._folder / name)
            finish_held(self._folder)
        except BaseException:
            self._lock.release()
            raise

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _run(folder: Path, locks: _Locks, progress: Progress) -> None:
    job = Rekeying(folder)
    with readable_faults():
        job.begin(locks.kind)
        try:
            _Copying(job, locks, progress).run()
        except BaseException:
            job.remove()
            raise
        job.note(locks.kind, "switching")
        job.switch(locks.kind)
        job.wipe(locks.kind)


class _Copying:
    """Writes every part of a folder anew and reads it back."""

    def __init__(self, job: Rekeying, locks: _Locks, progress: Progress) -> None:
        self._job = job
        self._folder = job.folder
        self._locks = locks
        self._seal = Seal(locks.seal_key)
        self._progress = progress
        self._done = 0
        self._total = sum(1 for path in self._all() if path.is_file())
        self._hashes: dict[str, str] = {}

    def run(self) -> None:
        """Write everything; raises and leaves what is there to be removed."""
        if self._locks.wrapped is not None:
            write_key_file(self._job.new / KEY_NAME, self._locks.wrapped)
        database = self._folder / FILE_NAME
        if database.exists():
            self._copy_database(database, self._job.new / FILE_NAME)
            if self._locks.old is not None:
                known = photo_hashes(database, self._locks.old)
                self._hashes = {self._seal.name(one): one for one in known}
        self._copy_photos(self._folder / "photos", self._job.new / "photos", None)
        self._copy_backups(self._folder / BACKUPS, self._job.new / BACKUPS)
        self._copy_aside()

    def _all(self) -> Iterator[Path]:
        yield self._folder / FILE_NAME
        for name in ("photos", BACKUPS, "aside"):
            yield from (self._folder / name).rglob("*")

    def _step(self) -> None:
        self._done += 1
        self._progress(min(self._done, self._total), self._total)

    def _copy_database(self, source: Path, target: Path) -> None:
        copy_database(source, target, self._locks.old, self._locks.new, self._locks.seal_key)
        self._step()

    def _copy_photos(self, source: Path, target: Path, twins: Path | None) -> dict[str, str]:
        """Write photos anew, as second names of ``twins`` where those are there already.

        Returns the new name of each photo below the folder by its old one.
        """
        named: dict[str, str] = {}
        if not source.is_dir():
            return named
        private_folder(target)
        for path in sorted(source.glob("*/*")):
            made = self._rewritten(path)
            if made is None:
                # Half written by a kill, or no photo (any more): kept, but not among the photos.
                if twins is None and not path.name.startswith(UNFINISHED):
                    self._copy_stranger(path, self._job.new / "aside")
                continue
            name, data = made
            self._keep(target / name, data, twins / name if twins is not None else None)
            named[f"{path.parent.name}/{path.name}"] = name
            self._step()
        for changed in (*target.glob("*"), target):
            sync_folder(changed)
        return named

    def _rewritten(self, path: Path) -> tuple[str, Callable[[], bytes]] | None:
        """Return the new name of a photo and how to make its bytes; None for no photo."""
        if self._locks.new is not None:
            match = NAME.fullmatch(path.name)
            if match is None:
                return None
            name = self._seal.name(match.group(1))
            return f"{name[:2]}/{name}{SEALED}", lambda: self._seal.seal(path.read_bytes(), name)
        if path.suffix != SEALED:
            return None
        try:
            data = self._seal.open(path.read_bytes(), path.stem)
        except Damaged:
            return None
        # A record names its photo by the hash it had, also where the disk altered it since.
        content = self._hashes.get(path.stem) or sha256(data).hexdigest()
        return f"{content[:2]}/{content}{suffix_of(data)}", lambda: data

    def _keep(self, target: Path, data: Callable[[], bytes], twin: Path | None) -> None:
        private_folder(target.parent)
        if target.exists():
            return
        if twin is not None and twin.exists():
            try:
                os.link(twin, target)
                return
            except OSError:
                pass
        written = data()
        write_whole(target, written)
        if target.read_bytes() != written:
            raise Damaged("key.failed", reason=target.name)

    def _copy_backups(self, source: Path, target: Path) -> None:
        if not source.is_dir():
            return
        private_folder(target)
        named = self._copy_photos(source / "photos", target / "photos", self._job.new / "photos")
        for path in sorted(source.glob("*.db")):
            manifest = path.with_suffix(".json")
            point = read_manifest(manifest)
            if point is None:
                self._copy_stranger(path, target)
                continue
            try:
                self._copy_database(path, target / path.name)
            except GembaError:
                # A backup that cannot be read any more is kept as it is, and not in plain.
                (target / path.name).unlink(missing_ok=True)
                self._copy_stranger(path, target)
                continue
            told = replace(
                point,
                bytes=(target / path.name).stat().st_size,
                sha256=digest_of(target / path.name),
                photos=self._digests(target / "photos", point.photos, named),
                photos_missing=() if self._locks.new is not None else point.photos_missing,
                newest=("", "", "") if self._locks.new is not None else point.newest,
                key=self._locks.wrapped.as_plain() if self._locks.wrapped is not None else None,
            )
            write_whole(target / manifest.name, manifest_of(told))
        for path in source.glob(f"*.db{SEALED}") if self._locks.new is None else ():
            self._copy_stranger(path, target)
        for path in source.glob("*.json"):
            # What is remembered beside the backups, such as where the second place is.
            if read_manifest(path) is None and not path.with_suffix(".db").exists():
                write_whole(target / path.name, path.read_bytes())
        sync_folder(target)

    def _digests(
        self, folder: Path, photos: Mapping[str, str], named: Mapping[str, str]
    ) -> dict[str, str]:
        there = (named[name] for name in photos if name in named)
        return {name: sha256((folder / name).read_bytes()).hexdigest() for name in there}

    def _copy_stranger(self, path: Path, target: Path) -> None:
        """Seal a file of which nothing is known, or open it again under its own name."""
        private_folder(target)
        data = path.read_bytes()
        if self._locks.new is not None:
            write_whole(target / f"{path.name}{SEALED}", self._seal.seal(data, path.name))
        elif path.suffix == SEALED:
            write_whole(target / path.stem, self._seal.open(data, path.stem))
        else:
            write_whole(target / path.name, data)
        self._step()

    def _copy_aside(self) -> None:
        """Keep what was set aside, and the copies that upgrades laid beside the database."""
        source, target = self._folder / "aside", self._job.new / "aside"
        for path in sorted(source.glob("*")):
            if path.is_file():
                self._copy_stranger(path, target)
        for path in loose_copies(self._folder) if self._locks.new is not None else ():
            self._copy_stranger(path, target)
        if source.is_dir():
            private_folder(target)
