"""Weighing hits ourselves: as SQLite weighs them, and at no more cost in a large folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from gemba.domain.observation import Observation
from gemba.domain.person import Person
from gemba.store.header import FILE_NAME
from gemba.store.opening import open_store
from gemba.store.search import match_expression
from gemba.store.search_rank import COMMON, Said, Weights, Word, said_in
from gemba.store.store import Store

DAY = date(2026, 11, 4)
ROWS = 3 * COMMON
RARE_EVERY = 500


def said(number: int) -> str:
    """Return a sentence; the rare word stands among others of many lengths."""
    rare = " The autoclave stood still." * (1 + number // RARE_EVERY % 3)
    more = " The nurse asked again." * (number // RARE_EVERY % 5)
    pump = " The pump was out." * (1 + number // RARE_EVERY % 2)
    end = f"{rare}{more}{pump}" if number % RARE_EVERY == 0 else ""
    return f"Patient {number} waits.{end}"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("large")) as store:
        for first in range(0, ROWS, 2000):
            store.write(
                [
                    Observation(id=UUID(int=number + 1), seen_on=DAY, saw=said(number))
                    for number in range(first, first + 2000)
                ],
                who="Ines",
            )
        store.write([Person(id=UUID(int=10**6), name="Autoclave Patient")], who="Ines")
        yield store


@pytest.fixture(scope="module")
def connection(large: Store) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(large.folder / FILE_NAME)) as opened:
        yield opened


def exactly(connection: sqlite3.Connection, typed: str) -> list[Word]:
    words = typed.split()
    found = []
    for number, word in enumerate(words, 1):
        alone = match_expression([word], private=False, unfinished=number == len(words))
        query = "SELECT count(*) FROM search_text WHERE search_text MATCH ?"
        (count,) = connection.execute(query, (alone,)).fetchone()
        found.append(Word(word, Said(count, False), unfinished=number == len(words)))
    return found


@pytest.mark.parametrize(
    "typed",
    ["patient autoclave", "autoclave pat", "pump autocl", "nurse autoclave", "AUTOCLAVE Pump"],
)
def test_a_row_weighs_what_it_weighs_for_sqlite(connection: sqlite3.Connection, typed: str) -> None:
    expression = match_expression(typed.split(), private=False)
    theirs = dict(
        connection.execute(
            "SELECT rowid, bm25(search_text, 4.0, 1.0, 1.0, 0.0) FROM search_text"
            " WHERE search_text MATCH ?",
            (expression,),
        ).fetchall()
    )
    assert len(theirs) > 5
    words = exactly(connection, typed)
    ours = Weights(connection, words, private=False).weigh(list(theirs))
    assert ours == pytest.approx(theirs, rel=1e-9)


def test_a_common_word_is_counted_among_the_newest_and_a_rare_one_everywhere(
    connection: sqlite3.Connection,
) -> None:
    common = said_in(connection, match_expression(["patient"], private=False))
    rare = said_in(connection, match_expression(["autoclave"], private=False))
    assert common.common
    assert common.rows == pytest.approx(ROWS, rel=0.01)
    assert rare == Said(ROWS / RARE_EVERY + 1, False)


def test_the_order_is_that_of_exact_counts(large: Store, connection: sqlite3.Connection) -> None:
    words = exactly(connection, "patient autoclave")
    expression = match_expression(["patient", "autoclave"], private=False)
    query = "SELECT rowid FROM search_text WHERE search_text MATCH ? ORDER BY rowid DESC"
    numbers = [number for (number,) in connection.execute(query, (expression,))]
    exact = Weights(connection, words, private=False).weigh(numbers)
    scored = sorted(
        (exact[number] * (1.25 - 0.25 * place / len(numbers)), place)
        for place, number in enumerate(numbers)
    )
    hits = large.search("patient autoclave")
    assert hits[0].ref.kind == "person"
    ids = {
        number: UUID(hex=record)
        for number, record in connection.execute("SELECT number, record_id FROM search_entry")
    }
    assert [hit.ref.id for hit in hits] == [ids[numbers[place]] for _, place in scored]


def test_one_kind_of_record_is_found_among_many_of_another(large: Store) -> None:
    (hit,) = large.search("patient autoclave", kinds=("person",))
    assert hit.title == "Autoclave Patient"
    assert len(large.search("patient autoclave", kinds=("observation",))) == ROWS // RARE_EVERY


def test_a_word_that_was_common_long_ago_is_found(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        old = [
            Observation(id=UUID(int=n + 1), seen_on=DAY, saw=f"fax {n} lost") for n in range(2500)
        ]
        store.write(old, who="Ines")
        newer = [
            Observation(id=UUID(int=n + 9000), seen_on=DAY, saw=f"mail {n}") for n in range(1100)
        ]
        store.write(newer, who="Ines")
        hits = store.search("lost fax")
        assert len(hits) == 50
        assert hits[0].title == "fax 2499 lost"


def test_private_words_weigh_only_where_they_may_be_read(connection: sqlite3.Connection) -> None:
    row = (10**8, "", "open words", "hush hush", "kindtalk")
    connection.execute("BEGIN")
    try:
        connection.execute(
            "INSERT INTO search_text (rowid, title, body, private_body, scope)"
            " VALUES (?, ?, ?, ?, ?)",
            row,
        )
        hush = [Word("hush", Said(1, False))]
        closed = Weights(connection, hush, private=False).weigh([10**8])
        opened = Weights(connection, hush, private=True).weigh([10**8])
    finally:
        connection.execute("ROLLBACK")
    assert closed == {10**8: 0.0}
    assert opened[10**8] < -1.0
