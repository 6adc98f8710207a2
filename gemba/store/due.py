"""What waits for a day inside a record, kept apart so that Today finds it by an index."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import delete, insert
from sqlalchemy.engine import Connection

from gemba.domain.changes import Ref
from gemba.domain.figures import Plan
from gemba.domain.figures.plan_rules import waits
from gemba.domain.kinds import Record
from gemba.domain.promise import Promise
from gemba.domain.sheet import Sheet
from gemba.domain.sheet_part import BETWEEN, SheetPart
from gemba.domain.today import IN_TRAY
from gemba.store.tables import due

EFFECT: Final = "effect"
HOLDING_DAYS: Final = ("promise", "sheet")
"""The kinds of record that hold such days."""


def due_rows(record: Record | None) -> list[dict[str, Any]]:
    """Return the days a record holds: of a sheet its open checks and what its actions wait for, of
    a promise the look whether it holds. The part of an action is ``box/figure/action/step``; of
    one that lies in the tray, ``tray:piece`` stands for the box.
    """
    if isinstance(record, Promise):
        return _effect(record)
    if not isinstance(record, Sheet):
        return []
    found = [(check.id, check.on, check.what) for check in record.checks if check.done_on is None]
    # What was laid aside keeps its checks, but nobody is waiting for its actions.
    places = [(box.id, box) for box in record.boxes]
    places += [(f"{IN_TRAY}{piece.id}", piece.box) for piece in record.tray]
    for place, box in places if record.archived_on is None else ():
        for figure in box.figures:
            if not isinstance(figure, Plan) or BETWEEN in place + figure.id:
                continue
            for action in figure.actions:
                part = SheetPart(place, figure.id, action.id)
                found += [
                    (f"{part}{BETWEEN}{step}", day, action.what) for step, day in waits(action)
                ]
    # Of two with one id, as an import may bring them, Today shows the first.
    rows: dict[str, dict[str, Any]] = {}
    for part_of, day, words in found:
        row = {"kind": "sheet", "record_id": record.id, "part": part_of}
        rows.setdefault(part_of, {**row, "on_date": day, "title": words})
    return list(rows.values())


def _effect(promise: Promise) -> list[dict[str, Any]]:
    if promise.check_on is None or promise.checked_on is not None:
        return []
    row = {"kind": "promise", "record_id": promise.id, "part": EFFECT}
    return [{**row, "on_date": promise.check_on, "title": promise.text}]


def keep_due(connection: Connection, ref: Ref, before: Record | None, after: Record | None) -> None:
    """Bring the rows of a record from one state to the next."""
    old, new = due_rows(before), due_rows(after)
    if old == new:
        return
    if old:
        connection.execute(delete(due).where(due.c.kind == ref.kind, due.c.record_id == ref.id))
    if new:
        connection.execute(insert(due), new)
