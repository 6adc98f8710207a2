"""Reads over all questions a coach has noted: counts by month, and a leap down the list."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

from gemba.store.driver import Connection


def asked_counts(connection: Connection) -> list[tuple[date, tuple[str, ...], int]]:
    """Return how many questions of each month, named by its first day, were in which classes."""
    rows = connection.execute(
        "SELECT substr(asked_on, 1, 7), forms, count(*) FROM asked_question"
        " WHERE deleted_at IS NULL GROUP BY 1, 2 ORDER BY 1"
    )
    found = []
    for month, forms, count in rows.fetchall():
        try:
            classes = tuple(str(one) for one in json.loads(forms))
            found.append((date.fromisoformat(f"{month}-01"), classes, int(count)))
        except (TypeError, ValueError):
            continue  # what the disk altered is told elsewhere
    return found


def asked_at(connection: Connection, place: int) -> UUID | None:
    """Return the question at a place of the list, from 0, the newest first; None past its end."""
    row = connection.execute(
        "SELECT id FROM asked_question WHERE deleted_at IS NULL"
        " ORDER BY asked_on DESC, counter DESC LIMIT 1 OFFSET ?",
        (place,),
    ).fetchone()
    return UUID(hex=row[0]) if row is not None else None
