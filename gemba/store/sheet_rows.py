"""The sheets of the gallery: facts without boxes, read over a bare connection.

Five thousand whole sheets take seconds to decode and prove; a row here costs a few microseconds.
Nothing is proved, so whoever opens or draws a sheet learns of damage from its record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from gemba.domain.sheet_row import CLOSED, SheetRow
from gemba.store.driver import Connection
from gemba.store.search_form import indexed, scope_word

_TITLE: Final = 400
_APART: Final = "\x1f"
_TEXTS: Final = 10
# One text a sheet: each text that leaves SQLite costs a call.
_SHEETS: Final = f"""
    SELECT s.id || char(31) || coalesce(s.owner_id, '') || char(31) || coalesce(s.coach_id, '')
           || char(31) || coalesce(s.area_id, '') || char(31)
           || CASE WHEN s.closing IS NULL THEN s.stage ELSE '{CLOSED}' END || char(31)
           || s.definition || char(31) || s.started_on || char(31) || coalesce(s.archived_on, '')
           || char(31) || coalesce(j.at, '') || char(31)
           || substr(coalesce(nullif(trim(s.title), ''), nullif(trim(s.is_now), ''), s.should_be),
                     1, {_TITLE + 1}),
           s.revision, s.definition_version, coalesce(j.number, 0)
    FROM sheet AS s LEFT JOIN journal AS j ON j.number = (
        SELECT max(number) FROM journal WHERE kind = 'sheet' AND record_id = s.id)
    WHERE s.deleted_at IS NULL"""
_CHANGED: Final = """
    AND s.id IN (SELECT id FROM sheet WHERE id IN ({sheets})
                 UNION SELECT sheet_id FROM margin_note WHERE id IN ({notes}))"""
_NAMES: Final = "SELECT id, name FROM {} WHERE deleted_at IS NULL"
_ASKED: Final = """
    SELECT sheet_id, count(*) FROM margin_note
    WHERE kind = 'question' AND trim(answer) = '' AND deleted_at IS NULL GROUP BY sheet_id"""
_SAYING: Final = """
    SELECT DISTINCT record_id FROM search_entry
    WHERE kind = 'sheet' AND NOT private
      AND number IN (SELECT rowid FROM search_text WHERE search_text MATCH ?)"""
_OFTEN: Final = 2000
"""A word that begins in more rows of the index tells nothing about a single sheet."""
_SAYING_IN: Final = """
    SELECT DISTINCT record_id FROM search_entry
    WHERE kind = 'sheet' AND NOT private AND part IN ({boxes})
      AND number IN (SELECT rowid FROM search_text WHERE search_text MATCH ? LIMIT {most})"""


def sheet_rows(connection: Connection) -> list[SheetRow]:
    """Return every sheet that is not in the bin; one whose row cannot be taken apart is left out.

    The check of the folder names those.
    """
    return _rows(connection, connection.execute(_SHEETS).fetchall())


def changed_rows(
    connection: Connection, sheets: Collection[str], notes: Collection[str]
) -> list[SheetRow]:
    """Return the same of some sheets by key, and of those that some margin notes stand at."""
    holes = {"sheets": ",".join("?" * len(sheets)), "notes": ",".join("?" * len(notes))}
    query = _SHEETS + _CHANGED.format(**holes)
    return _rows(connection, connection.execute(query, (*sheets, *notes)).fetchall())


def _rows(connection: Connection, sheets: list[tuple[object, ...]]) -> list[SheetRow]:
    run = connection.execute
    people = dict(run(_NAMES.format("person")).fetchall())
    areas = dict(run(_NAMES.format("area")).fetchall())
    asked = dict(run(_ASKED).fetchall())
    found = []
    for texts, *numbers in sheets:
        parts = texts.split(_APART, _TEXTS - 1) if isinstance(texts, str) else []
        if len(parts) < _TEXTS:
            continue
        if len(parts[-1]) > _TITLE:
            parts[-1] = f"{parts[-1][:_TITLE]} …"
        key, owner, coach, area, *_rest = parts
        names = people.get(owner, ""), people.get(coach, ""), areas.get(area, "")
        row = (*parts, *numbers, *names, asked.get(key, 0))
        found.append(SheetRow._make(row))
    return found


def sheets_saying(connection: Connection, words: Sequence[str]) -> list[set[str]]:
    """Return for each word the keys of the sheets in which a word begins with it, in any box."""
    return [_keys(connection.execute(_SAYING, (_beginning(word),))) for word in words]


def sheets_saying_in(
    connection: Connection, words: Sequence[str], boxes: Sequence[str]
) -> list[set[str]]:
    """Return the same, looking only into some boxes, by id, and the facts of a sheet.

    A word that stands nearly everywhere is not looked for to its end.
    """
    parts = ("", *boxes)
    query = _SAYING_IN.format(boxes=",".join("?" * len(parts)), most=_OFTEN)
    return [_keys(connection.execute(query, (*parts, _beginning(word)))) for word in words]


def _beginning(word: str) -> str:
    quoted = '"' + indexed(word).replace('"', '""') + '"'
    return f"scope : {scope_word('sheet')} AND {{title body}} : {quoted} *"


def _keys(rows: Iterable[tuple[str]]) -> set[str]:
    return {key for (key,) in rows}
