"""Dates and times as formulas know them: an instant with the zone in which it is written."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

DAY = 86_400_000  # milliseconds
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CLOCK = r"(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?"
_OFFSET = r"(Z|[+-]\d{2}(?::?\d{2})?)?"
_DATE = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}})(?:T{_CLOCK}{_OFFSET})?")
_TIME = re.compile(rf"{_CLOCK}{_OFFSET}")


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in milliseconds since 1970 (UTC), NaN for a date that does not exist."""

    instant: float
    zone: tzinfo

    @property
    def days(self) -> float:
        """Days since 1970, with the part of the day as a fraction."""
        return self.instant / DAY

    def local(self) -> datetime | None:
        """Date and time on the wall in its zone, None where the calendar has no such day."""
        if not math.isfinite(self.instant):
            return None
        try:
            return (_EPOCH + timedelta(milliseconds=self.instant)).astimezone(self.zone)
        except (OverflowError, ValueError):
            return None

    def text(self) -> str:
        """A date where it is midnight, else date, time with milliseconds, and offset.

        So Web Forms writes them: the standard keeps no mark of which of the two was meant.
        """
        local = self.local()
        if local is None:
            return "Invalid Date"  # the word Web Forms has for it
        if (local.hour, local.minute, local.second, local.microsecond // 1000) == (0, 0, 0, 0):
            return local.date().isoformat()
        return local.isoformat(timespec="milliseconds")


def moment_of(when: datetime, zone: tzinfo) -> Moment:
    """The moment of an aware date and time, to the millisecond below."""
    return Moment((when - _EPOCH) // timedelta(milliseconds=1), zone)


def midnight(day: date, zone: tzinfo) -> Moment:
    """The moment at which a day begins in a zone."""
    return moment_of(datetime(day.year, day.month, day.day, tzinfo=zone), zone)


def read_moment(text: str, zone: tzinfo) -> Moment | None:
    """An ISO date, or date and time, read in the zone if it names none; None if it is not one."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, part, offset = match.groups()
    where = _zone(offset, zone)
    if where is None:
        return None
    try:
        when = datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            _micro(part),
            tzinfo=where,
        )
        return moment_of(when, zone)
    except (ValueError, OverflowError):
        return None


def read_time(text: str, today: date, zone: tzinfo) -> Moment | None:
    """A time of the day, taken on the given day; None if it is not one."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    return read_moment(f"{today.isoformat()}T{text.strip()}", zone)


def _micro(part: str | None) -> int:
    return int((part or "0")[:6].ljust(6, "0"))


def _zone(offset: str | None, zone: tzinfo) -> tzinfo | None:
    if offset is None:
        return zone
    if offset == "Z":
        return UTC
    digits = offset[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    if minutes >= 24 * 60 or int(digits[2:] or 0) > 59:
        return None
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))
