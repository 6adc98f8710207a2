"""Finding any word in any record, as it is typed.

This module speaks to SQLite's FTS5 directly. Hits are ranked by BM25 and by how lately they were
written. A word that fills the answer from the newest thousand rows is looked up only there and
among the headings, so that it takes no longer in a hundred thousand records than in a thousand.
Where a rare word stands beside a common one, search_rank weighs what was found.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.hit import Hit
from gemba.store.driver import Connection
from gemba.store.excerpt import Finder
from gemba.store.faults import Interrupted, readable_faults
from gemba.store.proof import proof
from gemba.store.search_form import indexed, scope_word
from gemba.store.search_rank import TITLE_WEIGHT, Weights, Word, said_in
from gemba.store.search_signs import rows_with, signs_of

_MANY: Final = 500
_LATEST: Final = 200
_MOST_WORDS: Final = 32
_MOST_HITS: Final = 10_000
_LONGEST_QUERY: Final = 1000


_FEW: Final = "SELECT rowid FROM search_recent WHERE search_recent MATCH ? LIMIT ?"


_NEWEST_OF_ALL: Final = (
    "SELECT rowid FROM search_text WHERE search_text MATCH ? ORDER BY rowid DESC LIMIT ?"
)


_LATELY: Final = (
    "SELECT number FROM search_entry WHERE NOT private AND kind IN ({})"
    f" ORDER BY number DESC LIMIT {_LATEST}"
)


def _newest(table: str) -> str:
    return (
        f"SELECT rowid, bm25({table}, {TITLE_WEIGHT}, 1.0, 1.0, 0.0) FROM {table}"
        f" WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?"
    )


def _details(count: int) -> str:
    return (
        "SELECT number, kind, record_id, part, search_entry.title, on_date,"
        " search_entry.checksum, title_checksum, private, body, private_body, search_text.title"
        " FROM search_entry JOIN search_text ON search_text.rowid = number"
        f" WHERE number IN ({','.join('?' * count)})"
    )


def _in_order(rows: Sequence[tuple[int, float]], limit: int) -> list[int]:
    """Return the best of rows that stand newest first, each with its weight."""
    scored = [
        (weight * (1.25 - 0.25 * place / len(rows)), place)
        for place, (_, weight) in enumerate(rows)
    ]
    return [rows[place][0] for _, place in sorted(scored)[:limit]]


def words_of(text: str) -> list[str]:
    """Split what a person typed into the words to search for."""
    found = [word for word in _typed(text) if any(map(str.isalnum, word))]
    return found[:_MOST_WORDS]


def _typed(text: str) -> list[str]:
    # Half a surrogate pair, as some keyboards send one, is no text to SQLite.
    return text[:_LONGEST_QUERY].encode("utf-8", "replace").decode("utf-8").split()


def match_expression(words: Sequence[str], *, private: bool, unfinished: bool = True) -> str:
    """Put words into an FTS5 expression that asks for all of them.

    Every word is quoted, so nothing typed is an operator; the last one may still be unfinished.
    """
    quoted = ['"' + indexed(word).replace('"', '""') + '"' for word in words]
    where = "title body private_body" if private else "title body"
    return f"{{{where}}} : ({' AND '.join(quoted)}{' *' if unfinished else ''})"


class Search:
    """Runs searches on connections of its own; any thread may stop them."""

    def __init__(self, connect: Callable[[], Connection] | None) -> None:
        self._connect = connect
        self._lock = threading.Lock()
        self._idle: list[Connection] = []
        self._busy: set[Connection] = set()
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
        words = words_of(text)
        signs = () if words else signs_of(_typed(text))
        limit = min(limit, _MOST_HITS)
        if not (words or signs) or limit < 1 or self._connect is None:
            return []
        if kinds is not None and not kinds:
            return []
        scope = ""
        if kinds is not None:
            scope = f"scope : ({' OR '.join(scope_word(kind) for kind in kinds)})"
        asked = _Asked(words, scope, private, signs)
        still_wanted = self._still_wanted()
        with readable_faults(), self._connection() as connection:
            return _Run(connection, asked, still_wanted).hits(limit)

    def lately(self, kinds: Sequence[str], *, limit: int) -> list[Hit]:
        """Return the records of some kinds that were written last, each once, the newest first."""
        if self._connect is None or not kinds or limit < 1:
            return []
        asked = _Asked((), "", private=False)
        with readable_faults(), self._connection() as connection:
            numbers = connection.execute(_LATELY.format(",".join("?" * len(kinds))), (*kinds,))
            hits = _Run(connection, asked, self._still_wanted()).shown([n for (n,) in numbers])
        once: dict[Ref, Hit] = {}
        for hit in hits:
            once.setdefault(hit.ref, hit)
        return list(once.values())[:limit]

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
    def _connection(self) -> Iterator[Connection]:
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is searched for: words, the kinds of record as an expression, private notes or not.

    ``signs`` are looked for where no word was typed.
    """

    words: Sequence[str]
    scope: str
    private: bool
    signs: Sequence[str] = ()

    @property
    def expression(self) -> str:
        """All of it as one expression."""
        words = match_expression(self.words, private=self.private)
        return f"{self.scope} AND {words}" if self.scope else words


class _Run:
    """One search from the expression to the hits."""

    def __init__(
        self, connection: Connection, asked: _Asked, still_wanted: Callable[[], None]
    ) -> None:
        self._connection = connection
        self._asked = asked
        self._expression = asked.expression if asked.words else ""
        self._finder = Finder(asked.words, asked.signs)
        self._still_wanted = still_wanted

    def hits(self, limit: int) -> list[Hit]:
        """Look where the answer can be had soonest: among the newest rows, else among all."""
        asked = self._asked
        if asked.signs:
            numbers = rows_with(
                self._connection, asked.signs, scope=asked.scope, private=asked.private, limit=limit
            )
            return self.shown(numbers)
        recent = self._connection.execute(_FEW, (self._expression, limit)).fetchall()
        if len(recent) < limit:
            return self.shown(self._best_of_all(limit))
        # Half the places at most, so that headings do not hide what was seen.
        headed = self._best("search_heading", (limit + 1) // 2)
        best = [n for n in self._best("search_recent", limit) if n not in headed]
        return self.shown([*headed, *best][:limit])

    def _best(self, table: str, limit: int) -> list[int]:
        """Rank the newest rows by BM25; being the very newest counts for up to a quarter more."""
        self._still_wanted()
        most = max(_MANY, limit)
        rows = self._connection.execute(_newest(table), (self._expression, most)).fetchall()
        return _in_order(rows, limit)

    def _best_of_all(self, limit: int) -> list[int]:
        """Rank among all rows; where a word is common, without SQLite's count of its rows."""
        self._still_wanted()
        scope = self._asked.scope
        words = self._words()
        common = any(word.said.common for word in words)
        if not common and not (scope and said_in(self._connection, scope).common):
            return self._best("search_text", limit)
        most = max(_MANY, limit)
        found = self._connection.execute(_NEWEST_OF_ALL, (self._expression, most))
        numbers = [number for (number,) in found]
        self._still_wanted()
        weights = Weights(self._connection, words, private=self._asked.private).weigh(numbers)
        return _in_order([(number, weights[number]) for number in numbers], limit)

    def _words(self) -> list[Word]:
        """Count each word by itself."""
        typed, private = self._asked.words, self._asked.private
        found = []
        for number, word in enumerate(typed, 1):
            last = number == len(typed)
            alone = match_expression([word], private=private, unfinished=last)
            found.append(Word(word, said_in(self._connection, alone), unfinished=last))
        return found

    def shown(self, numbers: list[int]) -> list[Hit]:
        """Read what is shown of rows, in their order."""
        if not numbers:
            return []
        self._still_wanted()
        rows = self._connection.execute(_details(len(numbers)), numbers)
        # What the disk altered is not shown; the record itself is found by its other words.
        hits = {number: self._hit(*rest) for number, *rest in rows if _is_sound(*rest)}
        return [hits[number] for number in numbers if number in hits]

    def _hit(
        self,
        kind: str,
        record_id: str,
        part: str,
        title: str,
        on: str | None,
        _words: str,
        _title: str,
        _private: int,
        *texts: str,
    ) -> Hit:
        excerpt, marks = self._finder.excerpt(texts)
        return Hit(
            ref=Ref(kind, UUID(hex=record_id)),
            part=part,
            title=title,
            excerpt=excerpt,
            marks=marks,
            on=date.fromisoformat(on) if on else None,
        )


def _is_sound(
    kind: str,
    record_id: str,
    part: str,
    title: str,
    on: str | None,
    words_proof: str,
    title_proof: str,
    in_private: int,
    body: str,
    private: str,
    heading: str,
) -> bool:
    words = proof(kind, part, in_private, heading, body, private)
    return words == words_proof and proof(record_id, title, on) == title_proof
