"""Which row of the survey sheet a place of the form comes from."""

from __future__ import annotations

import re
from typing import Final

from gemba.forms.cells import Book
from gemba.forms.definition import Where

_BEGIN: Final = re.compile(r"begin[\s_]+(?:lgroup|group|repeat|looped group|loop)\b", re.I)
_END: Final = re.compile(r"end[\s_]+(?:lgroup|group|repeat|looped group|loop)\b", re.I)
_COLUMNS: Final = {
    "relevant": "relevant",
    "calculate": "calculation",
    "required": "required",
    "readonly": "read_only",
    "constraint": "constraint",
    "constraintMsg": "constraint_message",
    "requiredMsg": "required_message",
    "choices": "choice_filter",
    "count": "repeat_count",
    "label": "label",
    "value": "default",
}


def rows_of(book: Book) -> dict[Where, int]:
    """The row of each question, group and repeat, by its names below the top element."""
    survey = book.sheets.get("survey")
    if survey is None:
        return {}
    kind_at, name_at = survey.column("type"), survey.column("name")
    count_at = survey.column("repeat_count")
    around: list[str] = []
    found: dict[Where, int] = {}
    for row, cells in survey.numbered():
        kind, name = cells.get(kind_at, ""), cells.get(name_at, "")
        if _END.match(kind):
            around = around[:-1]
            continue
        if not kind:
            continue
        name = name or f"generated_note_name_{row}"
        where = (*around, name)
        found.setdefault(where, row)
        found.setdefault((*around, f"{name}_other"), row)
        if count_at and cells.get(count_at):
            found.setdefault((*around, f"{name}_count"), row)
        if _BEGIN.match(kind):
            around = [*around, name]
    return found


def row_of(rows: dict[Where, int], where: Where) -> int:
    """The row of a place with its top element, or of the group around it; 1 where there is none."""
    names = where[1:]
    while names:
        if names in rows:
            return rows[names]
        names = names[:-1]
    return 1


def column_of(book: Book, rule: str) -> str:
    """The header of the column a rule of a form is written in."""
    survey = book.sheets.get("survey")
    meaning = _COLUMNS.get(rule, "type")
    found = survey.columns(meaning) if survey else []
    return found[0] if found else meaning
