"""The week of a leader's routines, read through the standard library for Today."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, TypeVar
from uuid import UUID

from gemba.domain.codec import from_plain
from gemba.domain.practice import Done, Practice, in_use, practice_of
from gemba.domain.routine import Keeping, Routine
from gemba.domain.routine_days import monday_of

if TYPE_CHECKING:
    from gemba.store.driver import Connection
    from gemba.store.glance_proof import Proofs

R = TypeVar("R", Routine, Keeping)
_MOST: Final = 50

ROUTINES: Final = """
    SELECT id FROM routine WHERE deleted_at IS NULL AND archived_on IS NULL
    ORDER BY counter LIMIT ?"""
KEEPINGS: Final = """
    SELECT id FROM keeping WHERE routine_id = ? AND day BETWEEN ? AND ? AND deleted_at IS NULL"""
WALKS: Final = """
    SELECT id, area_id, walked_on FROM walk
    WHERE walked_on BETWEEN ? AND ? AND deleted_at IS NULL"""
MADE: Final = "SELECT 1 FROM walk WHERE id = ? AND walked_on IS NOT NULL AND deleted_at IS NULL"
TALKS: Final = """
    SELECT DISTINCT held_on FROM talk
    WHERE learner_id = ? AND held_on BETWEEN ? AND ? AND deleted_at IS NULL"""


def read_week(connection: Connection, proofs: Proofs, today: date) -> tuple[Practice, ...]:
    """Return the routines in use with this week's days; what the disk altered is left out."""
    rows = connection.execute(ROUTINES, (_MOST,)).fetchall()
    routines = in_use(_records(Routine, "routine", [key for (key,) in rows], proofs))
    if not routines:
        return ()
    first = monday_of(today)
    span = (first, first + timedelta(days=6))
    days = (span[0].isoformat(), span[1].isoformat())
    keepings = [
        one
        for routine in routines
        for one in _records(
            Keeping,
            "keeping",
            [key for (key,) in connection.execute(KEEPINGS, (routine.id.hex, *days)).fetchall()],
            proofs,
        )
    ]
    walks = connection.execute(WALKS, days).fetchall()
    made = {UUID(hex=key) for key, _area, _on in walks}
    tied = {one.walk_id for one in keepings if one.walk_id is not None} - made
    made |= {key for key in tied if connection.execute(MADE, (key.hex,)).fetchone()}
    learners = {one.person_id for one in routines if one.kind == "coaching" and one.person_id}
    done = Done(
        walks=[
            (UUID(hex=area) if area else None, date.fromisoformat(on)) for _key, area, on in walks
        ],
        made=frozenset(made),
        talks={
            one: {
                date.fromisoformat(on)
                for (on,) in connection.execute(TALKS, (one.hex, *days)).fetchall()
            }
            for one in learners
        },
    )
    return tuple(practice_of(routines, keepings, done, span, today))


def _records(cls: type[R], kind: str, keys: list[str], proofs: Proofs) -> list[R]:
    names = {one.name for one in fields(cls)} - {"revision"}
    found = (proofs.content(kind, key) for key in keys)
    return [
        from_plain(cls, {name: one[name] for name in names}) for one in found if one is not None
    ]
