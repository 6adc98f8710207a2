"""What every definition has to keep to, and the error that says where one does not."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from gemba.domain.errors import GembaError

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")


class DefinitionError(GembaError):
    """A worksheet or question set that cannot be used; `where` names the key at fault."""

    def __init__(
        self, key: str, /, *, where: str, file: str = "a definition", **values: object
    ) -> None:
        super().__init__(key, where=where, file=file, **{"line": "1", **values})
        self.where = where
        self.file = file

    def in_file(self, file: str, line: str = "1") -> DefinitionError:
        """Return the same fault naming the file, and the line of it, that it was found in."""
        named = {**self.values, "file": file, "line": line}
        return DefinitionError(self.key, **named)  # type: ignore[arg-type]


def check_id(value: str, where: str) -> None:
    """Raise DefinitionError for what cannot name a box, a step or a definition."""
    if not _ID.match(value):
        raise DefinitionError("definition.bad_id", where=where, value=value)


def check_text(value: str, where: str) -> None:
    """Raise DefinitionError for a text without a letter."""
    if not value.strip():
        raise DefinitionError("definition.empty", where=where)


def check_choice(value: str, choices: tuple[str, ...], where: str) -> None:
    """Raise DefinitionError for a word that is none of those to choose from."""
    if value not in choices:
        raise DefinitionError(
            "definition.choice", where=where, value=value, choices=", ".join(choices)
        )


def check_length(value: float, where: str) -> None:
    """Raise DefinitionError for a length in mm that is not more than nothing."""
    if not (math.isfinite(value) and value > 0):
        raise DefinitionError("definition.length", where=where, value=value)


def check_version(value: int) -> None:
    """Raise DefinitionError for a version below 1."""
    if value < 1:
        raise DefinitionError("definition.version", where="version", value=value)


def check_unique(ids: Iterable[str], where: str) -> None:
    """Raise DefinitionError for an id that stands twice."""
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise DefinitionError("definition.duplicate", where=where, value=one)
        seen.add(one)
