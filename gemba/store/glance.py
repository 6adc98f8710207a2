"""Today, read through the standard library before anything large is loaded.

Every query here runs along an index, however many observations there are.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from gemba.domain.errors import GembaError
from gemba.domain.today import (
    BUSY,
    DAMAGED,
    ME,
    MISSING,
    NEWER,
    CheckDue,
    NextLook,
    OpenPromise,
    OwnProblem,
    PlannedWalk,
    TodayGlance,
)
from gemba.store import driver
from gemba.store.first_look import is_strange_journal, refuse_vanished
from gemba.store.header import FILE_NAME, NEWEST, file_version

_MOST: Final = 50
_WALK_DAYS: Final = 7
_CHECK_DAYS: Final = 14
_OWN_MOST: Final = 3
_PATIENCE_SECONDS: Final = 0.3

_PROMISES: Final = """
    SELECT p.id, p.text, coalesce(nullif(p.raised_by, ''), who.name, ''), p.made_on, p.due_on,
           p.resolver, p.note
    FROM promise AS p LEFT JOIN person AS who ON who.id = p.person_id
    WHERE p.told_back IS NULL AND p.deleted_at IS NULL
    ORDER BY p.made_on, p.counter LIMIT ?"""
_PROMISE_COUNT: Final = """
    SELECT count(*) FROM promise WHERE told_back IS NULL AND deleted_at IS NULL"""
_WALK: Final = """
    SELECT w.id, w.purpose, coalesce(area.name, ''), w.stops, w.planned_on, w.started_at
    FROM walk AS w LEFT JOIN area ON area.id = w.area_id
    WHERE w.deleted_at IS NULL AND w.ended_at IS NULL AND """
_UNDER_WAY: Final = _WALK + "w.started_at IS NOT NULL ORDER BY w.started_at DESC LIMIT ?"
_PLANNED: Final = (
    _WALK
    + "w.started_at IS NULL AND w.walked_on IS NULL AND w.planned_on <= ?"
    + " ORDER BY w.planned_on, w.counter LIMIT ?"
)
_LOOKS: Final = """
    SELECT t.id, t.kind, t.learner_id, who.name,
           coalesce(nullif(board.focus_process, ''), sheet.title, ''),
           t.agreed, t.next_look_on, t.next_look_time, t.held_on
    FROM talk AS t
    JOIN person AS who ON who.id = t.learner_id
    LEFT JOIN storyboard AS board ON board.id = t.storyboard_id
    LEFT JOIN sheet ON sheet.id = t.sheet_id
    WHERE t.next_look_on IS NOT NULL AND t.deleted_at IS NULL AND who.deleted_at IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM talk AS later
        WHERE later.learner_id = t.learner_id AND later.deleted_at IS NULL
          AND (later.held_on, later.counter) > (t.held_on, t.counter))
    ORDER BY t.next_look_on, t.counter LIMIT ?"""
_CHECKS: Final = """
    SELECT due.record_id, due.part, sheet.title, due.title, due.on_date
    FROM due JOIN sheet ON sheet.id = due.record_id
    WHERE due.kind = 'sheet' AND due.on_date <= ?
    ORDER BY due.on_date, due.number LIMIT ?"""
_OWN: Final = """
    SELECT sheet.id, sheet.title, sheet.last_there, sheet.started_on
    FROM person AS who JOIN sheet ON sheet.owner_id = who.id
    WHERE who.name = ? COLLATE NOCASE AND who.deleted_at IS NULL AND sheet.deleted_at IS NULL
    ORDER BY sheet.counter DESC LIMIT ?"""
_ANY: Final = "SELECT " + " OR ".join(
    f"EXISTS (SELECT 1 FROM {kind} WHERE deleted_at IS NULL)"
    for kind in ("walk", "observation", "promise", "talk", "storyboard", "sheet", "person")
)


def glance(folder: Path, today: date, key: bytes | None = None) -> TodayGlance:
    """Read what Today shows. Whatever is wrong with the folder is said by ``state``."""
    path = folder / FILE_NAME
    try:
        refuse_vanished(path)
        if is_strange_journal(path):
            # Opening would play it back; the store lays it aside first.
            return TodayGlance(today=today, state=BUSY)
        version = file_version(path, key)
        if version == 0:
            return TodayGlance(today=today, state=MISSING)
        if version != NEWEST:
            return TodayGlance(today=today, state=NEWER if version > NEWEST else MISSING)
        with closing(_connect(path, key)) as connection:
            connection.execute("BEGIN")
            return _read(connection, today)
    except driver.errors() as error:
        locked = driver.code_of(error) in (driver.BUSY, driver.LOCKED)
        return TodayGlance(today=today, state=BUSY if locked else DAMAGED)
    except (GembaError, OSError, ValueError, TypeError, AttributeError, KeyError):
        return TodayGlance(today=today, state=DAMAGED)


def glance_over(connection: driver.Connection, today: date) -> TodayGlance:
    """Read what Today shows over a connection that is open already."""
    return _read(connection, today)


def _connect(path: Path, key: bytes | None) -> driver.Connection:
    # Writable where it can be, so that SQLite may first roll back what a crash left half done.
    mode: driver.Mode = "rw" if os.access(path, os.W_OK) else "ro"
    made = driver.connect(path, mode, key, timeout=_PATIENCE_SECONDS)
    made.execute("PRAGMA query_only=ON")
    return made


def _read(connection: driver.Connection, today: date) -> TodayGlance:
    run = connection.execute
    me = run("SELECT value FROM setting WHERE key = ?", (ME,)).fetchone()
    soon = (today + timedelta(days=_WALK_DAYS)).isoformat()
    later = (today + timedelta(days=_CHECK_DAYS)).isoformat()
    return TodayGlance(
        today=today,
        me=me[0] if me else "",
        promises=_promises(run(_PROMISES, (_MOST,))),
        promise_count=run(_PROMISE_COUNT).fetchone()[0],
        walks=_walks([*run(_UNDER_WAY, (_MOST,)), *run(_PLANNED, (soon, _MOST))]),
        looks=_looks(run(_LOOKS, (_MOST,))),
        checks=_checks(run(_CHECKS, (later, _MOST))),
        own=_own(run(_OWN, (me[0], _OWN_MOST))) if me and me[0] else (),
        any_record=bool(run(_ANY).fetchone()[0]),
    )


def _promises(rows: Iterable[tuple[str, ...]]) -> tuple[OpenPromise, ...]:
    return tuple(
        OpenPromise(
            id=UUID(hex=key),
            text=text,
            to=to,
            made_on=date.fromisoformat(made_on),
            due_on=_day(due_on),
            resolver=resolver,
            note=note,
        )
        for key, text, to, made_on, due_on, resolver, note in rows
    )


def _walks(rows: Iterable[tuple[str, ...]]) -> tuple[PlannedWalk, ...]:
    return tuple(
        PlannedWalk(
            id=UUID(hex=key),
            purpose=purpose,
            area=area,
            places=tuple(str(stop["place"]) for stop in json.loads(stops)),
            planned_on=_day(planned_on),
            under_way=started_at is not None,
        )
        for key, purpose, area, stops, planned_on, started_at in rows
    )


def _looks(rows: Iterable[tuple[str, ...]]) -> tuple[NextLook, ...]:
    return tuple(
        NextLook(
            talk_id=UUID(hex=key),
            kind=kind,
            learner_id=UUID(hex=learner_id),
            learner=learner,
            focus=focus,
            agreed=agreed,
            look_on=date.fromisoformat(look_on),
            look_time=look_time,
            last_on=date.fromisoformat(held_on),
        )
        for key, kind, learner_id, learner, focus, agreed, look_on, look_time, held_on in rows
    )


def _checks(rows: Iterable[tuple[str, ...]]) -> tuple[CheckDue, ...]:
    return tuple(
        CheckDue(
            sheet_id=UUID(hex=key),
            check_id=part,
            title=title,
            what=what,
            on=date.fromisoformat(on),
        )
        for key, part, title, what, on in rows
    )


def _own(rows: Iterable[tuple[str, ...]]) -> tuple[OwnProblem, ...]:
    return tuple(
        OwnProblem(
            sheet_id=UUID(hex=key),
            title=title,
            last_there=last_there,
            started_on=date.fromisoformat(started_on),
        )
        for key, title, last_there, started_on in rows
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
