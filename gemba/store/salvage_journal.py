"""Records written anew from the journal, where their own rows are lost."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gemba.domain.changes import Plain, Ref
from gemba.domain.moment import write_moment
from gemba.store.journal import put_at, value_at


@dataclass(frozen=True, slots=True)
class Told:
    """What the journal tells of a record: its newest state, and whether it lies in the bin.

    ``plain`` is None where its beginning is missing, and where it was erased. ``complete`` is
    False where rows are missing that may have said something newer; ``first`` is the revision in
    which the record was last written whole.
    """

    ref: Ref
    plain: dict[str, Plain] | None
    revision: int
    deleted_at: datetime | None
    complete: bool
    erased: bool = False
    first: int = 0

    @property
    def away(self) -> str | None:
        """When it was put into the bin, as its table writes it."""
        return None if self.deleted_at is None else write_moment(self.deleted_at)


def tell_all(entries: Iterable[dict[str, Any]], *, end: bool) -> dict[Ref, Told]:
    """Follow every record through the journal; ``end`` tells that its newest row is there."""
    rows = sorted(entries, key=lambda row: row["number"])
    numbers = [row["number"] for row in rows]
    # From here on nothing is missing; before it, rows may be.
    unbroken = len(rows) if not end else 0
    for place in range(len(numbers) - 1, 0, -1):
        if numbers[place] != numbers[place - 1] + 1:
            unbroken = max(unbroken, place)
            break
    by_ref: dict[Ref, list[tuple[int, dict[str, Any]]]] = {}
    for place, row in enumerate(rows):
        by_ref.setdefault(Ref(row["kind"], row["record_id"]), []).append((place, row))
    return {ref: _follow(ref, steps, unbroken) for ref, steps in by_ref.items()}


def _follow(ref: Ref, steps: list[tuple[int, dict[str, Any]]], unbroken: int) -> Told:
    plain: dict[str, Plain] | None = None
    away: datetime | None = None
    complete = erased = False
    first = 0
    orders: dict[str, list[Any]] = {}
    for place, row in steps:
        if not row["field"]:
            gone = row["after"] is None
            whole = row["before"] if gone else row["after"]
            plain = deepcopy(whole) if isinstance(whole, dict) else None
            away, orders = (row["at"] if gone else None), {}
            first = row["revision"]
            complete, erased = place >= unbroken, plain is None
        elif plain is not None:
            _apply(plain, row, orders)
    if plain is not None:
        for path in sorted(orders, key=len):
            _reorder(plain, path, orders[path])
    revision = max(row["revision"] for _, row in steps)
    return Told(ref, plain, revision, away, complete, erased, first)


def _apply(plain: dict[str, Plain], row: dict[str, Any], orders: dict[str, list[Any]]) -> None:
    path, _, last = row["field"].rpartition(".")
    if last == "order" and isinstance(row["after"], list):
        orders[path] = row["after"]
        return
    # A value that is put in as a whole brings its own order with it.
    for held in [one for one in orders if f"{one}.".startswith(f"{row['field']}.")]:
        del orders[held]
    put_at(plain, row["field"], deepcopy(row["after"]))


def _reorder(plain: dict[str, Plain], path: str, order: list[Any]) -> None:
    items = value_at(plain, path)
    if isinstance(items, list):
        place = {name: index for index, name in enumerate(order)}
        items.sort(
            key=lambda item: place.get(item.get("id"), len(place)) if isinstance(item, dict) else 0
        )
