"""Dates and numbers as people type them or paste them from a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import isfinite
from typing import Final

from gemba.domain.figures.pasted_dates import SLASHED, day_number, read_date
from gemba.domain.figures.pasted_split import Cells, split_pasted, turned
from gemba.domain.figures.run_chart import Reading, UnreadRow
from gemba.domain.figures.scale import LARGEST
from gemba.domain.figures.telling import Finding, short_date

__all__ = [
    "Row",
    "Table",
    "comma_in",
    "is_gap",
    "read_date",
    "read_number",
    "read_rows",
    "split_pasted",
    "upright",
]

Row = Sequence[str]
"""The cells of a row: date, value, and what was special."""

_NOTHING: Final = frozenset({"", "-", "–", "—", "n/a", "na", "nan", "null", "none", ".", "#n/a"})

_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")


@lru_cache(maxsize=8192)
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


@dataclass(frozen=True, slots=True)
class Table:
    """The readings found in rows of text, by date; what was not understood, row by row.

    ``unit`` is "%" where every value carried it.
    """

    readings: tuple[Reading, ...]
    unread: tuple[UnreadRow, ...]
    findings: tuple[Finding, ...]
    unit: str = ""


def upright(rows: Cells, today: date) -> Cells:
    """Return a range that lies on its side, dates in its first row, turned upright."""
    if not 2 <= len(rows) <= 3 or len(rows[0]) < 4:
        return rows
    dates = sum(read_date(cell, today) is not None for cell in rows[0])
    return turned(rows) if dates >= len(rows[0]) - 1 else rows


def read_rows(rows: Sequence[Row], today: date) -> Table:
    """Read rows of date, value and note, as typed; rows that are empty say nothing.

    A day and month that could stand either way are read as the other rows tell, else month
    first, and the finding says so; so it is with the day numbers of a spreadsheet. A first row of
    words is a heading.
    """
    reader = _Reader(rows, today)
    readings: list[Reading] = []
    unread: list[UnreadRow] = []
    findings: list[Finding] = []
    for number, row in enumerate(rows):
        on, value, note = _cell(row, 0), _cell(row, 1), _cell(row, 2)
        if not (on.strip() or value.strip() or note.strip()):
            continue
        day = reader.day(on)
        amount = None if is_gap(value) else read_number(value, comma=reader.comma)
        if day is not None and (amount is not None or is_gap(value)):
            readings.append(Reading(on=day, value=amount, note=note.strip()))
            findings += reader.doubts(number, on, value, amount)
            continue
        unread.append(UnreadRow(at=number, on=on, value=value, note=note))
        findings += _not_understood(number, (on, value, note), day, amount)
    percent = sum(_cell(row, 1).strip().endswith("%") for row in rows)
    valued = sum(reading.value is not None for reading in readings)
    ordered = tuple(sorted(readings, key=lambda reading: reading.on))
    unit = "%" if percent and percent >= valued else ""
    return Table(ordered, tuple(unread), tuple(findings), unit)


def _cell(row: Row, at: int) -> str:
    return row[at] if len(row) > at else ""


class _Reader:
    """Knows from all rows how the dates and commas of each are meant."""

    def __init__(self, rows: Sequence[Row], today: date) -> None:
        self.today = today
        dates = [_cell(row, 0) for row in rows]
        self.month_first = _month_first(dates, today)
        self.comma = comma_in([_cell(row, 1) for row in rows])
        written = [cell for cell in dates if cell.strip()]
        numbered = sum(day_number(cell) is not None for cell in written)
        self.by_number = numbered > 1 and numbered >= len(written) - 1
        marked = [_cell(row, 1).strip().endswith("%") for row in rows if read_number(_cell(row, 1))]
        self.some_percent = any(marked) and not all(marked)
        self._told = False

    def day(self, text: str) -> date | None:
        """Read a date as the other rows tell."""
        found = read_date(text, self.today, month_first=self.month_first)
        return day_number(text) if found is None and self.by_number else found

    def doubts(self, number: int, on: str, value: str, amount: float | None) -> list[Finding]:
        """Name what was read and could have been meant another way, or cannot be drawn."""
        found = []
        if not self._told and (key := self._doubt(on)):
            self._told = True
            day = self.day(on)
            assert day is not None
            told = {"cell": on.strip(), "on": short_date(day, year=True)}
            found.append(Finding(key, "", told))
        where, values = str(number), {"row": number + 1, "cell": value.strip()}
        if amount and self.some_percent and not value.strip().endswith("%"):
            found.append(Finding("paste.no_percent", where, values))
        if amount is not None and abs(amount) > LARGEST:
            found.append(Finding("paste.too_large", where, values))
        return found

    def _doubt(self, on: str) -> str:
        if read_date(on, self.today) is None:
            return "paste.day_number"
        if _either_way(on, self.today):
            return "paste.month_first" if self.month_first else "paste.day_first"
        return ""


def _not_understood(
    number: int, row: tuple[str, str, str], day: date | None, amount: float | None
) -> list[Finding]:
    on, value, note = row
    where, said = str(number), {"row": number + 1}
    if number == 0 and day is None and amount is None and on.strip() and value.strip():
        return [Finding("paste.heading", where)]
    found = []
    if day is None and on.strip():
        found.append(Finding("paste.date", where, {**said, "cell": on.strip()}))
    elif day is None:
        cell = value.strip() or note.strip()
        found.append(Finding("paste.no_date", where, {**said, "cell": cell}))
    if on.strip() and amount is None and not is_gap(value):
        found.append(Finding("paste.value", where, {**said, "cell": value.strip()}))
    return found


def _either_way(text: str, today: date) -> bool:
    if not SLASHED.fullmatch(" ".join(text.split())):
        return False
    one = read_date(text, today, month_first=True)
    other = read_date(text, today, month_first=False)
    return one is not None and other is not None and one != other


def _month_first(dates: Sequence[str], today: date) -> bool:
    """Find out how slashed dates are meant: a day over 12 tells, else the order that rises."""
    pairs = [m for on in dates if (m := SLASHED.fullmatch(" ".join(on.split())))]
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


def comma_in(values: Sequence[str]) -> str:
    """Return what a comma means in a column: "decimal" if any value cannot be read otherwise,
    else "thousands"."""
    bare = [re.sub(r"[\s%]", "", value) for value in values]
    if any(re.fullmatch(r"[+\-−]?\d+,(\d{1,2}|\d{4,})", value) for value in bare):
        return "decimal"
    return "thousands"
