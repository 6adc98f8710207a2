"""Lists without what the disk altered, so that the rest of them can be read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


def readable(rows: Iterable[Sequence[Any]], make: Callable[..., T]) -> list[T]:
    """Make something of each row, and leave out one of which nothing can be made.

    The first look at the folder names its record, and brings it back.
    """
    found: list[T] = []
    for row in rows:
        try:
            found.append(make(*row))
        except (TypeError, ValueError):
            continue
    return found


def items_in(text: str) -> list[dict[str, Any]]:
    """Return the tables of a list that a column holds as JSON, nothing where it was altered."""
    try:
        held = json.loads(text)
    except (TypeError, ValueError):
        return []
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []
