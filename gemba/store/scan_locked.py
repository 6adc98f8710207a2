"""What lies under a folder's lock, turned plain in memory, so that words can be looked for in it.

Every page of a database is read, also those that are free by now; a file that another key closes
is named, since nobody can tell what it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gemba.domain.errors import Damaged
from gemba.store.driver import connect, errors
from gemba.store.salvage_cipher import decipherer
from gemba.store.salvage_pages import MAGIC
from gemba.store.sealed import SEALED, Seal

_PAGE: Final = 4096
"""What SQLCipher 4 writes; Gemba never asks for another size."""


class Unlocking:
    """Opens what one data key and one seal close; ``strange`` are the files that they do not."""

    def __init__(self, key: bytes, seal: Seal | None) -> None:
        self._key = key
        self._seal = seal
        self.strange: list[Path] = []

    def __call__(self, path: Path) -> Iterator[bytes] | None:
        """Return what a file holds, None where it is no locked one or cannot be opened."""
        if path.suffix == SEALED:
            return self._sealed(path)
        if path.suffix == ".db":
            return self._database(path)
        return None

    def _sealed(self, path: Path) -> Iterator[bytes] | None:
        if self._seal is not None:
            try:
                return iter([self._seal.open(path.read_bytes(), path.stem)])
            except Damaged:
                pass
        self.strange.append(path)
        return None

    def _database(self, path: Path) -> Iterator[bytes] | None:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) in (MAGIC, b""):
                return None
        if not self._fits(path):
            self.strange.append(path)
            return None
        return self._pages(path)

    def _fits(self, path: Path) -> bool:
        try:
            connection = connect(path, "ro", self._key)
            try:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            finally:
                connection.close()
        except errors():
            return False
        return True

    def _pages(self, path: Path) -> Iterator[bytes]:
        plain = decipherer(self._key)
        number = 0
        with path.open("rb") as file:
            while page := file.read(_PAGE):
                number += 1
                yield plain(number, page) if len(page) == _PAGE else page
