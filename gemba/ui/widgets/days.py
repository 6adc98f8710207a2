"""Days and times as people write them."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1}


def _index(word: str, names: tuple[str, ...]) -> int | None:
    if len(word) < 2:
        return None
    found = [i for i, name in enumerate(names) if name.startswith(word)]
    return found[0] if len(found) == 1 else None


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_day(words: str, today: date) -> date | None:
    """The day meant by words such as "Thu", "4 Nov", "tomorrow", "in 3 days" or "2026-11-04".

    A weekday is the next one, today not counted. A day without a year is the one nearest to
    today, at most half a year away. None if the words name no day.
    """
    text = " ".join(words.casefold().replace(",", " ").replace(".", " ").split())
    if text in _NEAR:
        return today + timedelta(days=_NEAR[text])
    if ahead := re.fullmatch(r"in (\d{1,4}) (day|week)s?", text):
        return today + timedelta(days=int(ahead[1]) * (7 if ahead[2] == "week" else 1))
    if iso := re.fullmatch(r"(\d{4})[-/ ](\d{1,2})[-/ ](\d{1,2})", text):
        return _safe(int(iso[1]), int(iso[2]), int(iso[3]))
    parts = text.removeprefix("next ").split()
    if len(parts) > 1 and _index(parts[0], DAYS) is not None:
        parts = parts[1:]
    if len(parts) == 1:
        weekday = _index(parts[0], DAYS)
        if weekday is None:
            return None
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return _day_and_month(parts, today)


def _day_and_month(parts: list[str], today: date) -> date | None:
    if len(parts) not in (2, 3) or (len(parts) == 3 and not re.fullmatch(r"\d{4}", parts[2])):
        return None
    one, two = parts[:2]
    number, word = (one, two) if one[0].isdigit() else (two, one)
    month = _index(word, MONTHS)
    day = re.fullmatch(r"(\d{1,2})(st|nd|rd|th)?", number)
    if month is None or day is None:
        return None
    if len(parts) == 3:
        return _safe(int(parts[2]), month + 1, int(day[1]))
    years = (today.year - 1, today.year, today.year + 1)
    found = [d for y in years if (d := _safe(y, month + 1, int(day[1]))) is not None]
    return min(found, key=lambda d: abs((d - today).days), default=None)


def say_day(day: date, today: date) -> str:
    """A day in short: "Thu 26 Nov", with the year where it is not nearly this one."""
    words = f"{DAYS[day.weekday()][:3].title()} {day.day} {MONTHS[day.month - 1][:3].title()}"
    return words if read_day(words, today) == day else f"{words} {day.year}"


def read_time(words: str) -> time | None:
    """The time of day meant by words such as "7:45", "0745", "14" or "2 pm"; None if none."""
    text = words.casefold().replace(" ", "").replace(".", ":")
    found = re.fullmatch(r"(\d{1,2})(?::?(\d{2}))?(am|pm|h)?", text)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3] in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def say_time(moment: time) -> str:
    """A time of day in 24 hours: "07:45"."""
    return f"{moment.hour:02}:{moment.minute:02}"
