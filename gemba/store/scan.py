"""Looking for words in the raw bytes of every file of a folder: the proof that they are gone."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Found:
    """A word, and the file whose bytes hold it, relative to the folder."""

    file: Path
    word: str


Opened = Callable[[Path], Iterator[bytes] | None]
"""What an encrypted file holds, piece by piece; None for a file that is read as it is."""


def _as_it_is(_path: Path) -> None:
    return None


def scan_folder(folder: Path, words: Iterable[str], opened: Opened = _as_it_is) -> list[Found]:
    """Return which files below a folder hold one of the words, in any usual writing of it.

    ``opened`` hands out what lies under a lock. Links are not followed. A file that vanishes or
    cannot be read meanwhile is passed over.
    """
    needles = [(word, _ways_to_write(word)) for word in dict.fromkeys(words) if word.strip()]
    found: list[Found] = []
    for path in sorted(folder.rglob("*")) if needles else ():
        if path.is_symlink() or not path.is_file():
            continue
        try:
            pieces = opened(path)
            held = _words_in(_pieces(path) if pieces is None else pieces, needles)
        except OSError:
            continue
        found += [Found(path.relative_to(folder), word) for word in held]
    return found


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _words_in(pieces: Iterable[bytes], needles: list[tuple[str, frozenset[bytes]]]) -> list[str]:
    longest = max((len(way) for _, ways in needles for way in ways), default=0)
    held: dict[str, None] = {}
    rest = b""
    for piece in pieces:
        # ASCII letters alike: the search index keeps its words small.
        here = (rest + piece).lower()
        for word, ways in needles:
            if word not in held and any(way in here for way in ways):
                held[word] = None
        rest = here[-longest:]
    return list(held)


def _ways_to_write(word: str) -> frozenset[bytes]:
    """Return the bytes a word may stand as: composed or not, any case, escaped, UTF-8 or UTF-16."""
    ways: set[bytes] = set()
    for form in ("NFC", "NFD"):
        plain = unicodedata.normalize(form, word)
        for cased in {plain, plain.casefold(), plain.upper(), plain.lower(), plain.title()}:
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                ways.add(cased.encode(encoding, "surrogatepass").lower())
            escaped = cased.encode("ascii", "backslashreplace").lower()
            ways.add(escaped)
    # The search index takes accents off.
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    ways.add(bare.casefold().encode("utf-8", "surrogatepass"))
    return frozenset(ways)
