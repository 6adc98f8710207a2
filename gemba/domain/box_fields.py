"""What belongs in a box as lines that are begun for whoever writes: a name, a colon, an answer.

A field is one text of the worksheet, such as "Counted from:" or "Last there: {last_there}"; what
stands in braces is what the sheet knows already.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gemba.domain.definition_checks import DefinitionError, check_choice, check_text, check_unique

if TYPE_CHECKING:
    from gemba.domain.definition import BoxDefinition
    from gemba.domain.sheet import Sheet

FILLS: Final = ("last_there", "should_be", "is_now")
"""What a sheet was asked at its beginning, by the name of its field."""

_GAP: Final = re.compile(r"\{([^{}]*)\}")
_LONGEST: Final = 40
_READ: Final = 20_000
"""Letters of a box in which its lines are looked for: many times what has room on the paper."""


def check_fields(fields: tuple[str, ...], where: str) -> None:
    """Raise DefinitionError for a field without a name, one named twice, or an unknown gap."""
    for field in fields:
        check_text(field, where)
        name, colon, _rest = field.partition(":")
        if not (name.strip() and colon) or len(name) > _LONGEST or "{" in name:
            raise DefinitionError("definition.field", where=where, value=field)
        for gap in _GAP.findall(field):
            check_choice(gap, FILLS, where)
    check_unique(tuple(name_of(field) for field in fields), where)


def name_of(field: str) -> str:
    """Return what a field is called."""
    return field.partition(":")[0].strip()


def open_fields(box: BoxDefinition, text: str) -> tuple[str, ...]:
    """Return the fields of a box that no line of its text begins with yet."""
    begun = [line.lstrip("-* \t").casefold() for line in text[:_READ].splitlines()]
    return tuple(
        field
        for field in box.fields
        if not any(line.startswith(name_of(field).casefold()) for line in begun)
    )


def line_of(field: str, sheet: Sheet) -> str:
    """Return the line that a field begins, with what the sheet knows of it."""
    name, _colon, rest = field.partition(":")
    known = _GAP.sub(lambda gap: str(getattr(sheet, gap[1], "")), rest)
    return f"{name.strip()}: {' '.join(known.split())}"
