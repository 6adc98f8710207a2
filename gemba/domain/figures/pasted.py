"""Dates and numbers as people type them or paste them from a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite
from typing import Final

from gemba.domain.figures.run_chart import Reading, UnreadRow
from gemba.domain.figures.telling import Finding, short_date

Row = tuple[str, str]

_MONTH_STARTS: Final = {
    "jan": 1, "ene": 1, "gen": 1, "feb": 2, "fév": 2, "fev": 2, "mar": 3, "mär": 3, "mrz": 3,
    "apr": 4, "avr": 4, "abr": 4, "may": 5, "mai": 5, "mag": 5, "maj": 5, "jun": 6, "jui": 6,
    "giu": 6, "jul": 7, "lug": 7, "aug": 8, "aoû": 8, "aou": 8, "ago": 8, "sep": 9, "set": 9,
    "oct": 10, "okt": 10, "ott": 10, "out": 10, "nov": 11, "dec": 12, "dez": 12, "déc": 12,
    "dic": 12,
}  # fmt: skip
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_DOTTED: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2}))?(?:\s.*)?")
_SLASHED: Final = re.compile(r"(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?(?:\s.*)?")
_DAY_MONTH: Final = re.compile(
    r"(?:[^\W\d]+[.,]?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*(?:de\s+)?([^\W\d]{3,})\.?,?"
    r"(?:[\s-]+(?:de\s+)?'?(\d{4}|\d{2}))?"
)
_MONTH_DAY: Final = re.compile(
    r"(?:[^\W\d]+[.,]?\s+)?([^\W\d]{3,})\.?\s*(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?"
)
_NOTHING: Final = frozenset({"", "-", "–", "—", "n/a", "na", "nan", "null", "none", ".", "#n/a"})


def read_date(text: str, today: date, *, month_first: bool = True) -> date | None:
    """Read a date: 2026-11-04, 4.11.2026, 11/4/2026, 4 Nov, Nov 4, 4 November 2026.

    A date without a year is the one nearest to today. ``month_first`` is how 11/4 is read where
    both would do. Returns None for anything else.
    """
    text = " ".join(text.split())
    if len(text) > 60:
        return None
    if match := _ISO.fullmatch(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DOTTED.fullmatch(text):
        return _with_year(match[3], int(match[2]), int(match[1]), today)
    if match := _SLASHED.fullmatch(text):
        one, other = int(match[1]), int(match[2])
        if one > 12 or (other <= 12 and not month_first):
            return _with_year(match[3], other, one, today)
        return _with_year(match[3], one, other, today)
    return _named_month(text, today)


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


_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")


def read_number(text: str, *, comma: str = "decimal") -> float | None:
    """Read a number: 17, 17.5, 17,5, 1 234,5, 1,234.5, −3, 17 %.

    ``comma`` is "decimal" or "thousands" and decides only where both would do, as in 1,234.
    Returns None for anything else.
    """
    text = re.sub(r"[\s\u00a0\u202f'’_]", "", text).replace("−", "-").removesuffix("%")
    if text.startswith("(") and text.endswith(")"):
        text = "-" + text[1:-1]
    text = _one_point(text, comma)
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if isfinite(value) else None


def _one_point(text: str, comma: str) -> str:
    """Turn the separators of a number into at most one decimal point."""
    if "," in text and "." in text:
        last = max(text.rfind(","), text.rfind("."))
        other = "," if text[last] == "." else "."
        return text.replace(other, "").replace(",", ".")
    for mark in ",.":
        groups = text.lstrip("+-").split(mark)
        by_thousands = all(len(group) == 3 for group in groups[1:]) and 0 < len(groups[0]) < 4
        if len(groups) > 2 and by_thousands:
            return text.replace(mark, "")
    if "," in text:
        whole, _, rest = text.partition(",")
        grouped = len(rest) == 3 and rest.isdigit() and whole.lstrip("+-") not in ("", "0")
        return whole + rest if grouped and comma == "thousands" else text.replace(",", ".")
    return text


def is_gap(text: str) -> bool:
    """Tell whether a cell says that nothing was counted: empty, a dash, n/a."""
    return text.strip().casefold() in _NOTHING


def split_pasted(text: str) -> tuple[tuple[str, ...], ...]:
    """Split a pasted range into rows of cells: at tabs, else at semicolons, else at the first
    comma after a date or at two blanks. Empty rows are left out."""
    lines = [line for line in re.split(r"\r\n|[\r\n\u2028\u2029]", text) if line.strip()]
    return tuple(tuple(cell.strip().strip('"') for cell in _cells(line)) for line in lines)


def _cells(line: str) -> list[str]:
    for mark in "\t;":
        if mark in line:
            return line.split(mark)
    if match := re.fullmatch(r"\s*(\d{4}-\d\d?-\d\d?|\d[\d./-]{4,})\s*,\s*(.*)", line):
        return [match[1], match[2]]
    return re.split(r"\s{2,}", line.strip(), maxsplit=1)


@dataclass(frozen=True, slots=True)
class Table:
    """The readings found in rows of text, by date; what was not understood, row by row.

    ``unit`` is "%" where every value carried it.
    """

    readings: tuple[Reading, ...]
    unread: tuple[UnreadRow, ...]
    findings: tuple[Finding, ...]
    unit: str = ""


def read_rows(rows: Sequence[Row], today: date) -> Table:
    """Read rows of date and value, as typed; rows that are empty say nothing.

    A day and month that could stand either way are read as the other rows tell, else month
    first, and the finding says so. A first row of words is a heading.
    """
    month_first = _month_first(rows, today)
    comma = _comma(rows)
    readings: list[Reading] = []
    unread: list[UnreadRow] = []
    findings: list[Finding] = []
    told = False
    for number, (on, value) in enumerate(rows):
        if not on.strip() and not value.strip():
            continue
        day = read_date(on, today, month_first=month_first)
        amount = None if is_gap(value) else read_number(value, comma=comma)
        if day is not None and (amount is not None or is_gap(value)):
            readings.append(Reading(on=day, value=amount))
            if not told and _either_way(on, today):
                told = True
                findings.append(_told_order(on, day, month_first))
            continue
        unread.append(UnreadRow(at=number, on=on, value=value))
        findings += _not_understood(number, on, value, day, amount)
    percent = [value for _, value in rows if value.strip().endswith("%")]
    valued = sum(reading.value is not None for reading in readings)
    unit = "%" if percent and len(percent) >= valued else ""
    ordered = tuple(sorted(readings, key=lambda reading: reading.on))
    return Table(ordered, tuple(unread), tuple(findings), unit)


def _not_understood(
    number: int, on: str, value: str, day: date | None, amount: float | None
) -> list[Finding]:
    row, where = number + 1, str(number)
    if number == 0 and day is None and amount is None and on.strip() and value.strip():
        return [Finding("paste.heading", where)]
    found = []
    if day is None and on.strip():
        found.append(Finding("paste.date", where, {"row": row, "cell": on.strip()}))
    elif day is None:
        found.append(Finding("paste.no_date", where, {"row": row, "cell": value.strip()}))
    if amount is None and not is_gap(value):
        found.append(Finding("paste.value", where, {"row": row, "cell": value.strip()}))
    return found


def _either_way(text: str, today: date) -> bool:
    if not _SLASHED.fullmatch(" ".join(text.split())):
        return False
    one = read_date(text, today, month_first=True)
    other = read_date(text, today, month_first=False)
    return one is not None and other is not None and one != other


def _told_order(text: str, day: date, month_first: bool) -> Finding:
    key = "paste.month_first" if month_first else "paste.day_first"
    return Finding(key, "", {"cell": text.strip(), "on": short_date(day, year=True)})


def _month_first(rows: Sequence[Row], today: date) -> bool:
    """Find out how slashed dates are meant: a day over 12 tells, else the order that rises."""
    pairs = [m for on, _ in rows if (m := _SLASHED.fullmatch(" ".join(on.split())))]
    if any(int(pair[1]) > 12 for pair in pairs):
        return False
    if any(int(pair[2]) > 12 for pair in pairs):
        return True
    spans = []
    for first in (True, False):
        days = [read_date(pair[0], today, month_first=first) for pair in pairs]
        known = [day for day in days if day is not None]
        spans.append(max(known) - min(known) if len(known) > 2 else timedelta(0))
    return spans[0] <= spans[1]


def _comma(rows: Sequence[Row]) -> str:
    return comma_in([value for _, value in rows])


def comma_in(values: Sequence[str]) -> str:
    """Return what a comma means in a column: "decimal" if any value cannot be read otherwise,
    else "thousands"."""
    bare = [re.sub(r"[\s%]", "", value) for value in values]
    if any(re.fullmatch(r"[+\-−]?\d+,(\d{1,2}|\d{4,})", value) for value in bare):
        return "decimal"
    return "thousands"
