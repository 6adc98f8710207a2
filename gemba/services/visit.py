"""A stay in a field, and what the page showed when its words were typed.

A page shows a record as it was read. While somebody types, the record may be written from
another window, by an import or by another laptop. So what is typed is compared with what the page
showed: a field that nobody else touched is written, any other one becomes a clash, and no text
overwrites another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID, uuid4

from gemba.domain.errors import GembaError

if TYPE_CHECKING:
    from gemba.domain.kinds import Record

R = TypeVar("R", bound="Record")


@dataclass(frozen=True, slots=True)
class Edited:
    """A record as a page showed it, and as it reads with what was typed there."""

    base: Record
    mine: Record


class Desk:
    """What one part of a page shows: records as they stand in its fields, typed words included."""

    def __init__(self) -> None:
        self.name = uuid4().hex
        self._shown: dict[tuple[type[Any], UUID], Record] = {}

    def shows(self, *records: Record) -> None:
        """Note that the fields show these records now, and no others.

        From here on it is another desk: what was laid aside at the one before stays aside.
        """
        self.name = uuid4().hex
        self._shown = {(type(record), record.id): record for record in records}

    def shown(self, cls: type[R], record_id: UUID) -> R | None:
        """Return a record as it stands here, or None for one that is not shown."""
        held = self._shown.get((cls, record_id))
        return held if isinstance(held, cls) else None

    def take(self, cls: type[R], record_id: UUID, edit: Callable[[R], R]) -> Edited | None:
        """Return what an edit makes of the record shown; None for one that is not shown here."""
        base = self._shown.get((cls, record_id))
        if not isinstance(base, cls):
            return None
        try:
            mine = edit(base)
        except GembaError:
            # The write itself will say why.
            return None
        self._shown[cls, record_id] = mine
        return Edited(base, mine)


class Visit(str):
    """The id of one stay in a field, which also knows the desk that was typed at."""

    __slots__ = ("desk",)
    desk: Desk

    def __new__(cls, name: str, desk: Desk) -> Visit:
        made = super().__new__(cls, name)
        made.desk = desk
        return made

    @classmethod
    def once(cls, desk: Desk) -> Visit:
        """Return a stay in which one thing is said at once, such as a day."""
        return cls(uuid4().hex, desk)
