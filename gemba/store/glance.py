"""Today, read through the standard library before anything large is loaded.

Every query here runs along an index, however many observations there are.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import UUID

from gemba.domain.errors import GembaError
from gemba.domain.today import (
    BUSY,
    DAMAGED,
    IN_TRAY,
    ME,
    MISSING,
    NEWER,
    ActionDue,
    CheckDue,
    EffectDue,
    NextLook,
    OpenPromise,
    OwnProblem,
    PlannedWalk,
    TodayGlance,
    WalkedOnly,
)
from gemba.store import driver
from gemba.store.first_look import is_strange_journal, refuse_vanished
from gemba.store.glance_proof import Proofs
from gemba.store.header import FILE_NAME, NEWEST, file_version
from gemba.store.lock import is_taken

if TYPE_CHECKING:
    from gemba.domain.practice import Practice

T = TypeVar("T")

_MOST: Final = 50
_WALK_DAYS: Final = 7
_CHECK_DAYS: Final = 14
_OWN_MOST: Final = 3
_UNTOLD_MOST: Final = 3
_UNTOLD_DAYS: Final = 3
"""After these a walk without a debrief is let be: a reminder that stays is a reproach."""
_PATIENCE_SECONDS: Final = 0.3

_PROMISES: Final = """
    SELECT p.id, p.text, coalesce(nullif(p.raised_by, ''), who.name, ''), p.made_on, p.due_on,
           p.resolver, p.note, CASE WHEN p.raised_by = '' THEN p.person_id END
    FROM promise AS p LEFT JOIN person AS who ON who.id = p.person_id
    WHERE p.told_back IS NULL AND p.deleted_at IS NULL
    ORDER BY p.made_on, p.counter LIMIT ?"""
_PROMISE_COUNT: Final = """
    SELECT count(*) FROM promise WHERE told_back IS NULL AND deleted_at IS NULL"""
_WALK: Final = """
    SELECT w.id, w.purpose, coalesce(area.name, ''), w.stops, w.planned_on, w.started_at,
           w.area_id
    FROM walk AS w LEFT JOIN area ON area.id = w.area_id
    WHERE w.deleted_at IS NULL AND w.ended_at IS NULL AND """
_UNDER_WAY: Final = _WALK + "w.started_at IS NOT NULL ORDER BY w.started_at DESC LIMIT ?"
_PLANNED: Final = (
    _WALK
    + "w.started_at IS NULL AND w.walked_on IS NULL AND w.planned_on <= ?"
    + " ORDER BY w.planned_on, w.counter LIMIT ?"
)
_WALKED: Final = """
    SELECT id, purpose, walked_on, debrief FROM walk
    WHERE walked_on BETWEEN ? AND ? AND ended_at IS NOT NULL AND deleted_at IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM observation AS seen
        WHERE seen.walk_id = walk.id AND seen.deleted_at IS NULL AND seen.conversion <> '')
    ORDER BY walked_on DESC, counter DESC LIMIT ?"""
_LOOKS: Final = """
    SELECT t.id, t.kind, t.learner_id, who.name,
           coalesce(nullif(board.focus_process, ''), sheet.title, ''),
           t.agreed, t.next_look_on, t.next_look_time, t.held_on,
           t.storyboard_id, t.sheet_id
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
    WHERE due.kind = 'sheet' AND due.on_date <= ? AND instr(due.part, '/') = 0
    ORDER BY due.on_date, due.number LIMIT ?"""
_EFFECTS: Final = """
    SELECT due.record_id, promise.text, due.on_date
    FROM due JOIN promise ON promise.id = due.record_id
    WHERE due.kind = 'promise' AND due.on_date <= ?
    ORDER BY due.on_date, due.number LIMIT ?"""
_ACTIONS: Final = _CHECKS.replace("= 0", "> 0")
_OWN: Final = """
    SELECT sheet.id, sheet.title, sheet.last_there, sheet.started_on
    FROM person AS who JOIN sheet ON sheet.owner_id = who.id
    WHERE who.name = ? COLLATE NOCASE AND who.deleted_at IS NULL AND sheet.deleted_at IS NULL
      AND sheet.archived_on IS NULL AND coalesce(sheet.closing, 'null') = 'null'
    ORDER BY sheet.counter DESC LIMIT ?"""
_ROUTINES: Final = "SELECT 1 FROM routine WHERE deleted_at IS NULL LIMIT 1"
_ANY: Final = "SELECT " + " OR ".join(
    f"EXISTS (SELECT 1 FROM {kind} WHERE deleted_at IS NULL)"
    for kind in ("walk", "observation", "promise", "talk", "storyboard", "sheet", "person")
)


def glance(folder: Path, today: date, key: bytes | None = None) -> TodayGlance:
    """Read what Today shows. Whatever is wrong with the folder is said by ``state``."""
    path = folder / FILE_NAME
    try:
        refuse_vanished(path)
        if not is_taken(folder) and is_strange_journal(path):
            # Opening would play it back; the store lays it aside first. While a Gemba is at work
            # the journal is its own.
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
    sound = _Sound(Proofs(connection))
    me = sound.proofs.setting(ME)
    soon = (today + timedelta(days=_WALK_DAYS)).isoformat()
    later = (today + timedelta(days=_CHECK_DAYS)).isoformat()
    promises = sound.rows(run(_PROMISES, (_MOST,)), _promise)
    untold = sound.dropped
    since = (today - timedelta(days=_UNTOLD_DAYS)).isoformat()
    walked = run(_WALKED, (since, today.isoformat(), _MOST)).fetchall()
    empty = [row for row in walked if _says_nothing(row[3])]
    walks = [*run(_UNDER_WAY, (_MOST,)), *run(_PLANNED, (soon, _MOST))]
    return TodayGlance(
        today=today,
        me=me,
        week=_week(connection, sound.proofs, today),
        promises=promises,
        promise_count=run(_PROMISE_COUNT).fetchone()[0] - untold,
        walks=sound.rows(walks, _walk),
        looks=sound.rows(run(_LOOKS, (_MOST,)), _look),
        effects=sound.rows(run(_EFFECTS, (soon, _MOST)), _effect),
        checks=sound.rows(run(_CHECKS, (later, _MOST)), _check),
        actions=sound.rows(run(_ACTIONS, (soon, _MOST)), _action),
        own=sound.rows(run(_OWN, (me, _OWN_MOST)), _own) if me else (),
        any_record=bool(run(_ANY).fetchone()[0]),
        untold=sound.rows(empty[:_UNTOLD_MOST], _walked),
        damaged=sound.torn + sound.proofs.damaged,
    )


def _week(connection: driver.Connection, proofs: Proofs, today: date) -> tuple[Practice, ...]:
    if connection.execute(_ROUTINES).fetchone() is None:
        return ()
    # Loaded with the first routine: a folder without any starts without it.
    from gemba.store.glance_week import read_week

    return read_week(connection, proofs, today)


class _Damaged(Exception):
    """What a row shows is not what was written."""


class _Sound:
    """Builds what is shown from rows, and counts those that are damaged."""

    def __init__(self, proofs: Proofs) -> None:
        self.proofs = proofs
        self.dropped = 0
        self.torn = 0

    def rows(
        self, rows: Iterable[tuple[Any, ...]], build: Callable[[Proofs, Any], T]
    ) -> tuple[T, ...]:
        made: list[T] = []
        for row in rows:
            try:
                made.append(build(self.proofs, row))
            except _Damaged:
                self.dropped += 1
            except (ValueError, TypeError, AttributeError, KeyError):
                self.dropped += 1
                self.torn += 1
        return tuple(made)


def _prove(proofs: Proofs, *refs: tuple[str, str | None]) -> None:
    if not all(proofs.holds(kind, key) for kind, key in refs):
        raise _Damaged


def _promise(proofs: Proofs, row: tuple[Any, ...]) -> OpenPromise:
    key, text, to, made_on, due_on, resolver, note, person = row
    _prove(proofs, ("promise", key))
    return OpenPromise(
        id=UUID(hex=key),
        text=text,
        # A name that was altered is left out; what was promised stays.
        to=to if proofs.holds("person", person) else "",
        made_on=date.fromisoformat(made_on),
        due_on=_day(due_on),
        resolver=resolver,
        note=note,
    )


def _walk(proofs: Proofs, row: tuple[Any, ...]) -> PlannedWalk:
    key, purpose, area, stops, planned_on, started_at, area_id = row
    _prove(proofs, ("walk", key))
    return PlannedWalk(
        id=UUID(hex=key),
        purpose=purpose,
        area=area if proofs.holds("area", area_id) else "",
        places=tuple(str(stop["place"]) for stop in json.loads(stops)),
        planned_on=_day(planned_on),
        under_way=started_at is not None,
    )


def _says_nothing(debrief: str) -> bool:
    try:
        return not any(line.strip() for line in json.loads(debrief).values())
    except (ValueError, TypeError, AttributeError):
        return True  # its row is proved before it is shown, and counted where it is damaged


def _walked(proofs: Proofs, row: tuple[Any, ...]) -> WalkedOnly:
    key, purpose, on, _debrief = row
    _prove(proofs, ("walk", key))
    return WalkedOnly(id=UUID(hex=key), purpose=purpose, on=date.fromisoformat(on))


def _look(proofs: Proofs, row: tuple[Any, ...]) -> NextLook:
    key, kind, learner_id, learner, focus, agreed, look_on, look_time, held_on, board, sheet = row
    _prove(proofs, ("talk", key), ("person", learner_id), ("storyboard", board), ("sheet", sheet))
    return NextLook(
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


def _check(proofs: Proofs, row: tuple[Any, ...]) -> CheckDue:
    key, part, title, what, on = row
    sheet = proofs.content("sheet", key) or {}
    # The day stands apart from its sheet, which alone is proved.
    if not any((c["id"], c["what"], c["on"]) == (part, what, on) for c in sheet.get("checks", ())):
        if sheet:
            raise ValueError("not a check of its sheet")
        raise _Damaged
    return CheckDue(
        sheet_id=UUID(hex=key),
        check_id=part,
        title=title,
        what=what,
        on=date.fromisoformat(on),
    )


def _effect(proofs: Proofs, row: tuple[Any, ...]) -> EffectDue:
    key, text, on = row
    promise = proofs.content("promise", key)
    if promise is None:
        raise _Damaged
    if promise["check_on"] != on:
        raise ValueError("not a day of its promise")
    return EffectDue(promise_id=UUID(hex=key), text=text, on=date.fromisoformat(on))


def _action(proofs: Proofs, row: tuple[Any, ...]) -> ActionDue:
    key, place, title, what, on = row
    sheet = proofs.content("sheet", key)
    if sheet is None:
        raise _Damaged
    part, _, step = place.rpartition("/")
    box, figure, action = part.split("/", 2)
    aside = box.startswith(IN_TRAY)
    place = _named(sheet["tray"], box[len(IN_TRAY) :])["box"] if aside else None
    place = place or _named(sheet["boxes"], box)
    held = _named(_named(place["figures"], figure)["actions"], action)
    if (held["what"], held[step]) != (what, on):
        raise ValueError("not an action of its sheet")
    return ActionDue(
        sheet_id=UUID(hex=key),
        part=part,
        title=title,
        what=what,
        who=held["who"],
        step=step,
        on=date.fromisoformat(on),
        # Which boxes its worksheet has is not known here; those of a shaped sheet are listed.
        aside=aside or bool(sheet["format"] and not _named(sheet["format"], box)),
    )


def _named(held: list[dict[str, Any]], id: str) -> dict[str, Any]:
    return next((one for one in held if one["id"] == id), {})


def _own(proofs: Proofs, row: tuple[Any, ...]) -> OwnProblem:
    key, title, last_there, started_on = row
    _prove(proofs, ("sheet", key))
    return OwnProblem(
        sheet_id=UUID(hex=key),
        title=title,
        last_there=last_there,
        started_on=date.fromisoformat(started_on),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
