"""A place where a search found the words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gemba.domain.changes import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A record, or a part of it, that holds the words searched for.

    ``part`` is a box of a sheet, a private field, or empty; ``excerpt`` one line around the words,
    and ``marks`` where in it they stand (start, end).
    """

    ref: Ref
    part: str = ""
    title: str
    excerpt: str
    marks: tuple[tuple[int, int], ...] = ()
    on: date | None = None
