"""Counting the days a data folder is used, so that no wrong clock makes time pass at once.

The bin is emptied after thirty days. A clock that is set forward ten years must not empty it, and
one that is set back must not keep everything for ever. So days are counted and not subtracted:
each day on which Gemba is open counts the days since the last one, seven at most, and a day that
lies before the last one counts nothing. What was thrown away is placed on that count by the number
of its row in the journal, never by the time that row tells.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

LONGEST_GAP: Final = 7
"""So many days count at most between two days of use: five openings stand for thirty days."""

DAYS_IN_BIN: Final = 30


@dataclass(frozen=True, slots=True)
class Mark:
    """How many days had been counted when the journal had so many rows."""

    row: int
    days: int


@dataclass(frozen=True, slots=True)
class DaysOfUse:
    """The days counted so far, the last day seen, and a mark for each day of use, oldest first."""

    days: int = 0
    last: date | None = None
    marks: tuple[Mark, ...] = ()

    def seen(self, today: date, newest_row: int) -> DaysOfUse:
        """Count a day of use; the same day again, or an earlier one, counts nothing."""
        if self.last == today and self.marks:
            return self
        gap = 0 if self.last is None else (today - self.last).days
        days = self.days + min(max(gap, 0), LONGEST_GAP)
        # Rows beyond the newest one were taken back, as by restoring a backup. Where nothing was
        # written since the last mark, that one says as much and has counted longer.
        marks = tuple(mark for mark in self.marks if mark.row <= newest_row)
        if not marks or marks[-1].row < newest_row:
            marks = (*marks, Mark(newest_row, days))
        # The newest mark that is old enough tells for everything before it.
        old = [mark for mark in marks if days - mark.days >= DAYS_IN_BIN]
        kept = tuple(mark for mark in marks if mark not in old[:-1])
        return replace(self, days=days, last=today, marks=kept)

    def age(self, row: int) -> int:
        """Return how many days have been counted since a row of the journal was written."""
        since = [mark.days for mark in self.marks if mark.row >= row]
        # A row after the last mark is of today. Between two marks the later one counts, so that
        # nothing goes a day too early; one before the first is at least as old as that.
        return self.days - since[0] if since else 0

    def left(self, row: int) -> int:
        """Return how many counted days a thing thrown away at a row still stays in the bin."""
        return max(0, DAYS_IN_BIN - self.age(row))


def write_days(counted: DaysOfUse) -> str:
    """Write a count as one short line."""
    last = counted.last.isoformat() if counted.last else ""
    marks = " ".join(f"{mark.row}:{mark.days}" for mark in counted.marks)
    return f"{counted.days} {last or '-'} {marks}".rstrip()


def read_days(text: str) -> DaysOfUse:
    """Read what write_days wrote; a line that is no count begins a new one."""
    try:
        days, last, *marks = text.split()
        return DaysOfUse(
            days=int(days),
            last=None if last == "-" else date.fromisoformat(last),
            marks=tuple(Mark(int(row), int(at)) for row, at in (mark.split(":") for mark in marks)),
        )
    except ValueError:
        return DaysOfUse()
