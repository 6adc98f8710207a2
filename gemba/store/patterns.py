"""Counting observations and promises where they lie: SQL over a bare connection.

A hundred thousand observations never become records for it. Nothing is proved; whoever opens an
observation learns of damage from its record.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from gemba.domain.observation import GOING_WELL
from gemba.domain.patterns import WEEK, Counted, CountedPlace, Patterns, Span, Wanted
from gemba.store.altered import readable
from gemba.store.driver import Connection
from gemba.store.pattern_answers import count_answers

_STEP: Final = {
    WEEK: "date(o.seen_on, 'weekday 0', '-6 days')",
    "month": "substr(o.seen_on, 1, 7) || '-01'",
}
_SEEN: Final = """
    FROM observation AS o
    WHERE o.deleted_at IS NULL AND o.kept AND o.seen_on BETWEEN ? AND ?"""
_IN_AREA: Final = " AND o.walk_id IN (SELECT id FROM walk WHERE area_id = ?)"
_IN_THE_WAY: Final = f" AND o.category <> '{GOING_WELL}'"
_WORDS: Final = 300


def count_patterns(connection: Connection, span: Span, today: date) -> Patterns:
    """Count what a span holds; a promise not told back yet has waited until today."""
    where, given = _within(span)
    step = _STEP[span.step]
    seen = connection.execute(
        f"SELECT {step}, o.category, o.standard, count(*) {where} GROUP BY 1, 2, 3", given
    )
    counted = tuple(
        readable(
            seen,
            lambda begin, category, standard, count: Counted(
                begin=date.fromisoformat(begin), category=category, standard=standard, count=count
            ),
        )
    )
    return Patterns(
        span=span,
        counted=counted,
        places=_places(connection, span),
        answers=count_answers(connection, span, today),
    )


def _within(span: Span) -> tuple[str, list[Any]]:
    given: list[Any] = [span.first.isoformat(), span.last.isoformat()]
    if span.area_id is None:
        return _SEEN, given
    return _SEEN + _IN_AREA, [*given, span.area_id.hex]


def _places(connection: Connection, span: Span) -> tuple[CountedPlace, ...]:
    where, given = _within(span)
    rows = connection.execute(
        f"SELECT o.walk_id, o.stop_id, {_STEP[span.step]}, count(*) {where}{_IN_THE_WAY}"
        " GROUP BY 1, 2, 3",
        given,
    ).fetchall()
    names = _stop_names(connection, span)
    sums: dict[tuple[str, str], int] = {}
    for walk, stop, begin, count in rows:
        key = begin, names.get((walk, stop), "")
        sums[key] = sums.get(key, 0) + count
    return tuple(
        readable(
            ((*where, count) for where, count in sums.items()),
            lambda begin, place, count: CountedPlace(
                begin=date.fromisoformat(begin), place=place, count=count
            ),
        )
    )


def _stop_names(connection: Connection, span: Span) -> dict[tuple[str, str], str]:
    """Return the places of every stop of the walks in a span, by the ids of walk and stop."""
    where, given = _within(span)
    walks = connection.execute(
        f"SELECT id, stops FROM walk WHERE id IN (SELECT DISTINCT o.walk_id {where})", given
    )
    names: dict[tuple[str, str], str] = {}
    for walk, stops in walks.fetchall():
        for stop in _stops(stops):
            names[walk, str(stop.get("id"))] = str(stop.get("place", ""))
    return names


def _stops(text: str) -> list[dict[str, object]]:
    try:
        held = json.loads(text)
    except ValueError:
        # The check of the folder names a walk that was altered.
        return []
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []


def wanted_rows(
    connection: Connection, wanted: Wanted, limit: int, after: UUID | None = None
) -> list[tuple[UUID, str, date, str]]:
    """Return id, words, day and category of what a bar stands for, the newest first.

    ``after`` is the id of the last one of the page before.
    """
    where, given = _which(connection, wanted)
    if after is not None:
        where += (
            " AND (o.seen_on, o.counter) < (SELECT seen_on, counter FROM observation WHERE id = ?)"
        )
        given.append(after.hex)
    rows = connection.execute(
        f"SELECT o.id, substr(o.saw, 1, {_WORDS}), o.seen_on, o.category {where}"
        " ORDER BY o.seen_on DESC, o.counter DESC LIMIT ?",
        [*given, limit],
    )
    return readable(
        rows, lambda key, saw, on, category: (UUID(hex=key), saw, date.fromisoformat(on), category)
    )


def count_wanted(connection: Connection, wanted: Wanted) -> int:
    """Count what a bar stands for."""
    where, given = _which(connection, wanted)
    return int(connection.execute(f"SELECT count(*) {where}", given).fetchone()[0])


def _which(connection: Connection, wanted: Wanted) -> tuple[str, list[Any]]:
    where, given = _within(wanted.span)
    if wanted.in_the_way:
        where += _IN_THE_WAY
    for column, value in (("category", wanted.category), ("standard", wanted.standard)):
        if value is not None:
            where += f" AND o.{column} = ?"
            given.append(value)
    if wanted.place is not None:
        names = _stop_names(connection, wanted.span)
        alike = [key for key, name in names.items() if name == wanted.place or not wanted.place]
        if wanted.place:
            where += " AND o.walk_id || '/' || o.stop_id IN (SELECT value FROM json_each(?))"
        else:
            # No stop was said, or one that is gone.
            alike = [key for key in alike if names[key]]
            where += (
                " AND coalesce(o.walk_id || '/' || o.stop_id, '')"
                " NOT IN (SELECT value FROM json_each(?))"
            )
        given.append(json.dumps(["/".join(key) for key in alike]))
    return where, given


_MOST_ALIKE: Final = 2_000
_AT_STOP: Final = """
    SELECT o.id, substr(o.saw, 1, 1000), o.seen_on
    FROM walk AS w, json_each(w.stops) AS stop
    CROSS JOIN observation AS o INDEXED BY ix_observation_walk_id_place
    WHERE w.deleted_at IS NULL AND instr(w.stops, ?) > 0
      AND json_extract(stop.value, '$.place') = ?
      AND o.walk_id = w.id AND o.stop_id = json_extract(stop.value, '$.id')
      AND o.category = ? AND o.deleted_at IS NULL AND o.kept AND o.seen_on <= ?
    ORDER BY o.seen_on DESC, o.counter DESC LIMIT ?"""


def seen_at(
    connection: Connection, place: str, category: str, before: date
) -> list[tuple[UUID, str, date]]:
    """Return id, words and day of what was seen at a stop in one category, the newest first.

    A stop has another id on each walk, so it is known by its name.
    """
    as_written = json.dumps(place, ensure_ascii=False)
    given = (as_written, place, category, before.isoformat(), _MOST_ALIKE)
    rows = connection.execute(_AT_STOP, given)
    return readable(rows, lambda key, saw, on: (UUID(hex=key), saw, date.fromisoformat(on)))


def newest_loose(connection: Connection, limit: int) -> list[UUID]:
    """Return the ids of what was kept last outside any walk, the newest first."""
    rows = connection.execute(
        # The plus keeps SQLite from sorting all that lies outside walks.
        "SELECT id FROM observation WHERE +walk_id IS NULL AND kept AND deleted_at IS NULL"
        " ORDER BY counter DESC LIMIT ?",
        (limit,),
    )
    return [UUID(hex=key) for (key,) in rows.fetchall()]


def marked(connection: Connection) -> list[UUID]:
    """Return the ids of the observations with marks on a photo, also in the bin."""
    rows = connection.execute("SELECT id FROM observation WHERE instr(photos, '\"marks\"') > 0")
    return [UUID(hex=key) for (key,) in rows.fetchall()]


def blurring(connection: Connection, among: Sequence[UUID] | None = None) -> list[UUID]:
    """Return the ids of the sheets, or of some of them, that blur something on a photo."""
    says = " OR ".join(f"instr({one}, '\"blur\"') > 0" for one in ("boxes", "first_draft", "tray"))
    keys = [] if among is None else [one.hex for one in among]
    only = "" if among is None else f" AND id IN ({','.join('?' * len(keys))})"
    rows = connection.execute(f"SELECT id FROM sheet WHERE ({says}){only}", keys)
    return [UUID(hex=key) for (key,) in rows.fetchall()]


def first_and_last_day(connection: Connection) -> tuple[date, date] | None:
    """Return the days of the first and the last observation or promise, None where none is."""
    try:
        return _ends(connection)
    except ValueError:
        # The disk altered one of the two: then every day is looked at.
        return _ends(connection, " AND {0} = date({0}, '+0 days')")


def _ends(connection: Connection, sound: str = "") -> tuple[date, date] | None:
    seen, made = sound.format("seen_on"), sound.format("made_on")
    row = connection.execute(
        "SELECT min(day), max(day) FROM ("
        f" SELECT min(seen_on) AS day FROM observation WHERE deleted_at IS NULL AND kept{seen}"
        " UNION ALL"
        f" SELECT max(seen_on) FROM observation WHERE deleted_at IS NULL AND kept{seen}"
        f" UNION ALL SELECT min(made_on) FROM promise WHERE deleted_at IS NULL{made})"
    ).fetchone()
    if row[0] is None:
        return None
    return date.fromisoformat(row[0]), date.fromisoformat(row[1])
