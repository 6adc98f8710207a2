"""Photos and voice memos: taken in without what they tell about place and device, kept by hash."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from gemba.domain.errors import BadInput, Damaged, GembaError, ReadOnly
from gemba.store.attached import SUFFIXES, clean_suffix, is_sound, size_of
from gemba.store.faults import readable_faults
from gemba.store.files import private_folder, sync_folder, write_whole
from gemba.store.proof import proof
from gemba.store.sealed import SEALED, Seal
from gemba.store.settings import Commit
from gemba.store.tables import photo

if TYPE_CHECKING:
    from PIL.Image import Image

_HASH: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class PhotoInfo:
    """A photo that was taken in: its content hash (SHA-256) and its size in pixels.

    A voice memo has a hash and no size.
    """

    hash: str
    width: int
    height: int


def only_reads(_work: object) -> None:
    """Stand for what commits, where photos are only looked at; raises ReadOnly."""
    raise ReadOnly("store.opened_for_reading")


class Photos:
    """The folder of photos and memos beside the database; ``<hh>/<hash>.jpg``, ``.m4a`` and so on.

    In an encrypted folder each is sealed and lies under a name that tells nothing of its content.
    """

    def __init__(
        self,
        folder: Path,
        commit: Commit,
        seal: Seal | None = None,
        *,
        sheltered: Callable[[], bool] = lambda: False,
    ) -> None:
        self._folder = folder
        self._commit = commit
        self._seal = seal
        self._sheltered = sheltered
        self._in_memory: dict[str, tuple[str, bytes]] = {}

    @property
    def sealed(self) -> bool:
        """Whether the files of photos can be read only through here."""
        return self._seal is not None

    @property
    def seal(self) -> Seal | None:
        """What closes photos and exports; None in a plain folder."""
        return self._seal

    def add(self, data: bytes, name: str = "") -> PhotoInfo:
        """Take in a photo from the bytes of its file and return what a record names it by.

        It is turned upright and written anew without its metadata. Raises GembaError
        "photo.not_an_image", "photo.heic" or "photo.too_large" and keeps nothing.
        """
        # Loaded with the first photo, not with the program.
        from gemba.store.picture import encode_picture, open_picture

        image = open_picture(data, name)
        encoded, suffix = encode_picture(image)
        return self._take_in(image, encoded, suffix, name)

    def take(self, key: str, data: bytes, name: str = "") -> PhotoInfo:
        """Take in a photo that came with exported data; a clean one keeps its bytes and hash.

        Raises BadInput when the bytes are not those the hash names, and what add raises.
        """
        from gemba.store.picture import bare_kind, open_picture

        if sha256(data).hexdigest() != key:
            raise BadInput("photo.wrong_hash", name=name or key[:12])
        if is_sound(data):
            from gemba.store.sound import bare_sound

            return self.take_clean(bare_sound(data, name)[0], name)
        image = open_picture(data, name)
        suffix = bare_kind(data)
        if suffix is None:
            return self.add(data, name)
        return self._take_in(image, data, suffix, name)

    def take_clean(self, data: bytes, name: str = "") -> PhotoInfo:
        """Take in a photo or memo that the gatekeeper wrote anew; it is not decoded here.

        Raises GembaError "photo.not_an_image" for bytes that hold more than pixels or sound.
        """
        info, work = self.taking_in(data, name)
        with readable_faults():
            self._commit(lambda connection, _at: work(connection))
        return info

    def taking_in(self, data: bytes, name: str) -> tuple[PhotoInfo, Callable[[Connection], None]]:
        """Return what keeps a clean photo or memo as a part of a write, and what it is named by."""
        suffix = clean_suffix(data)
        if suffix is None:
            raise GembaError("photo.not_an_image", name=name)
        info = PhotoInfo(sha256(data).hexdigest(), *size_of(data, name))
        return info, self._row_work(info, data, suffix, name)

    def _take_in(self, image: Image, encoded: bytes, suffix: str, name: str) -> PhotoInfo:
        info = PhotoInfo(sha256(encoded).hexdigest(), image.width, image.height)
        work = self._row_work(info, encoded, suffix, name)
        with readable_faults():
            self._commit(lambda connection, _at: work(connection))
        return info

    def _row_work(
        self, info: PhotoInfo, encoded: bytes, suffix: str, name: str
    ) -> Callable[[Connection], None]:
        key = info.hash
        called = name.encode("utf-8", "replace").decode("utf-8")

        def work(connection: Connection) -> None:
            self._keep_somewhere(key, suffix, encoded)
            if connection.execute(select(photo.c.hash).where(photo.c.hash == key)).first() is None:
                connection.execute(
                    insert(photo).values(
                        hash=key,
                        name=called,
                        width=info.width,
                        height=info.height,
                        bytes=len(encoded),
                        checksum=proof(key, called, info.width, info.height, len(encoded)),
                    )
                )

        return work

    def _keep_somewhere(self, key: str, suffix: str, encoded: bytes) -> None:
        """Keep a photo on the disk, or in memory while work goes on there."""
        if self.path(key) is not None:
            return
        try:
            self._keep(key, suffix, encoded)
        except OSError:
            if not self._sheltered():
                raise
            self._in_memory[key] = (suffix, encoded)
        else:
            self._in_memory.pop(key, None)

    def path(self, key: str) -> Path | None:
        """Return where a photo lies, None when it is not there."""
        if not _HASH.fullmatch(key):
            return None
        name = key if self._seal is None else self._seal.name(key)
        for suffix in SUFFIXES if self._seal is None else (SEALED,):
            path = self._folder / name[:2] / f"{name}{suffix}"
            if path.is_file():
                return path
        return None

    def read(self, key: str) -> bytes | None:
        """Return the bytes of a photo, None when it is not there or cannot be read."""
        path = self.path(key)
        if path is None:
            return self._in_memory[key][1] if key in self._in_memory else None
        try:
            held = path.read_bytes()
            return held if self._seal is None else self._seal.open(held, path.stem)
        except (OSError, Damaged):
            return None

    def keep_unwritten_in(self, folder: Path) -> None:
        """Write the photos that the disk has not taken yet into the folder of a copy."""
        copy = Photos(folder, self._commit, self._seal)
        for key, (suffix, encoded) in tuple(self._in_memory.items()):
            if copy.path(key) is None:
                copy._keep(key, suffix, encoded)

    def drop(self, key: str) -> None:
        """Remove the file of a photo that nothing names any more; one that is gone is no error."""
        path = self.path(key)
        if path is not None:
            path.unlink(missing_ok=True)
            sync_folder(path.parent)

    def is_sound(self, key: str) -> bool:
        """Tell whether a photo still holds the bytes it is named by."""
        data = self.read(key)
        return data is not None and sha256(data).hexdigest() == key

    def _keep(self, key: str, suffix: str, data: bytes) -> None:
        """Write a file so that it is there whole, or not at all, also after a power cut."""
        if self._seal is not None:
            key, suffix = self._seal.name(key), SEALED
            data = self._seal.seal(data, key)
        folder = self._folder / key[:2]
        private_folder(folder)
        write_whole(folder / f"{key}{suffix}", data)
