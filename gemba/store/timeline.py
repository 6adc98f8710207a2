"""Timelines of learners and coaches, page by page: SQL over a bare connection.

Each kind is asked for one page by its own index, and the pages are put together, so that five
years of thirty learners are never read at once. Nothing is proved; whoever opens a row learns of
damage from its record.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from heapq import nlargest
from typing import Any, Final
from uuid import UUID

from gemba.domain.changes import Ref
from gemba.domain.kinds import PRIVATE_KINDS
from gemba.domain.timeline import (
    TIMELINE_KINDS,
    TimelineRow,
    TimePlace,
    WantedTime,
)
from gemba.store.driver import Connection
from gemba.store.search import words_of
from gemba.store.search_form import indexed, scope_word
from gemba.store.texts_saying import saying

_DAY: Final = {
    "talk": "x.held_on",
    "experiment": "x.planned_on",
    "sheet": "x.started_on",
    "walk": "x.walked_on",
    "reflection": "x.week_of",
    "session": "x.held_on",
    "lesson": "x.learned_on",
    "second_coach": "x.watched_on",
}
_ORDER: Final = {kind: number for number, kind in enumerate(TIMELINE_KINDS)}
_WORDS: Final = 300
_ALWAYS: Final = {
    "experiment": "(x.step <> '' OR x.prediction <> '')",
}
_ANSWERED: Final = """(
        SELECT json_extract(a.value, '$.text')
        FROM json_each(CASE WHEN json_valid(x.answers) THEN x.answers ELSE '[]' END) AS a
        WHERE trim(json_extract(a.value, '$.text')) <> '' LIMIT 1)"""
_SAID: Final = f"substr(coalesce(nullif(trim(x.agreed), ''), {_ANSWERED}, ''), 1, {_WORDS})"
_REFLECTED: Final = f"substr(coalesce({_ANSWERED}, x.note), 1, {_WORDS})"
_COLUMNS: Final = {
    "talk": f"{_SAID}, CASE WHEN x.kind = 'cycle' AND x.definition = 'planning' THEN x.definition"
    " ELSE x.kind END, '', x.elapsed / 60, x.learner_id",
    "experiment": f"substr(coalesce(nullif(trim(x.step), ''), x.prediction), 1, {_WORDS}), '',"
    " CASE WHEN x.outcome = '' AND x.result <> '' THEN 'unclear' ELSE x.outcome END, 0,"
    " x.learner_id",
    "sheet": f"substr(coalesce(nullif(trim(x.title), ''), nullif(trim(x.is_now), ''),"
    f" x.should_be), 1, {_WORDS}), x.stage, '', 0, x.owner_id",
    "walk": f"substr(x.purpose, 1, {_WORDS}), '', '', 0, NULL",
    "reflection": f"{_REFLECTED}, '', '', 0, NULL",
    "session": f"substr(coalesce(nullif(trim(x.about), ''), {_ANSWERED}, ''), 1, {_WORDS}),"
    " x.definition, '', x.elapsed / 60, x.learner_id",
    "lesson": f"substr(x.words, 1, {_WORDS}), '', '', 0, x.learner_id",
    "second_coach": f"substr(coalesce(nullif(trim(x.strong), ''), nullif(trim(x.feedback), ''),"
    f" nullif(trim(x.practise), ''), x.before), 1, {_WORDS}), '', '', x.minutes, NULL",
}
_OF_LEARNER: Final = {
    "talk": "x.learner_id = ?",
    "session": "x.learner_id = ?",
    "experiment": "x.learner_id = ?",
    "lesson": "x.learner_id = ?",
    "sheet": "x.owner_id = ?",
}


@dataclass(slots=True)
class _Where:
    """Conditions of one kind, with what they are given."""

    terms: list[str] = field(default_factory=list)
    given: list[Any] = field(default_factory=list)

    def add(self, term: str, *given: Any) -> None:
        """Ask for one thing more."""
        self.terms.append(term)
        self.given += given


def timeline_rows(
    connection: Connection,
    wanted: WantedTime,
    limit: int,
    after: TimePlace | None = None,
    skip: int = 0,
) -> list[TimelineRow]:
    """Return a page of a timeline, the newest first; ``after`` is the last row of the one before.

    Of one day, talks stand before experiments, these before sheets, walks and reflections. A leap
    over ``skip`` rows reads their places and nothing else of them.
    """
    most = -1 if _few(wanted) else skip + limit
    found = _places(connection, wanted, most, after)
    return _detailed(connection, nlargest(skip + limit, found)[skip:], private=wanted.private)


def first_page(
    connection: Connection, wanted: WantedTime, limit: int
) -> tuple[int, list[TimelineRow]]:
    """Count everything on a timeline, and return its first page."""
    if not _few(wanted):
        return count_timeline(connection, wanted), timeline_rows(connection, wanted, limit)
    found = _places(connection, wanted, -1, None)
    return len(found), _detailed(connection, nlargest(limit, found), private=wanted.private)


def _places(
    connection: Connection, wanted: WantedTime, most: int, after: TimePlace | None
) -> list[tuple[str, int, int, str]]:
    """Return day, order of the kind, counter and id of at most so many rows of each kind."""
    boards = _boards(connection, wanted)
    found: list[tuple[str, int, int, str]] = []
    for kind in wanted.kinds:
        where = _where(connection, kind, wanted, boards)
        if where is None:
            continue
        if after is not None:
            _behind(where, kind, after)
        day = _DAY[kind]
        rows = connection.execute(
            f"SELECT {day}, x.counter, x.id FROM {kind} AS x WHERE {' AND '.join(where.terms)}"
            f" ORDER BY {day} DESC, x.counter DESC LIMIT ?",
            [*where.given, most],
        ).fetchall()
        found += [(on, -_ORDER[kind], counter, key) for on, counter, key in rows]
    if _few(wanted):
        said = saying(connection, [key for *_, key in found], words_of(wanted.words))
        found = [one for one in found if one[3] in said]
    return found


def count_timeline(connection: Connection, wanted: WantedTime) -> int:
    """Count everything on a timeline."""
    if _few(wanted):
        return len(_places(connection, wanted, -1, None))
    boards = _boards(connection, wanted)
    count = 0
    for kind in wanted.kinds:
        where = _where(connection, kind, wanted, boards)
        if where is not None:
            row = connection.execute(
                f"SELECT count(*) FROM {kind} AS x WHERE {' AND '.join(where.terms)}", where.given
            ).fetchone()
            count += int(row[0])
    return count


def _boards(connection: Connection, wanted: WantedTime) -> str | None:
    """Return the ids of the storyboards that are asked for as JSON, None where all are."""
    if not (wanted.process or wanted.obstacle):
        return None
    where = _Where(["deleted_at IS NULL"])
    if wanted.learner_id is not None:
        where.add("learner_id = ?", wanted.learner_id.hex)
    if wanted.process:
        where.add("trim(focus_process) = ?", wanted.process)
    if wanted.obstacle:
        where.add("id = ?", wanted.obstacle.partition("/")[0])
    query = f"SELECT id FROM storyboard WHERE {' AND '.join(where.terms)}"
    return json.dumps([key for (key,) in connection.execute(query, where.given).fetchall()])


def _where(
    connection: Connection, kind: str, wanted: WantedTime, boards: str | None
) -> _Where | None:
    """Return the conditions of a kind, None where nothing of it can be meant."""
    if kind in PRIVATE_KINDS and wanted.words.strip():
        # Words that are the coach's alone are found by nobody here.
        return None
    # A day that the disk altered is none, 30 February either, which SQLite only sees in counting
    # on from it; its record is named by the first look at the folder.
    where = _Where(["x.deleted_at IS NULL", f"{_DAY[kind]} = date({_DAY[kind]}, '+0 days')"])
    if kind in _ALWAYS:
        where.add(_ALWAYS[kind])
    if not _of_whom(where, kind, wanted, connection):
        return None
    if wanted.first is not None:
        where.add(f"{_DAY[kind]} >= ?", wanted.first.isoformat())
    if wanted.last is not None:
        where.add(f"{_DAY[kind]} <= ?", wanted.last.isoformat())
    if boards is not None and not _about(where, kind, wanted, boards):
        return None
    for word in () if _few(wanted) else words_of(wanted.words):
        quoted = '"' + indexed(word).replace('"', '""') + '"'
        where.add(
            "x.id IN (SELECT record_id FROM search_entry WHERE NOT private AND kind = ?"
            " AND number IN (SELECT rowid FROM search_text WHERE search_text MATCH ?))",
            kind,
            f"scope : {scope_word(kind)} AND {{title body}} : {quoted} *",
        )
    return where


def _few(wanted: WantedTime) -> bool:
    """Tell whether words are looked for in the records of one learner.

    Those are few: their texts are read, where the index would go through everybody's.
    """
    return wanted.learner_id is not None and bool(words_of(wanted.words))


def _of_whom(where: _Where, kind: str, wanted: WantedTime, connection: Connection) -> bool:
    learner = wanted.learner_id.hex if wanted.learner_id is not None else ""
    if learner and kind in _OF_LEARNER:
        where.add(_OF_LEARNER[kind], learner)
    elif learner and kind == "walk":
        _with_learner(where, learner, connection)
    elif learner:
        return False
    if not wanted.coach:
        return bool(learner) or kind in _OF_LEARNER or wanted.own
    if kind == "talk":
        where.add("x.coach = ?", wanted.coach)
    elif kind == "experiment":
        where.add(
            "x.id IN (SELECT next_experiment_id FROM talk WHERE coach = ? AND deleted_at IS NULL)",
            wanted.coach,
        )
    elif kind == "sheet":
        where.add(
            "(x.coach_id IN (SELECT id FROM person WHERE name = ?) OR x.id IN"
            " (SELECT sheet_id FROM talk WHERE coach = ? AND deleted_at IS NULL))",
            wanted.coach,
            wanted.coach,
        )
    elif kind == "session":
        where.add("x.led_by = ?", wanted.coach)
    elif kind == "lesson":
        where.add(
            "x.talk_id IN (SELECT id FROM talk WHERE coach = ? AND deleted_at IS NULL)",
            wanted.coach,
        )
    elif kind == "second_coach":
        where.add("x.coach = ?", wanted.coach)
    return kind in _OF_LEARNER or wanted.own


def _with_learner(where: _Where, learner: str, connection: Connection) -> None:
    """Ask for walks on which the learner came along, or whose sights lead to their work."""
    row = connection.execute("SELECT name FROM person WHERE id = ?", (learner,)).fetchone()
    name = str(row[0]).strip() if row else ""
    along = "instr(lower(x.company), lower(?)) > 0 OR " if name else ""
    where.add(
        f"({along}x.id IN (SELECT o.walk_id FROM link"
        " JOIN observation AS o ON o.id = link.from_id WHERE link.deleted_at IS NULL"
        " AND link.to_id IN (SELECT id FROM storyboard WHERE learner_id = ?"
        " UNION SELECT id FROM sheet WHERE owner_id = ?)))",
        *((name,) if name else ()),
        learner,
        learner,
    )


def _about(where: _Where, kind: str, wanted: WantedTime, boards: str) -> bool:
    """Ask for what belongs to some storyboards, and to one obstacle of theirs."""
    obstacle = wanted.obstacle.partition("/")[2]
    on_board = "x.storyboard_id IN (SELECT value FROM json_each(?))"
    if kind == "talk":
        where.add(on_board, boards)
        if obstacle:
            where.add(
                "EXISTS (SELECT 1 FROM experiment AS e WHERE e.obstacle_id = ?"
                " AND e.id IN (x.next_experiment_id, x.last_experiment_id))",
                obstacle,
            )
    elif kind == "experiment":
        where.add(on_board, boards)
        if obstacle:
            where.add("x.obstacle_id = ?", obstacle)
    elif kind in ("sheet", "walk"):
        seen = "x.id" if kind == "sheet" else "(SELECT id FROM observation WHERE walk_id = x.id)"
        part = " AND to_part = ?" if obstacle else ""
        where.add(
            "EXISTS (SELECT 1 FROM link WHERE deleted_at IS NULL"
            f" AND from_id IN {f'({seen})' if kind == 'sheet' else seen}"
            f" AND to_id IN (SELECT value FROM json_each(?)){part})",
            boards,
            *((obstacle,) if obstacle else ()),
        )
    else:
        return False
    return True


def _behind(where: _Where, kind: str, after: TimePlace) -> None:
    day, on = _DAY[kind], after.on.isoformat()
    if kind == after.kind:
        where.add(f"({day}, x.counter) < (?, ?)", on, after.counter)
    elif _ORDER[kind] > _ORDER[after.kind]:
        where.add(f"{day} <= ?", on)
    else:
        where.add(f"{day} < ?", on)


def _detailed(
    connection: Connection, page: Sequence[tuple[str, int, int, str]], *, private: bool
) -> list[TimelineRow]:
    """Read what is shown of a page, in its order."""
    found: dict[str, TimelineRow] = {}
    kinds = {number: kind for kind, number in _ORDER.items()}
    for kind in {kinds[-order] for _, order, _, _ in page}:
        keys = [key for _, order, _, key in page if kinds[-order] == kind]
        holes = ",".join("?" * len(keys))
        rows = connection.execute(
            f"SELECT x.id, {_DAY[kind]}, x.counter, {_COLUMNS[kind]} FROM {kind} AS x"
            f" WHERE x.id IN ({holes})",
            keys,
        )
        for key, on, counter, title, what, outcome, minutes, learner in rows.fetchall():
            found[key] = TimelineRow(
                Ref(kind, UUID(hex=key)),
                date.fromisoformat(on),
                counter,
                str(title or "") if private or kind not in PRIVATE_KINDS else "",
                str(what or ""),
                str(outcome or ""),
                int(minutes or 0),
                UUID(hex=learner) if learner else None,
            )
    return _with_names(connection, [found[key] for *_, key in page if key in found])


def _with_names(connection: Connection, rows: list[TimelineRow]) -> list[TimelineRow]:
    wanted = sorted({row.learner_id.hex for row in rows if row.learner_id is not None})
    holes = ",".join("?" * len(wanted))
    named = connection.execute(f"SELECT id, name FROM person WHERE id IN ({holes})", wanted)
    names = {UUID(hex=key): str(name) for key, name in named.fetchall()}
    return [
        replace(row, learner=names.get(row.learner_id, "")) if row.learner_id is not None else row
        for row in rows
    ]
