"""A bit that the disk altered takes its row out of a list, and never the list from the page."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gemba.domain.patterns import Span
from gemba.domain.timeline import TIMELINE_KINDS, WantedTime
from gemba.store.opening import open_store
from gemba.store.overview import Overview
from tests.fresh import lay_sample

FIRST, LAST = date(2020, 1, 1), date(2030, 12, 31)
List = Callable[[Overview], list[Any]]


def timeline(overview: Overview) -> list[Any]:
    found = []
    for learner, _name in overview.learners():
        wanted = WantedTime(learner_id=learner, kinds=TIMELINE_KINDS)
        count, rows = overview.timeline_begun(wanted, 1000)
        assert count == len(rows)
        found += rows
    return found


def ledger(overview: Overview) -> list[Any]:
    found: list[Any] = []
    for learner, _name in overview.learners():
        told = overview.learning(learner, FIRST, LAST)
        lines = overview.ledger_lines(learner, (FIRST, LAST), 1000)
        found += [*told.months, *told.cycles, *told.obstacles, *told.missed, *lines]
    return found


def patterns(overview: Overview) -> list[Any]:
    told = overview.patterns(Span(first=FIRST, last=LAST), LAST)
    return [*told.counted, *told.places]


def ends(overview: Overview) -> list[Any]:
    return list(overview.first_and_last_day() or ())


@pytest.mark.parametrize(
    ("kind", "field", "told"),
    [
        ("talk", "held_on", timeline),
        ("talk", "held_on", ledger),
        ("talk", "next_look_on", Overview.learner_rows),
        ("talk", "missed", ledger),
        ("experiment", "planned_on", timeline),
        ("experiment", "planned_on", ledger),
        ("experiment", "result_on", ledger),
        ("storyboard", "obstacles", ledger),
        ("sheet", "started_on", timeline),
        ("observation", "seen_on", patterns),
        ("observation", "seen_on", ends),
        ("promise", "made_on", ends),
    ],
)
@pytest.mark.parametrize("text", ["2026-1x-04", "2026-02-30", "", "["])
def test_the_others_stay(data_dir: Path, kind: str, field: str, told: List, text: str) -> None:
    lay_sample(data_dir)
    with open_store(data_dir) as store:
        before = told(store.overview)
    with closing(sqlite3.connect(data_dir / "gemba.db")) as bare, bare:
        chosen = f"SELECT counter FROM {kind} WHERE {field} <> '' LIMIT 1"
        bare.execute(f"UPDATE {kind} SET {field} = ? WHERE counter IN ({chosen})", [text])
    with open_store(data_dir) as store:
        after = told(store.overview)
    assert before
    assert abs(len(after) - len(before)) <= 5, "the others are there"
