"""What a learner's predictions and cycles show, counted where they lie: SQL over a bare connection.

Nothing is proved; whoever opens an experiment learns of damage from its record.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from gemba.domain.ledger import (
    DIFFERENT,
    ENOUGH,
    EXPECTED,
    UNCLEAR,
    Learning,
    LedgerLine,
    LedgerMonth,
    LinePlace,
    ObstacleTime,
    Threshold,
)
from gemba.store.altered import items_in, readable
from gemba.store.driver import Connection

_WORDS: Final = 400
_OUTCOME: Final = (
    f"CASE WHEN e.outcome = '' AND trim(e.result) <> '' THEN '{UNCLEAR}' ELSE e.outcome END"
)
_OF_LEARNER: Final = """
    FROM experiment AS e WHERE e.learner_id = ? AND e.deleted_at IS NULL
      AND (e.step <> '' OR e.prediction <> '') AND e.planned_on BETWEEN ? AND ?"""
_NEWEST: Final = f"""
    SELECT {_OUTCOME} {_OF_LEARNER} AND (e.outcome <> '' OR trim(e.result) <> '')
    ORDER BY e.planned_on DESC, e.counter DESC LIMIT {ENOUGH}"""
_OBSTACLES: Final = """
    SELECT e.storyboard_id, e.obstacle_id, min(e.planned_on),
           max(max(e.planned_on, coalesce(e.result_on, e.planned_on))), count(*)
    FROM experiment AS e WHERE e.learner_id = ? AND e.deleted_at IS NULL AND e.obstacle_id <> ''
      AND e.planned_on BETWEEN ? AND ?
    GROUP BY 1, 2 ORDER BY 3, min(e.counter)"""
_THRESHOLDS: Final = """
    SELECT json_extract(a.value, '$.question'), count(*)
    FROM talk AS t, json_each(CASE WHEN json_valid(t.answers) THEN t.answers ELSE '[]' END) AS a
    WHERE t.learner_id = ? AND t.deleted_at IS NULL AND t.held_on BETWEEN ? AND ?
      AND json_extract(a.value, '$.unknown')
    GROUP BY 1 ORDER BY 2 DESC, 1"""
_PHASES: Final = """
    SELECT coalesce(max((
             SELECT json_extract(a.value, '$.question') FROM json_each(t.answers) AS a
             WHERE json_extract(a.value, '$.id') = json_extract(p.value, '$.at_step'))),
           json_extract(p.value, '$.at_step')), sum(json_extract(p.value, '$.seconds')) / 60.0
    FROM talk AS t, json_each(CASE WHEN json_valid(t.times) THEN t.times ELSE '[]' END) AS p
    WHERE t.learner_id = ? AND t.kind = 'cycle' AND t.deleted_at IS NULL
      AND t.held_on BETWEEN ? AND ? AND json_valid(t.answers)
    GROUP BY json_extract(p.value, '$.at_step') ORDER BY 2 DESC"""
_MISSED: Final = """
    SELECT json_extract(m.value, '$.day'), coalesce(json_extract(m.value, '$.why'), '')
    FROM talk AS t, json_each(CASE WHEN json_valid(t.missed) THEN t.missed ELSE '[]' END) AS m
    WHERE t.learner_id = ? AND t.deleted_at IS NULL
      AND json_extract(m.value, '$.day') BETWEEN ? AND ?
    ORDER BY 1"""
_CYCLES: Final = """
    SELECT held_on, elapsed / 60 FROM talk
    WHERE learner_id = ? AND kind = 'cycle' AND deleted_at IS NULL AND held_on BETWEEN ? AND ?
    ORDER BY held_on, counter"""


def learning_of(connection: Connection, learner: UUID, first: date, last: date) -> Learning:
    """Count what a learner's cycles and predictions show between two days, both included."""
    given = (learner.hex, first.isoformat(), last.isoformat())
    run = connection.execute
    months: dict[str, dict[str, int]] = {}
    counted = run(
        f"SELECT substr(e.planned_on, 1, 7), {_OUTCOME}, count(*) {_OF_LEARNER} GROUP BY 1, 2",
        given,
    )
    for month, outcome, count in counted.fetchall():
        months.setdefault(month, {})[outcome] = count
    return Learning(
        months=tuple(readable(sorted(months.items()), _month)),
        newest_outcomes=tuple(outcome for (outcome,) in run(_NEWEST, given).fetchall()),
        cycles=tuple(
            readable(
                run(_CYCLES, given),
                lambda on, minutes: (date.fromisoformat(on), int(minutes or 0)),
            )
        ),
        obstacles=_obstacles(connection, given),
        thresholds=tuple(
            Threshold(str(question), count)
            for question, count in run(_THRESHOLDS, given).fetchall()
        ),
        phases=tuple(
            (str(question), float(minutes))
            for question, minutes in run(_PHASES, given).fetchall()
            if minutes
        ),
        missed=tuple(
            readable(run(_MISSED, given), lambda on, why: (date.fromisoformat(on), str(why)))
        ),
    )


def _month(month: str, found: dict[str, int]) -> LedgerMonth:
    return LedgerMonth(
        date.fromisoformat(f"{month}-01"),
        found.get(EXPECTED, 0),
        found.get(DIFFERENT, 0),
        found.get(UNCLEAR, 0),
        found.get("", 0),
    )


def _obstacles(connection: Connection, given: tuple[str, str, str]) -> tuple[ObstacleTime, ...]:
    boards = connection.execute(
        "SELECT id, focus_process, obstacles, focus FROM storyboard"
        " WHERE learner_id = ? AND deleted_at IS NULL",
        given[:1],
    ).fetchall()
    known: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {}
    for key, process, held, _focus in boards:
        for one in items_in(held):
            known[key, str(one.get("id"))] = str(process), one
    in_focus = {(key, focus) for key, _process, _held, focus in boards}

    def time(board: str, obstacle: str, first: str, until: str, count: int) -> ObstacleTime:
        process, one = known[board, obstacle]
        gone = str(one.get("gone_on") or "")
        return ObstacleTime(
            text=str(one["text"]),
            process=process,
            first=date.fromisoformat(first),
            until=date.fromisoformat(gone if gone >= first else until),
            gone=bool(gone),
            experiments=count,
            focus=(board, obstacle) in in_focus,
        )

    rows = connection.execute(_OBSTACLES, given).fetchall()
    named = [row for row in rows if known.get((row[0], row[1]), ("", {}))[1].get("text")]
    return tuple(readable(named, time))


def ledger_lines(
    connection: Connection,
    learner: UUID,
    first: date,
    last: date,
    limit: int,
    after: LinePlace | None = None,
) -> list[LedgerLine]:
    """Return a page of a learner's predictions, the newest first."""
    given: list[Any] = [learner.hex, first.isoformat(), last.isoformat()]
    behind = ""
    if after is not None:
        behind = " AND (e.planned_on, e.counter) < (?, ?)"
        given += [after.on.isoformat(), after.counter]
    held = "CASE WHEN json_valid(e.numbers) THEN e.numbers ELSE '{}' END"
    rows = connection.execute(
        "SELECT e.id, e.counter, e.planned_on, e.result_on,"
        f" substr(coalesce(nullif(trim(e.prediction), ''), e.step), 1, {_WORDS}), e.measure,"
        f" substr(e.result, 1, {_WORDS}), {_OUTCOME}, substr(e.learned, 1, {_WORDS}),"
        " CASE WHEN json_valid(e.amendments) THEN json_array_length(e.amendments) ELSE 0 END,"
        f" json_extract({held}, '$.happened') - json_extract({held}, '$.predicted'),"
        f" coalesce(json_extract({held}, '$.unit'), '')"
        f" {_OF_LEARNER}{behind} ORDER BY e.planned_on DESC, e.counter DESC LIMIT ?",
        [*given, limit],
    )
    return readable(rows, _line)


def _line(
    key: str,
    counter: int,
    planned: str,
    looked: str | None,
    predicted: str,
    measure: str,
    happened: str,
    outcome: str,
    learned: str,
    amended: int,
    error: object,
    unit: object,
) -> LedgerLine:
    return LedgerLine(
        id=UUID(hex=key),
        counter=counter,
        planned_on=date.fromisoformat(planned),
        result_on=date.fromisoformat(looked) if looked else None,
        prediction=predicted,
        measure=measure,
        happened=happened,
        outcome=outcome,
        learned=learned,
        amended=amended,
        error=round(error, 9) if isinstance(error, int | float) else None,
        unit=str(unit),
    )
