"""What belongs in a box as lines that are begun for whoever writes: a name, a colon, an answer.

A field is one text of the worksheet, such as "Counted from:" or "Last there: {last_there}"; what
stands in braces is what the sheet knows already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gemba.domain.field_names import GAP, name_of

if TYPE_CHECKING:
    from gemba.domain.definition import BoxDefinition
    from gemba.domain.sheet import Sheet

_READ: Final = 20_000
"""Letters of a box in which its lines are looked for: many times what has room on the paper."""


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
    known = GAP.sub(lambda gap: str(getattr(sheet, gap[1], "")), rest)
    return f"{name.strip()}: {' '.join(known.split())}"
