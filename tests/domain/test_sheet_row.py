"""Which sheets the gallery shows, and in which order."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gemba.domain.moment import write_moment
from gemba.domain.sheet_row import ORDERS, SheetRow, Wanted, in_order, shown

MARIA, SAMIR, WARD, LAB = "a" * 32, "b" * 32, "c" * 32, "d" * 32


def row(number: int, **facts: object) -> SheetRow:
    plain = SheetRow(
        key=f"{number:032x}",
        owner_key="",
        coach_key="",
        area_key="",
        stage="grasp",
        definition="ps7",
        started_on="2026-11-01",
        archived_on="",
        changed_at="",
        title=f"Sheet {number}",
        revision=1,
        definition_version=1,
        changed=number,
        owner="",
        coach="",
        area="",
        open_questions=0,
    )
    return plain._replace(**facts)


ROWS = [
    row(1, owner_key=MARIA, owner="Maria", area_key=WARD, stage="try"),
    row(2, owner_key=SAMIR, owner="Samir", coach_key=MARIA, area_key=LAB, title="alpha"),
    row(3, owner_key=SAMIR, owner="Samir", area_key=WARD, stage="cause", started_on="2026-11-20"),
    row(4, definition="status", archived_on="2026-11-10", title="Öl"),
]


def numbers(rows: list[SheetRow]) -> list[int]:
    return [one.changed for one in rows]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), [3, 2, 1]),
        (Wanted(person=MARIA), [2, 1]),
        (Wanted(area=WARD), [3, 1]),
        (Wanted(area=WARD, stage="cause"), [3]),
        (Wanted(person=MARIA, area=LAB, stage="grasp"), [2]),
        (Wanted(person=MARIA, area=LAB, stage="try"), []),
        (Wanted(where="archived"), [4]),
        (Wanted(where="all"), [4, 3, 2, 1]),
        (Wanted(where="all", definition="status"), [4]),
        (Wanted(found=frozenset({ROWS[0].key, ROWS[3].key})), [1]),
        (Wanted(found=frozenset()), []),
    ],
)
def test_filters_combine_and_the_archive_stays_closed(wanted: Wanted, found: list[int]) -> None:
    assert numbers(shown(ROWS, wanted)) == found


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("changed", [4, 3, 2, 1]),
        ("started", [3, 4, 2, 1]),
        ("title", [2, 1, 3, 4]),
        ("person", [1, 3, 2, 4]),
        ("stage", [4, 2, 3, 1]),
    ],
)
def test_each_order_puts_what_ties_as_it_was_changed(order: str, found: list[int]) -> None:
    assert order in ORDERS
    assert numbers(in_order(ROWS, order)) == found


def test_a_stage_nobody_knows_stands_last_and_nobody_is_lost() -> None:
    rows = [*ROWS, row(5, stage="someday")]
    assert numbers(in_order(rows, "stage"))[-1] == 5
    assert sorted(numbers(in_order(rows, "someday"))) == [1, 2, 3, 4, 5]


def test_the_last_change_is_told_on_the_day_it_was_lived() -> None:
    late = write_moment(datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
    assert row(1, changed_at=late).changed_on == date(2026, 11, 22)
    assert row(1, changed_at="").changed_on == date(2026, 11, 1)
    assert row(1, changed_at="torn", started_on="?").changed_on is None
