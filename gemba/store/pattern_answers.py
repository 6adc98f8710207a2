"""The promises behind the curve of answers: counted and listed over a bare connection."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from gemba.domain.patterns import Answer, Span, WantedAnswers
from gemba.store.driver import Connection

_DAYS: Final = """max(0, CAST(julianday(coalesce(json_extract(p.told_back, '$.on'), ?))
               - julianday(p.made_on) AS INTEGER))"""
_FROM: Final = """
    FROM promise AS p
    WHERE p.deleted_at IS NULL AND p.made_on BETWEEN ? AND ?"""
_OF_AREA: Final = """
      AND (p.area_id = ? OR p.area_id IS NULL AND (
        p.person_id IN (SELECT id FROM person WHERE area_id = ?) OR p.id IN (
          SELECT link.to_id FROM link JOIN observation AS o ON o.id = link.from_id
          JOIN walk ON walk.id = o.walk_id
          WHERE link.to_kind = 'promise' AND link.deleted_at IS NULL AND walk.area_id = ?)))"""
_WORDS: Final = 300


def count_answers(connection: Connection, span: Span, today: date) -> tuple[Answer, ...]:
    """Count the promises of a span by their days; one not told back yet has waited until today."""
    where, given = _within(span)
    rows = connection.execute(
        f"SELECT {_DAYS} AS days, p.told_back IS NOT NULL AS told, count(*) {where} GROUP BY 1, 2",
        [today.isoformat(), *given],
    )
    return tuple(
        Answer(days=int(days), told=bool(told), count=count)
        for days, told, count in rows.fetchall()
        if days is not None
    )


def _within(span: Span) -> tuple[str, list[Any]]:
    given: list[Any] = [span.first.isoformat(), span.last.isoformat()]
    if span.area_id is None:
        return _FROM, given
    return _FROM + _OF_AREA, [*given, *[span.area_id.hex] * 3]


def answer_rows(
    connection: Connection,
    wanted: WantedAnswers,
    today: date,
    limit: int,
    after: UUID | None = None,
) -> list[tuple[UUID, str, date, str]]:
    """Return id, words, day and category of the promises wanted, the oldest first.

    ``after`` is the id of the last one of the page before.
    """
    where, given = _which(wanted, today)
    if after is not None:
        where += " AND (p.made_on, p.counter) > (SELECT made_on, counter FROM promise WHERE id = ?)"
        given.append(after.hex)
    rows = connection.execute(
        f"SELECT p.id, substr(p.text, 1, {_WORDS}), p.made_on, p.category {where}"
        " ORDER BY p.made_on, p.counter LIMIT ?",
        [*given, limit],
    )
    return [
        (UUID(hex=key), text, date.fromisoformat(on), category)
        for key, text, on, category in rows.fetchall()
    ]


def count_wanted_answers(connection: Connection, wanted: WantedAnswers, today: date) -> int:
    """Count the promises wanted."""
    where, given = _which(wanted, today)
    return int(connection.execute(f"SELECT count(*) {where}", given).fetchone()[0])


def _which(wanted: WantedAnswers, today: date) -> tuple[str, list[Any]]:
    where, given = _within(wanted.span)
    if wanted.days is None:
        return f"{where} AND p.told_back IS NULL", given
    if wanted.told:
        where += " AND p.told_back IS NOT NULL"
    sign = "<=" if wanted.told else ">"
    return f"{where} AND {_DAYS} {sign} ?", [*given, today.isoformat(), wanted.days]
