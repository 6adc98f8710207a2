"""How a line that belongs in a box is written in a worksheet: a name, a colon, what is known."""

from __future__ import annotations

import re
from typing import Final

from gemba.domain.definition_checks import DefinitionError, check_choice, check_text, check_unique

FILLS: Final = ("last_there", "should_be", "is_now")
"""What a sheet was asked at its beginning, by the name of its field."""

GAP: Final = re.compile(r"\{([^{}]*)\}")
"""What stands in braces is filled in by what the sheet knows."""

_LONGEST: Final = 40


def check_fields(fields: tuple[str, ...], where: str) -> None:
    """Raise DefinitionError for a field without a name, one named twice, or an unknown gap."""
    for field in fields:
        check_text(field, where)
        name, colon, _rest = field.partition(":")
        if not (name.strip() and colon) or len(name) > _LONGEST or "{" in name:
            raise DefinitionError("definition.field", where=where, value=field)
        for gap in GAP.findall(field):
            check_choice(gap, FILLS, where)
    check_unique(tuple(name_of(field) for field in fields), where)


def name_of(field: str) -> str:
    """Return what a field is called."""
    return field.partition(":")[0].strip()
