"""Lengths of time as people type them, and as they are written on a sheet."""

from __future__ import annotations

import re
from typing import Final

from gemba.domain.figures.pasted import read_number
from gemba.domain.figures.telling import Say, number_text, plain_english

_NAMES: Final = {
    "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "sek": "s", '"': "s",
    "″": "s", "m": "min", "min": "min", "mins": "min", "minute": "min", "minutes": "min",
    "'": "min", "′": "min", "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
    "std": "h", "d": "d", "day": "d", "days": "d", "tag": "d", "tage": "d", "jour": "d",
    "jours": "d", "w": "w", "wk": "w", "wks": "w", "week": "w", "weeks": "w",
}  # fmt: skip
_NEXT: Final = {"w": "d", "d": "h", "h": "min", "min": "s", "s": "s"}
_CLOCK: Final = re.compile(r"(\d{1,6}):([0-5]\d)(?::([0-5]\d))?")
_PART: Final = re.compile(r"""\s*([+\-−]?[\d.,\u00a0\u202f]+)\s*([^\W\d_]+|['"′″])?\.?,?\s*""")
_GROUPED: Final = re.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")
_LONGEST: Final = 60
_MOST: Final = 1e9


def read_minutes(text: str, unit: str = "min", day_hours: int = 24) -> float | None:
    """Read a length of time in minutes: 20, 90 s, 1 h 45, 1:45, 2,5 h, 3 days, 1 week.

    A number alone is of ``unit``; 1:45 is hours and minutes; a week has 7 days, or 5 where a day
    is shorter than 24 hours. Returns None for anything else, and for more than some 1,900 years;
    what is below zero stays so.
    """
    text = _GROUPED.sub("", " ".join(text.split()))
    if not text or len(text) > _LONGEST:
        return None
    if clock := _CLOCK.fullmatch(text):
        return int(clock[1]) * 60.0 + int(clock[2]) + int(clock[3] or 0) / 60
    bare = read_number(text)
    if bare is not None and not text.endswith("%"):
        return _sane(_minutes(bare, unit if unit in _NEXT else "min", day_hours))
    return _sane(_parts(text, day_hours))


def _sane(minutes: float | None) -> float | None:
    return minutes if minutes is not None and abs(minutes) <= _MOST else None


def _parts(text: str, day_hours: int) -> float | None:
    total, at, last = 0.0, 0, ""
    while at < len(text):
        match = _PART.match(text, at)
        if match is None:
            return None
        amount = read_number(match[1].strip())
        # What follows hours without a word of its own is minutes: 1 h 45.
        name = _NAMES.get((match[2] or "").casefold()) if match[2] else _NEXT.get(last)
        if amount is None or not name or (last and amount < 0):
            return None
        total += _minutes(amount, name, day_hours)
        at, last = match.end(), name
    return total


def _minutes(amount: float, unit: str, day_hours: int) -> float:
    day = 60.0 * day_hours
    week = day * (7 if day_hours >= 24 else 5)
    return amount * {"s": 1 / 60, "min": 1.0, "h": 60.0, "d": day, "w": week}[unit]


def time_text(minutes: float, say: Say = plain_english, day_hours: int = 24) -> str:
    """Write a length of time in its two largest units: 45 s, 20 min, 1 h 45, 3 d 2 h.

    Rounded to a second under ten minutes, to a minute under a day, to an hour from there on.
    """
    if minutes < 0:
        return "−" + time_text(-minutes, say, day_hours)
    day = 60 * day_hours
    seconds = round(minutes * 60)
    if seconds < 600 and seconds % 60:
        whole, rest = divmod(seconds, 60)
        if not whole:
            return say("time.seconds", count=rest)
        return say("time.minutes_seconds", minutes=whole, seconds=rest)
    rounded = round(minutes)
    if rounded < 60:
        return say("time.minutes", count=rounded)
    if rounded < day:
        hours, rest = divmod(rounded, 60)
        if not rest:
            return say("time.hours", count=hours)
        return say("time.hours_minutes", hours=hours, minutes=f"{rest:02}")
    days, hours = divmod(round(minutes / 60), day_hours)
    if not hours or days >= 1000:
        return say("time.days", count=number_text(float(days), 9))
    return say("time.days_hours", days=days, hours=hours)
