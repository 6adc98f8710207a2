"""Weighing what a search found as BM25 does, without counting every row that says a word.

SQLite's bm25() walks through all rows of each word of a search before it weighs the first hit: a
rare word beside a common one takes longer with every record that is kept. Here only the rows that
were found are read, and a common word is counted among the newest rows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gemba.store.driver import Connection
from gemba.store.excerpt import fold, pattern_of

TITLE_WEIGHT: Final = 4.0
COMMON: Final = 2000
"""A word in so many rows is common: how many exactly is estimated."""
_K1: Final = 1.2
_B: Final = 0.75
_LEAST: Final = 1e-6
# What is said after so many letters of a text no longer changes its place.
_READ: Final = 4000

_COUNT: Final = "SELECT count(*) FROM (SELECT 1 FROM {} WHERE {} MATCH ? LIMIT {})"
_SIZE: Final = "SELECT block FROM search_text_data WHERE id = 1"
_TEXTS: Final = (
    "SELECT search_text.rowid, substr(title, 1, {read}), substr(body, 1, {read}),"
    " substr(private_body, 1, {read}), sz"
    " FROM search_text JOIN search_text_docsize ON search_text_docsize.id = search_text.rowid"
    " WHERE search_text.rowid IN ({marks})"
)


@dataclass(frozen=True, slots=True)
class Said:
    """In about how many rows a part of a search stands; exactly, unless it is ``common``."""

    rows: float
    common: bool


def said_in(connection: Connection, expression: str, common: int = COMMON) -> Said:
    """Count the rows that match an expression, a common one among the newest rows only."""
    recent = _count(connection, "search_recent", expression, common)
    (newest,) = connection.execute("SELECT count(*) FROM search_recent_docsize").fetchone()
    every = _rows_and_words(connection)[0]
    likely = recent * every / max(1, newest)
    if likely >= common:
        return Said(likely, True)
    counted = _count(connection, "search_text", expression, common)
    return Said(counted, counted >= common)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed, where it stands, and whether it may be the beginning of a longer one."""

    typed: str
    said: Said
    unfinished: bool = False


class Weights:
    """BM25 for the words of one search, as SQLite defines it (FTS5, section 5.1.1)."""

    def __init__(
        self,
        connection: Connection,
        words: Sequence[Word],
        *,
        private: bool,
    ) -> None:
        self._connection = connection
        self._private = private
        rows, total = _rows_and_words(connection)
        self._mean = total / max(1, rows)
        self._words = []
        for word in words:
            pattern = pattern_of(word.typed, unfinished=word.unfinished)
            if pattern:
                whole = re.compile(rf"(?<![^\W_]){pattern}")
                self._words.append((whole, _rarity(word.said.rows, rows)))

    def weigh(self, numbers: Sequence[int]) -> dict[int, float]:
        """Return the weight of each row; the less, the better, as with bm25()."""
        if not numbers:
            return {}
        query = _TEXTS.format(read=_READ, marks=",".join("?" * len(numbers)))
        found = {}
        for number, title, body, private, sizes in self._connection.execute(query, numbers):
            said = f"{body}\0{private}" if self._private else body
            found[number] = self._weight(fold(title), fold(said), sum(_numbers(sizes)))
        return found

    def _weight(self, title: str, body: str, size: int) -> float:
        least = _K1 * (1 - _B + _B * size / self._mean)
        weight = 0.0
        for pattern, rarity in self._words:
            times = TITLE_WEIGHT * len(pattern.findall(title)) + len(pattern.findall(body))
            weight -= rarity * times * (_K1 + 1) / (times + least)
        return weight


def _rarity(said: float, rows: int) -> float:
    """Return how much a word tells, from how many of the rows say it."""
    rarity = math.log(max(_LEAST, rows - said + 0.5) / (said + 0.5))
    return rarity if rarity > 0 else _LEAST


def _rows_and_words(connection: Connection) -> tuple[int, int]:
    """Return how many rows the index has, and how many words they hold together."""
    (block,) = connection.execute(_SIZE).fetchone()
    # An index that never held a row has an empty block.
    rows, *words = list(_numbers(block)) or [0]
    return rows, sum(words)


def _count(connection: Connection, table: str, expression: str, most: int) -> int:
    (count,) = connection.execute(_COUNT.format(table, table, most), (expression,)).fetchone()
    return int(count)


def _numbers(block: bytes) -> Iterator[int]:
    """Read SQLite's numbers of varying length: seven bits a byte, the highest first."""
    number = 0
    for byte in block:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            yield number
            number = 0
