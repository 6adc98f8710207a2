"""Finding any word in any record, as it is typed.

This module speaks to SQLite's FTS5 directly. A rare word is ranked by BM25 and by how lately it
was written. Of a common one only the newest places are looked at, and those in headings, so that
the answer takes no longer in a hundred thousand records than in a thousand.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Final
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.hit import Hit
from gemba.store.faults import Interrupted, readable_faults
from gemba.store.search_index import scope_word
from gemba.store.search_text import MARK, UNMARK, indexed, shown

_MANY: Final = 500
_MANY_HEADINGS: Final = 100
_MOST_WORDS: Final = 32
_LONGEST_QUERY: Final = 1000
_EXCERPT_TOKENS: Final = 24
_EXCERPT_LENGTH: Final = 240

_NEWEST: Final = (
    "SELECT rowid FROM search_text WHERE search_text MATCH ? ORDER BY rowid DESC LIMIT ?"
)
_RANKED: Final = (
    "SELECT rowid, bm25(search_text, 4.0, 1.0, 1.0, 0.0) FROM search_text"
    " WHERE search_text MATCH ? ORDER BY rowid DESC"
)


def _details(count: int) -> str:
    # The plus keeps SQLite from running the whole match once for each row.
    snippets = ", ".join(
        f"snippet(search_text, {column}, '{MARK}', '{UNMARK}', '…', {_EXCERPT_TOKENS})"
        for column in (1, 2, 0)
    )
    marks = ",".join("?" * count)
    return (
        f"SELECT rowid, {snippets} FROM search_text"
        f" WHERE search_text MATCH ? AND rowid >= ? AND +rowid IN ({marks}) ORDER BY rowid DESC"
    )


def match_expression(text: str, *, private: bool, columns: str = "") -> str:
    """Turn what a person typed into an FTS5 expression; empty when there is no word in it.

    Every word is quoted, so nothing typed is an operator; the last one may still be unfinished.
    """
    words = [
        '"' + word.replace('"', '""') + '"'
        for word in indexed(text[:_LONGEST_QUERY]).split()
        if any(character.isalnum() for character in word)
    ][:_MOST_WORDS]
    if not words:
        return ""
    where = columns or ("title body private_body" if private else "title body")
    return f"{{{where}}} : ({' AND '.join(words)} *)"


class Search:
    """Runs searches on connections of its own; any thread may stop them."""

    def __init__(self, connect: Callable[[], sqlite3.Connection] | None) -> None:
        self._connect = connect
        self._lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._busy: set[sqlite3.Connection] = set()
        self._stops = 0
        self._closed = False

    def search(
        self,
        text: str,
        *,
        limit: int = 50,
        kinds: Sequence[str] | None = None,
        private: bool = False,
    ) -> list[Hit]:
        """Return at most ``limit`` hits, the best first; raises Interrupted when stopped."""
        words = match_expression(text, private=private)
        if not words or limit < 1 or self._connect is None or (kinds is not None and not kinds):
            return []
        scope = ""
        if kinds is not None:
            scope = f"scope : ({' OR '.join(scope_word(kind) for kind in kinds)}) AND "
        headings = match_expression(text, private=False, columns="title")
        with readable_faults(), self._connection() as connection:
            run = _Run(connection, scope + words, scope + headings, self._still_wanted())
            return run.hits(limit)

    def stop(self) -> None:
        """Interrupt every search that is running now, from any thread."""
        with self._lock:
            self._stops += 1
            for connection in self._busy:
                connection.interrupt()

    def close(self) -> None:
        """Stop what runs and close the connections."""
        self.stop()
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _still_wanted(self) -> Callable[[], None]:
        started = self._stops

        def check() -> None:
            if self._stops != started:
                raise Interrupted("search.interrupted")

        return check

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            assert self._connect is not None
            connection = self._connect()
        with self._lock:
            self._busy.add(connection)
        try:
            yield connection
        finally:
            with self._lock:
                self._busy.discard(connection)
                keep = not self._closed
                if keep:
                    self._idle.append(connection)
            if not keep:
                connection.close()


class _Run:
    """One search from the expression to the hits."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        words: str,
        headings: str,
        still_wanted: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._words = words
        self._headings = headings
        self._still_wanted = still_wanted

    def hits(self, limit: int) -> list[Hit]:
        """Choose the rows, then read only those."""
        newest = self._numbers(self._words, max(_MANY, limit) + 1)
        if len(newest) <= max(_MANY, limit):
            best = self._best(len(newest), limit)
        else:
            best = list(dict.fromkeys([*self._numbers(self._headings, _MANY_HEADINGS), *newest]))
        best = best[:limit]
        if not best:
            return []
        excerpts = self._excerpts(best)
        entries = self._entries(best)
        return [
            _hit(entries[number], excerpts.get(number, "")) for number in best if number in entries
        ]

    def _numbers(self, expression: str, most: int) -> list[int]:
        self._still_wanted()
        return [row[0] for row in self._connection.execute(_NEWEST, (expression, most))]

    def _best(self, count: int, limit: int) -> list[int]:
        """Rank by BM25; being the newest counts for up to a quarter more."""
        if count < 2:
            limit = count
        self._still_wanted()
        rows = self._connection.execute(_RANKED, (self._words,)).fetchall()
        scored = [
            (rank * (1.25 - 0.25 * place / len(rows)), -number)
            for place, (number, rank) in enumerate(rows)
        ]
        return [-number for _, number in sorted(scored)[:limit]]

    def _excerpts(self, numbers: list[int]) -> dict[int, str]:
        self._still_wanted()
        query = _details(len(numbers))
        found = self._connection.execute(query, (self._words, min(numbers), *numbers))
        return {
            number: next((text for text in texts if MARK in text), "") for number, *texts in found
        }

    def _entries(self, numbers: list[int]) -> dict[int, tuple[str, str, str, str, str | None]]:
        self._still_wanted()
        marks = ",".join("?" * len(numbers))
        found = self._connection.execute(
            "SELECT number, kind, record_id, part, title, on_date FROM search_entry"
            f" WHERE number IN ({marks})",
            numbers,
        )
        return {
            number: (kind, key, part, title, on) for number, kind, key, part, title, on in found
        }


def _hit(entry: tuple[str, str, str, str, str | None], marked: str) -> Hit:
    kind, record_id, part, title, on = entry
    excerpt, marks = read_marks(marked)
    return Hit(
        ref=Ref(kind, UUID(hex=record_id)),
        part=part,
        title=title,
        excerpt=excerpt,
        marks=marks,
        on=date.fromisoformat(on) if on else None,
    )


def read_marks(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Split a marked text into one plain line and the places of the marks in it."""
    line: list[str] = []
    marks: list[tuple[int, int]] = []
    length, start = 0, -1
    for character in _around_first_mark(shown(marked)):
        if character == MARK:
            start = length
        elif character == UNMARK:
            if 0 <= start < length:
                marks.append((start, length))
            start = -1
        else:
            line.append(character if character.isprintable() else " ")
            length += 1
    if 0 <= start < length:
        marks.append((start, length))
    return "".join(line), tuple(marks)


def _around_first_mark(text: str) -> str:
    if len(text) <= _EXCERPT_LENGTH:
        return text
    first = max(0, text.find(MARK) - _EXCERPT_LENGTH // 3)
    return text[first : first + _EXCERPT_LENGTH]
