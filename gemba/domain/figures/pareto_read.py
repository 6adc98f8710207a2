"""Rows of names and numbers, as typed or as pasted from a spreadsheet, read as a Pareto."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from gemba.domain.figures.pareto import AMOUNTS, Bar, UnreadAmount
from gemba.domain.figures.pasted import comma_in, is_gap, read_number, split_pasted
from gemba.domain.figures.pasted_split import Cells, turned
from gemba.domain.figures.telling import exact_number

_NUMBER_LAST: Final = re.compile(r"(.*[^\d\s.,+−-])\s+([+−-]?\d[\d.,]*\s?%?)")


def split_named(text: str) -> tuple[tuple[str, ...], ...]:
    """Split a pasted text into rows of a name and numbers: at tabs or semicolons, as CSV where
    every row holds numbers after a comma, else before a last number."""
    rows = _upright(split_pasted(text))
    if any(mark in text for mark in "\t;"):
        return rows
    lines = [line for line in text.splitlines() if line.strip()]
    try:
        split = [tuple(cell.strip() for cell in row) for row in csv.reader(lines)]
    except csv.Error:
        split = []
    if split and all(len(row) == len(split[0]) > 1 for row in split) and _is_csv(split):
        return tuple(split)
    found = (_NUMBER_LAST.fullmatch(row[0]) if len(row) == 1 else None for row in rows)
    return tuple(
        (match[1], match[2]) if match else row for match, row in zip(found, rows, strict=True)
    )


def _upright(rows: Cells) -> Cells:
    """Return a range that lies on its side, names in its first row, turned upright."""
    if not 2 <= len(rows) <= 1 + len(AMOUNTS) or len(rows[0]) < len(AMOUNTS) + 2:
        return rows
    if any(read_number(cell) is not None for cell in rows[0]):
        return rows
    counted = [cell for row in rows[1:] for cell in row[1:]]
    numbers = sum(is_gap(cell) or read_number(cell) is not None for cell in counted)
    return turned(rows) if 2 * numbers > len(counted) else rows


def _is_csv(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether commas part cells: 17,5 after a name is one number, not two."""
    body = rows[1:] if len(rows) > 1 else rows
    return all(
        not row[0][-1:].isdigit()
        and all(is_gap(cell) or read_number(cell) is not None for cell in row[1:])
        for row in body
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The bars found in rows of text; ``units`` are "%" where every number carried it."""

    bars: tuple[Bar, ...]
    units: dict[str, str]


def read_bars(rows: Sequence[Sequence[str]]) -> Read:
    """Read rows of a name and up to four numbers, in the order of AMOUNTS, as typed or pasted.

    Empty rows say nothing; a cell that is no number is kept as written.
    """
    commas = {
        name: comma_in([row[at] for row in rows if len(row) > at])
        for at, name in enumerate(AMOUNTS, 1)
    }
    bars = []
    for row in rows:
        if says_nothing(row):
            continue
        bar = Bar(label=row[0].strip())
        for at, name in enumerate(AMOUNTS, 1):
            text = row[at] if len(row) > at else ""
            if is_gap(text):
                continue
            value = read_number(text, comma=commas[name])
            if value is None:
                bar = replace(bar, unread=(*bar.unread, UnreadAmount(field=name, text=text)))
            else:
                bar = replace(bar, **{name: value})  # type: ignore[arg-type]
        bars.append(bar)
    units = {}
    for at, name in enumerate(AMOUNTS[:2], 1):
        cells = [row[at].strip() for row in rows if len(row) > at]
        read = [cell for cell in cells if not is_gap(cell) and read_number(cell) is not None]
        units[name] = "%" if read and all(cell.endswith("%") for cell in read) else ""
    return Read(tuple(bars), units)


def says_nothing(row: Sequence[str]) -> bool:
    """Tell whether a row has neither a name nor anything that could be a number."""
    return not row[0].strip() and all(is_gap(cell) for cell in row[1:])


def cells_of(bar: Bar, columns: int) -> tuple[str, ...]:
    """Return a bar as a row of so many cells, reading back as the same bar."""
    unread = {entry.field: entry.text for entry in bar.unread}
    cells = [bar.label]
    for name in AMOUNTS:
        value = getattr(bar, name)
        cells.append(unread.get(name, "") if value is None else exact_number(value))
    return tuple(cells[:columns])
