"""Search and Today with a hundred thousand observations, against a thousand."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from gemba.domain.observation import Observation
from gemba.services.today import read_today
from gemba.store.header import FILE_NAME
from gemba.store.opening import open_store
from gemba.store.search import match_expression
from gemba.store.store import Store
from tests.benchmarks.measuring import Figure

_FEW, _MANY = 1_000, 100_000
_AT_ONCE = 5_000
_DAY = date(2026, 11, 24)
_PLACES = ("bay", "desk", "pharmacy", "corridor")
_THINGS = ("list", "trolley", "pump", "chart")
_STATES = ("missing", "late", "waiting", "ready")
_RARE, _RARE_TIMES = "autoclave", 20
# Each fills the answer from a thousand observations too, so that both sides read as many hits.
_OFTEN = ("trolley", "corridor pump", "pharm", "late list", "patient chart")
_RARELY = ("autoclave", "patient autoclave", "autocl", "pump autoclave")


def measure(work: Path) -> list[Figure]:
    """Fill two folders and measure both in turn, warm."""
    few, many = filled(work / "few", _FEW), filled(work / "many", _MANY)
    with few, many:
        rows = [
            _searched(few, many, _OFTEN, "often"),
            _searched(few, many, _RARELY, "rarely"),
        ]
        both = (*_OFTEN, *_RARELY)
        path = many.folder / FILE_NAME
        with closing(sqlite3.connect(path)) as connection:
            ours, bare = _in_turn(lambda: _search(many, both), lambda: _bare(connection, both), 25)
        note = f"{len(both)} searches; floor: the bare FTS5 query, its 50 best rows"
        rows.append(Figure("search, 100,000, against bare FTS5", ours, bare, "s", 2.0, note))
        small, large = _in_turn(
            lambda: read_today(few.folder, _DAY), lambda: read_today(many.folder, _DAY), 51
        )
        today = Figure("Today, 100,000 observations", large, small, "s", 1.5, "floor: 1,000")
    return [*rows, today]


def _searched(few: Store, many: Store, queries: tuple[str, ...], said: str) -> Figure:
    small, large = _in_turn(lambda: _search(few, queries), lambda: _search(many, queries), 25)
    name = f"search, 100,000, words found {said}"
    return Figure(name, large, small, "s", 1.5, f"{len(queries)} searches; floor: 1,000")


def _in_turn(
    one: Callable[[], object], other: Callable[[], object], runs: int
) -> tuple[float, float]:
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs + 1):
        for work, kept in zip((one, other), times, strict=True):
            began = time.perf_counter()
            work()
            kept.append(time.perf_counter() - began)
    # The first run warms both up.
    return statistics.median(times[0][1:]), statistics.median(times[1][1:])


def _search(store: Store, queries: tuple[str, ...]) -> None:
    for words in queries:
        store.search(words, limit=50)


def _bare(connection: sqlite3.Connection, queries: tuple[str, ...]) -> None:
    for words in queries:
        connection.execute(
            "SELECT rowid, title, body FROM search_text WHERE search_text MATCH ?"
            " ORDER BY rank LIMIT 50",
            (match_expression(words.split(), private=False),),
        ).fetchall()


def filled(folder: Path, count: int) -> Store:
    """Write so many observations as the program writes them, and return the open store."""
    store = open_store(folder)
    for first in range(0, count, _AT_ONCE):
        some = [_observation(n, count) for n in range(first, min(first + _AT_ONCE, count))]
        store.write(some, who="Ines")
    return store


@lru_cache(maxsize=2)
def _rare_ones(count: int) -> frozenset[int]:
    """Return which of so many hold the rare word: as often beside each thing in few as in many."""
    step = count // _RARE_TIMES
    return frozenset(16 * (one * step // 16) + 4 * (one % 4) for one in range(_RARE_TIMES))


def _observation(number: int, count: int) -> Observation:
    """Return one of ``count``; the rare word stands in as many of few as of many."""
    place = _PLACES[number % 4]
    thing = _THINGS[number // 4 % 4]
    state = _STATES[number // 16 % 4]
    rare = f" Beside it the {_RARE}." if number in _rare_ones(count) else ""
    return Observation(
        id=UUID(int=number + 1),
        seen_on=_DAY - timedelta(days=number % 700),
        saw=f"At the {place} the {thing} for patient {number % 997} was {state}.{rare}",
        think=f"The {thing} is {state} since nobody owns it after hour {number % 24}.",
        category="delivery",
    )
