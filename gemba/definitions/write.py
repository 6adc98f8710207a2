"""Writes a worksheet or a question set as the TOML that read.py reads, and reads back the same."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

from gemba.domain.definition import BoxDefinition, SheetDefinition
from gemba.domain.page_geometry import PageGeometry
from gemba.domain.question_set import QuestionGroup, QuestionSet, QuestionStep

_LONG = 88
_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
}


def sheet_text(sheet: SheetDefinition, note: str = "") -> str:
    """Return a worksheet as TOML, with a note for whoever opens the file in an editor."""
    head = [f"# {line}" for line in note.splitlines()]
    parts = ["\n".join([*head, *_lines(sheet, ("page", "boxes"))])]
    parts.append("\n".join(["[page]", *_lines(sheet.page)]))
    parts += ["\n".join(["[[boxes]]", *_lines(box)]) for box in sheet.boxes]
    return "\n\n".join(parts) + "\n"


def question_text(questions: QuestionSet, note: str = "") -> str:
    """Return a question set as TOML, with a note for whoever opens the file in an editor."""
    head = [f"# {line}" for line in note.splitlines()]
    parts = ["\n".join([*head, *_lines(questions, ("steps", "groups"))])]
    parts += ["\n".join(["[[groups]]", *_lines(one)]) for one in questions.groups]
    parts += ["\n".join(["[[steps]]", *_lines(one)]) for one in questions.steps]
    return "\n\n".join(parts) + "\n"


def _lines(
    one: SheetDefinition
    | PageGeometry
    | BoxDefinition
    | QuestionSet
    | QuestionGroup
    | QuestionStep,
    apart: tuple[str, ...] = (),
) -> list[str]:
    found = []
    for field in fields(one):
        value = getattr(one, field.name)
        # The lengths of the page are spelt out: they are what one wants to see and change.
        told = isinstance(value, float) and isinstance(one, PageGeometry)
        if field.name in apart or (value == field.default and not told):
            continue
        if field.default is MISSING and field.default_factory is not MISSING:
            continue
        found.append(f"{field.name} = {_value(value)}")
    return found


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(int(value)) if value == int(value) else repr(value)
    if isinstance(value, str):
        return f'"{"".join(_letter(one) for one in value)}"'
    items = [_value(one) for one in value]
    line = f"[{', '.join(items)}]"
    if len(line) <= _LONG:
        return line
    return "\n".join(["[", *(f"  {one}," for one in items), "]"])


def _letter(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if ord(letter) < 0x20 or ord(letter) == 0x7F:
        return f"\\u{ord(letter):04X}"
    return letter
