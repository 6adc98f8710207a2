"""When each area was last walked and each person last met: SQL over a bare connection."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from gemba.store.driver import Connection

_WALKED: Final = (
    "SELECT area_id, shift, max(walked_on) FROM walk WHERE deleted_at IS NULL"
    " AND area_id IS NOT NULL AND walked_on IS NOT NULL GROUP BY area_id, shift"
)
_MET: Final = (
    "SELECT who, max(met) FROM ("
    "SELECT learner_id AS who, max(held_on) AS met FROM talk"
    " WHERE deleted_at IS NULL GROUP BY learner_id"
    " UNION ALL SELECT person_id, max(thanked_on) FROM recognition"
    " WHERE deleted_at IS NULL GROUP BY person_id"
    " UNION ALL SELECT person_id, max(json_extract(told_back, '$.on')) FROM promise"
    " WHERE deleted_at IS NULL AND told_back IS NOT NULL GROUP BY person_id"
    ") WHERE who IS NOT NULL AND met IS NOT NULL GROUP BY who"
)


def last_walked(connection: Connection) -> dict[tuple[UUID, str], date]:
    """Return the last day of a walk in each area and shift."""
    rows = connection.execute(_WALKED).fetchall()
    return {(UUID(hex=area), shift): date.fromisoformat(on) for area, shift, on in rows}


def last_met(connection: Connection) -> dict[UUID, date]:
    """Return the last day each person was coached, thanked or told back."""
    rows = connection.execute(_MET).fetchall()
    return {UUID(hex=who): date.fromisoformat(on) for who, on in rows}
