"""Everything that can still be read of a damaged database, record by record, without SQLite.

What the trees of the file reach comes first: a row that was removed is in none. Leaves that no
tree reaches any more are looked through only for tables whose tree is broken, free pages left out,
and the journal has the last word: it knows newer revisions, and what was put into the bin. Where a
record's own row is lost and the journal holds all of it, it is written anew from there.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.kinds import KINDS
from gemba.store.faults import readable_faults
from gemba.store.salvage_cipher import decipherer
from gemba.store.salvage_journal import Told, tell_all
from gemba.store.salvage_pages import Decipher, Pages
from gemba.store.salvage_rows import (
    Piece,
    read_entry,
    read_photo,
    read_piece,
    read_setting,
    recognise,
    sound_record,
)
from gemba.store.salvage_trees import Forest, Tell, Tree

_UNWANTED = tuple(
    f"search_{name}_{part}"
    for name in ("text", "recent", "heading")
    for part in ("data", "content", "docsize")
)


@dataclass(slots=True)
class Salvaged:
    """What was found: sound records, those of which a part is lost, and the names of lost ones.

    ``entries`` are sound rows of the journal, ``photos`` rows of photos, ``settings`` texts by
    name. ``broken`` names the tables whose tree is torn, so that loose leaves were read too.
    """

    sound: dict[Ref, Piece] = field(default_factory=dict)
    partly: dict[Ref, Piece] = field(default_factory=dict)
    lost: tuple[Ref, ...] = ()
    entries: list[dict[str, Any]] = field(default_factory=list)
    entries_lost: int = 0
    photos: dict[str, dict[str, Any]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    installation: tuple[str, str] | None = None
    broken: tuple[str, ...] = ()


def salvage_file(path: Path, *, tell: Tell | None = None, key: bytes | None = None) -> Salvaged:
    """Read what a database file still holds; the file is only read, a missing one holds nothing.

    ``tell`` hears how many pages of how many were read, and may raise to stop. ``key`` is the data
    key of an encrypted file.
    """
    with _bytes_of(path) as data:
        decipher = None if key is None else decipherer(key)
        return salvage_bytes(data, tell=tell, decipher=decipher)


def salvage_bytes(
    data: bytes, *, tell: Tell | None = None, decipher: Decipher | None = None
) -> Salvaged:
    """Read what the bytes of a database still hold."""
    return _Search(Forest(Pages(data, decipher), tell)).everything()


@contextmanager
def _bytes_of(path: Path) -> Iterator[bytes]:
    with readable_faults():
        if not path.is_file() or not path.stat().st_size:
            yield b""
            return
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield data  # type: ignore[misc]


class _Search:
    """Goes through the trees, then what is loose, then the journal."""

    def __init__(self, forest: Forest) -> None:
        self._forest = forest
        self._found = Salvaged()
        self._pieces: dict[Ref, Piece] = {}
        self._entries: dict[int, dict[str, Any]] = {}
        self._broken: set[str] = set()
        self._end = False

    def everything(self) -> Salvaged:
        """Return all there is."""
        for kind in KINDS:
            for row in self._table(kind).rows:
                self._keep(read_piece(kind, row, "tree"))
        tree = self._table("journal")
        self._end = tree.end
        damaged = 0
        for row in tree.rows:
            entry = read_entry(row)
            damaged += entry is None
            if entry is not None:
                self._entries[row.key] = entry
        for row in self._table("photo").rows:
            self._keep_photo(read_photo(row))
        for row in self._table("setting").rows:
            self._keep_setting(read_setting(row))
        for row in self._table("installation").rows:
            self._keep_installation(row.values)
        for name in ("due", "search_entry", *_UNWANTED):
            self._forest.pass_over(name)
        if self._broken:
            self._loose()
        found = self._found
        found.entries = [self._entries[number] for number in sorted(self._entries)]
        found.entries_lost = self._missing_entries(damaged)
        found.broken = tuple(sorted(self._broken))
        self._judge(tell_all(found.entries, end=self._end))
        return found

    def _table(self, name: str) -> Tree:
        tree = self._forest.table(name)
        if not tree.whole:
            self._broken.add(name)
        return tree

    def _loose(self) -> None:
        """Look through leaves without a tree, for the tables that miss some."""
        for row in self._forest.orphans():
            piece = recognise(row, "left over")
            if piece is not None:
                if piece.ref.kind in self._broken:
                    self._keep(piece)
                continue
            if "journal" in self._broken and (entry := read_entry(row)) is not None:
                self._entries.setdefault(row.key, entry)
                continue
            if "photo" in self._broken and (photo := read_photo(row)) is not None:
                self._keep_photo(photo)
            elif "setting" in self._broken and len(row.values) == 3:
                self._keep_setting(read_setting(row))

    def _keep(self, piece: Piece | None) -> None:
        """Keep the newest of the pieces of one record; of equals the sound one, then the first."""
        if piece is None:
            return
        held = self._pieces.get(piece.ref)
        if held is None or _worth(piece) > _worth(held):
            self._pieces[piece.ref] = piece

    def _keep_photo(self, photo: dict[str, Any] | None) -> None:
        if photo is not None:
            self._found.photos.setdefault(photo["hash"], photo)

    def _keep_setting(self, setting: tuple[str, str] | None) -> None:
        if setting is not None:
            self._found.settings.setdefault(*setting)

    def _keep_installation(self, values: tuple[object, ...]) -> None:
        if len(values) == 2 and all(isinstance(one, str) for one in values):
            self._found.installation = self._found.installation or (str(values[0]), str(values[1]))

    def _missing_entries(self, damaged: int) -> int:
        """Count the rows of the journal that are known to be missing."""
        numbers = self._entries
        gaps = max(numbers) - min(numbers) + 1 - len(numbers) if numbers else 0
        return max(gaps, damaged)

    def _judge(self, told: dict[Ref, Told]) -> None:
        """Decide for each record what it is now, with what the journal knows of it."""
        named = self._named_by_indexes()
        lost: list[Ref] = []
        for ref in dict.fromkeys([*self._pieces, *told, *sorted(named)]):
            piece = self._judged(self._pieces.get(ref), told.get(ref))
            if piece is None:
                if ref in named or _lives(told.get(ref)):
                    lost.append(ref)
            elif piece.sound:
                self._found.sound[ref] = piece
            else:
                self._found.partly[ref] = piece
        self._found.lost = tuple(lost)

    def _judged(self, piece: Piece | None, told: Told | None) -> Piece | None:
        """Return the best there is of a record, None for nothing."""
        reached = piece is not None and piece.origin == "tree"
        if told is None or (piece is not None and piece.sound and reached):
            return piece
        if told.erased and not reached:
            # What no tree reaches may have been removed for good, and the journal knows it was.
            return None
        newer = piece is None or not piece.sound or told.revision > piece.revision
        rebuilt = self._rebuilt(told, piece) if newer else None
        if rebuilt is not None and (rebuilt.sound or piece is None):
            return rebuilt
        if piece is not None and piece.sound and newer:
            return replace(piece, record=None, cut=frozenset(piece.plain))
        return piece

    def _rebuilt(self, told: Told, piece: Piece | None) -> Piece | None:
        if told.plain is None or (piece is None and not self._may_live(told)):
            return None
        plain = {**told.plain, "revision": told.revision}
        record = sound_record(told.ref.kind, plain)
        current = piece is None or piece.revision <= told.revision
        # Written whole at the revision its torn row still names: nothing can be missing.
        complete = told.complete or (piece is not None and piece.revision == told.first)
        return Piece(
            ref=told.ref,
            revision=told.revision,
            counter=piece.counter if piece else 0,
            plain=plain,
            origin="journal",
            record=record if complete and current else None,
            deleted_at=told.away,
            cut=frozenset() if record is not None and complete and current else frozenset(plain),
        )

    def _may_live(self, told: Told) -> bool:
        """A record that its whole tree does not hold was erased, whatever the journal says."""
        return told.ref.kind in self._broken

    def _named_by_indexes(self) -> set[Ref]:
        """Return the records of broken tables that the table's index still names."""
        found: set[Ref] = set()
        for kind in self._broken & KINDS.keys():
            for row in self._forest.index(f"sqlite_autoindex_{kind}_1").rows:
                key = row.values[0] if row.values else None
                if isinstance(key, str) and len(key) == 32 and not row.cut:
                    try:
                        found.add(Ref(kind, UUID(hex=key)))
                    except ValueError:
                        continue
        return found


def _worth(piece: Piece) -> tuple[int, bool, bool]:
    # A revision is only to be believed where the whole row is what was written.
    return (piece.revision if piece.sound else 0, piece.sound, piece.origin == "tree")


def _lives(told: Told | None) -> bool:
    return told is not None and told.plain is not None
