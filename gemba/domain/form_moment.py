"""Days and times of day among the answers of a form: as XForms write them, and as people do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final

from gemba.domain.figures.telling import MONTHS

Moment = date | time | datetime
_READ: Final[dict[str, Callable[[str], Moment]]] = {
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "datetime": datetime.fromisoformat,
}


def moment_of(kind: str, text: str) -> Moment | None:
    """Return the day or time an answer of a kind names, by the clock where it was given.

    ``kind`` is date, time or datetime; None for any other, and for what names none.
    """
    read = _READ.get(kind)
    try:
        found = read(text) if read is not None and text else None
    except ValueError:
        return None
    return found.replace(tzinfo=None) if isinstance(found, time | datetime) else found


def said_moment(kind: str, text: str) -> str:
    """Return an answer as people read it: 20 Nov 2026, 07:45; any other as it is."""
    found = moment_of(kind, text)
    if isinstance(found, datetime):
        return f"{_day(found)} {_clock(found.time())}"
    if isinstance(found, date):
        return _day(found)
    return text if found is None else _clock(found)


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _clock(at: time) -> str:
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
