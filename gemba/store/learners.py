"""Who was coached, by whom and on what: lists of people, SQL over a bare connection."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from gemba.domain.timeline import TimelineChoices
from gemba.store.altered import items_in, readable
from gemba.store.driver import Connection

_WORDS: Final = 300

_LEARNER_ROWS: Final = f"""
    SELECT p.id, p.name,
           substr(coalesce(nullif(b.focus_process, ''), nullif(b.target_condition, ''),
                           t.agreed, ''), 1, {_WORDS}),
           t.held_on, t.next_look_on
    FROM person AS p
    LEFT JOIN talk AS t ON t.counter = (
        SELECT counter FROM talk WHERE learner_id = p.id AND deleted_at IS NULL
        ORDER BY held_on DESC, counter DESC LIMIT 1)
    LEFT JOIN storyboard AS b ON b.counter = (
        SELECT max(counter) FROM storyboard WHERE learner_id = p.id AND deleted_at IS NULL)
    WHERE t.counter IS NOT NULL OR b.counter IS NOT NULL"""


def timeline_choices(connection: Connection, learner_id: UUID | None) -> TimelineChoices:
    """Return the coaches, processes and obstacles of a learner; of everyone the processes alone.

    Five years of forty learners have thousands of obstacles, which is nothing to choose from.
    """
    run = connection.execute
    if learner_id is None:
        rows = run(
            "SELECT DISTINCT trim(focus_process) FROM storyboard"
            " WHERE deleted_at IS NULL AND trim(focus_process) <> ''"
        )
        processes = sorted((str(one) for (one,) in rows.fetchall()), key=str.casefold)
        return TimelineChoices(processes=tuple(processes))
    given = (learner_id.hex,)
    coached = run(
        "SELECT DISTINCT coach FROM talk"
        " WHERE deleted_at IS NULL AND coach <> '' AND learner_id = ?",
        given,
    )
    boards = run(
        "SELECT focus_process, obstacles, id FROM storyboard"
        " WHERE deleted_at IS NULL AND learner_id = ? ORDER BY counter DESC",
        given,
    ).fetchall()
    named = {str(process).strip(): None for process, *_ in boards if str(process).strip()}
    obstacles = {
        f"{board}/{one.get('id')}": str(one.get("text"))
        for _, held, board in boards
        for one in items_in(held)
        if one.get("text")
    }
    return TimelineChoices(
        tuple(sorted((str(name) for (name,) in coached.fetchall()), key=str.casefold)),
        tuple(sorted(named, key=str.casefold)),
        tuple(obstacles.items()),
    )


def coaches(connection: Connection) -> list[str]:
    """Return the names of everybody who coached, by the alphabet."""
    rows = connection.execute(
        "SELECT DISTINCT coach FROM talk WHERE deleted_at IS NULL AND coach <> ''"
    )
    return sorted((str(name) for (name,) in rows.fetchall()), key=str.casefold)


def learners(connection: Connection) -> list[tuple[UUID, str]]:
    """Return id and name of everyone with a talk, a storyboard or a sheet, by the alphabet."""
    rows = connection.execute(
        "SELECT p.id, p.name FROM person AS p WHERE p.deleted_at IS NULL AND ("
        " EXISTS (SELECT 1 FROM talk WHERE learner_id = p.id AND deleted_at IS NULL)"
        " OR EXISTS (SELECT 1 FROM storyboard WHERE learner_id = p.id AND deleted_at IS NULL)"
        " OR EXISTS (SELECT 1 FROM sheet WHERE owner_id = p.id AND deleted_at IS NULL))"
    )
    found = [(UUID(hex=key), str(name)) for key, name in rows.fetchall()]
    return sorted(found, key=lambda one: one[1].casefold())


def learner_rows(
    connection: Connection,
) -> list[tuple[UUID, str, str, date | None, date | None]]:
    """Return everyone who was coached: id, name, about what, the last talk and the next look.

    One talk a learner is read, however many there were.
    """
    return readable(
        connection.execute(_LEARNER_ROWS),
        lambda key, name, about, last, look: (
            UUID(hex=key),
            str(name),
            str(about),
            date.fromisoformat(last) if last else None,
            date.fromisoformat(look) if look else None,
        ),
    )
