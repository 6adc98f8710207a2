"""Dates as people type them or a spreadsheet shows them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_MONTH_STARTS: Final = {
    "jan": 1, "ene": 1, "gen": 1, "feb": 2, "fév": 2, "fev": 2, "mar": 3, "mär": 3, "mrz": 3,
    "apr": 4, "avr": 4, "abr": 4, "may": 5, "mai": 5, "mag": 5, "maj": 5, "jun": 6, "jui": 6,
    "giu": 6, "jul": 7, "lug": 7, "aug": 8, "aoû": 8, "aou": 8, "ago": 8, "sep": 9, "set": 9,
    "oct": 10, "okt": 10, "ott": 10, "out": 10, "nov": 11, "dec": 12, "dez": 12, "déc": 12,
    "dic": 12,
}  # fmt: skip
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_DOTTED: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2}))?(?:\s.*)?")
SLASHED: Final = re.compile(r"(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?(?:\s.*)?")
_DAY_MONTH: Final = re.compile(
    r"(?:[^\W\d]+[.,]?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*(?:de\s+)?([^\W\d]{3,})\.?,?"
    r"(?:[\s-]+(?:de\s+)?'?(\d{4}|\d{2}))?"
)
_MONTH_DAY: Final = re.compile(
    r"(?:[^\W\d]+[.,]?\s+)?([^\W\d]{3,})\.?\s*(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?"
)
_YEAR_MONTH: Final = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[-/.](\d{4})")
_NAME_YEAR: Final = re.compile(r"([^\W\d]{3,})\.?(?:\s+'?(\d{4})|-'?(\d{4}|\d{2}))")
_YEAR_WEEK: Final = re.compile(r"(\d{4})[\s-]?W(?:K|EEK)?[\s-]?(\d{1,2})", re.IGNORECASE)
_WEEK: Final = re.compile(
    r"(?:W|WK|WEEK|CW|KW)\.?[\s-]?(\d{1,2})(?:[\s,/-]+(\d{4}))?", re.IGNORECASE
)


@lru_cache(maxsize=8192)
def read_date(text: str, today: date, *, month_first: bool = True) -> date | None:
    """Read a date: 2026-11-04, 4.11.2026, 11/4/2026, 4 Nov, Nov 4, 4 November 2026.

    A month (2026-11, 11/2026, Nov 2026, Nov-26) is its first day, a week (2026-W45, CW 45 2026,
    KW 45) its Monday. A date without a year is the one nearest to today. ``month_first`` is how
    11/4 is read where both would do. Returns None for anything else.
    """
    text = " ".join(text.split())
    if len(text) > 60:
        return None
    if match := _ISO.fullmatch(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DOTTED.fullmatch(text):
        return _with_year(match[3], int(match[2]), int(match[1]), today)
    if match := SLASHED.fullmatch(text):
        one, other = int(match[1]), int(match[2])
        if one > 12 or (other <= 12 and not month_first):
            return _with_year(match[3], other, one, today)
        return _with_year(match[3], one, other, today)
    return _month_alone(text) or _week(text, today) or _named_month(text, today)


def _month_alone(text: str) -> date | None:
    if match := _YEAR_MONTH.fullmatch(text):
        return _date(int(match[1]), int(match[2]), 1)
    if match := _MONTH_YEAR.fullmatch(text):
        return _date(int(match[2]), int(match[1]), 1)
    if match := _NAME_YEAR.fullmatch(text):
        year = int(match[3] or match[2])
        month = _month(match[1])
        return _date(year + 2000 if year < 100 else year, month, 1) if month else None
    return None


def _week(text: str, today: date) -> date | None:
    if match := _YEAR_WEEK.fullmatch(text):
        return _monday(int(match[1]), int(match[2]))
    if match := _WEEK.fullmatch(text):
        if match[2]:
            return _monday(int(match[2]), int(match[1]))
        near = [_monday(today.year + step, int(match[1])) for step in (-1, 0, 1)]
        return min((d for d in near if d), key=lambda d: abs((d - today).days), default=None)
    return None


def _monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def day_number(text: str) -> date | None:
    """Read the number under which a spreadsheet keeps a day: 46330 is 4 Nov 2026.

    Only days from 1954 to 2119 are read, so that few other numbers look like one.
    """
    text = text.strip()
    if not re.fullmatch(r"[2-7]\d{4}(?:[.,]0+)?", text):
        return None
    return date(1899, 12, 30) + timedelta(days=int(text[:5]))


def _named_month(text: str, today: date) -> date | None:
    for pattern, month_at, day_at in ((_DAY_MONTH, 2, 1), (_MONTH_DAY, 1, 2)):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        month = _month(match[month_at])
        if month:
            return _with_year(match[3], month, int(match[day_at]), today)
    return None


def _month(name: str) -> int:
    lowered = name.casefold()
    if lowered.startswith(("juil", "lug")):
        return 7
    return _MONTH_STARTS.get(lowered[:3], 0)


def _with_year(year: str | None, month: int, day: int, today: date) -> date | None:
    if year is not None:
        number = int(year)
        return _date(number + 2000 if len(year) == 2 else number, month, day)
    near = [_date(today.year + step, month, day) for step in (-1, 0, 1)]
    return min((d for d in near if d), key=lambda d: abs((d - today).days), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
